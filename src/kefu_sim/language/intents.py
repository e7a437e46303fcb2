"""Intents: what a reply can mean beyond the eight steps, written by scenario authors as literals and patterns.

`any` says what must be found, `unless` what must not. A literal is compared after folding (width, case, Traditional
characters) and does not count inside a negation (`这不是活动价` holds no `活动价`) unless it begins with one itself. A
pattern runs on RE2 and is taken as written; see `patterns` for the constructs that are refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from kefu_sim.language.normalise import Normaliser
from kefu_sim.language.patterns import BadPatternError, PatternTable, TextBytes, check_pattern, literal

if TYPE_CHECKING:
    from kefu_sim.language.normalise import Normalised

_NEGATION = re.compile(
    r"(?:不是|并非|不算|不能|不会|不用|没有|没法|不再|没|不|别|非|无|未)(?:是|有|这|那|个|什么|给|您|你|的|再|算|到|做|说|任何){0,2}\Z"
)
_NO_NEGATION = re.compile(
    r"(?:是不是|有没有|要不|差不|不仅|不但|不错|不只|没错|特别|分别|级别|无论|不管|才不|是否)[^,]{0,2}\Z"
)
_BEGINS_NEGATED = re.compile(r"[不没别无未非]")
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


@dataclass(frozen=True, slots=True)
class CompiledIntent:
    """An intent ready to match."""

    id: str
    table: PatternTable
    """All of `any`, then all of `unless`."""
    any_count: int
    guarded: frozenset[int]
    """Indexes of literals that do not count inside a negation."""


def compile_intents(
    intents: Mapping[str, Intent], normaliser: Normaliser | None = None
) -> tuple[CompiledIntent, ...]:
    """Compile a scenario's intents. Raises BadPatternError, its message led by the intent and the item."""
    fold = normaliser or _PLAIN
    return tuple(_compile(name, intent, fold) for name, intent in intents.items())


def _compile(name: str, intent: Intent, fold: Normaliser) -> CompiledIntent:
    patterns: list[str] = []
    guarded: set[int] = set()
    for number, item in enumerate((*intent.any, *intent.unless)):
        if isinstance(item, str):
            text = fold(item).text or item
            if number < len(intent.any) and not _BEGINS_NEGATED.match(text):
                guarded.add(number)
            patterns.append(literal(text))
            continue
        pattern = str(item["re"] if isinstance(item, Mapping) else item.re)
        try:
            check_pattern(pattern)
        except BadPatternError as error:
            raise BadPatternError(f"intent `{name}`, pattern `{pattern}`: {error}") from None
        patterns.append(pattern)
    return CompiledIntent(name, PatternTable(patterns), len(intent.any), frozenset(guarded))


def match_intents(reply: Normalised, intents: Sequence[CompiledIntent]) -> list[tuple[str, int, int]]:
    """Give (id, start, end) of each intent met, with the range on the reply as typed.

    Both readings of the reply are tried: with misspellings mended and as spelt.
    """
    readings = [reply] if reply.spelt is None else [reply, reply.spelt]
    texts = [TextBytes(reading.text) for reading in readings]
    found: list[tuple[str, int, int]] = []
    for intent in intents:
        spans = [_match(text, intent) for text in texts]
        if any(span is None for span in spans):
            continue
        for reading, span in zip(readings, spans, strict=True):
            if span:
                found.append((intent.id, *reading.span(*span)))
                break
    return found


def _match(text: TextBytes, intent: CompiledIntent) -> tuple[int, int] | tuple[()] | None:
    """Give the first range of the intent, () when it is not met, None when an exception is."""
    hits = intent.table.hits(text)
    if hits and hits[-1] >= intent.any_count:
        return None
    for hit in hits:
        for start, end in intent.table.find(hit, text):
            if hit not in intent.guarded or not negated(text.text, start):
                return start, end
    return ()


def negated(text: str, at: int) -> bool:
    """Tell whether the words at a place of the normalised text stand under a negation just before them."""
    before = text[max(0, at - 8) : at]
    return bool(_NEGATION.search(before)) and not _NO_NEGATION.search(before)
