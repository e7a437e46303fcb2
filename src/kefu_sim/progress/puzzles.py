"""Turns that the buyer did not understand, read from a log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kefu_sim.base.text import has_words
from kefu_sim.engine import events as ev

ANYTHING = "any"
"""Label of whatever is said."""


class Puzzle(NamedTuple):
    """One turn that no reply of its node took."""

    turn: int
    """Index of its last message in the transcript."""
    node: str
    buyer: str
    """What the buyer had said before."""
    said: str
    """All messages of the turn, joined by blanks."""
    labels: str
    """What was understood all the same, in words separated by blanks."""


def puzzles(log: Sequence[ev.Event]) -> list[Puzzle]:
    """Turns after which the buyer asked back, in order; without those that hold no words."""
    found: list[Puzzle] = []
    node = buyer = ""
    said: list[str] = []
    labels: set[str] = set()
    turn = -1
    for event in log:
        match event:
            case ev.Entered():
                node = event.node
            case ev.BuyerSaid():
                turn += 1
                if event.source != "silence" or not buyer:
                    buyer = event.text
            case ev.AgentSent():
                turn += 1
                said.append(event.text)
                last = turn
            case ev.Understood():
                labels.update(event.labels)
            case ev.Reacted():
                whole = " ".join(" ".join(said).split())
                if event.choice == "unclear" and has_words(whole):
                    found.append(Puzzle(last, node, buyer, whole, " ".join(sorted(labels - {ANYTHING}))))
                said, labels = [], set()
    return found
