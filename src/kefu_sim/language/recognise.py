"""The one entrance: a reply and what stood before it in, a Recognition out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kefu_sim.language.amounts import find_amounts
from kefu_sim.language.context import Context, read_context
from kefu_sim.language.decide import (
    Judgement,
    as_meant,
    decide_faults,
    forgiven,
    is_plain_abuse,
    joined_issues,
    joined_politeness,
    joined_steps,
    rule_issues,
    rule_politeness,
    rule_steps,
    says_nothing_else,
    shown_words,
)
from kefu_sim.language.evidence import Judged, find_evidence
from kefu_sim.language.excluded import Excluded, by_intents, by_judgement, by_veto, by_words
from kefu_sim.language.gaming import Claims, find_gaming, same_message
from kefu_sim.language.intents import match_intents
from kefu_sim.language.lately import Lately
from kefu_sim.language.model import ISSUES, RuleView, Surroundings
from kefu_sim.language.moment import ANY_MOMENT, Moment, at_moment, awaited_steps
from kefu_sim.language.ngrams import NGram, find_ngrams
from kefu_sim.language.numbers import find_quantities
from kefu_sim.language.plainly import denies_plainly
from kefu_sim.language.rules import Asked, RuleBook
from kefu_sim.language.study import Study, asked_of
from kefu_sim.language.sums import wrong_sums
from kefu_sim.language.verdict import STEPS, Amount, Evidence, Fault, Quantity, Recognition, StepVerdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kefu_sim.language.decide import ToneScale
    from kefu_sim.language.intents import CompiledIntent
    from kefu_sim.language.model import Prediction, StatModel
    from kefu_sim.language.normalise import Normalised, Normaliser
    from kefu_sim.language.rules import Cue
    from kefu_sim.language.yesno import YesNo


NO_STEPS = tuple(StepVerdict(step, "miss", 0.0, -0.5) for step in STEPS)


@dataclass(frozen=True, slots=True)
class Tables:
    """The rule data a recogniser works with."""

    normaliser: Normaliser
    buyer: RuleBook
    rules: RuleBook
    """Steps, tones and faults."""
    scale: ToneScale
    intents: tuple[CompiledIntent, ...]
    """The shared ones."""
    version: str
    yesno: YesNo | None = None
    lookalikes: RuleBook = field(default_factory=lambda: RuleBook(()))
    """Innocent words that look like faults; they decide nothing and are only told of."""


_Asked = tuple[str, tuple[str, ...]]
"""A reply, and the lines before it."""
_Heard = tuple[str, frozenset[str], bool]
"""A reply, labels of the buyer's open lines, and whether it is the first answer: all that cues hang on."""
AT_ONCE = 64
"""So many replies are read in one go."""
NOTHING, NOTHING_BEFORE = Judgement((), 0, ()), Context()
KEPT_READINGS = 1024
"""So many replies are kept as read: screen, score and author's tools ask about the same ones, in many stories."""
KEPT_LINES = 512
"""So many lines are kept as read: they come again with every reply of a chat."""
LONGEST_KEPT = 400
"""Longer lines (characters) are read anew each time."""
MAX_PREVIOUS = 30
"""Only this many earlier messages are compared for repeats."""


class _Reading(NamedTuple):
    """A reply as it is understood in every story."""

    read: Normalised
    before: Context = NOTHING_BEFORE
    heard: frozenset[str] = frozenset()
    cues: tuple[Cue, ...] = ()
    rules: Judgement = NOTHING
    """What the rules alone would say."""
    judged: Judgement = NOTHING
    evidence: tuple[Evidence, ...] = ()
    """For the steps and issues judged."""
    faults: tuple[Fault, ...] = ()
    amounts: tuple[Amount, ...] = ()
    quantities: tuple[Quantity, ...] = ()


class _Draft(NamedTuple):
    """A reply as the rules read it, before the model is asked."""

    read: Normalised
    before: Context
    heard: frozenset[str]
    cues: tuple[Cue, ...]
    wrong: Sequence[Cue]
    """Those that point at faults."""
    rules: Judgement
    alone: bool
    """Nothing at all stands before the reply."""

    def question(self) -> tuple[str, Surroundings, RuleView]:
        """What the model is asked."""
        before, marks, rules = self.before, self.read.marks, self.rules
        around = Surroundings(before.buyer, before.agent, self.alone, marks.faces, marks.exclamations, marks.ellipses)
        scores = [verdict.score for verdict in rules.steps]
        return self.read.text, around, RuleView(scores, rules.politeness, [issue in rules.issues for issue in ISSUES])


class Recogniser:
    """Understands replies. Holds no state between them but what it has read lately."""

    def __init__(self, tables: Tables, model: StatModel | None = None, *, evidence: bool = True) -> None:
        """Without `evidence` labels come without the words behind them, which spares a seventh of the work."""
        self._tables = tables
        self._model = model
        self._evidence = evidence
        self._kept = lru_cache(KEPT_LINES)(tables.normaliser.__call__)
        self._heard = Lately(KEPT_LINES, tables.buyer.labels)
        self._cues = Lately(KEPT_LINES, self._found_cues)
        self._met = lru_cache(KEPT_LINES)(self._matched)
        self._readings = Lately(KEPT_READINGS, self._read_apart)
        self.version = tables.version
        """Changes whenever rules, weights or the program that reads change: kept in logs beside a score."""

    def without_evidence(self) -> Recogniser:
        """The same for those who ask for labels alone."""
        return Recogniser(self._tables, self._model, evidence=False)

    def recognise(
        self,
        reply: str,
        context: Sequence[str] = (),
        *,
        intents: Sequence[CompiledIntent] = (),
        previous: Sequence[str] = (),
        moment: Moment = ANY_MOMENT,
    ) -> Recognition:
        """Understand a reply. `context` holds lines such as `买家：在吗`; `previous` the agent's earlier messages."""
        found = self._told(self._reading(reply, tuple(context)), tuple(intents), previous, moment)
        if found.awaited and self._evidence:  # too seldom to keep the network's traces for it
            found = self._with_words(found, *self._read([(reply, tuple(context))])[0])
        return self._answered(found, moment) if moment.question else found

    def ahead(self, asked: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Read replies, each with its context, for half of what they cost one by one; `recognise` finds them read."""
        self._readings([(reply, tuple(context)) for reply, context in asked if len(reply) <= LONGEST_KEPT])

    def study(
        self,
        reply: str,
        context: Sequence[str] = (),
        *,
        intents: Sequence[CompiledIntent] = (),
        previous: Sequence[str] = (),
        moment: Moment = ANY_MOMENT,
    ) -> Study:
        """Understand a reply and keep the reasons; arguments as for `recognise`."""
        [(reading, prediction)] = self._read([(reply, tuple(context))])
        found, rules = self._told(reading, tuple(intents), previous, moment), reading.rules
        found = self._with_words(found, reading, prediction) if found.awaited else found
        found = self._answered(found, moment) if moment.question else found
        ngrams: tuple[NGram, ...] = ()
        if self._model is not None and prediction is not None:
            ngrams = find_ngrams(reading.read, prediction, self._model, asked_of(found, rules.politeness))
        return Study(
            found,
            reading.read,
            reading.heard,
            reading.cues,
            rules.steps,
            rules.politeness,
            prediction,
            ngrams,
            tuple(self._excluded(reading, prediction, tuple(intents))),
        )

    def _with_words(self, found: Recognition, reading: _Reading, prediction: Prediction | None) -> Recognition:
        """A recognition with the words behind the steps that count by the moment."""
        labels = tuple(map(str, found.awaited))
        [words] = find_evidence([Judged(reading.read, labels, reading.cues, prediction)], self._model)
        return replace(found, evidence=(*found.evidence, *words))

    def _answered(self, found: Recognition, moment: Moment) -> Recognition:
        """A recognition with the bare answer to the question of the moment that the reply is, if any."""
        if found.read is None or found.gaming or self._tables.yesno is None:
            return found
        asked = [self._line(wording).text for wording in moment.wordings]
        bare = self._tables.yesno.heard(found.read, asked)
        return found if bare is None else replace(found, bare=bare)

    def _excluded(
        self, reading: _Reading, prediction: Prediction | None, intents: tuple[CompiledIntent, ...]
    ) -> Iterator[Excluded]:
        """What would have counted in a reply, and what set it aside."""
        read, cues, judged, model = reading.read, reading.cues, reading.judged, self._model
        asked = Asked(read, reading.heard, reading.before.opening)
        yield from by_judgement(read, cues, judged)
        if model is not None and prediction is not None:
            yield from by_veto(read, cues, judged, prediction, model)
        yield from by_words(self._tables.rules, asked)
        yield from (row for row in by_words(self._tables.lookalikes, asked) if row.why == "innocent")
        yield from by_intents(read, (*self._tables.intents, *intents))

    def _reading(self, reply: str, context: tuple[str, ...]) -> _Reading:
        """A reading that is kept, or is from now on."""
        if len(reply) > LONGEST_KEPT:
            return self._read([(reply, context)])[0][0]
        return self._readings([(reply, context)])[0]

    def _read_apart(self, asked: Sequence[_Asked]) -> Iterator[_Reading]:
        """Read without the traces of the network, which are by far the greatest part of a reading."""
        for start in range(0, len(asked), AT_ONCE):
            yield from [reading for reading, _ in self._read(asked[start : start + AT_ONCE])]

    def _read(self, asked: Sequence[_Asked]) -> list[tuple[_Reading, Prediction | None]]:
        """All that does not depend on a story and on what the agent said before."""
        reads = [self._line(reply) for reply, _ in asked]
        drafts = self._drafts([(read, context) for read, (_, context) in zip(reads, asked, strict=True) if read.text])
        predictions: Sequence[Prediction | None] = [None] * len(drafts)
        if self._model and drafts:
            predictions = self._model.predict_all([draft.question() for draft in drafts])
        finished = zip(self._finished(drafts, predictions), predictions, strict=True)
        return [next(finished) if read.text else (self._signs(read), None) for read in reads]

    def _signs(self, read: Normalised) -> _Reading:
        """Read a reply without a word: marks and faces say nothing, but for those that are abuse."""
        [found] = self._tables.rules.cues([Asked(read)])
        cues = tuple(cue for cue in found if is_plain_abuse(cue))
        if not cues:
            return _Reading(read, cues=found, faults=decide_faults(read, found))
        evidence = (Evidence("abuse", *shown_words(cues[0], read), cues[0].rule.id),)
        abusive = Judgement(NO_STEPS, -2, ("abuse",))
        return _Reading(
            read, cues=cues, rules=abusive, judged=abusive, evidence=evidence, faults=decide_faults(read, cues)
        )

    def _drafts(self, said: Sequence[tuple[Normalised, Sequence[str]]]) -> list[_Draft]:
        """Read replies that say something by the rules, each with the lines before it."""
        befores = [read_context(context, self._line) for _, context in said]
        heard = self._heard([before.buyer for before in befores])
        find = self._cues if all(len(read.original) <= LONGEST_KEPT for read, _ in said) else self._found_cues
        cues = find(
            [(read.original, h, before.opening) for (read, _), h, before in zip(said, heard, befores, strict=True)]
        )
        return [
            self._draft(read, before, h, found, alone=not context)
            for (read, context), before, h, found in zip(said, befores, heard, cues, strict=True)
        ]

    def _draft(
        self, read: Normalised, before: Context, heard: frozenset[str], cues: tuple[Cue, ...], *, alone: bool
    ) -> _Draft:
        """Weigh the cues of a reply."""
        cues = as_meant(cues)
        kinds: dict[str, list[Cue]] = {"step": [], "tone": [], "fault": []}
        for cue in cues:
            kinds[cue.rule.kind].append(cue)
        tones, wrong = kinds["tone"], kinds["fault"]
        tone = rule_politeness(read, tones, self._tables.scale, opening=before.opening)
        rules = Judgement(rule_steps(kinds["step"]), tone, rule_issues(tones, wrong))
        return _Draft(read, before, heard, cues, wrong, rules, alone)

    def _found_cues(self, asked: Sequence[_Heard]) -> list[tuple[Cue, ...]]:
        return self._tables.rules.cues([Asked(self._line(reply), heard, opening) for reply, heard, opening in asked])

    def _finished(self, drafts: Sequence[_Draft], predictions: Sequence[Prediction | None]) -> Iterator[_Reading]:
        """Join what rules and model say, and find the words behind it."""
        judged = [self._joined(p, draft) for draft, p in zip(drafts, predictions, strict=True)]
        evidence: Sequence[tuple[Evidence, ...]] = [()] * len(drafts)
        if self._evidence:
            said = [(*(str(v.step) for v in own.steps if v.decision == "accept"), *own.issues) for own in judged]
            asked = [Judged(d.read, labels, d.cues, p) for d, labels, p in zip(drafts, said, predictions, strict=True)]
            evidence = find_evidence(asked, self._model)
        for (read, before, heard, cues, wrong, rules, _), own, words in zip(drafts, judged, evidence, strict=True):
            sums = find_amounts(read, before.buyer)
            told = (*decide_faults(read, wrong), *wrong_sums(read)), sums, find_quantities(read)
            yield _Reading(read, before, heard, cues, rules, own, words, *told)

    def _told(
        self, reading: _Reading, intents: tuple[CompiledIntent, ...], previous: Sequence[str], moment: Moment
    ) -> Recognition:
        """What a reading comes to at a moment of a story, after earlier messages."""
        read, judged = reading.read, reading.judged
        if not read.text:
            return Recognition(
                politeness=judged.politeness,
                issues=judged.issues,
                evidence=reading.evidence,
                verdicts=NO_STEPS,
                faults=reading.faults,
                gaming=("empty",),
                read=read,
            )
        matched = self._met if len(read.original) <= LONGEST_KEPT else self._matched
        met = matched(read.original, intents)
        earlier = self._read_previous(previous, len(read.original))
        gaming = find_gaming(read, reading.before, earlier, _claims(judged, met, intents))
        awaited = () if gaming else awaited_steps(judged, moment)
        verdicts, evidence = at_moment(judged.steps, awaited), reading.evidence
        if gaming:
            verdicts = tuple(v._replace(decision="miss") for v in judged.steps)
            evidence = tuple(e for e in evidence if e.label in judged.issues)
            met = () if "echo" in gaming else met
        return Recognition(
            steps=tuple(v.step for v in verdicts if v.decision == "accept"),
            politeness=judged.politeness,
            issues=judged.issues,
            intents=tuple(name for name, _, _ in met),
            evidence=evidence + tuple(Evidence(name, a, b, "intent") for name, a, b in met if a < b),
            verdicts=verdicts,
            faults=reading.faults,
            amounts=reading.amounts,
            quantities=reading.quantities,
            gaming=gaming,
            awaited=awaited,
            read=read,
        )

    def _matched(self, reply: str, intents: tuple[CompiledIntent, ...]) -> Sequence[tuple[str, int, int]]:
        """Intents that a reply carries, shared ones and a story's own: the same after whatever was said before."""
        return match_intents(self._line(reply), (*self._tables.intents, *intents))

    def repeats(self, reply: str, previous: Sequence[str]) -> bool:
        """Whether a reply says again what the agent said before; all that `recognise` makes of `previous`."""
        return any(same_message(self._line(reply).text, line) for line in self._read_previous(previous, len(reply)))

    def _joined(self, prediction: Prediction | None, draft: _Draft) -> Judgement:
        model, rules, cues = self._model, draft.rules, draft.cues
        if model is None or prediction is None:
            return rules
        steps = NO_STEPS
        if not says_nothing_else(draft.read, cues):
            steps = joined_steps(prediction, rules.steps, cues, model.thresholds)
        politeness = joined_politeness(prediction, rules.politeness, cues, steps, model.cuts)
        if politeness < 0:
            answers = denies_plainly(draft.read, draft.before.buyer, draft.heard)
            politeness = forgiven(politeness, cues, answers=answers)
        issues = joined_issues(prediction, rules.issues, cues, model.issue_thresholds, politeness)
        return Judgement(steps, politeness, issues)

    def _read_previous(self, previous: Sequence[str], length: int) -> list[str]:
        """Normalise the earlier messages that are about as long as the reply (characters)."""
        near = (line for line in previous[-MAX_PREVIOUS:] if abs(length - len(line)) <= min(length, len(line)) + 4)
        return [self._line(line).text for line in near]

    def _line(self, line: str) -> Normalised:
        """Normalise a reply or a line before it."""
        return self._kept(line) if len(line) <= LONGEST_KEPT else self._tables.normaliser(line)


def _claims(judged: Judgement, met: Sequence[tuple[str, int, int]], intents: tuple[CompiledIntent, ...]) -> Claims:
    """What a reply would be given."""
    own = _own(intents)
    ranges = [(start, end) for name, start, end in met if name in own]
    return Claims(sum(verdict.decision == "accept" for verdict in judged.steps), ranges)


@lru_cache
def _own(intents: tuple[CompiledIntent, ...]) -> frozenset[str]:
    """Ids of a story's own intents; answers to facts do not count."""
    return frozenset(intent.id for intent in intents if "." not in intent.id)
