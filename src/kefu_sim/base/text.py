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
    """Clean a chat message and cut it to `limit` code points. What is clean stays as it is."""
    return clean(text[: limit * 2]).strip()[:limit].rstrip()


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


CLAUSE_MARKS = " \n\t,，、。.!！?？;；:：~～…"
"""What may stand between two clauses of a message."""
LONGEST_CLAUSE = 24
"""Words are not shown within more than so many characters of a clause."""


def within_clause(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Words of a message with the rest of their clause: what stands before them, they themselves, what stands behind.

    Two characters alone tell a reader little. Of a long clause only what fits into LONGEST_CLAUSE is given.
    """
    room = max(0, LONGEST_CLAUSE - (end - start))
    a, b = start, end
    while b < len(text) and b - end < room and not _parts(text, b):
        b += 1
    while a and start - a < room - (b - end) and not _parts(text, a - 1):
        a -= 1
    return text[a:start], text[start:end], text[end:b]


def _parts(text: str, at: int) -> bool:
    """Whether a clause ends at a character; a point or colon in a number (12.5, 16:00) ends none."""
    return text[at] in CLAUSE_MARKS and not (text[at - 1 : at].isdecimal() and text[at + 1 : at + 2].isdecimal())


def unfolded(text: str) -> str:
    """A paragraph that YAML folded: the blank it left behind full-width punctuation goes."""
    return re.sub("(?<=[，。；：！？、）”》]) ", "", text)


def has_words(text: str) -> bool:
    """Whether a message says anything: emoji, punctuation and blanks alone do not."""
    return any(unicodedata.category(char)[0] in "LN" for char in text)
