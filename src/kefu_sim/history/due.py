"""Failed turns that are to be answered again: which there are, and as questions of a reply drill."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kefu_sim.base.errors import KefuError
from kefu_sim.drill.reply import Question
from kefu_sim.house import House
from kefu_sim.progress.spacing import Card, cards, due_on
from kefu_sim.rulebook.progress import load_progress_rules


def all_cards(house: House) -> list[Card]:
    """Every turn of who practises here that is still to be learnt. Raises KefuError."""
    trainee = house.desk.trainee
    found = cards(house.records.slips(trainee), house.records.tries(trainee), load_progress_rules().boxes)
    return [card for card in found if _can_be_asked(house, card)]


def due_cards(house: House, today: date) -> list[Card]:
    """Those whose day has come, the longest due first. Raises KefuError."""
    return due_on(all_cards(house), today)


def questions(found: Sequence[Card]) -> list[Question]:
    """As many of them as are asked in one go."""
    return [Question(card.buyer, card.scenario, card.node) for card in found[: load_progress_rules().session]]


def _can_be_asked(house: House, card: Card) -> bool:
    """Whether its story still has the moment, and an answer to hold a reply against."""
    try:
        node = house.library.get(card.scenario).nodes.get(card.node)
    except KefuError:
        return False
    return node is not None and node.model is not None and node.end is None
