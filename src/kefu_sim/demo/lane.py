"""One reception as a film shows it: its log, what is known of each reply, and what it was worth at each moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Literal

from kefu_sim.demo.model import NO_WORDS
from kefu_sim.demo.shares import Source, shares
from kefu_sim.engine import events as ev
from kefu_sim.engine.program import Program, reply_at
from kefu_sim.language.verdict import Recognition
from kefu_sim.scoring.ledger import Phrase, Row, Score

Role = Literal["bad", "good", "class", "replay"]
Judge = Callable[[Sequence[ev.Event]], Score]
"""What a log is worth, as far as it goes."""
Mask = Callable[[str], str]
"""Words as they may be shown to a class."""

MOST_ROWS = 2
"""Rows of the ledger shown beside a reply."""
LEAST = 0.3
"""Points that are worth a line."""
_OVER_ALL = ("flow.answer", "speed.mean", "speed.steady", "form.", "brevity", "step.done", "step.late", "promise.open")
"""Beginnings of rules that judge many replies together."""
_WORTH_SAYING = ("fact.", "need.", "promise.")
"""Beginnings of rules that are told also where nothing was lost."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What belongs to one message of the agent."""

    note: Phrase = NO_WORDS
    """For the trainer."""
    asks: bool = False
    """The film stops before it."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the judge says of one reply."""

    seen: Recognition
    gained: float
    """Points that the reply added to the total."""
    shares: Mapping[Source, float]
    """What these points come from."""
    total: float
    """The total with it, 0 to 100."""
    rows: tuple[Row, ...]
    """The rows of the ledger that say most about it, the dearest first."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One reception."""

    role: Role
    program: Program
    log: tuple[ev.Event, ...]
    judge: Judge
    lead: int = 0
    """Events that have happened when the film begins."""
    cues: Mapping[int, Cue] = field(default_factory=dict)
    """By number of the agent's message in the log, from 0."""
    known: Mapping[int, Opinion] = field(default_factory=dict)
    """Of messages that have been judged before the film begins, by place in the log."""
    mask: Mask = str
    events: tuple[ev.Event, ...] = field(init=False)
    """The log in the words that may be shown."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "events", tuple(map(self._shown, self.log)))

    def _shown(self, event: ev.Event) -> ev.Event:
        match event:
            case ev.BuyerSaid() | ev.AgentSent():
                return replace(event, text=self.mask(event.text))
            case ev.Noted() if self.mask is not str:  # titles of orders name their buyers
                return replace(event, text=self.mask(event.text), order="")
            case _:
                return event

    def total(self, count: int) -> float:
        """What the reception is worth after so many events."""
        return self.judge(self.log[:count]).total

    def opinion(self, index: int, before: int) -> Opinion:
        """What the judge says of the agent's message at a place in the log, before the buyer reacts.

        `before`: number of events that the points are counted from.
        """
        without = self.judge(self.log[:before])
        score = self.judge(self.log[: after_message(self.log, index)])
        turn = sum(isinstance(event, ev.BuyerSaid | ev.AgentSent) for event in self.log[:index])
        _, seen = reply_at(self.program, self.log, index)
        rows = tuple(self._masked(row) for row in telling(score.ledger, turn))
        gained = round(score.total - without.total, 2)
        return Opinion(seen, gained, shares(without, score), score.total, rows)

    def _masked(self, row: Row) -> Row:
        return replace(row, reason=Phrase(self.mask(row.reason.zh), self.mask(row.reason.en)))


def telling(ledger: Sequence[Row], turn: int) -> list[Row]:
    """The rows that say most about one message: what was lost, the dearest first, then what it answered or found."""
    mine = [row for row in ledger if row.turn == turn and not row.rule.startswith(_OVER_ALL)]
    rows = [row for row in mine if _lost(row) >= LEAST or row.rule.startswith(_WORTH_SAYING)]
    return sorted(rows, key=_lost, reverse=True)[:MOST_ROWS]


def _lost(row: Row) -> float:
    return -row.points if row.of == 0 else row.of - row.points


def after_message(log: Sequence[ev.Event], index: int) -> int:
    """Number of events once the agent's message at a place has been sent and taken in, with the promises it makes."""
    taken = (ev.Understood, ev.Promised, ev.Kept)
    sent, rest = log[index], log[index + 1 :]
    return index + 1 + sum(1 for _ in takewhile(lambda event: isinstance(event, taken) and event.t == sent.t, rest))
