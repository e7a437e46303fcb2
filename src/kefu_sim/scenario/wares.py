"""What a story is about in few words: what the goods are called in a chat, the last digits of the buyer's order."""

from __future__ import annotations

import re

from kefu_sim.scenario.model import Scenario

_NAMES = ("简称", "商品", "名称", "name", "货号")
"""Entries of a product card that a shop would call the goods by, the shortest first."""
_TAIL = re.compile(r"尾号\D{0,2}(\d{4})")


def goods_of(scenario: Scenario) -> str:
    """What the goods are called; empty when the cards do not say."""
    card = scenario.cards.get("product", {})
    return next((str(card[name]) for name in _NAMES if card.get(name)), "")


def tail_of(scenario: Scenario, drawn: str = "") -> str:
    """Last digits of the buyer's order: those that the order card names, else those drawn for the buyer."""
    found = _TAIL.search(str(scenario.cards.get("order", "")))
    return found[1] if found else drawn


def tails_of(scenario: Scenario, drawn: str = "") -> set[str]:
    """Last digits that may stand for the buyer's order: those of `tail_of`, and of each order the story names."""
    named = (_TAIL.search(title) for title in scenario.orders.values())
    return {tail_of(scenario, drawn), *(found[1] for found in named if found)} - {""}
