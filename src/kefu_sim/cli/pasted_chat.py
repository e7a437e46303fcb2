"""`kefu-sim score` on chats of real life: which form a file has, and what of it could not be judged."""

from __future__ import annotations

import codecs
import sys
from typing import TYPE_CHECKING, Any

from kefu_sim.base.errors import BadFileError, Problem
from kefu_sim.i18n import tr, trn

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kefu_sim.scoring.ledger import Score
    from kefu_sim.scoring.pasted import Pasted

FIRST = 5
"""Lines in which an object of JSON shows what a file is."""
LARGEST = 5_000_000
"""Bytes of a pasted chat."""
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def is_json(data: bytes) -> bool:
    """Whether a file is JSON lines, well or badly written; an empty one counts as such."""
    lines = [line for line in data.removeprefix(codecs.BOM_UTF8).split(b"\n", 200) if line.strip()][:FIRST]
    return not lines or any(line.lstrip()[:1] in {b"{", b"["} and b'"' in line for line in lines)


def read(data: bytes, source: str, agents: Collection[str]) -> Pasted:
    """Read a pasted chat. Raises BadFileError with the known forms, or the names among whom to choose."""
    from kefu_sim.scoring.pasted import UnreadableChatError, read_pasted

    try:
        return read_pasted(_decoded(data, source), agents)
    except UnreadableChatError as error:
        if error.names:
            names = "、".join(error.names[:8])
            what = tr("who is the agent? The names here are: {names}").format(names=names)
            fix = tr("say so with --agent NAME; a file holds one buyer's chat")
        else:
            what = tr("no message could be found")
            fix = tr(
                "known forms: name and time above each message, [10:20:30] name: text, 买家：… / 客服：…, JSON lines"
            )
        raise BadFileError([Problem(source, 1, 1, "KS313", what, fix)]) from None


def _decoded(data: bytes, source: str) -> str:
    """Text in UTF-8, UTF-16 with its mark, or the GB 18030 of Chinese Windows."""
    if len(data) > LARGEST:
        what = tr("the file is too large ({n:.0f} MB)").format(n=len(data) / 1e6)
        raise BadFileError([Problem(source, 1, 1, "KS314", what, tr("cut out one buyer's chat"))])
    marked = next((code for mark, code in _MARKS if data.startswith(mark)), None)
    for code in (marked, "utf-8", "gb18030"):
        if code is not None:
            try:
                return data.decode(code)
            except UnicodeDecodeError:
                continue
    raise BadFileError([Problem(source, 1, 1, "KS315", tr("this is no text"), tr("save it as plain text in UTF-8"))])


def unjudged(pasted: Pasted | None, score: Score) -> list[str]:
    """What could not be judged, and what was left out or guessed: a line each."""
    from kefu_sim.scoring.ledger import DIMENSIONS
    from kefu_sim.words import dimension_title, listed, step_title

    lines = _notes(pasted) if pasted is not None else []
    parts = [dimension_title(name) for name in DIMENSIONS if not score.dimensions[name].max]
    steps = [step_title(step) for step, status in score.steps.items() if status == "not_judged"]
    if parts:
        lines.append(tr("not judged: {names}").format(names=listed(parts)))
    if "accuracy" not in {name for name in DIMENSIONS if score.dimensions[name].max}:
        lines.append(tr("facts and prices are not checked: the chat does not tell what the shop's cards say"))
    if steps:
        lines.append(tr("no occasion for these steps: {names}").format(names=listed(steps)))
    return lines


def _notes(pasted: Pasted) -> list[str]:
    from kefu_sim.words import listed

    notes = pasted.notes
    lines = [tr("agent: {names}; buyer: {buyer}").format(names=listed(pasted.agent), buyer=pasted.buyer)]
    if "guessed" in notes:
        lines.append(tr("who is the agent was guessed from who spoke first; --agent NAME says it"))
    if "times" in notes:
        lines.append(tr("the messages have no times: reply speed is not judged"))
    if "seconds" in notes:
        lines.append(tr("the times have no seconds: reply speed is judged to the minute"))
    if n := notes.get("pictures", 0):
        told = trn(
            "{n} message with pictures or cards: only its words count",
            "{n} messages with pictures or cards: only their words count",
            n,
        )
        lines.append(told.format(n=n))
    if n := notes.get("system", 0):
        told = trn("{n} line of the platform was left out", "{n} lines of the platform were left out", n)
        lines.append(told.format(n=n))
    if n := notes.get("backwards", 0):
        told = trn(
            "{n} time lies before the one above it and was set to it",
            "{n} times lie before the one above them and were set to it",
            n,
        )
        lines.append(told.format(n=n))
    return lines


def tell(lines: Sequence[str]) -> None:
    """Say it beside the data."""
    from kefu_sim.base.text import clean

    for line in lines:
        print(clean(line), file=sys.stderr)


def as_text(score: Score, turns: Sequence[Any]) -> str:
    """Chat and scorecard for a reader."""
    from kefu_sim.engine import events as ev
    from kefu_sim.reception_text import scorecard, transcript

    log = [
        ev.BuyerSaid(turn.t, turn.text, "", "node", "") if turn.role == "buyer" else ev.AgentSent(turn.t, turn.text)
        for turn in turns
    ]
    return f"{transcript(log)}\n\n{scorecard(score, log)}"
