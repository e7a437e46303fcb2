r"""Many patterns against one text: PatternTable for intents, whoever wrote them, LineTable for the package's rules.

The patterns of intents run on RE2, whose time is linear in the text whatever the pattern. It refuses look-ahead and
look-behind (`(?=…)`, `(?!…)`, `(?<=…)`, `(?<!…)`), back-references (`\1`), possessive and atomic groups, and repeats
above 1,000; such exceptions are written as a second pattern under `unless`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache, reduce
from itertools import chain, islice
from operator import add, or_
from typing import TYPE_CHECKING, Any, Protocol

import re2

from kefu_sim.i18n import tr
from kefu_sim.language.literals import END, START, RefusedSyntaxError, required

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

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


@lru_cache(512)
def compile_pattern(pattern: str) -> Compiled:
    """Compile for RE2, once for all who use the pattern; raises BadPatternError as `check_pattern` does."""
    for construct in _REFUSED:
        if construct in pattern:
            raise BadPatternError(_advice(construct))
    try:
        made: Compiled = re2.compile(pattern, options=_options())
    except re2.error as error:
        detail = error.args[0] if error.args else error
        text = detail.decode("utf-8", "replace") if isinstance(detail, bytes) else str(detail)
        raise BadPatternError(text) from None
    if made.search(b"") is not None:
        raise BadPatternError(tr("it matches the empty text; make some part of it required"))
    return made


def check_pattern(pattern: str) -> None:
    """Raise BadPatternError when the pattern cannot run in linear time or is malformed."""
    compile_pattern(pattern)


def _options() -> re2.Options:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 16 << 20
    return options


class TextBytes:
    """A text with its UTF-8 form, and the way from byte offsets back to code points."""

    __slots__ = ("_data", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._data: bytes | None = None

    @property
    def data(self) -> bytes:
        """The text in UTF-8."""
        if self._data is None:
            self._data = self.text.encode("utf-8", "replace")
        return self._data

    def chars(self, start: int, end: int) -> tuple[int, int]:
        """Turn a byte range into a range of code points."""
        data = self.data
        before = len(data[:start].decode())
        return before, before + len(data[start:end].decode())


class Found(Protocol):
    """A match."""

    def span(self) -> tuple[int, int]:
        """Range of code points."""


class Compiled(Protocol):
    """A compiled pattern."""

    def search(self, text: Any, /) -> Found | None:
        """Give the first match."""

    def finditer(self, text: Any, /) -> Iterator[Found]:
        """Give every match."""


Grams = Sequence[Collection[str]]
"""Sets of characters and pairs of characters; a text in which a pattern is found holds at least one of each."""
Told = Mapping[str, Grams]
"""Pattern → what `grams` gives for it."""
NOTHING_TOLD: Told = {}
LAYERS = 3
"""So many sets are looked at for one pattern."""


@lru_cache(2048)
def grams(pattern: str) -> Grams:
    """What a text must hold between START and END; () when nothing is known. Stories share patterns."""
    if isinstance(pattern, PlainText):
        return _grams(pattern)
    try:
        needed = required(pattern)
    except RefusedSyntaxError:
        return ()
    return [gram for words in needed for gram in _grams(*words)][:LAYERS]


def _grams(*words: str) -> Grams:
    """The beginnings of words, and the ends of those that are longer."""
    first, last = {word[:2] for word in words}, {word[-2:] for word in words}
    return [first] if first == last else [first, last]


class Prefilter:
    """Which of many patterns may occur in a text, by the characters and pairs of characters it holds.

    A number has a bit for each pattern, LAYERS times: a bit of a layer is set by what the pattern needs there. It knows
    PlainText and the plain syntax of `literals`; whatever else may always occur.
    """

    def __init__(self, patterns: Iterable[str], told: Told = NOTHING_TOLD) -> None:
        """Read the patterns, but those that are told of. They are numbered in their order."""
        needed = [told[pattern] if pattern in told else grams(pattern) for pattern in patterns]
        self._size = len(needed)
        self._all = (1 << self._size) - 1
        self._always = 0
        self._index: dict[str, int] = {}
        for number, layers in enumerate(needed):
            for layer in range(LAYERS):
                bit = 1 << (layer * self._size + number)
                if layer >= len(layers):
                    self._always |= bit
                    continue
                for gram in layers[layer]:
                    self._index[gram] = self._index.get(gram, 0) | bit

    def likely(self, text: str) -> int:
        """Give a number with the bits of the patterns that may occur in a text."""
        text = f"{START}{text}{END}"
        found = map(self._index.get, chain(text, map(add, text, text[1:])))
        bits = reduce(or_, filter(None, found), self._always)
        return bits & bits >> self._size & bits >> 2 * self._size & self._all


def numbers(bits: int) -> Iterator[int]:
    """Give the numbers of the bits that are set, ascending."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


class PlainText(str):
    """Words that are looked for as they stand, not as a pattern."""

    __slots__ = ()


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
        if among is not None:
            likely &= (1 << among.stop) - (1 << among.start)
        return list(numbers(likely))

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
