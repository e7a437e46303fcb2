"""Cues: words of a reply that speak for or against a label, found by readable rules.

A rule is data (rules/*.yaml): a label, a strength, patterns under `any`, exceptions under `unless`, and where it holds.
Rules look at one sentence of the normalised reply at a time; the buyer's open lines are their only other input.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from kefu_sim.language.patterns import PatternTable, TextBytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kefu_sim.language.context import Context
    from kefu_sim.language.normalise import Normalised

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
    at: Place = "anywhere"
    """In which sentence: the first, the last, or the reply is this one sentence."""
    after: tuple[str, ...] = ()
    """Patterns of the buyer's open lines; one must occur."""
    opening: bool = False
    """Holds only when no agent line stands before the reply."""
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """One rule that holds in one sentence."""

    rule: Rule
    sentence: int
    """Index into the sentences of the normalised reply."""
    start: int
    """Range of the normalised text."""
    end: int


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
        for number, rule in enumerate(self.rules):
            for kind, patterns in (("any", rule.any), ("unless", rule.unless)):
                for pattern in patterns:
                    at = index.setdefault(pattern, len(index))
                    if at == len(self._places):
                        self._places.append(_Places())
                    getattr(self._places[at], kind).append(number)
        self._table = PatternTable(index)
        after = sorted({pattern for rule in self.rules for pattern in rule.after})
        self._after_index = {pattern: number for number, pattern in enumerate(after)}
        self._after = PatternTable(after)

    def cues(self, reply: Normalised, context: Context) -> list[Cue]:
        """Give the cues of a reply, sentence by sentence, in the order of the rules."""
        heard = set(self._after.hits(TextBytes(context.buyer)))
        last = len(reply.sentences) - 1
        found: list[Cue] = []
        for number, (start, end) in enumerate(reply.sentences):
            text = TextBytes(reply.text[start:end].rstrip(",; "))
            for rule_number, pattern in self._holding(text):
                rule = self.rules[rule_number]
                if not self._applies(rule, number, last, context.opening, heard):
                    continue
                spans = self._table.find(pattern, text, 1)
                a, b = spans[0] if spans else (0, len(text.text))
                found.append(Cue(rule, number, start + a, start + b))
        return found

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

    def _applies(self, rule: Rule, number: int, last: int, opening: bool, heard: set[int]) -> bool:
        if rule.opening and not opening:
            return False
        if rule.after and not any(self._after_index[pattern] in heard for pattern in rule.after):
            return False
        if rule.at == "start":
            return number == 0
        if rule.at == "end":
            return number == last
        return rule.at == "anywhere" or last == 0
