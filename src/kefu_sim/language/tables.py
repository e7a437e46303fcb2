"""Many patterns against one text: PatternTable for intents, whoever wrote them, LineTable for the package's rules."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from kefu_sim.language.patterns import NOTHING_TOLD, Finder, PlainText, compile_pattern
from kefu_sim.language.prefilter import Prefilter, numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kefu_sim.language.patterns import Compiled, Found, TextBytes, Told


class PatternTable:
    """Many patterns, matched together; a look at the characters of a text leaves few of them to try.

    RE2 could try all of them at once, but takes long over every text that is not like the ones before.
    """

    def __init__(self, patterns: Iterable[str], told: Told = NOTHING_TOLD) -> None:
        """Take patterns that `check_pattern` has passed, and texts. Each is compiled when it is first tried."""
        self.patterns: Sequence[str] = tuple(patterns)
        self._compiled: list[Compiled | None] = [None] * len(self.patterns)
        self._filter = Prefilter(self.patterns, told)

    def hits(self, text: TextBytes, among: range | None = None) -> list[int]:
        """Give the indexes of all patterns that occur in the text, ascending; of those in a range, where given."""
        return [number for number in self.likely(text, among) if self.occurs(number, text)]

    def likely(self, text: TextBytes, among: range | None = None) -> list[int]:
        """Give the indexes of all patterns that may occur in the text, as the look at its characters tells."""
        likely = self._filter.likely(text.text)
        return numbers(likely if among is None else likely & (1 << among.stop) - (1 << among.start))

    def occurs(self, number: int, text: TextBytes) -> bool:
        """Tell whether a pattern occurs in the text."""
        pattern = self._pattern(number)
        return self.patterns[number] in text.text if pattern is None else pattern.search(text.data) is not None

    def _pattern(self, number: int) -> Compiled | None:
        """A pattern, compiled; None for a text."""
        made, pattern = self._compiled[number], self.patterns[number]
        if made is None and not isinstance(pattern, PlainText):
            made = self._compiled[number] = compile_pattern(pattern)
        return made

    def find(self, index: int, text: TextBytes, limit: int = 8) -> list[tuple[int, int]]:
        """Give up to `limit` ranges (code points) at which one pattern occurs."""
        pattern = self._pattern(index)
        if pattern is None:
            return list(islice(_places(self.patterns[index], text.text), limit))
        found: list[tuple[int, int]] = []
        for match in pattern.finditer(text.data):
            start, end = match.span()
            if end > start:
                found.append(text.chars(start, end))
            if len(found) == limit:
                break
        return found


def _places(words: str, text: str) -> Iterator[tuple[int, int]]:
    """The ranges at which words stand in a text."""
    at = text.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + len(words))


OFTEN = 80
"""A pattern tried more often is compiled anew for Python's `re`: what that costs is saved in about so many tries."""


class LineTable:
    """The package's own patterns, matched line by line.

    They keep to the plain syntax of `literals`. `^` and `$` stand for the ends of a line, digits are ASCII. RE2
    compiles in a fifth of the time that `re` takes, `re` searches in half of RE2's: a pattern begins with the one and,
    if tried often, goes on with the other. Both find the same in this syntax.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        """Take the patterns. Each is compiled when it is first tried."""
        self.patterns: Sequence[str] = tuple(patterns)
        self._compiled: list[Compiled | None] = [None] * len(self.patterns)
        self._tries = [0] * len(self.patterns)
        self.quick: list[Callable[[str], Found | None] | None] = [None] * len(self.patterns)
        """The `search` of each pattern that is tried often; spares the inner loop of the rules a call."""

    def __getitem__(self, number: int) -> Compiled:
        """Give a pattern, compiled."""
        compiled, tries = self._compiled[number], self._tries
        if tries[number] <= OFTEN:
            tries[number] += 1
            if compiled is None:
                compiled = self._compiled[number] = Finder(self.patterns[number])
            elif tries[number] > OFTEN:
                compiled = self._compiled[number] = re.compile(self.patterns[number], re.ASCII)
                self.quick[number] = compiled.search
        assert compiled is not None
        return compiled
