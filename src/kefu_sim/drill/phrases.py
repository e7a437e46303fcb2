"""The phrases of a drill: how long each took, which were slow or wrong, and which to practise next."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kefu_sim.drill.align import Mark
from kefu_sim.drill.sheet import Sheet

LONGEST_JOINED = 4
"""Characters committed one by one are joined to phrases of at most so many."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of the text that was typed at one go."""

    text: str
    ms: float
    """Milliseconds a character, time of corrections included; the mean over its places in the text."""
    errors: int
    """Wrong, missed and extra characters, at most those of one place."""
    sentence: str = ""
    """The line of the text it stands in."""

    def beats(self, goal: float) -> bool:
        """Whether it was typed rightly and within the goal, milliseconds a character."""
        return not self.errors and self.ms <= goal

    def loss(self, goal: float) -> float:
        """Milliseconds it costs against the goal; an error costs five characters."""
        return max(self.ms - goal, 0.0) * len(self.text) + 5 * goal * self.errors


@dataclass(slots=True)
class _Column:
    """What became of one character of the text."""

    seconds: float = 0.0
    errors: int = 0
    stroke: int = -1


def phrases(sheet: Sheet) -> list[Phrase]:
    """All phrases that were passed, in their order in the text."""
    columns = _columns(sheet)
    text = sheet.opened.text
    found: dict[str, list[tuple[float, int, int]]] = {}
    for start, end in _pieces(text, columns):
        part = columns[start:end]
        seconds, errors = sum(c.seconds for c in part), sum(c.errors for c in part)
        found.setdefault(text[start:end], []).append((seconds, errors, start))
    return [_phrase(sheet, words, places) for words, places in found.items()]


def remeasured(sheet: Sheet, wanted: Iterable[str]) -> dict[str, Phrase]:
    """Known phrases wherever they stand in what was passed, however they were committed this time."""
    columns, text = _columns(sheet), sheet.opened.text
    found: dict[str, Phrase] = {}
    for words in wanted:
        places = []
        at = text.find(words, 0, len(columns))
        while at >= 0:
            part = columns[at : at + len(words)]
            places.append((sum(c.seconds for c in part), sum(c.errors for c in part), at))
            at = text.find(words, at + 1, len(columns))
        if places:
            found[words] = _phrase(sheet, words, places)
    return found


def worst(known: Iterable[Phrase], goal: float, count: int) -> list[Phrase]:
    """The phrases that cost most against the goal, at most `count`; those that beat it are no part of it."""
    failing = [phrase for phrase in known if not phrase.beats(goal)]
    return sorted(failing, key=lambda phrase: (-phrase.loss(goal), phrase.text))[:count]


def followed(
    book: Mapping[str, Phrase], again: Mapping[str, Phrase], new: Sequence[Phrase], goal: float
) -> dict[str, Phrase]:
    """The phrases still to be practised after one more drill.

    `book`: those before it; `again`: those of them that it measured anew; `new`: its own worst ones.
    """
    merged = {**book, **again, **{phrase.text: phrase for phrase in new}}
    return {text: phrase for text, phrase in merged.items() if not phrase.beats(goal)}


def is_word(char: str) -> bool:
    """A letter of any script or a digit."""
    return unicodedata.category(char)[0] in "LN"


def _phrase(sheet: Sheet, words: str, places: Sequence[tuple[float, int, int]]) -> Phrase:
    seconds = sum(place[0] for place in places) / len(places)
    text, starts = sheet.opened.text, sheet.opened.starts
    at = places[0][2]
    begin = max((start for start in starts if start <= at), default=0)
    end = min((start for start in starts if start > at), default=len(text))
    return Phrase(
        words, round(seconds * 1000 / len(words), 1), max(place[1] for place in places), text[begin:end].strip()[:120]
    )


def _columns(sheet: Sheet) -> list[_Column]:
    columns = [_Column() for _ in range(sheet.aligner.reached)]
    if not columns:
        return columns
    for cell in sheet.aligner.cells(0, len(columns)):
        column = columns[cell.column]
        column.errors += cell.mark >= Mark.WRONG
        if cell.typed is not None:
            char = sheet.typed[cell.typed]
            column.seconds += char.seconds
            if cell.mark != Mark.EXTRA:
                column.stroke = char.stroke
    return columns


def _pieces(text: str, columns: Sequence[_Column]) -> Iterator[tuple[int, int]]:
    """Half-open ranges: what was committed together, single characters joined, never across punctuation."""
    start = 0
    while start < len(columns):
        if not is_word(text[start]):
            start += 1
            continue
        end = _end(text, columns, start)
        yield start, end
        start = end


def _end(text: str, columns: Sequence[_Column], start: int) -> int:
    end = start + 1
    if text[start].isascii():
        while end < len(columns) and text[end].isascii() and is_word(text[end]):
            end += 1
        return end
    while end < len(columns) and _goes_on(text, columns, start, end):
        end += 1
    return end


def _goes_on(text: str, columns: Sequence[_Column], start: int, end: int) -> bool:
    if not is_word(text[end]) or text[end].isascii():
        return False
    if columns[end].stroke == columns[end - 1].stroke:
        return True
    if end - start > 1 and columns[start].stroke == columns[start + 1].stroke:
        return False
    following = end + 1 < len(columns) and columns[end + 1].stroke == columns[end].stroke and is_word(text[end + 1])
    return end - start < LONGEST_JOINED and not (following and end - start > 1)
