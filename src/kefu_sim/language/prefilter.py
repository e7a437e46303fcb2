"""Which of many patterns may occur in a text: a look at its characters leaves few of them to try."""

from __future__ import annotations

from functools import reduce
from itertools import chain
from operator import add, or_
from typing import TYPE_CHECKING

from kefu_sim.language.literals import END, START
from kefu_sim.language.patterns import LAYERS, NOTHING_TOLD, grams

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kefu_sim.language.patterns import Told


class Prefilter:
    """Which of many patterns may occur in texts, by the characters and pairs of characters these hold.

    A number has a bit for each pattern, LAYERS times: a bit of a layer is set by what the pattern needs there. It knows
    PlainText and the plain syntax of `literals`; whatever else may always occur.
    """

    def __init__(self, patterns: Iterable[str], told: Told = NOTHING_TOLD) -> None:
        """Read the patterns, but those that are told of. They are numbered in their order."""
        needed = [told[pattern] if pattern in told else grams(pattern) for pattern in patterns]
        self._size = len(needed)
        self._all = (1 << self._size) - 1
        self._always = 0
        index: dict[str, int] = {}
        for number, layers in enumerate(needed):
            for layer in range(LAYERS):
                bit = 1 << (layer * self._size + number)
                if layer >= len(layers):
                    self._always |= bit
                    continue
                for gram in layers[layer]:
                    index[gram] = index.get(gram, 0) | bit
        same: dict[int, int] = {}
        self._bits = {gram: same.setdefault(bits, bits) for gram, bits in index.items()}
        """Two grams of three share their number with others: so it lies near at hand more often."""

    def likely(self, text: str) -> int:
        """Give the patterns that may occur in a text, as a set of bits: `numbers` reads it."""
        text = f"{START}{text}{END}"
        found = map(self._bits.get, chain(text, map(add, text, text[1:])))
        bits = reduce(or_, filter(None, found), self._always)
        return bits & bits >> self._size & bits >> 2 * self._size & self._all


def numbers(bits: int) -> list[int]:
    """Read a set of bits: the numbers in it, ascending."""
    found: list[int] = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return found
