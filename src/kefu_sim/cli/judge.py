"""`kefu-sim judge`: replies in, verdicts out, one JSON object a line, streaming."""

from __future__ import annotations

import argparse
import gc
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from kefu_sim.base.errors import Exit
from kefu_sim.cli import jsonl
from kefu_sim.i18n import tr
from kefu_sim.language.context import said_before

if TYPE_CHECKING:
    from collections.abc import Sequence
    from io import BufferedIOBase

    from kefu_sim.language.recognise import Recogniser


AT_ONCE = 64
"""So many of the lines that have come are read in one go."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("judge", help=tr("judge replies: JSON lines in, JSON lines out"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answer each line of standard input as it comes; exit code 1 when a line was refused."""
    del args
    from kefu_sim.rulebook.recogniser import load_recogniser

    recogniser = load_recogniser()
    gc.freeze()  # what is loaded stays: the collector need not go through it again and again
    refused = False
    for lines in jsonl.as_they_come(cast("BufferedIOBase", sys.stdin.buffer)):
        for part in (lines[i : i + AT_ONCE] for i in range(0, len(lines), AT_ONCE)):
            questions = [read_line(raw) for raw in part if raw.strip()]
            recogniser.ahead((q.reply, q.context) for q in questions if isinstance(q, Question))
            for question in questions:
                said = verdict_on(question, recogniser)
                refused = refused or "error" in said
                sys.stdout.buffer.write(jsonl.to_line(said))
            sys.stdout.buffer.flush()
    return Exit.PARTIAL if refused else Exit.OK


@dataclass(frozen=True, slots=True)
class Question:
    """What a line asks."""

    id: object
    reply: str
    context: Sequence[str]


def read_line(raw: bytes) -> Question | dict[str, Any]:
    """What a line asks, or the answer that says why it cannot be judged."""
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
    return Question(name, reply, context)


def verdict_on(question: Question | dict[str, Any], recogniser: Recogniser) -> dict[str, Any]:
    """The verdict on a reply; an answer that is one already stays as it is.

    What a reply says is told also where it says so again: a repeat is named under `gaming` and keeps its steps.
    """
    if not isinstance(question, Question):
        return question
    seen, gaming = recogniser.recognise(question.reply, question.context), []
    if "repeat" not in seen.gaming and recogniser.repeats(question.reply, said_before(question.context)):
        gaming.append("repeat")
    return {
        "id": question.id,
        "steps": [str(step) for step in seen.steps],
        "politeness": seen.politeness,
        "issues": list(seen.issues),
        "evidence": [{"label": e.label, "start": e.start, "end": e.end} for e in seen.evidence if e.source != "intent"],
        "gaming": [*seen.gaming, *gaming],
    }
