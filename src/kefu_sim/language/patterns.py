r"""The one matcher: many patterns against one text in linear time, for the package's rules and for scenario intents.

Patterns run on RE2, whose time is linear in the text whatever the pattern; it refuses look-ahead, look-behind
(`(?=…)`, `(?!…)`, `(?<=…)`, `(?<!…)`), back-references (`\1`), possessive and atomic groups, and repeats above 1,000.
Such exceptions are written as a second pattern under `unless`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import re2

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_REFUSED = {
    "(?=": "look-ahead (?=…) is not available; say what may not match under `unless`",
    "(?!": "look-ahead (?!…) is not available; write the exception under `unless`",
    "(?<=": "look-behind (?<=…) is not available; include the words before in the pattern",
    "(?<!": "look-behind (?<!…) is not available; write the exception under `unless`",
    "(?>": "atomic groups (?>…) are not available; use (?:…)",
    "(?P=": "back-references (?P=…) are not available",
    "(?(": "conditional groups (?(…)…) are not available",
}


class BadPatternError(ValueError):
    """A pattern that the matcher refuses; the message says which construct and what to write instead."""


def check_pattern(pattern: str) -> None:
    """Raise BadPatternError when the pattern cannot run in linear time or is malformed."""
    for construct, advice in _REFUSED.items():
        if construct in pattern:
            raise BadPatternError(advice)
    try:
        compiled = re2.compile(pattern, options=_options())
    except re2.error as error:
        detail = error.args[0] if error.args else error
        text = detail.decode("utf-8", "replace") if isinstance(detail, bytes) else str(detail)
        raise BadPatternError(text) from None
    if compiled.search(b"") is not None:
        raise BadPatternError("the pattern matches the empty text; make some part of it required")


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

    __slots__ = ("data", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.data = text.encode("utf-8", "replace")

    def chars(self, start: int, end: int) -> tuple[int, int]:
        """Turn a byte range into a range of code points."""
        a = len(self.data[:start].decode("utf-8", "replace"))
        return a, a + len(self.data[start:end].decode("utf-8", "replace"))


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
