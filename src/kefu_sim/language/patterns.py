r"""One pattern: compiled, refused with advice, and what a text must hold for it.

The patterns of intents run on RE2, whose time is linear in the text whatever the pattern. It refuses look-ahead and
look-behind (`(?=…)`, `(?!…)`, `(?<=…)`, `(?<!…)`), back-references (`\1`), possessive and atomic groups, and repeats
above 1,000; such exceptions are written as a second pattern under `unless`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import re2

from kefu_sim.i18n import tr
from kefu_sim.language.literals import RefusedSyntaxError, required

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORT = 400
"""Characters, or bytes, of what counts as a short text."""
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


def _explained(refusal: str) -> str:
    """What RE2 says of a pattern, in the language of the interface."""
    kind, _, part = refusal.partition(": ")
    words = {
        "missing )": tr("a bracket ( is not closed: `{part}`"),
        "unexpected )": tr("a bracket ) closes none: `{part}`"),
        "missing ]": tr("a bracket [ is not closed: `{part}`"),
        "trailing \\": tr("a \\ stands at the end; write \\\\ for the sign itself"),
        "no argument for repetition operator": tr("nothing that could be repeated stands before `{part}`"),
        "bad repetition operator": tr("`{part}` repeats what is repeated; keep one sign"),
        "invalid repetition size": tr("`{part}` repeats too often (1000 in all at most) or counts backwards"),
        "invalid escape sequence": tr("`{part}` is no known sign; write the character without \\"),
        "invalid character class": tr("`{part}` is no set of characters"),
        "invalid character class range": tr("`{part}` is no set or range of characters; write the smaller one first"),
        "invalid perl operator": tr("`{part}` is not available; write (?:…)"),
        "invalid named capture group": tr("`{part}` names no group; write (?:…)"),
        "pattern too large - compile failed": tr("it is too large; write less or split it"),
    }
    return words.get(kind, tr("it cannot be read ({part})")).format(part=part if kind in words else refusal)


class BadPatternError(ValueError):
    """A pattern that the matcher refuses; the message says which construct and what to write instead."""


@lru_cache(512)
def compile_pattern(pattern: str) -> Finder:
    """Compile for RE2, once for all who use the pattern; `check_pattern` must have passed it."""
    return Finder(pattern)


def check_pattern(pattern: str) -> None:
    """Raise BadPatternError when the pattern cannot run in linear time or is malformed."""
    for construct in _REFUSED:
        if construct in pattern:
            raise BadPatternError(_advice(construct))
    try:
        empty = compile_pattern(pattern).finds_nothing()
    except re2.error as error:
        detail = error.args[0] if error.args else error
        text = detail.decode("utf-8", "replace") if isinstance(detail, bytes) else str(detail)
        raise BadPatternError(_explained(text)) from None
    if empty:
        raise BadPatternError(tr("it matches the empty text; make some part of it required"))


def re2_options() -> re2.Options:
    """How patterns are compiled."""
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


class Span(NamedTuple):
    """A match."""

    start: int
    end: int

    def span(self) -> tuple[int, int]:
        """Where it stands."""
        return self


class Finder:
    """A pattern on RE2, compiled when it is first tried.

    RE2 finds the end of a match, and compiles the pattern once more, backwards, to tell its start: where few texts are
    searched, most of the time goes there. Behind any bytes at the start of a text both ends are found at once, which is
    quick as long as the text is short.
    """

    __slots__ = ("_near", "_pattern", "_plain")

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._plain: Compiled | None = None
        self._near: Any = None

    @property
    def plain(self) -> Compiled:
        """As RE2 takes it. Raises re2.error."""
        if self._plain is None:
            self._plain = re2.compile(self._pattern, re2_options())
        assert self._plain is not None
        return self._plain

    def finds_nothing(self) -> bool:
        """Tell whether it matches the empty text. Raises re2.error."""
        if _one_piece(self._pattern):  # then it is compiled as it will be searched for
            with suppress(re2.error):  # what is wrong is told of the pattern alone
                return self._behind(b"", 0) is not None
        return self.plain.search(b"") is not None

    def search(self, text: str | bytes) -> Found | None:
        """Give the first match."""
        return self.plain.search(text) if len(text) > SHORT else self._behind(text, 0)

    def finditer(self, text: str | bytes) -> Iterator[Found]:
        """Give every match."""
        if len(text) > SHORT:
            yield from self.plain.finditer(text)
            return
        at = 0
        while at <= len(text) and (found := self._behind(text, at)):
            yield found
            at = max(found.end, at + 1)

    def _behind(self, text: str | bytes, at: int) -> Span | None:
        """Give the first match from a place on."""
        if self._near is None:
            self._near = re2.compile(rf"\C*?({self._pattern})", re2_options())
        found = self._near.match(text, at)
        return Span(*found.span(1)) if found else None


_BRACKETS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()]", re.DOTALL)
"""What is escaped, a class, and the brackets between."""
_OBSCURE = re.compile(r"\?|.*(?:\\Q|\[:)", re.DOTALL)
"""Begins a group with what stands before it, or hides brackets in a way of its own."""


def _one_piece(pattern: str) -> bool:
    """Tell whether brackets around a pattern surely enclose all of it; not so with `a)(b`."""
    depth = 0
    for sign in _BRACKETS.findall(pattern):
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return _OBSCURE.match(pattern) is None


class PlainText(str):
    """Words that are looked for as they stand, not as a pattern."""

    __slots__ = ()


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
