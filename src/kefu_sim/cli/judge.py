"""`kefu-sim judge`: replies in, verdicts out, one JSON object a line, streaming."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from kefu_sim.base.errors import Exit
from kefu_sim.cli import jsonl
from kefu_sim.i18n import tr

if TYPE_CHECKING:
    from kefu_sim.language.recognise import Recogniser


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("judge", help=tr("judge replies: JSON lines in, JSON lines out"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answer each line of standard input as it comes; exit code 1 when a line was refused."""
    del args
    from kefu_sim.rulebook.recogniser import load_recogniser

    recogniser = load_recogniser()
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    refused = False
    for raw in iter(source.readline, b""):
        if not raw.strip():
            continue
        answer = answer_line(raw, recogniser)
        refused = refused or "error" in answer
        sink.write(jsonl.to_line(answer))
        sink.flush()
    return Exit.PARTIAL if refused else Exit.OK


def answer_line(raw: bytes, recogniser: Recogniser) -> dict[str, Any]:
    """Judge one line, or say why it cannot be judged."""
    try:
        row = jsonl.from_line(raw)
    except ValueError as error:
        return {"id": None, "error": f"not a JSON object: {error}"}
    if not isinstance(row, dict):
        return {"id": None, "error": "not a JSON object"}
    name = row.get("id")
    reply, context = row.get("reply"), row.get("context")
    if context is None:
        context = []
    if not isinstance(reply, str):
        return {"id": name, "error": "`reply` must be a string"}
    if not isinstance(context, list) or not all(isinstance(line, str) for line in context):
        return {"id": name, "error": "`context` must be a list of strings"}
    seen = recogniser.recognise(reply, context)
    return {
        "id": name,
        "steps": [str(step) for step in seen.steps],
        "politeness": seen.politeness,
        "issues": list(seen.issues),
        "evidence": [{"label": e.label, "start": e.start, "end": e.end} for e in seen.evidence if e.source != "intent"],
    }
