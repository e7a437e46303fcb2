"""Foreign text made safe: text from files, people and terminals is cleaned here before anything else sees it."""

from __future__ import annotations

import re
import unicodedata

MAX_MESSAGE = 4000
"""Longest message kept, in code points; what is beyond it is cut off."""

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
"""What no file written by hand holds: control characters but tabs and line breaks, and what reorders text."""
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_LINE_BREAKS = re.compile("\r\n?|[\u2028\u2029\x85]")


def clean(text: str) -> str:
    """Remove what could steer a terminal or reorder text: C0/C1 controls, bidi overrides, lone surrogates.

    Line breaks and tabs stay; other kinds of line break become one line feed.
    """
    return _UNSAFE.sub("", _LINE_BREAKS.sub("\n", text))


def clean_message(text: str, limit: int = MAX_MESSAGE) -> str:
    """Clean a chat message and cut it to `limit` code points."""
    return clean(text[: limit * 2]).strip()[:limit]


def raw_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Where in a message as it came the characters `start` to `end` of the cleaned one stood; both half-open.

    A line break of two characters that became one is covered whole.
    """
    text = text[: MAX_MESSAGE * 2]
    at, pieces = 0, list[tuple[int, int]]()
    for match in re.finditer(f"{_LINE_BREAKS.pattern}|{_UNSAFE.pattern}", text):
        pieces += [(place, place + 1) for place in range(at, match.start())]
        if _LINE_BREAKS.fullmatch(match[0]):
            pieces.append(match.span())
        at = match.end()
    pieces += [(place, place + 1) for place in range(at, len(text))]
    whole = clean(text)
    stripped = len(whole) - len(whole.lstrip())
    if not start < end <= len(pieces) - stripped:
        return start, end
    return pieces[stripped + start][0], pieces[stripped + end - 1][1]


def unfolded(text: str) -> str:
    """A paragraph that YAML folded: the blank it left behind full-width punctuation goes."""
    return re.sub("(?<=[，。；：！？、）”》]) ", "", text)


def has_words(text: str) -> bool:
    """Whether a message says anything: emoji, punctuation and blanks alone do not."""
    return any(unicodedata.category(char)[0] in "LN" for char in text)
