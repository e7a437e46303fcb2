"""Cues: words of a reply that speak for or against a label, found by readable rules.

A rule is data (rules/*.yaml): a label, a strength, patterns under `any`, exceptions under `unless`, and where it holds.
Rules look at one sentence of the normalised reply at a time; the buyer's open lines are their only other input.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from kefu_sim.language.normalise import MAX_CHARACTERS
from kefu_sim.language.patterns import PatternTable, TextBytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence, Set

    from kefu_sim.language.normalise import Normalised
    from kefu_sim.language.verdict import Issue, Severity

Place = Literal["anywhere", "start", "end", "whole"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One readable rule."""

    id: str
    label: str
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
    severity: Severity = "M"
    """Of a fault."""
    issue: Issue | None = None
    """The coarse issue a fault or tone counts as."""
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


@dataclass(slots=True)
class _Places:
    """Which rules a pattern belongs to, as `any` or as `unless`."""

    any: list[int] = field(default_factory=list)
    unless: list[int] = field(default_factory=list)


class RuleBook:
    """All rules, matched together."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Compile the patterns; raises BadPatternError."""
        self.rules: Sequence[Rule] = tuple(rules)
        index: dict[str, int] = {}
        self._places: list[_Places] = []
        self._own: dict[str, list[int]] = {}
        self._allowed: dict[str, list[int]] = {}
        typed = [(rule, pattern) for rule in self.rules if rule.typed for pattern in rule.any]
        self._typed_rules = [rule for rule, _ in typed]
        self._typed = PatternTable(pattern for _, pattern in typed)
        for number, rule in enumerate(self.rules):
            if rule.typed:
                continue
            for pattern in rule.any:
                self._place(pattern, index).any.append(number)
            for pattern in rule.unless:
                self._place(pattern, index).unless.append(number)
            for pattern in rule.allow:
                self._place(pattern, index)
            if rule.allow:
                self._own[rule.id] = [index[pattern] for pattern in rule.any]
                self._allowed[rule.id] = [index[pattern] for pattern in rule.allow]
        self._table = PatternTable(index)

    def _place(self, pattern: str, index: dict[str, int]) -> _Places:
        at = index.setdefault(pattern, len(index))
        if at == len(self._places):
            self._places.append(_Places())
        return self._places[at]

    def cues(self, reply: Normalised, heard: Set[str] = frozenset(), *, opening: bool = False) -> list[Cue]:
        """Give the cues of a reply, sentence by sentence, in the order of the rules.

        `heard` are the labels of the buyer's open lines, `opening` says that no agent line stands before.
        """
        last = len(reply.sentences) - 1
        found = list(self._typed_cues(reply.original[:MAX_CHARACTERS])) if self._typed.patterns else []
        for number, (start, end) in enumerate(reply.sentences):
            text = TextBytes(reply.text[start:end].rstrip(",; "))
            for rule_number, pattern in self._holding(text):
                rule = self.rules[rule_number]
                if not self._applies(rule, number, last, opening, heard):
                    continue
                span = self._first(rule, pattern, text)
                if span:
                    found.append(Cue(rule, number, start + span[0], start + span[1]))
        return found

    def _first(self, rule: Rule, pattern: int, text: TextBytes) -> tuple[int, int] | None:
        """Give the first match of a rule that no innocent word covers."""
        if not rule.allow:
            spans = self._table.find(pattern, text, 1)
            return spans[0] if spans else None
        free = [span for index in self._allowed[rule.id] for span in self._table.find(index, text)]
        for index in self._own[rule.id]:
            for start, end in self._table.find(index, text):
                if not any(start < b and a < end for a, b in free):
                    return start, end
        return None

    def _typed_cues(self, original: str) -> Iterator[Cue]:
        text = TextBytes(original)
        for hit in self._typed.hits(text):
            for start, end in self._typed.find(hit, text, 1):
                yield Cue(self._typed_rules[hit], 0, start, end)

    def _holding(self, text: TextBytes) -> list[tuple[int, int]]:
        """Rules with a match and no exception in this text, each with the first pattern that matched."""
        matched: dict[int, int] = {}
        cancelled: set[int] = set()
        for pattern in self._table.hits(text):
            places = self._places[pattern]
            cancelled.update(places.unless)
            for rule in places.any:
                matched.setdefault(rule, pattern)
        return [(rule, pattern) for rule, pattern in sorted(matched.items()) if rule not in cancelled]

    def labels(self, lines: str) -> frozenset[str]:
        """Give the labels of the rules that hold in one of the lines."""
        return frozenset(self.rules[rule].label for line in lines.split("\n") for rule, _ in self._holding(TextBytes(line)))

    def _applies(self, rule: Rule, number: int, last: int, opening: bool, heard: Set[str]) -> bool:
        if rule.opening and not opening:
            return False
        if rule.after and not any(label in heard for label in rule.after):
            return False
        if rule.at == "start":
            return number == 0
        if rule.at == "end":
            return number == last
        return rule.at == "anywhere" or last == 0
