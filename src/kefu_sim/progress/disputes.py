"""判错申诉: rows of a ledger, or readings of a reply, that somebody holds to be wrong. No score changes by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kefu_sim.engine import events as ev
from kefu_sim.language.verdict import Recognition
from kefu_sim.scoring.ledger import Phrase, Place, Row

LONGEST_REMARK = 500
"""Characters."""


class Dispute(NamedTuple):
    """One row in dispute, with all that a trainer needs to judge it; the fields are columns of the table `disputes`."""

    desk: str
    """The data folder the reception was made in."""
    reception: str
    """Its id; with the desk it names one reception everywhere."""
    mark: str
    """Which row: see `marks`."""
    turn: int | None
    """Index in the transcript; None for rows about the whole reception."""
    rule: str
    topic_zh: str
    topic_en: str
    points: float
    most: float
    """What the row could have given."""
    reason_zh: str
    reason_en: str
    scenario: str
    node: str
    buyer: str
    """What the buyer had said before."""
    said: str
    """The words it is about; empty for rows about the whole reception."""
    remark: str
    who: str
    """Name of the profile that disputes."""
    at: float
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Whose dispute it is."""

    desk: str
    reception: str
    who: str
    at: float
    remark: str = ""


def marks(ledger: Sequence[Row]) -> list[str]:
    """A name for each row by which it is found again, also after the reception was scored anew."""
    seen: Counter[str] = Counter()
    names = []
    for row in ledger:
        turn = "" if row.turn is None else str(row.turn)
        span = "" if row.span is None else "{}-{}".format(*row.span)
        name = f"{row.rule}/{row.topic.zh}/{turn}/{span}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}/{seen[name]}")
    return names


class Moment(NamedTuple):
    """What a row is about."""

    scenario: str
    """Id of the story; of the shift for rows about all of it."""
    node: str = ""
    buyer: str = ""
    """What the buyer had said before."""
    said: str = ""
    """The words of the turn."""


def dispute_of(ledger: Sequence[Row], index: int, moment: Moment, claim: Claim) -> Dispute:
    """The dispute of one row of a ledger."""
    row = ledger[index]
    return Dispute(
        claim.desk, claim.reception, marks(ledger)[index], row.turn, row.rule, row.topic.zh, row.topic.en, row.points,
        row.of, row.reason.zh, row.reason.en, *moment, claim.remark, claim.who, claim.at,
    )  # fmt: skip


def moment_of(log: Sequence[ev.Event], turn: int | None) -> Moment:
    """The moment of a turn of a reception; that of the whole reception for None."""
    opened = log[0]
    assert isinstance(opened, ev.Opened)
    return Moment(opened.scenario, *_around(log, turn))


def _around(log: Sequence[ev.Event], turn: int | None) -> tuple[str, str, str]:
    """Node of the story, what the buyer said last, and the words of a turn."""
    node = buyer = ""
    at = -1
    if turn is None:
        return node, buyer, ""
    for event in log:
        if isinstance(event, ev.Entered):
            node = event.node
        elif isinstance(event, ev.BuyerSaid | ev.AgentSent):
            at += 1
            if at == turn:
                return node, buyer, event.text
            if isinstance(event, ev.BuyerSaid):
                buyer = event.text
    return node, buyer, ""


def readings(seen: Recognition, turn: int) -> list[Row]:
    """How a reply was understood, as rows without points, so that it can be disputed before there is a ledger."""
    at = Place(turn)
    steps = [step.value for step in seen.steps]
    names = [step.name.lower() for step in seen.steps]
    heard = Phrase("听出的步骤：" + ("、".join(steps) or "无"), "steps understood: " + (", ".join(names) or "none"))
    tone = Phrase(f"听出的语气：{seen.politeness:+d}", f"tone understood: {seen.politeness:+d}")
    rows = [Row("reading.steps", 0.0, heard, at=at), Row("reading.tone", 0.0, tone, at=at)]
    if faulty(seen):
        found = dict.fromkeys((*seen.issues, *(fault.category for fault in seen.faults), *seen.gaming))
        words = Phrase("听出的毛病：" + "、".join(found), "faults understood: " + ", ".join(found))
        rows.append(Row("reading.faults", 0.0, words, at=at))
    return rows


def replies(log: Sequence[ev.Event]) -> dict[int, str]:
    """The agent's messages by their index in the transcript."""
    said = (event for event in log if isinstance(event, ev.BuyerSaid | ev.AgentSent))
    return {turn: event.text for turn, event in enumerate(said) if isinstance(event, ev.AgentSent)}


def counted(ledger: Sequence[Row], log: Sequence[ev.Event]) -> list[Row]:
    """Rows of a reception that still goes on which speak of a reply, of its speed, or gave or took points already.

    What was not done yet may still come, and to name it, or the better answer, would give it away.
    """
    own = replies(log)
    told = (row for row in ledger if row.turn in own or row.points or row.dimension == "speed")
    return [replace(row, better=Phrase()) for row in told]


def faulty(seen: Recognition) -> bool:
    """Whether any fault was found in a reply."""
    return bool(seen.issues or seen.faults or seen.gaming)
