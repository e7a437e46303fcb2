"""`kefu-sim score`: finished chats in, scores out, as JSON."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kefu_sim.base.errors import BadFileError, Exit, KefuError, Problem
from kefu_sim.base.refusals import no_json, unreadable
from kefu_sim.base.text import raw_span
from kefu_sim.cli import jsonl
from kefu_sim.i18n import language, tr

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from kefu_sim.cli import Commands
    from kefu_sim.language.verdict import Recognition
    from kefu_sim.scoring.ledger import Score
    from kefu_sim.scoring.scene import Case

AT_ONCE = 64
"""So many replies of a chat are read in one go."""


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("score", help=tr("score a finished chat"))
    chat = tr("a chat: JSON lines, or pasted from a messenger with names and times; `-` reads stdin")
    parser.add_argument("file", metavar="FILE", nargs="?", help=chat)
    parser.add_argument("--agent", action="append", default=[], metavar="NAME", help=tr("this name is the agent's"))
    parser.add_argument("--text", action="store_true", help=tr("chat and scorecard to read in place of JSON"))
    parser.add_argument("--batch", metavar="FILE", help=tr("one chat a line, one score a line; `-` reads stdin"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Score one chat, or many, line by line."""
    if (args.file is None) == (args.batch is None):
        raise KefuError(
            tr("`score` takes one chat file, or --batch and a file of chats"),
            hint=tr("for example `kefu-sim score chat.jsonl` or `kefu-sim score --batch chats.jsonl`"),
        )
    return run_batch(args.batch) if args.batch is not None else run_one(args.file, args.agent, text=args.text)


def run_one(name: str, agents: Sequence[str] = (), *, text: bool = False) -> int:
    """Score one chat. Raises BadFileError that lists every bad line."""
    from kefu_sim.cli import pasted_chat

    with _opened(name) as source:
        data = source.read()
    pasted = None if pasted_chat.is_json(data) else pasted_chat.read(data, name, agents)
    rows = read_chat(data.split(b"\n"), name) if pasted is None else pasted.rows
    case, score = score_case(rows, timed=pasted is None or pasted.timed)
    if text:
        print(pasted_chat.as_text(score, case.turns), flush=True)
    else:
        sys.stdout.buffer.write(jsonl.to_line(as_data(score, rows)))
        sys.stdout.buffer.flush()
    pasted_chat.tell(pasted_chat.unjudged(pasted, score))
    return Exit.OK


def read_chat(lines: Iterable[bytes], source: str) -> list[Any]:
    """Read one chat, a JSON object a line. Raises BadFileError that lists every bad line, KefuError for our own log."""
    from kefu_sim.scoring.transcript import what_is_wrong

    rows: list[Any] = []
    problems: list[Problem] = []
    after = 0.0
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        row, wrong = _parsed(raw)
        if not rows and isinstance(row, dict) and row.get("kind") == "opened":
            raise _log_of_ours(source)
        wrong = wrong or what_is_wrong(row, after)
        if wrong:
            fix = tr("write {example}").format(example='{"role": "buyer", "t": 4.5, "text": "在吗"}')
            problems.append(Problem(source, number, 1, "KS311", wrong, fix))
        else:
            rows.append(row)
            after = row["t"]
    if not rows and not problems:
        problems.append(Problem(source, 1, 1, "KS312", tr("the file holds no chat")))
    if problems:
        raise BadFileError(problems)
    return rows


def _log_of_ours(source: str) -> KefuError:
    id_ = Path(source).stem
    return KefuError(
        tr("{path} is the log of a reception, not a chat").format(path=source),
        hint=tr("its score: kefu-sim review {id}; as a document: kefu-sim export {id} -o report.html").format(id=id_),
    )


def _parsed(raw: bytes) -> tuple[Any, str]:
    """The value of a line, or why it has none."""
    try:
        return jsonl.from_line(raw), ""
    except ValueError as error:
        return None, no_json(error)


def run_batch(name: str) -> int:
    """Score chat after chat as the lines come; exit code 1 when a line was refused."""
    refused = False
    with _opened(name) as source:
        for raw in iter(source.readline, b""):
            if not raw.strip():
                continue
            answer = answer_line(raw)
            refused = refused or "error" in answer
            sys.stdout.buffer.write(jsonl.to_line(answer))
            sys.stdout.buffer.flush()
    return Exit.PARTIAL if refused else Exit.OK


def answer_line(raw: bytes) -> dict[str, Any]:
    """Score one line of a batch, or say why it cannot be scored."""
    row, wrong = _parsed(raw)
    if wrong or not isinstance(row, dict):
        return {"id": None, "error": wrong or tr("not a JSON object")}
    turns = row.get("turns")
    if not isinstance(turns, list) or not turns:
        return {"id": row.get("id"), "error": tr("`turns` must be a list of messages")}
    try:
        return {"id": row.get("id"), "score": as_data(score_rows(turns), turns)}
    except ValueError as error:
        return {"id": row.get("id"), "error": str(error)}


def as_data(score: Score, rows: Sequence[Any]) -> dict[str, Any]:
    """Values for JSON; spans lie on the messages as they were given, which scoring sees only cleaned."""
    data = score.to_data(language())
    for row in data["ledger"]:
        if row["turn"] is not None and row["span"] is not None:
            row["span"] = list(raw_span(rows[row["turn"] - 1]["text"], *row["span"]))
    return data


def score_rows(rows: Iterable[object]) -> Score:
    """Score the rows of one chat. Raises ValueError that names the turn."""
    return score_case(rows)[1]


def score_case(rows: Iterable[object], *, timed: bool = True) -> tuple[Case, Score]:
    """The rows of one chat as scoring sees them, and their score. Raises ValueError that names the turn."""
    from kefu_sim.rulebook.flows import load_flows
    from kefu_sim.rulebook.recogniser import load_recogniser
    from kefu_sim.rulebook.rubric import load_rubric
    from kefu_sim.scoring.score import Case, pick_flow, score
    from kefu_sim.scoring.transcript import from_rows, unread

    recogniser, rubric = load_recogniser(), load_rubric()
    asked: list[tuple[str, Sequence[str]]] = []

    def note(reply: str, context: Sequence[str], before: Sequence[str], node: str) -> Recognition:
        asked.append((reply, context))
        return unread(reply, context, before, node)

    def read(reply: str, context: Sequence[str], before: Sequence[str], _node: str) -> Recognition:
        if len(before) % AT_ONCE == 0:
            recogniser.ahead(asked[len(before) : len(before) + AT_ONCE])
        return recogniser.recognise(reply, context, previous=before)

    rows = list(rows)
    from_rows(rows, note)
    turns = from_rows(rows, read)
    case = Case(turns, timed=timed)
    return case, score(case, rubric, pick_flow(case, rubric, load_flows()))


def _opened(name: str) -> AbstractContextManager[IO[bytes]]:
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise unreadable(name, error) from None
