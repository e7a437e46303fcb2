"""Intents: what a reply can mean beyond the eight steps, written by scenario authors as literals and patterns.

`any` says what must be found, `unless` what must not. A literal is compared after folding (width, case, Traditional
characters) and does not count inside a negation (`这不是活动价` holds no `活动价`) unless it begins with one itself. A
pattern runs on RE2 and is taken as written; see `patterns` for the constructs that are refused. Where points hang on an
intent, its patterns too do not count inside a negation, and no number counts inside a longer one (45 in 145).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from kefu_sim.language.normalise import Normaliser
from kefu_sim.language.patterns import NOTHING_TOLD, BadPatternError, PlainText, TextBytes, check_pattern
from kefu_sim.language.tables import PatternTable

if TYPE_CHECKING:
    from kefu_sim.language.normalise import Normalised
    from kefu_sim.language.patterns import Told

_NEGATION = re.compile(
    r"(?:不是|并非|不算|不能|不会|不用|没有|没法|不再|没|不|别|非|无|未)(?:是|有|这|那|个|什么|给|您|你|的|再|算|到|做|说|任何){0,2}\Z"
)
_NO_NEGATION = re.compile(
    r"(?:是不是|有没有|要不|差不|不仅|不但|不错|不只|没错|特别|分别|级别|无论|不管|才不|是否)[^,]{0,2}\Z"
)
_BEGINS_NEGATED = re.compile(r"[不没别无未非]")
_DENIED = re.compile(r"(?:(?<!是)不是|并非|不算|[没不](?:支持|提供|包|送|赠|含|带))[^,。?!;是而但就只]{0,8}\Z")
_TAKEN_BACK = re.compile(
    r"[^,。?!;\d]{0,3}(?:用不了(?![多几])|不能用|没有?了|没有(?:[的哦呢呀,。~]|$)|(?<![不没])(?:过期|取消|[会太偏][紧大小长短松挤])|不合适|"
    r"(?<!行)不行|(?<!够)不够|[放装穿坐]不下|买不到|那?是(?:骗|假))"
)
"""Before and behind words in their clause: said, and not said to be so."""
_MARKS = ",。?!;:~ "
"""Begin a clause of their own."""
_FIGURE = re.compile(r"\d+|[零一二两三四五六七八九十百千万]+")
_LAST_FIGURE = re.compile(rf"(?:{_FIGURE.pattern})\Z")
_BEFORE_FIGURE = re.compile(r"(?:\d|\d[.,]|[二两三四五六七八九十百千万点])\Z")
_AFTER_FIGURE = re.compile(r"[.,]?\d|[零一二两三四五六七八九十百千万]")
"""What makes a number of more digits of one; 一 may end a word (统一五年)."""
_NO_FIGURE = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|\{[^}]*\}")
"""Parts of a pattern whose digits stand for no number."""
_HALF_WIDTH = str.maketrans(
    {"，": ",", "、": ",", "！": "!", "：": ":", "；": ";", "～": "~", "？": r"\?", "（": r"\(", "）": r"\)"}
)
"""Marks in a pattern are read like those of the reply."""
_PLAIN = Normaliser({}, {})


class Pattern(Protocol):
    """An item written as `{re: …}`."""

    @property
    def re(self) -> str:
        """The pattern."""
        ...


class Intent(Protocol):
    """An intent as an author writes it."""

    @property
    def any(self) -> Sequence[Any]:
        """Literals (text) and patterns, one of which must be found."""
        ...

    @property
    def unless(self) -> Sequence[Any]:
        """Literals and patterns, none of which may be found."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class CompiledIntent:
    """An intent ready to match, equal to itself alone. Intents compiled together share one table and one pass."""

    id: str
    table: PatternTable
    any: range
    """Indexes of its items under `any`."""
    unless: range
    guarded: Mapping[int, frozenset[str]]
    """Indexes of items that do not count inside a negation; with each its numbers, which stand for no longer ones."""
    strict: bool = False
    """Points hang on it."""


def compile_intents(
    intents: Mapping[str, Intent],
    normaliser: Normaliser | None = None,
    told: Told = NOTHING_TOLD,
    *,
    strict: Collection[str] = (),
    sound: bool = False,
) -> tuple[CompiledIntent, ...]:
    """Compile a scenario's intents. Raises BadPatternError, its message led by the intent and the item.

    `told` of some patterns is what they need. On intents that are `strict` points hang. With `sound` patterns are
    taken as checked before: each is compiled when it is first tried.
    """
    fold = normaliser or _PLAIN
    patterns: list[str] = []
    guarded: dict[int, frozenset[str]] = {}
    ranges: list[tuple[str, range, range]] = []
    for name, intent in intents.items():
        start = len(patterns)
        for item in intent.any:
            text = fold(item).text or item if isinstance(item, str) else ""
            pattern = PlainText(text) if text else _pattern(name, item, sound=sound)
            if text or name in strict:
                guarded[len(patterns)] = _figures(pattern)
            patterns.append(pattern)
        middle = len(patterns)
        patterns.extend(
            PlainText(fold(item).text or item) if isinstance(item, str) else _pattern(name, item, sound=sound)
            for item in intent.unless
        )
        ranges.append((name, range(start, middle), range(middle, len(patterns))))
    table = PatternTable(patterns, told)
    return tuple(
        CompiledIntent(name, table, yes, no, {n: guarded[n] for n in yes if n in guarded}, name in strict)
        for name, yes, no in ranges
    )


def _figures(pattern: str) -> frozenset[str]:
    """The numbers that a pattern or text names."""
    return frozenset(_FIGURE.findall(pattern if isinstance(pattern, PlainText) else _NO_FIGURE.sub(" ", pattern)))


@lru_cache(2048)  # stories share patterns, and each is asked about by lint and by those who compile it
def as_matched(pattern: str) -> str:
    """A pattern as an author wrote it → as it is matched against replies."""
    return pattern.translate(_HALF_WIDTH)


def pattern_of(item: Any) -> str:
    """The pattern of an item that is none in plain words, as it is matched."""
    return as_matched(str(item["re"] if isinstance(item, Mapping) else item.re))


def _pattern(name: str, item: Any, *, sound: bool) -> str:
    pattern = pattern_of(item)
    try:
        if not sound:
            check_pattern(pattern)
    except BadPatternError as error:
        raise BadPatternError(f"intent `{name}`, pattern `{pattern}`: {error}") from None
    return pattern


def match_intents(reply: Normalised, intents: tuple[CompiledIntent, ...]) -> list[tuple[str, int, int]]:
    """Give (id, start, end) of each intent met, with the range on the reply as typed, in the order of their tables.

    Both readings of the reply are tried: with misspellings mended and as spelt.
    """
    found: dict[str, tuple[str, int, int]] = {}
    tried: list[tuple[CompiledIntent, TextBytes, Sequence[int]]] = []
    for reading in _readings(reply):
        text = TextBytes(reading.text)
        for table, several, starts in _by_table(intents):
            items = table.likely(text)
            begin = bisect_left(items, starts[0])
            while begin < len(items):  # as a rule few: a story has dozens of intents, a reply carries one or two
                intent = several[bisect_right(starts, items[begin]) - 1]
                end = bisect_left(items, intent.unless.stop, begin)
                own = items[begin:end]
                begin = max(end, begin + 1)
                if not own:
                    continue  # of an intent that is not asked about
                tried.append((intent, text, own))
                if intent.id not in found and (span := _first(text, intent, own)):
                    found[intent.id] = (intent.id, *reading.span(*span))
    cancelled = {intent.id for intent, text, own in tried if intent.id in found and _excepted(text, intent, own)}
    return [row for name, row in found.items() if name not in cancelled]


class NotMeant(NamedTuple):
    """An intent whose words a reply holds without carrying it. Ranges are of the reply as typed."""

    id: str
    start: int
    end: int
    by: tuple[int, int] | None
    """The words of an exception; None where the words are negated."""


def not_meant(reply: Normalised, intents: tuple[CompiledIntent, ...]) -> list[NotMeant]:
    """Give the intents that negations and exceptions keep a reply from carrying, each once."""
    met = {name for name, _, _ in match_intents(reply, intents)}
    found: dict[str, NotMeant] = {}
    for reading in _readings(reply):
        text = TextBytes(reading.text)
        for intent in intents:
            if intent.id in met or intent.id in found:
                continue
            table = intent.table
            likely = table.likely(text, range(intent.any.start, intent.unless.stop))
            words = next((place for n in likely if n in intent.any for place in table.find(n, text, 1)), None)
            if words is None:
                continue
            exceptions = (place for n in likely if n in intent.unless for place in table.find(n, text, 1))
            by = next(exceptions, None) if _first(text, intent, likely) else None
            found[intent.id] = NotMeant(intent.id, *reading.span(*words), reading.span(*by) if by else None)
    return list(found.values())


def carries(reply: Normalised, intent: CompiledIntent) -> bool:
    """Tell whether an intent is met, as `match_intents` finds it; cheaper where no more is asked."""
    among = range(intent.any.start, intent.unless.stop)
    tried = [(text, intent.table.likely(text, among)) for text in (TextBytes(r.text) for r in _readings(reply))]
    met = any(_first(text, intent, likely) for text, likely in tried)
    return met and not any(_excepted(text, intent, likely) for text, likely in tried)


def _readings(reply: Normalised) -> Sequence[Normalised]:
    return (reply,) if reply.spelt is None else (reply, reply.spelt)


@lru_cache(256)
def _by_table(
    intents: tuple[CompiledIntent, ...],
) -> Sequence[tuple[PatternTable, Sequence[CompiledIntent], Sequence[int]]]:
    """Each table with those of some intents that share it, in its order, and the first items of these."""
    tables: dict[PatternTable, list[CompiledIntent]] = {}
    for intent in sorted(intents, key=lambda intent: intent.any.start):
        tables.setdefault(intent.table, []).append(intent)
    order = dict.fromkeys(intent.table for intent in intents)
    return [(table, tables[table], [intent.any.start for intent in tables[table]]) for table in order]


def _first(text: TextBytes, intent: CompiledIntent, likely: Sequence[int]) -> tuple[int, int] | None:
    """Where the first of its items stands that may occur and does, outside a negation if that matters."""
    for item in likely:
        if item >= intent.any.stop:
            return None
        figures = intent.guarded.get(item)
        if figures is None:
            if places := intent.table.find(item, text, 1):
                return places[0]
            continue
        for start, end in intent.table.find(item, text):
            if not (
                _turned(text.text, start, end, strict=intent.strict)
                or (figures and _cut_off(text.text, start, end, figures))
            ):
                return start, end
    return None


def _turned(text: str, start: int, end: int, *, strict: bool) -> bool:
    """Whether words that begin with no negation themselves stand under one."""
    if _BEGINS_NEGATED.match(text, start):
        return False
    if text[start] not in _MARKS and (
        negated(text, start) or (strict and _DENIED.search(text, max(0, start - 12), start))
    ):
        return True
    return strict and bool(_TAKEN_BACK.match(text, end))


def _cut_off(text: str, start: int, end: int, figures: frozenset[str]) -> bool:
    """Whether words begin or end with a number of the pattern that is part of a longer one in the text."""
    first, last = _FIGURE.match(text, start, end), _LAST_FIGURE.search(text, start, end)
    return bool(
        (first and first[0] in figures and _BEFORE_FIGURE.search(text, max(0, start - 2), start))
        or (last and last[0] in figures and _AFTER_FIGURE.match(text, end))
    )


def _excepted(text: TextBytes, intent: CompiledIntent, likely: Sequence[int]) -> bool:
    """Whether an item under `unless` occurs."""
    return any(intent.table.occurs(item, text) for item in likely if item >= intent.unless.start)


def negated(text: str, at: int) -> bool:
    """Tell whether the words at a place of the normalised text stand under a negation just before them."""
    before = text[max(0, at - 8) : at]
    return bool(_NEGATION.search(before)) and not _NO_NEGATION.search(before)
