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
    """Last digits of the buyer's order: those of the order card, or of the first order named, else those drawn."""
    return next(iter(_named(scenario)), drawn)


def tails_of(scenario: Scenario, drawn: str = "") -> set[str]:
    """Last digits that may stand for the buyer's order: those the story names, else those drawn for the buyer."""
    return {*_named(scenario)} or {drawn}


def _named(scenario: Scenario) -> list[str]:
    """Last digits of the orders a story names."""
    texts = (str(scenario.cards.get("order", "")), *scenario.orders.values())
    return [found[1] for found in map(_TAIL.search, texts) if found]
