"""What is typed: sentences graded by length and difficulty, foreign texts made fit, and drills put together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from kefu_sim.base.draws import Draw
from kefu_sim.base.errors import KefuError
from kefu_sim.base.text import clean
from kefu_sim.base.wrap import NOT_FIRST, Measure, breaks, cell_width
from kefu_sim.drill.phrases import is_word
from kefu_sim.drill.standards import Standards
from kefu_sim.i18n import tr

Length = Literal["short", "medium", "long"]
LENGTHS: tuple[Length, ...] = ("short", "medium", "long")
DIFFICULTIES = (1, 2, 3)

CLAUSE_ENDS = frozenset("，。？！；、,.?!; ")
"""Where a line may be cut."""
COMMON_MARKS = frozenset("，。？！,.?!～ ")
UNDRAWABLE_SHARE = 0.1
"""A text of which more than this must be left out is refused."""
LONGEST_TEXT = 5_000
"""Characters of a drill without a time limit."""
ENOUGH = 0.75
"""Share of the wanted characters from which on a line that does not fit is left out rather than cut."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of the bank."""

    text: str
    part: str
    """A step of the reception, or 售后."""
    length: Length
    difficulty: int
    """1 to 3."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which sentences of the bank; None for any."""

    part: str | None = None
    length: Length | None = None
    difficulty: int | None = None

    def takes(self, sentence: Sentence) -> bool:
        """Whether a sentence is of this kind."""
        return (
            self.part in {None, sentence.part}
            and self.length in {None, sentence.length}
            and self.difficulty in {None, sentence.difficulty}
        )


@dataclass(frozen=True, slots=True)
class Material:
    """Lines to type, ready for a drill."""

    lines: tuple[str, ...]
    title: str
    source: str
    """As in the log: `bank`, `phrases`, `scenario:<id>` or `file`."""
    remark: str = ""
    """What was done to a foreign text, for the trainee."""


def graded(text: str, part: str, standards: Standards) -> Sentence:
    """Grade a sentence."""
    lengths = standards.length
    size = len(text)
    length: Length = "short" if size <= lengths.short else "medium" if size <= lengths.medium else "long"
    cost = typing_cost(text, standards) / max(size, 1)
    return Sentence(text, part, length, 1 + sum(cost >= edge for edge in standards.difficulty.edges))


def typing_cost(text: str, standards: Standards) -> float:
    """What a text costs beyond one unit a character: rare characters, digits, Latin, changes of input, odd marks."""
    costs = standards.difficulty.costs
    total = sum(costs.switch for a, b in pairwise(text) if is_word(a) and is_word(b) and a.isascii() != b.isascii())
    for char in text:
        if char.isascii() and char.isdigit():
            total += costs.digit
        elif char.isascii() and char.isalpha():
            total += costs.latin
        elif not is_word(char):
            total += 0.0 if char in COMMON_MARKS else costs.mark
        elif not _common(char):
            total += costs.rare
    return total


def _common(char: str) -> bool:
    """Whether a character is of GB 2312's first level, which holds the 3,755 most used."""
    try:
        return char.encode("gb2312")[0] < 0xD8
    except UnicodeEncodeError:
        return False


def fit(text: str) -> tuple[tuple[str, ...], int]:
    """Lines of a foreign text that can be typed and drawn, and how many characters had to be left out.

    Blanks become single spaces, empty lines go. Characters whose width terminals do not agree on (emoji, combining
    and invisible ones, private use) are left out, except as parts of composed letters. Raises KefuError when nothing
    is left, or too little.
    """
    composed = unicodedata.normalize("NFC", clean(text).lstrip("\ufeff"))
    lost = len(text) - len(clean(text)) - text.count("\r\n")
    lines = []
    for row in composed.split("\n"):
        kept = "".join(char for char in row.replace("\t", " ").replace("\u3000", " ") if _drawable(char))
        lost += len(row) - len(kept)
        if line := " ".join(kept.split()):
            lines.append(line)
    total = sum(map(len, lines))
    if not total:
        raise KefuError(tr("there is nothing to type in this text"), hint=tr("give a UTF-8 text with words in it"))
    if lost > total * UNDRAWABLE_SHARE:
        raise KefuError(
            tr("{n} of {all} characters of this text cannot be typed or drawn").format(n=lost, all=total + lost),
            hint=tr("emoji, control characters and scripts with combining signs cannot be measured here"),
        )
    return tuple(lines), max(lost, 0)


def _drawable(char: str) -> bool:
    if char == " " or char.isascii():
        return True
    category = unicodedata.category(char)
    if category == "So":
        return ord(char) < 0x2600 and unicodedata.east_asian_width(char) != "W"
    return category[0] in "LNP" or category in {"Sm", "Sc", "Sk", "Zs"}


def joined(lines: Iterable[str], most: int = LONGEST_TEXT) -> tuple[str, tuple[int, ...]]:
    """Lines as one text and where each begins in it; a space only where two words would run together.

    A line that would go beyond `most` characters is left out when the text is long enough without it, else cut.
    """
    text, starts = "", []
    for line in lines:
        gap = " " if text and _needs_space(text[-1], line[0]) else ""
        room = most - len(text) - len(gap)
        over = len(line) > room
        if over and (room <= 0 or len(text) >= most * ENOUGH):
            break
        starts.append(len(text) + len(gap))
        text += gap + (_cut(line, room) if over else line)
        if over:
            break
    return text, tuple(starts)


def _cut(line: str, room: int) -> str:
    """The beginning of a line, up to a mark near the end of the room if there is one."""
    edge = max((at for at in range(room * 3 // 4, room) if line[at] in CLAUSE_ENDS), default=room - 1)
    return line[: edge + 1].rstrip()


def cuts(line: str, width: int, measure: Measure = cell_width) -> list[int]:
    """Where a line is cut to fit `width` cells: behind a mark of its second half, else as any text is.

    A clause stays in one piece where it can, which is how it is read and typed.
    """
    found, at = [], 0
    while limit := next(iter(breaks(line[at : at + width + 1], width, measure)), 0):
        row = line[at : at + limit + 1]
        at += next((end for end in range(limit, limit // 2, -1) if _ends_clause(row, end)), limit)
        found.append(at)
    return found


def _ends_clause(row: str, end: int) -> bool:
    """Whether a clause ends there: behind a mark, or the quote or bracket that follows one."""
    closed = row[end - 1] in CLAUSE_ENDS or (row[end - 1] in NOT_FIRST and row[end - 2 : end - 1] in CLAUSE_ENDS)
    return closed and row[end : end + 1] not in NOT_FIRST


def _needs_space(before: str, after: str) -> bool:
    return before.isascii() and after.isascii() and not before.isspace()


def room_for(seconds: float, standards: Standards) -> int:
    """Characters that a timed drill must hold so that nobody runs out of text."""
    return int((seconds + standards.bell.most) * standards.fastest / 60)


def filled(lines: Sequence[str], chars: int) -> tuple[str, ...]:
    """Enough lines for so many characters, from the beginning again when they run out."""
    taken: list[str] = []
    size = 0
    while lines and size < chars:
        for line in lines:
            taken.append(line)
            size += len(line)
            if size >= chars:
                break
    return tuple(taken)


def chosen(bank: Sequence[Sentence], kind: Wanted, chars: int, draw: Draw) -> tuple[str, ...]:
    """Sentences of the wanted kind in a drawn order, enough for so many characters. Raises KefuError without any."""
    fitting = [sentence for sentence in bank if kind.takes(sentence)]
    if not fitting:
        raise KefuError(tr("no sentence is of this kind"), hint=tr("choose another length or difficulty"))
    order = sorted(range(len(fitting)), key=lambda at: draw(at, "drill"))
    return filled([fitting[at].text for at in order], chars)


def around(phrases: Sequence[tuple[str, str]], bank: Sequence[Sentence], chars: int, draw: Draw) -> tuple[str, ...]:
    """Lines that hold the phrases to practise, in turn: sentences of the bank first, else where a phrase stood.

    `phrases`: (phrase, the line it stood in).
    """
    choices = []
    for at, (words, sentence) in enumerate(phrases):
        holding = sorted((s.text for s in bank if words in s.text), key=lambda text: draw(at, text))[:3]
        choices.append(holding or [sentence if words in sentence else words])
    lines, size, turn = [], 0, 0
    while choices and size < chars:
        for texts in choices:
            lines.append(texts[turn % len(texts)])
            size += len(lines[-1])
        turn += 1
    return tuple(lines)


def mainly_latin(text: str) -> bool:
    """Whether words a minute make sense for it."""
    latin = len(re.findall("[A-Za-z]", text))
    return latin * 2 > sum(map(is_word, text))
