"""Claims that only the cards can bear out: the last two pieces, a rise tomorrow, an old price, a promise for life.

The wording alone says no more than that such a claim was made. With a story at hand its cards are asked: what they bear
out is no fault, and what they gainsay is one, also where the wording alone would pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from kefu_sim.language.amounts import read_number
from kefu_sim.language.verdict import Fault, Recognition
from kefu_sim.scoring.rubric import CardRules, Claim

_FEW = "几"
"""Stands for a number of one digit."""
MOST_FEW = 9
MOST_OF_ONE = 9
"""A price for up to so many pieces is known where the price of one is."""
_DENIED = re.compile(r"[不没别无][^,，。]{0,3}\Z")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Known(NamedTuple):
    """What is known where a reply is sent."""

    cards: Mapping[str, Mapping[str, object]]
    prices: tuple[float, ...] = ()
    """Sums known beside the cards, yuan: the limits of the story, what the buyer named."""


def against_cards(found: Recognition, typed: str, rules: CardRules, known: Callable[[], Known]) -> Recognition:
    """Give a recognition whose faults of claim are those that the cards do not bear out.

    `known` is asked only where the reply claims anything.
    """
    made = [claim for claim in _claims(found.said(typed), rules.claims) if not claim.denied]
    if not made:
        return found
    told = Told(known(), rules)
    stands = [
        _standing(fault, [claim for claim in made if claim.rule.fault == fault.category], found, told)
        for fault in found.faults
    ]
    faults = [fault for fault in stands if fault is not None]
    wordings = {fault.category for fault in found.faults}
    for claim in made:
        if claim.rule.fault not in wordings and told.answer(claim) is False:
            wordings.add(claim.rule.fault)
            faults.append(_fault(claim, found))
    return replace(found, faults=tuple(faults))


def _standing(fault: Fault, own: Sequence[_Made], found: Recognition, told: Told) -> Fault | None:
    """A fault with the words of a claim that the cards do not bear out; None when they bear out what it points at."""
    doubtful = [claim for claim in own if told.answer(claim) is not True]
    if any(claim.covers(found, fault) for claim in doubtful):
        return fault
    if doubtful:
        return _fault(doubtful[0], found)
    return None if any(claim.covers(found, fault) for claim in own) else fault


def _fault(claim: _Made, found: Recognition) -> Fault:
    return Fault(claim.rule.fault, claim.rule.severity, *found.place(*claim.span))


class _Made(NamedTuple):
    """A claim of a reply."""

    rule: Claim
    span: tuple[int, int]
    """Range of what was read."""
    number: float | None
    denied: bool

    def covers(self, found: Recognition, fault: Fault) -> bool:
        """Whether the words of a fault are these."""
        start, end = found.place(*self.span)
        return start < fault.end and fault.start < end


def _claims(said: str, rules: tuple[Claim, ...]) -> Iterator[_Made]:
    for rule in rules:
        for match in rule.says.finditer(said):
            number = match.groupdict().get("n")
            denied = _DENIED.search(said[: match.start()]) is not None
            yield _Made(rule, match.span(), _read(number) if number else None, denied)


def _read(number: str) -> float | None:
    return MOST_FEW if number == _FEW else read_number(number)


class Told:
    """What the cards answer to a claim: True, False, or None where they are silent."""

    def __init__(self, known: Known, rules: CardRules) -> None:
        self._rules = rules
        self._prices = known.prices
        self._entries = [f"{name}: {_text(value)}" for card in known.cards.values() for name, value in card.items()]
        self._all = "\n".join(self._entries)

    def answer(self, claim: _Made) -> bool | None:
        """Whether the cards bear a claim out."""
        match claim.rule.asks:
            case "stock":
                return self._last(claim.number)
            case "today":
                return self._ends_today()
            case "scarce":
                return self._last(MOST_FEW) or self._ends_today() or self._says(self._rules.scarce)
            case "life":
                return self._says(self._rules.life)
            case "price":
                return self._priced(claim.number)

    def _says(self, words: re.Pattern[str]) -> bool | None:
        """Whether such words stand on a card; that they do not tells nothing."""
        return True if words.search(self._all) else None

    def _last(self, pieces: float | None) -> bool | None:
        """Whether so few are left."""
        told = [match[0] for match in self._rules.stock.finditer(self._all)]
        found = [read_number(match["n"]) for words in told for match in self._rules.pieces.finditer(words)]
        left = [number for number in found if number is not None]
        if not left or pieces is None:
            return None
        return any(0 < number <= pieces for number in left)

    def _ends_today(self) -> bool | None:
        """Whether something ends today; no answer where the cards name no end."""
        if self._rules.ends_today.search(self._all):
            return True
        ends = [match["day"] for match in self._rules.ends.finditer(self._all)]
        if not ends:
            return None
        today = [match["day"] for match in self._rules.today.finditer(self._all)]
        return any(_same_day(end, day) for end in ends for day in today)

    def _priced(self, price: float | None) -> bool | None:
        """Whether a price stands on a card, for one piece or several."""
        if price is None or not self._rules.priced.search(self._all):
            return None
        sums = {float(number) for number in _NUMBER.findall(self._all)} | set(self._prices)
        return any(price == number * pieces for number in sums for pieces in range(1, MOST_OF_ONE + 1))


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return "，".join(f"{key}: {_text(part)}" for key, part in value.items())
    if isinstance(value, list | tuple):
        return "，".join(map(_text, value))
    return str(value)


def _same_day(one: str, other: str) -> bool:
    """Whether two days are spelt alike: 周日 and 星期天, 11月11日 and 11月11号."""
    return _plain_day(one) == _plain_day(other)


def _plain_day(day: str) -> str:
    return re.sub("星期|礼拜", "周", day).replace("天", "日").replace("号", "日")
