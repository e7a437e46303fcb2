"""Finding a quick reply by a few letters: its code, its words, the initials of its pinyin, or something like them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kefu_sim.quick.model import QuickBook, QuickReply

CODE, CODE_BEGINS, WORDS, GROUP, INITIALS = 400.0, 300.0, 250.0, 220.0, 200.0
"""What a match is worth; a match further in is worth a little less."""
ALIKE = 55.0
"""Likeness (0 to 100) from which a text counts as meant."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One reply found."""

    group: str
    reply: QuickReply
    score: float


def find(book: QuickBook, query: str, initials: Mapping[str, str] | None = None) -> list[Hit]:
    """Replies that fit, the best first; all of them in their order for an empty query.

    `initials` gives the pinyin initials of texts, as far as they are known.
    """
    wanted = fold(query)
    known = initials or {}
    hits = [Hit(group, reply, _score(group, reply, wanted, known)) for group, reply in book.rows()]
    return sorted((hit for hit in hits if hit.score > 0), key=lambda hit: -hit.score)


def fold(text: str) -> str:
    """Width and case do not matter, nor do blanks."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def initial_letters(readings: Sequence[str]) -> str:
    """Initials of readings, one for each character: `nín hǎo ，` → `nh，`."""
    return "".join(unicodedata.normalize("NFD", reading)[:1].lower() for reading in readings)


def _score(group: str, reply: QuickReply, wanted: str, initials: Mapping[str, str]) -> float:
    if not wanted:
        return 1.0
    code, text = fold(reply.key), fold(reply.text)
    if code == wanted:
        return CODE
    if code.startswith(wanted):
        return CODE_BEGINS
    for worth, words in (
        (WORDS, text),
        (GROUP, fold(group)),
        (GROUP - 10, initials.get(group, "")),
        (INITIALS, initials.get(reply.text, "")),
    ):
        at = words.find(wanted)
        if at >= 0:
            return worth - min(at, 50) / 10
    alike = _likeness(wanted, text) if len(wanted) > 1 and not wanted.isascii() else 0.0
    return alike if alike >= ALIKE else 0.0


def _likeness(wanted: str, text: str) -> float:
    """How much of a query a text resembles, 0 to 100. The library behind it, 2 MB, is loaded by who needs it."""
    from rapidfuzz import fuzz  # noqa: PLC0415

    return fuzz.partial_ratio(wanted, text)
