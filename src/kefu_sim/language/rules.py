"""Cues: words of a reply that speak for or against a label, found by readable rules.

A rule is data (rules/*.yaml): a label, a strength, patterns under `any`, exceptions under `unless`, and where it holds.
A rule looks at one sentence of the normalised reply at a time; what the buyer asked for is its only other input.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kefu_sim.language.normalise import MAX_CHARACTERS
from kefu_sim.language.patterns import LineTable, PatternTable, TextBytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from kefu_sim.language.normalise import Normalised
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
    """A rule with its patterns as numbers of the table."""

    rule: Rule
    any: tuple[int, ...]
    unless: tuple[int, ...]
    allow: tuple[int, ...]


class RuleBook:
    """All rules, matched together in one pass over the reply."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Compile the patterns; raises BadPatternError."""
        self.rules: Sequence[Rule] = tuple(rules)
        typed = [(rule, pattern) for rule in self.rules if rule.typed for pattern in rule.any]
        self._typed_rules = [rule for rule, _ in typed]
        self._typed = PatternTable(pattern for _, pattern in typed)
        index: dict[str, int] = {}

        def numbers(patterns: Sequence[str]) -> tuple[int, ...]:
            return tuple(index.setdefault(pattern, len(index)) for pattern in patterns)

        self._indexed = [
            _Indexed(rule, numbers(rule.any), numbers(rule.unless), numbers(rule.allow))
            for rule in self.rules
            if not rule.typed
        ]
        self._table = LineTable(index)
        self._users: list[list[int]] = [[] for _ in index]
        for number, indexed in enumerate(self._indexed):
            for pattern in indexed.any:
                self._users[pattern].append(number)

    def cues(self, reply: Normalised, heard: AbstractSet[str] = frozenset(), *, opening: bool = False) -> list[Cue]:
        """Give the cues of a reply, in the order of the rules and sentences.

        `heard` are the labels of the buyer's open lines, `opening` says that no agent line stands before.
        """
        found = list(self._typed_cues(reply.original[:MAX_CHARACTERS])) if self._typed.patterns else []
        last = len(reply.sentences) - 1
        for number, (start, end) in enumerate(reply.sentences):
            line = reply.text[start:end].rstrip(",; ")
            hits = self._table.hits(line)
            for indexed in self._candidates(hits):
                rule = indexed.rule
                if rule.at != "anywhere" and not _stands(rule.at, number, last):
                    continue
                if (rule.opening and not opening) or (rule.after and heard.isdisjoint(rule.after)):
                    continue
                span = self._match(indexed, hits, line)
                if span:
                    found.append(Cue(rule, number, start + span[0], start + span[1]))
        return found

    def labels(self, lines: str) -> frozenset[str]:
        """Give the labels of the rules that hold in one of the lines."""
        found: set[str] = set()
        for line in lines.split("\n") if lines else ():
            hits = self._table.hits(line)
            for indexed in self._candidates(hits):
                if indexed.rule.label not in found and self._match(indexed, hits, line):
                    found.add(indexed.rule.label)
        return frozenset(found)

    def _candidates(self, hits: AbstractSet[int]) -> list[_Indexed]:
        """Give the rules of which some pattern under `any` may occur."""
        users: set[int] = set()
        for hit in hits:
            users.update(self._users[hit])
        return [self._indexed[number] for number in sorted(users)]

    def _match(self, indexed: _Indexed, hits: AbstractSet[int], line: str) -> tuple[int, int] | None:
        """Give the first place in a line where a rule holds."""
        table = self._table
        found: tuple[int, int] | None = None
        for pattern in indexed.any:
            if pattern in hits and (match := table[pattern].search(line)):
                found = match.span() if not indexed.allow else self._outside(indexed, pattern, line)
                if found:
                    break
        if found:
            for pattern in indexed.unless:
                if pattern in hits and table[pattern].search(line):
                    return None
        return found

    def _outside(self, indexed: _Indexed, pattern: int, line: str) -> tuple[int, int] | None:
        """Give the first match that shares no character with an innocent word."""
        free = [match.span() for allowed in indexed.allow for match in self._table[allowed].finditer(line)]
        for match in self._table[pattern].finditer(line):
            start, end = match.span()
            if not any(start < b and a < end for a, b in free):
                return start, end
        return None

    def _typed_cues(self, original: str) -> Iterator[Cue]:
        text = TextBytes(original)
        for hit in self._typed.hits(text):
            for start, end in self._typed.find(hit, text, 1):
                yield Cue(self._typed_rules[hit], 0, start, end)


def _stands(place: Place, number: int, last: int) -> bool:
    """Tell whether a sentence stands where a rule wants it."""
    if place == "start":
        return number == 0
    return number == last if place == "end" else last == 0
