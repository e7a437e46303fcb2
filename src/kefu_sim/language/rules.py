"""Cues: words of a reply that speak for or against a label, found by readable rules.

A rule is data (rules/*.yaml): a label, a strength, patterns under `any`, exceptions under `unless`, and where it holds.
A rule looks at one sentence of the normalised reply at a time; what the buyer asked for is its only other input.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kefu_sim.language.normalise import MAX_CHARACTERS
from kefu_sim.language.patterns import NOTHING_TOLD, LineTable, Prefilter, numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from kefu_sim.language.normalise import Normalised
    from kefu_sim.language.patterns import Told
    from kefu_sim.language.verdict import Issue, Severity

Kind = Literal["step", "tone", "fault", "buyer"]
Place = Literal["anywhere", "start", "end", "whole"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One readable rule."""

    id: str
    label: str
    kind: Kind
    strength: float
    """−1 to 1 for steps, −2 to 2 for tones; the sign says for or against."""
    any: tuple[str, ...]
    unless: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    """Patterns of innocent words: a match that shares a character with one of them does not count."""
    at: Place = "anywhere"
    """In which sentence: the first, the last, or the reply is this one sentence."""
    after: tuple[str, ...] = ()
    """Labels of the buyer's open lines (rules/buyer.yaml); one must hold."""
    opening: bool = False
    """Holds only when no agent line stands before the reply."""
    typed: bool = False
    """Looks at the reply as typed instead of its sentences."""
    sure: bool = False
    """A tone rule or fault that is nearly always right: rude replies hold it, polite ones do not."""
    severity: Severity = "M"
    """Of a fault."""
    issue: Issue | None = None
    """The coarse issue a fault counts as."""
    clears: Issue | None = None
    """The coarse issue these words speak against (微信我们不加): no fault, and the model alone may not claim it."""
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """One rule that holds in one sentence."""

    rule: Rule
    sentence: int
    """Index into the sentences of the normalised reply."""
    start: int
    """Range of the normalised text, or of the reply as typed when the rule looks there."""
    end: int

    def place(self, reply: Normalised) -> tuple[int, int]:
        """Give the range on the reply as typed."""
        return (self.start, self.end) if self.rule.typed else reply.span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class _Indexed:
    """A rule, and where its other patterns are found."""

    rule: Rule
    unless: int
    """Bits of the exceptions among the tests."""
    allow: tuple[int, ...]
    """Numbers of the patterns."""
    bound: bool
    """Holds only in some places."""


class RuleBook:
    """All rules, matched together in one pass over the reply."""

    def __init__(self, rules: Iterable[Rule], told: Told = NOTHING_TOLD) -> None:
        """Compile what is typed, and look at the other patterns, unless `told` of them."""
        self.rules: Sequence[Rule] = tuple(rules)
        self._typed = [(rule, re.compile(pattern)) for rule in self.rules if rule.typed for pattern in rule.any]
        spoken: dict[str, int] = {}
        excepted: dict[str, int] = {}
        plain = [rule for rule in self.rules if not rule.typed]
        behind = sum(len(rule.any) for rule in plain)

        def numbered(patterns: Sequence[str], index: dict[str, int]) -> tuple[int, ...]:
            return tuple(index.setdefault(pattern, len(index)) for pattern in patterns)

        self._tests: list[tuple[_Indexed, int]] = []
        """Each pattern under `any` with its rule, in the order of the rules: a line is held against these."""
        for rule in plain:
            bound = rule.at != "anywhere" or rule.opening or bool(rule.after)
            unless = sum(1 << behind + number for number in set(numbered(rule.unless, excepted)))
            indexed = _Indexed(rule, unless, numbered(rule.allow, spoken), bound)
            self._tests.extend((indexed, pattern) for pattern in numbered(rule.any, spoken))
        self._tested = (1 << behind) - 1
        self._table, self._excepting = LineTable(spoken), LineTable(excepted)
        self._filter = Prefilter([*(pattern for rule in plain for pattern in rule.any), *excepted], told)

    def cues(self, reply: Normalised, heard: AbstractSet[str] = frozenset(), *, opening: bool = False) -> list[Cue]:
        """Give the cues of a reply, in the order of the rules and sentences.

        `heard` are the labels of the buyer's open lines, `opening` says that no agent line stands before.
        """
        found = list(self._typed_cues(reply.original[:MAX_CHARACTERS]))
        last = len(reply.sentences) - 1
        for number, (start, end) in enumerate(reply.sentences):
            line = reply.text[start:end].rstrip(",; ")

            def fits(rule: Rule, number: int = number) -> bool:
                if rule.at != "anywhere" and not _stands(rule.at, number, last):
                    return False
                return (opening or not rule.opening) and not (rule.after and heard.isdisjoint(rule.after))

            found.extend(Cue(rule, number, start + a, start + b) for rule, a, b in self._holding(line, fits))
        return found

    def labels(self, lines: str) -> frozenset[str]:
        """Give the labels of the rules that hold in one of the lines."""
        return frozenset(rule.label for line in lines.split("\n") if line for rule, _, _ in self._holding(line))

    def _holding(self, line: str, fits: Callable[[Rule], bool] | None = None) -> list[tuple[Rule, int, int]]:
        """Give the rules that hold in a line, each with the first place where it does.

        `fits` is asked about rules that hold only in some places.
        """
        found: list[tuple[Rule, int, int]] = []
        tests, table, quick = self._tests, self._table, self._table.quick
        done: _Indexed | None = None
        likely = self._filter.likely(line)
        for test in numbers(likely & self._tested):
            indexed, pattern = tests[test]
            if indexed is done:
                continue
            if fits and indexed.bound and not fits(indexed.rule):
                done = indexed
                continue
            search = quick[pattern] or table[pattern].search
            match = search(line)
            if match is None:
                continue
            span = self._outside(indexed, pattern, line) if indexed.allow else match.span()
            if span:
                done = indexed
                unless = indexed.unless & likely
                if not (unless and self._excepted(unless, line)):
                    found.append((indexed.rule, *span))
        return found

    def _excepted(self, tests: int, line: str) -> bool:
        """Tell whether one of some exceptions, given by their bits, occurs in a line."""
        behind, table = len(self._tests), self._excepting
        return any(table[test - behind].search(line) for test in numbers(tests))

    def _outside(self, indexed: _Indexed, pattern: int, line: str) -> tuple[int, int] | None:
        """Give the first match that shares no character with an innocent word."""
        free = [match.span() for allowed in indexed.allow for match in self._table[allowed].finditer(line)]
        for match in self._table[pattern].finditer(line):
            start, end = match.span()
            if not any(start < b and a < end for a, b in free):
                return start, end
        return None

    def _typed_cues(self, original: str) -> Iterator[Cue]:
        for rule, pattern in self._typed:
            if match := pattern.search(original):
                yield Cue(rule, 0, *match.span())


def _stands(place: Place, number: int, last: int) -> bool:
    """Tell whether a sentence stands where a rule wants it."""
    if place == "start":
        return number == 0
    return number == last if place == "end" else last == 0
