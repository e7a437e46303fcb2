r"""Many patterns against one text: PatternTable for intents, whoever wrote them, LineTable for the package's rules.

The patterns of intents run on RE2, whose time is linear in the text whatever the pattern. It refuses look-ahead and
look-behind (`(?=…)`, `(?!…)`, `(?<=…)`, `(?<!…)`), back-references (`\1`), possessive and atomic groups, and repeats
above 1,000; such exceptions are written as a second pattern under `unless`.
"""

from __future__ import annotations

import re
from itertools import chain
from operator import add
from typing import TYPE_CHECKING, Protocol

import re2

from kefu_sim.i18n import tr
from kefu_sim.language.literals import required

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_REFUSED = ("(?=", "(?!", "(?<=", "(?<!", "(?>", "(?P=", "(?(")


def _advice(construct: str) -> str:
    """What to write instead of a construct that is refused."""
    match construct:
        case "(?!" | "(?<!":
            return tr("{what}…) is not available; write the exception under `unless`").format(what=construct)
        case "(?=" | "(?<=":
            return tr("{what}…) is not available; write those words into the pattern").format(what=construct)
        case "(?>":
            return tr("{what}…) is not available; write (?:…)").format(what=construct)
        case _:
            return tr("{what}…) is not available; write the alternatives out").format(what=construct)


class BadPatternError(ValueError):
    """A pattern that the matcher refuses; the message says which construct and what to write instead."""


def check_pattern(pattern: str) -> None:
    """Raise BadPatternError when the pattern cannot run in linear time or is malformed."""
    for construct in _REFUSED:
        if construct in pattern:
            raise BadPatternError(_advice(construct))
    try:
        compiled = re2.compile(pattern, options=_options())
    except re2.error as error:
        detail = error.args[0] if error.args else error
        text = detail.decode("utf-8", "replace") if isinstance(detail, bytes) else str(detail)
        raise BadPatternError(text) from None
    if compiled.search(b"") is not None:
        raise BadPatternError(tr("it matches the empty text; make some part of it required"))


def literal(text: str) -> str:
    """Write a literal as a pattern."""
    return str(re2.escape(text))


def _options() -> re2.Options:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 16 << 20
    return options


class TextBytes:
    """A text with its UTF-8 form, and the way from byte offsets back to code points."""

    __slots__ = ("_at", "data", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.data = text.encode("utf-8", "replace")
        self._at: list[int] | None = None

    def chars(self, start: int, end: int) -> tuple[int, int]:
        """Turn a byte range into a range of code points."""
        at = self._at
        if at is None:
            at = self._at = self._count()
        return at[start], at[end]

    def _count(self) -> list[int]:
        """For each byte, the code point it belongs to."""
        at: list[int] = []
        for number, char in enumerate(self.text):
            at.extend((number,) * (1 if char < "\x80" else 2 if char < "\u0800" else 3 if char < "\U00010000" else 4))
        at.append(len(self.text))
        return at


class PatternTable:
    """Many patterns, matched together: literal parts first, whole patterns only where those occur."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """Compile; raises BadPatternError on the first pattern refused."""
        self.patterns: Sequence[str] = tuple(patterns)
        self._filter = re2.Filter()
        options = _options()
        for pattern in self.patterns:
            try:
                self._filter.Add(pattern, options)
            except re2.error:
                check_pattern(pattern)
                raise
        if self.patterns:
            self._filter.Compile()

    def hits(self, text: TextBytes) -> list[int]:
        """Give the indexes of all patterns that occur in the text, ascending."""
        if not self.patterns or not text.data:
            return []
        return sorted(self._filter.Match(text.data) or ())

    def find(self, index: int, text: TextBytes, limit: int = 8) -> list[tuple[int, int]]:
        """Give up to `limit` ranges (code points) at which one pattern occurs."""
        found: list[tuple[int, int]] = []
        for match in self._filter.re(index).finditer(text.data):
            if match.end() > match.start():
                found.append(text.chars(match.start(), match.end()))
            if len(found) == limit:
                break
        return found


class Found(Protocol):
    """A match."""

    def span(self) -> tuple[int, int]:
        """Range of code points."""


class Compiled(Protocol):
    """A compiled pattern."""

    def search(self, string: str, /) -> Found | None:
        """Give the first match."""

    def finditer(self, string: str, /) -> Iterator[Found]:
        """Give every match."""


class Prefilter:
    """Which of many patterns may occur in a line, by the characters and pairs of characters it holds.

    The patterns keep to the plain syntax of `literals`.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        """Read the patterns; raises RefusedSyntaxError. They are numbered in their order."""
        self._always: list[int] = []
        self._index: dict[str, list[int]] = {}
        for number, pattern in enumerate(patterns):
            needed = required(pattern)
            if needed is None:
                self._always.append(number)
            for gram in {word[:2] for word in needed or ()}:
                self._index.setdefault(gram, []).append(number)

    def hits(self, line: str) -> set[int]:
        """Give the numbers of the patterns that may occur in a line."""
        grams = chain(line, map(add, line, line[1:]))
        return set(self._always).union(*filter(None, map(self._index.get, grams)))


OFTEN = 12
"""A pattern tried more often is compiled anew for Python's `re`."""


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
                compiled = self._compiled[number] = re2.compile(self.patterns[number], _options())
            elif tries[number] > OFTEN:
                compiled = self._compiled[number] = re.compile(self.patterns[number], re.ASCII)
                self.quick[number] = compiled.search
        assert compiled is not None
        return compiled
