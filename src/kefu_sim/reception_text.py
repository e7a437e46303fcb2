"""A reception as lines of text: what was said, and what it is worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kefu_sim.base.text import clean, within_clause
from kefu_sim.engine import events as ev
from kefu_sim.i18n import language, tr
from kefu_sim.scoring.ledger import DIMENSIONS, Dimension
from kefu_sim.words import clock, dimension_title, named, part_points, status_title, step_title

if TYPE_CHECKING:
    from kefu_sim.history.disputing import Docket
    from kefu_sim.i18n import Lang
    from kefu_sim.progress.disputes import Dispute
    from kefu_sim.scoring.ledger import ListMark, Row, Score

_QUOTED = 30
"""Most characters of a message that a row of the score repeats."""


def transcript(log: Sequence[ev.Event]) -> str:
    """The conversation of a log as lines with the numbers the ledger uses, and times; notes between them."""
    rows = []
    number = 0
    for message in log:
        if isinstance(message, ev.Noted):
            rows.append(f"     {clock(message.t)} " + tr("✎ Order note: {text}").format(text=clean(message.text)))
        if not isinstance(message, ev.BuyerSaid | ev.AgentSent):
            continue
        number += 1
        who = tr("Buyer: {text}") if isinstance(message, ev.BuyerSaid) else tr("You: {text}")
        rows.append(f"{number:>3}  {clock(message.t)} " + who.format(text=clean(message.text)))
    return "\n".join(rows)


def _messages(log: Sequence[ev.Event]) -> list[ev.BuyerSaid | ev.AgentSent]:
    return [event for event in log if isinstance(event, ev.BuyerSaid | ev.AgentSent)]


def scorecard(score: Score, log: Sequence[ev.Event]) -> str:
    """The score as lines of text: the three things first, then the rest, then every row of the ledger.

    `log` holds the words that the rows speak of.
    """
    lang, messages = language(), _messages(log)
    rows = [tr("Total: {total:.0f} of 100").format(total=score.total)]
    first: tuple[Dimension, ...] = ("speed", "politeness", "flow")
    for name in (*first, *(d for d in DIMENSIONS if d not in first)):
        part = score.dimensions[name]
        rows.append("  " + named(dimension_title(name), part_points(part)))
    steps = "  ".join(f"{step_title(step)} {status_title(status)}" for step, status in score.steps.items())
    rows += ["", tr("Steps: {steps}").format(steps=steps)]
    rows += [stages_line(held, lang) for held in score.lists]
    rows += ["", tr("Every point, and why:")]
    for row in score.ledger:
        data = row.to_data(lang)
        turn = _cause(row, messages)
        points = f"{data['points']:+g}/{data['of']:g}" if data["of"] else f"{data['points']:+g}"
        better = tr(" Better: {text}").format(text=data["better"]) if data["better"] else ""
        rows.append(f"  {points}  {turn}{data['reason']}{better}")
    return "\n".join(rows)


def stages_line(held: ListMark, lang: Lang) -> str:
    """One list of stages: how many were reached, and which were not."""
    head = f"{held.title.pick(lang)} {held.reached}/{len(held.stages)}"
    missed = ("、" if lang == "zh" else "; ").join(s.title.pick(lang) for s in held.stages if s.turn is None)
    return tr("{head}, not reached: {missed}").format(head=head, missed=missed) if missed else head


def _cause(row: Row, messages: Sequence[ev.BuyerSaid | ev.AgentSent]) -> str:
    """Number and words of the message a row of the ledger speaks of; empty when it speaks of none."""
    if row.turn is None or row.turn >= len(messages):
        return ""
    said = messages[row.turn].text
    words = " ".join(clean("".join(within_clause(said, *row.span)) if row.span else said).split())
    short = words if len(words) <= _QUOTED else words[:_QUOTED] + "…"
    return tr("[message {n}: “{words}”] ").format(n=row.turn + 1, words=short)


def numbered_rows(docket: Docket, turn: int | None) -> list[str]:
    """Rows about a turn, or the whole reception: each with the name `Docket.named` takes, and its dispute if any."""
    lines = []
    for number, index in enumerate(docket.rows_at(turn)):
        row, dispute = docket.ledger[index], docket.at(index)
        points = f"{row.points:+g}{f'/{row.of:g}' if row.of else ''}  " if row.of or row.points else ""
        message, place = str(0 if turn is None else turn + 1), docket.place(turn, number)
        lines.append(f"{message:>5}{place.removeprefix(message):<4} {points}{row.reason.pick(language())}")
        if dispute is not None:
            lines.append("          " + disputed_line(dispute))
    return lines


def disputed_line(dispute: Dispute) -> str:
    """That a row is disputed, and why."""
    return tr("! disputed: {remark}").format(remark=dispute.remark or tr("(no remark)"))


def turned_over(docket: Docket, index: int, remark: str) -> str:
    """Dispute a row, or take that back, as `Docket.turn_over` does; tells which. Raises KefuError."""
    reason = docket.ledger[index].reason.pick(language())
    if docket.turn_over(index, remark):
        return tr("disputed, and in the trainer's inbox: {reason}").format(reason=reason)
    return tr("not disputed any more: {reason}").format(reason=reason)
