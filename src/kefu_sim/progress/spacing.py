"""Turns that went wrong come back after growing stretches of days until they have been answered well often enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple


class Slip(NamedTuple):
    """A reply of a reception that went wrong."""

    day: str
    """YYYY-MM-DD."""
    at: float
    """Start of the reception, seconds since 1970."""
    scenario: str
    node: str
    """The moment of the story."""
    buyer: str
    """What was answered."""
    said: str
    """The reply."""
    lost: float
    """Points it cost."""


class Try(NamedTuple):
    """An answer to the same moment, in a drill."""

    day: str
    at: float
    scenario: str
    node: str
    passed: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One moment to be answered again."""

    scenario: str
    node: str
    buyer: str
    """As it was said when it went wrong last."""
    said: str
    due: date
    box: int = 0
    """How often in a row it has been answered well since."""
    slips: int = 1
    """How often it has gone wrong."""


def cards(slips: Iterable[Slip], tries: Iterable[Try], boxes: Sequence[int]) -> list[Card]:
    """All moments that are still to be answered again, the longest due first; of those the most often wrong.

    `boxes`: days until the next time, after a slip or a failed try, after one good answer, after two, and so on; a
    moment is learnt once it has been answered well after the last of them.
    """
    known: dict[tuple[str, str], Card] = {}
    events: list[Slip | Try] = sorted([*slips, *tries], key=lambda event: (event.at, isinstance(event, Try)))
    for event in events:
        place = (event.scenario, event.node)
        card, day = known.get(place), date.fromisoformat(event.day)
        if isinstance(event, Slip):
            due = day + timedelta(boxes[0])
            known[place] = Card(*place, event.buyer, event.said, due, slips=card.slips + 1 if card else 1)
        elif card is not None:
            box = card.box + 1 if event.passed else 0
            if box == len(boxes):
                del known[place]
            else:
                known[place] = replace(card, box=box, due=day + timedelta(boxes[box]))
    return sorted(known.values(), key=lambda card: (card.due, -card.slips, card.scenario, card.node))


def due_on(found: Iterable[Card], today: date) -> list[Card]:
    """Those whose day has come."""
    return [card for card in found if card.due <= today]
