"""Cues: words of a reply that speak for or against a label, found by readable rules.

A rule is data (rules/*.yaml): a label, a strength, patterns under `any`, exceptions under `unless`, and where it holds.
A rule looks at one sentence of the normalised reply at a time; what the buyer asked for is its only other input.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from kefu_sim.language.apart import joined
from kefu_sim.language.normalise import MAX_CHARACTERS
from kefu_sim.language.patterns import NOTHING_TOLD
from kefu_sim.language.prefilter import Prefilter, numbers
from kefu_sim.language.reported import Reports, Way
from kefu_sim.language.tables import LineTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from kefu_sim.language.normalise import Normalised
    from kefu_sim.language.patterns import Told
    from kefu_sim.language.verdict import Issue, Severity

LONGEST_BREATH = 120
"""Sentences parted by blanks count as one breath up to so many characters."""
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
    not_after: tuple[str, ...] = ()
    """Labels of the buyer's open lines of which none may hold."""
    opening: bool = False
    """Holds only when no agent line stands before the reply."""
    typed: bool = False
    """Looks at the reply as typed instead of its sentences."""
    entire: bool = False
    """Looks at the whole reply at once instead of its sentences: an exception anywhere in it holds."""
    sure: bool = False
    """A tone rule or fault that is nearly always right: rude replies hold it and polite ones do not, or the reverse.

    A step that such a rule carries, or speaks against while none carries it, is decided by the rules alone."""
    severity: Severity = "M"
    """Of a fault."""
    issue: Issue | None = None
    """The coarse issue a fault counts as."""
    clause: bool = False
    """What is found only begins the words that matter: they are shown to the end of the clause."""
    feared: bool = False
    """What buyers fear or hear of a shop: behind 您担心 or 有人说 it is not the agent's word (see `reported`)."""
    denied: bool = False
    """Behind 不是, 没说 or 不怪 it is said not to be so: 不是您看错了 (see `reported`)."""
    apart: bool = False
    """Its words are sought where they are spelt apart, too (see `apart`)."""
    clears: Issue | None = None
    """The coarse issue these words speak against (微信我们不加): no fault, and the model alone may not claim it.

    A tone rule takes from what it finds all that other tones find there (您真会砍价, in good humour)."""
    zh: str = ""
    en: str = ""


class Cue(NamedTuple):
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


class Stopped(NamedTuple):
    """One rule whose words stand in a sentence where it does not hold. Ranges are like those of a cue."""

    rule: Rule
    start: int
    end: int
    why: Literal["unless", "allow", "place"] | Way
    """An exception, an innocent word, a place where it never holds, or how the words are only reported."""
    by: tuple[int, int] | None = None
    """The words that keep it from holding; None where it is the place."""


class Asked(NamedTuple):
    """A reply that cues are sought in."""

    reply: Normalised
    heard: AbstractSet[str] = frozenset()
    """Labels of the buyer's open lines."""
    opening: bool = False
    """No agent line stands before the reply."""

    def fits(self, rule: Rule, sentence: int) -> bool:
        """Tell whether a rule that holds only in some places may hold in a sentence."""
        if rule.at != "anywhere" and not _stands(rule.at, sentence, len(self.reply.sentences) - 1):
            return False
        if not self.heard.isdisjoint(rule.not_after):
            return False
        return (self.opening or not rule.opening) and not (rule.after and self.heard.isdisjoint(rule.after))


_Line = tuple[int, str]
"""Where a line begins in the reply, and the line."""


@dataclass(frozen=True, slots=True)
class _Indexed:
    """A rule, and where its other patterns are found."""

    rule: Rule
    unless: int
    """Its exceptions, as bits of the prefilter, which numbers them behind the tests."""
    allow: tuple[int, ...]
    """Numbers of the patterns."""
    bound: bool
    """Holds only in some places."""


class _Whole:
    """A rule that looks at the reply as typed, or at all of it at once. Its patterns are compiled when first tried."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self._compiled: dict[str, re.Pattern[str]] = {}

    def _any(self, likely: int = -1) -> Iterator[re.Pattern[str]]:
        for number, pattern in enumerate(self.rule.any):
            if likely >> number & 1:
                if pattern not in self._compiled:
                    self._compiled[pattern] = re.compile(pattern)
                yield self._compiled[pattern]

    @cached_property
    def _unless(self) -> Sequence[re.Pattern[str]]:
        return tuple(map(re.compile, self.rule.unless))

    @cached_property
    def _allow(self) -> Sequence[re.Pattern[str]]:
        return tuple(map(re.compile, self.rule.allow))

    def span(self, asked: Asked, likely: int = -1) -> tuple[int, int] | None:
        """Give the first place where it holds. `likely`: which of its patterns may occur, as bits."""
        if not asked.fits(self.rule, 0):
            return None
        text = self._looked_at(asked.reply)
        found = sorted(match.span() for pattern in self._any(likely) for match in pattern.finditer(text))
        if not found or any(pattern.search(text) for pattern in self._unless):
            return None
        free = self._innocent(text)
        return next((span for span in found if not any(span[0] < b and a < span[1] for a, b in free)), None)

    def stopped(self, asked: Asked, likely: int = -1) -> Iterator[Stopped]:
        """Give its words where it does not hold, and what keeps it from that. `likely` as above."""
        if not asked.fits(self.rule, 0) or self.span(asked, likely) is not None:
            return
        text = self._looked_at(asked.reply)
        exceptions = (match.span() for pattern in self._unless if (match := pattern.search(text)))
        by, innocent = next(exceptions, None), self._innocent(text)
        for start, end in sorted(match.span() for pattern in self._any(likely) for match in pattern.finditer(text)):
            touched = next(((a, b) for a, b in innocent if start < b and a < end), None)
            yield Stopped(self.rule, start, end, "allow" if touched else "unless", touched or by)

    def _looked_at(self, reply: Normalised) -> str:
        return reply.original[:MAX_CHARACTERS] if self.rule.typed else reply.text

    def _innocent(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for pattern in self._allow for match in pattern.finditer(text)]


class _Wholes:
    """Rules that look at the same text, all of it; few texts hold any of what they look for."""

    def __init__(self, rules: Sequence[Rule], told: Told) -> None:
        """`told` is what their patterns need."""
        self._rules = [(_Whole(rule), len(rule.any)) for rule in rules]
        self._signs = Prefilter([pattern for rule in rules for pattern in rule.any], told)

    def likely(self, text: str) -> Iterator[tuple[_Whole, int]]:
        """Give those that may hold of a text, each with its patterns that may occur, as bits."""
        likely = self._signs.likely(text)
        for whole, patterns in self._rules:
            if own := likely & ((1 << patterns) - 1):
                yield whole, own
            likely >>= patterns


class RuleBook:
    """All rules, matched together in one pass over the reply."""

    def __init__(self, rules: Iterable[Rule], told: Told = NOTHING_TOLD) -> None:
        """Compile what looks at whole replies, and look at the other patterns, unless `told` of them."""
        self.rules: Sequence[Rule] = tuple(rules)
        self._typed = _Wholes([rule for rule in self.rules if rule.typed], told)
        self._entire = _Wholes([rule for rule in self.rules if rule.entire and not rule.typed], told)
        spoken: dict[str, int] = {}
        excepted: dict[str, int] = {}
        plain = [rule for rule in self.rules if not (rule.typed or rule.entire)]
        behind = sum(len(rule.any) for rule in plain)

        def numbered(patterns: Sequence[str], index: dict[str, int]) -> tuple[int, ...]:
            return tuple(index.setdefault(pattern, len(index)) for pattern in patterns)

        self._tests: list[tuple[_Indexed, int]] = []
        """Each pattern under `any` with its rule, in the order of the rules: a line is held against these."""
        for rule in plain:
            bound = rule.at != "anywhere" or rule.opening or bool(rule.after or rule.not_after)
            unless = sum(1 << (behind + number) for number in set(numbered(rule.unless, excepted)))
            indexed = _Indexed(rule, unless, numbered(rule.allow, spoken), bound)
            self._tests.extend((indexed, pattern) for pattern in numbered(rule.any, spoken))
        self._table, self._excepting = LineTable(spoken), LineTable(excepted)
        self._filter = Prefilter([*(pattern for rule in plain for pattern in rule.any), *excepted], told)

    def cues(self, several: Sequence[Asked]) -> list[tuple[Cue, ...]]:
        """Give the cues of each of some replies, in the order of the sentences and rules."""
        return [self._apart(asked, found) for asked, found in zip(several, self._cues(several), strict=True)]

    def _apart(self, asked: Asked, found: tuple[Cue, ...]) -> tuple[Cue, ...]:
        """Add what is found in a reply where words are spelt apart once they are joined."""
        whole = joined(asked.reply)
        if whole is None:
            return found
        [joint] = self._cues([asked._replace(reply=whole.reply)])
        last = len(asked.reply.sentences) - 1
        more = {
            cue.rule.id: Cue(cue.rule, min(cue.sentence, last), *whole.back(cue.start, cue.end))
            for cue in reversed(joint)
            if cue.rule.apart
        }
        return (*(cue for cue in found if cue.rule.id not in more), *more.values())

    def _cues(self, several: Sequence[Asked]) -> list[tuple[Cue, ...]]:
        places = [(asked, number) for asked in several for number in range(len(asked.reply.sentences))]
        lines = [asked.reply.text[start:end].rstrip(",; ") for asked in several for start, end in asked.reply.sentences]
        breaths = [breath for asked in several for breath in _breaths(asked.reply)]
        reports = {id(asked): Reports(asked.reply.text) for asked in several}
        told_by = [(reports[id(asked)], asked.reply.sentences[number][0]) for asked, number in places]
        each = iter(self._holding(lines, places, breaths, told_by))
        told: list[tuple[Cue, ...]] = []
        for asked in several:
            found = self._whole_cues(asked)
            for number, ((start, _), holding) in enumerate(zip(asked.reply.sentences, each, strict=False)):
                found += [Cue(rule, number, start + a, start + b) for rule, a, b in holding]
            told.append(tuple(found))
        return told

    def stopped(self, asked: Asked) -> list[Stopped]:
        """Give the rules that a reply holds words of without their holding there, and what keeps them from it.

        One for each rule and sentence. Every match is weighed by itself: it takes several times as long as `cues`.
        """
        reply, found = asked.reply, dict[tuple[str, int], Stopped]()
        held = {(cue.rule.id, cue.sentence) for cue in self._apart(asked, *self._cues([asked]))}
        reports, breaths = Reports(reply.text), _breaths(reply)
        for number, (start, end) in enumerate(reply.sentences):
            line = reply.text[start:end].rstrip(",; ")
            wider = (reply.text.rfind(breaths[number], 0, start + len(breaths[number])), breaths[number])
            for test in numbers(self._filter.likely(line) & (1 << len(self._tests)) - 1):
                indexed, pattern = self._tests[test]
                key = (indexed.rule.id, number)
                if key not in held and key not in found:
                    whole = wider if breaths[number] and indexed.rule.kind != "step" else (start, line)
                    stops = self._stops(indexed, pattern, (start, line), whole, reports)
                    if stop := next(stops, None):
                        here = not indexed.bound or asked.fits(indexed.rule, number)
                        found[key] = stop if here else stop._replace(why="place", by=None)
        return [
            *found.values(),
            *(stop for whole, own in self._likely(asked) for stop in islice(whole.stopped(asked, own), 1)),
        ]

    def _stops(self, indexed: _Indexed, pattern: int, line: _Line, whole: _Line, reports: Reports) -> Iterator[Stopped]:
        """Give for each match of a rule in a line what keeps it from holding; its exceptions stand in the whole."""
        at, text = line
        innocent = [match.span() for allowed in indexed.allow for match in self._table[allowed].finditer(text)]
        unless = numbers(indexed.unless >> len(self._tests))
        excepted = (match.span() for number in unless if (match := self._excepting[number].search(whole[1])))
        by = next(((whole[0] + a, whole[0] + b) for a, b in excepted), None)
        for match in self._table[pattern].finditer(text):
            start, end = match.span()
            touched = next(((at + a, at + b) for a, b in innocent if start < b and a < end), None)
            told = reports.cover(indexed.rule, at + start, at + end)
            stopped = Stopped(indexed.rule, at + start, at + end, "unless", by)
            if touched:
                yield stopped._replace(why="allow", by=touched)
            elif told:
                yield stopped._replace(why=told.way, by=(told.start, told.end))
            else:
                yield stopped

    def labels(self, several: Sequence[str]) -> list[frozenset[str]]:
        """Give for each of some texts the labels of the rules that hold in one of its lines."""
        lines = [(number, line) for number, text in enumerate(several) for line in text.split("\n") if line]
        found: list[set[str]] = [set() for _ in several]
        for (number, _), holding in zip(lines, self._holding([line for _, line in lines]), strict=True):
            found[number].update(rule.label for rule, _, _ in holding)
        return list(map(frozenset, found))

    def _holding(
        self,
        lines: Sequence[str],
        places: Sequence[tuple[Asked, int]] = (),
        breaths: Sequence[str] = (),
        reports: Sequence[tuple[Reports, int]] = (),
    ) -> list[list[tuple[Rule, int, int]]]:
        """Give for each line the rules that hold there, each with the first place where it does.

        `breaths` are what the lines are part of, "" where that is nothing more: the exceptions of tones and faults hold
        there. `reports` tells for each line what is only reported in its reply, and where the line begins there.

        The lines are sentences of replies; where it is not said of which, any place will do. All the lines that one
        pattern may occur in are tried one after the other: a compiled pattern is large, and slow to fetch.
        """
        found: list[list[tuple[Rule, int, int]]] = [[] for _ in lines]
        tests, table, quick = self._tests, self._table, self._table.quick
        likely = list(map(self._filter.likely, lines))
        wider = {breath: self._filter.likely(breath) for breath in dict.fromkeys(breaths) if breath}
        testing = (1 << len(tests)) - 1
        done: list[_Indexed | None] = [None] * len(lines)
        for test, at in sorted([(test, at) for at, bits in enumerate(likely) for test in numbers(bits & testing)]):
            indexed, pattern = tests[test]
            if indexed is done[at]:
                continue
            if indexed.bound and places and not places[at][0].fits(indexed.rule, places[at][1]):
                done[at] = indexed
                continue
            line = lines[at]
            search = quick[pattern] or table[pattern].search
            match = search(line)
            if match is None:
                continue
            span: tuple[int, int] | None = match.span()
            told_by = reports[at] if reports else None
            if indexed.allow or (told_by and _only_reported(told_by, indexed.rule, match.span())):
                span = self._outside(indexed, pattern, line, told_by)
            if span:
                done[at] = indexed
                whole, told = line, likely[at]
                if wider and indexed.rule.kind != "step" and breaths[at]:
                    whole, told = breaths[at], wider[breaths[at]]
                if not self._excepted(indexed.unless & told, whole):
                    found[at].append((indexed.rule, *span))
        return found

    def _excepted(self, unless: int, line: str) -> bool:
        """Tell whether one of some exceptions, bits of the prefilter, occurs in a line."""
        table = self._excepting
        return any(table[number].search(line) for number in numbers(unless >> len(self._tests)))

    def _outside(
        self, indexed: _Indexed, pattern: int, line: str, reports: tuple[Reports, int] | None
    ) -> tuple[int, int] | None:
        """Give the first match that shares no character with an innocent word and is not only reported."""
        free = [match.span() for allowed in indexed.allow for match in self._table[allowed].finditer(line)]
        for match in self._table[pattern].finditer(line):
            start, end = match.span()
            if any(start < b and a < end for a, b in free):
                continue
            if not (reports and _only_reported(reports, indexed.rule, (start, end))):
                return start, end
        return None

    def _whole_cues(self, asked: Asked) -> list[Cue]:
        spans = ((whole.rule, whole.span(asked, own)) for whole, own in self._likely(asked))
        return [Cue(rule, 0, *span) for rule, span in spans if span]

    def _likely(self, asked: Asked) -> Iterator[tuple[_Whole, int]]:
        """Give the rules about a whole reply that may hold of one, each with its patterns that may occur."""
        yield from self._entire.likely(asked.reply.text)
        yield from self._typed.likely(asked.reply.original[:MAX_CHARACTERS])


def _only_reported(reports: tuple[Reports, int], rule: Rule, span: tuple[int, int]) -> bool:
    """Tell whether what a rule finds in a line is only reported there."""
    told, at = reports
    return told.cover(rule, at + span[0], at + span[1]) is not None


def _breaths(reply: Normalised) -> list[str]:
    """Give for each sentence the words around it between which only blanks stand: who is in a hurry types no commas.

    "" stands for a sentence by itself.
    """
    text, sentences = reply.text, reply.sentences
    if " " not in text:
        return [""] * len(sentences)
    runs: list[list[tuple[int, int]]] = []
    for start, end in sentences:
        if runs and text[runs[-1][-1][1] : start] == " " and end - runs[-1][0][0] <= LONGEST_BREATH:
            runs[-1].append((start, end))
        else:
            runs.append([(start, end)])
    wholes = [text[run[0][0] : run[-1][1]].rstrip(",; ") if len(run) > 1 else "" for run in runs]
    return [whole for whole, run in zip(wholes, runs, strict=True) for _ in run]


def _stands(place: Place, number: int, last: int) -> bool:
    """Tell whether a sentence stands where a rule wants it."""
    if place == "start":
        return number == 0
    return number == last if place == "end" else last == 0
