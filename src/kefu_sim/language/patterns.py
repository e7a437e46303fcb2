r"""One pattern: compiled, refused with advice, and what a text must hold for it.

The patterns of intents run on RE2, whose time is linear in the text whatever the pattern. It refuses look-ahead and
look-behind (`(?=…)`, `(?!…)`, `(?<=…)`, `(?<!…)`), back-references (`\1`), possessive and atomic groups, and repeats
above 1,000; such exceptions are written as a second pattern under `unless`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

import re2

from kefu_sim.i18n import tr
from kefu_sim.language.literals import RefusedSyntaxError, required

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        made: Compiled = re2.compile(pattern, options=re2_options())
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
