"""Line breaking by terminal cells: the units are one Latin word or one wide character, with 避头尾 (kinsoku).

Pure: nothing here knows a screen. Widths are cells; the default measure follows Unicode East Asian Width, and a caller
that draws with another table hands in its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import pairwise

Measure = Callable[[str], int]
"""Width of a piece of text in cells."""

NOT_FIRST = frozenset("，。、；：？！）】》〉」』”’…—～％℃·,.;:?!)]}%")
"""Characters that may not begin a line."""
NOT_LAST = frozenset("（【《〈「『“‘￥$([{#")
"""Characters that may not end a line."""

_JOINED = "[\u0300-\u036f\u200d\ufe00-\ufe0f\u20d0-\u20ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
_WORD = r"[A-Za-z0-9\u00c0-\u024f\u0400-\u04ff_'@&+/\\=-]"
_PICTURE = "[\u2190-\u27bf\U0001f000-\U0001faff]"
_FLAG = "[\U0001f1e6-\U0001f1ff]"
_UNIT = re.compile(
    rf"{_FLAG}{{2}}"  # a flag is a pair of letters
    rf"|{_WORD}+(?:[.,:]{_WORD}+)*{_JOINED}*"
    rf"|.{_JOINED}*(?:(?<=\u200d){_PICTURE}{_JOINED}*)*",
    re.DOTALL,
)

_IN_WORD = re.compile(rf"(?:[.,:]|{_WORD}){_JOINED}*")
_JOINS = re.compile(rf"\u200d{_PICTURE}|[\U0001f3fb-\U0001f3ff]")


def cell_width(text: str) -> int:
    """Cells of a text by Unicode East Asian Width; combining, formatting and joined characters take none."""
    return sum(_char_width(char) for char in _JOINS.sub("", text))


def _char_width(char: str) -> int:
    if char < "\u0300":
        return 0 if char < " " else 1
    if unicodedata.east_asian_width(char) in {"W", "F"}:
        return 2
    return 0 if unicodedata.category(char) in {"Mn", "Me", "Cf"} else 1


def breaks(text: str, width: int, measure: Measure = cell_width) -> list[int]:
    """Where one line (without line feeds) is broken to fit `width` cells: the code points that begin the further lines.

    A blank that does not fit hangs at the end of its line. A piece wider than the whole line is cut between
    characters, never inside one.
    """
    if width <= 0 or len(text) * 2 <= width:
        return []
    found: list[int] = []
    used = 0
    for start, cluster in _clusters(text):
        size = measure(cluster)
        if used + size <= width:
            used += size
            continue
        if cluster.isspace() and used <= width:
            used += size
            continue
        if size <= width:
            found.append(start)
            used = size
            continue
        cuts, used = _cut(cluster, width, used, measure)
        found.extend(start + at for at in cuts)
    return [at for at in found if at > 0]


def wrap(text: str, width: int, measure: Measure = cell_width) -> list[str]:
    """The lines of a text, blanks at broken ends dropped; at least one line."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        edges = [0, *breaks(paragraph, width, measure), len(paragraph)]
        lines.extend(paragraph[a:b].rstrip() for a, b in pairwise(edges))
    return lines


def _clusters(text: str) -> Iterable[tuple[int, str]]:
    """Pieces that may not be broken, with their places: units, glued where a break would offend."""
    start, piece = 0, ""
    for match in _UNIT.finditer(text):
        unit = match.group()
        if piece and not (_glued(piece, unit)):
            yield start, piece
            start, piece = match.start(), ""
        piece += unit
    if piece:
        yield start, piece


def _glued(before: str, unit: str) -> bool:
    if unit.isspace() or before.isspace():
        return False
    return unit[0] in NOT_FIRST or before[-1] in NOT_LAST


def _cut(cluster: str, width: int, used: int, measure: Measure) -> tuple[list[int], int]:
    """Breaks inside a cluster too wide for any line, and the cells used on its last line."""
    cuts: list[int] = []
    at = 0
    for unit in _characters(cluster):
        size = measure(unit)
        if used and used + size > width:
            cuts.append(at)
            used = 0
        used += size
        at += len(unit)
    return cuts, used


def _characters(cluster: str) -> Iterable[str]:
    """Units of a cluster, Latin words taken apart."""
    for match in _UNIT.finditer(cluster):
        unit = match.group()
        yield from _IN_WORD.findall(unit) if _IN_WORD.match(unit) else (unit,)
