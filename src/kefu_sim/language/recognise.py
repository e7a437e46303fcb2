"""The one entrance: a reply and what stood before it in, a Recognition out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from kefu_sim.language.amounts import find_amounts
from kefu_sim.language.context import read_context
from kefu_sim.language.decide import (
    Judgement,
    decide_faults,
    joined_issues,
    joined_politeness,
    joined_steps,
    rule_issues,
    rule_politeness,
    rule_steps,
)
from kefu_sim.language.evidence import find_evidence
from kefu_sim.language.gaming import Claims, find_gaming, same_message
from kefu_sim.language.intents import match_intents
from kefu_sim.language.model import ISSUES, RuleView, Surroundings
from kefu_sim.language.numbers import find_quantities
from kefu_sim.language.verdict import STEPS, Evidence, Recognition, StepVerdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kefu_sim.language.context import Context
    from kefu_sim.language.decide import ToneScale
    from kefu_sim.language.intents import CompiledIntent
    from kefu_sim.language.model import Prediction, StatModel
    from kefu_sim.language.normalise import Normalised, Normaliser
    from kefu_sim.language.rules import Cue, RuleBook


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


KEPT_LINES = 512
"""So many lines before the reply are kept as read: they come again with every reply of a chat."""
LONGEST_KEPT = 400
"""Longer lines (characters) are read anew each time."""
MAX_PREVIOUS = 30
"""Only this many earlier messages are compared for repeats."""


@dataclass(frozen=True, slots=True)
class Study:
    """Everything that was found on the way to a Recognition; what `explain` shows."""

    recognition: Recognition
    read: Normalised
    heard: frozenset[str] = frozenset()
    """Labels of the buyer's open lines."""
    cues: tuple[Cue, ...] = ()
    """Of steps, tones and faults."""
    rule_steps: tuple[StepVerdict, ...] = ()
    """What the rules alone would say, in flow order."""
    rule_politeness: int = 0
    prediction: Prediction | None = None
    """What rules and model say together; None without a model."""


class Recogniser:
    """Understands one reply at a time. Holds no state between replies but lines it has read before."""

    def __init__(self, tables: Tables, model: StatModel | None = None) -> None:
        self._tables = tables
        self._model = model
        self._kept = lru_cache(KEPT_LINES)(tables.normaliser.__call__)
        self._heard = lru_cache(KEPT_LINES)(tables.buyer.labels)
        self.version = tables.version
        """Changes whenever rules or weights change: kept in logs beside a score."""

    def recognise(
        self,
        reply: str,
        context: Sequence[str] = (),
        *,
        intents: Sequence[CompiledIntent] = (),
        previous: Sequence[str] = (),
    ) -> Recognition:
        """Understand a reply. `context` holds lines such as `买家：在吗`; `previous` the agent's earlier messages."""
        return self.study(reply, context, intents=intents, previous=previous).recognition

    def study(
        self,
        reply: str,
        context: Sequence[str] = (),
        *,
        intents: Sequence[CompiledIntent] = (),
        previous: Sequence[str] = (),
    ) -> Study:
        """Understand a reply and keep the reasons; arguments as for `recognise`."""
        tables = self._tables
        read = tables.normaliser(reply)
        if not read.text:
            return Study(Recognition(verdicts=NO_STEPS, gaming=("empty",)), read)
        before = read_context(context, self._line)
        heard = self._heard(before.buyer)
        cues = tuple(tables.rules.cues(read, heard, opening=before.opening))
        by_rules = rule_steps([c for c in cues if c.rule.kind == "step"])
        tones = [c for c in cues if c.rule.kind == "tone"]
        wrong = [c for c in cues if c.rule.kind == "fault"]
        tone = rule_politeness(read, tones, tables.scale, opening=before.opening)
        view = Judgement(by_rules, tone, rule_issues(tones, wrong))
        prediction = self._predict(read, before, view, alone=not context) if self._model else None
        judged = self._joined(prediction, view, cues)
        met = match_intents(read, (*tables.intents, *intents))
        gaming = find_gaming(read, before, self._read_previous(previous, len(reply)), _claims(judged, met, intents))
        verdicts = tuple(replace(v, decision="miss") for v in judged.steps) if gaming else judged.steps
        steps = tuple(v.step for v in verdicts if v.decision == "accept")
        met = [] if "echo" in gaming else met
        reasons = partial(self._model.reasons, prediction) if self._model and prediction else None
        evidence = find_evidence(read, steps, judged.issues, cues, reasons)
        recognition = Recognition(
            steps=steps,
            politeness=judged.politeness,
            issues=judged.issues,
            intents=tuple(name for name, _, _ in met),
            evidence=evidence + tuple(Evidence(name, a, b, "intent") for name, a, b in met if a < b),
            verdicts=verdicts,
            faults=decide_faults(read, wrong),
            amounts=find_amounts(read),
            quantities=find_quantities(read),
            gaming=gaming,
        )
        return Study(recognition, read, heard, cues, by_rules, tone, prediction)

    def repeats(self, reply: str, previous: Sequence[str]) -> bool:
        """Whether a reply says again what the agent said before; all that `recognise` makes of `previous`."""
        return any(same_message(self._line(reply).text, line) for line in self._read_previous(previous, len(reply)))

    def _predict(self, read: Normalised, before: Context, rules: Judgement, *, alone: bool) -> Prediction:
        assert self._model is not None
        marks = read.marks
        around = Surroundings(before.buyer, before.agent, alone, marks.faces, marks.exclamations, marks.ellipses)
        scores = [verdict.score for verdict in rules.steps]
        view = RuleView(scores, rules.politeness, [issue in rules.issues for issue in ISSUES])
        return self._model.predict(read.text, around, view)

    def _joined(self, prediction: Prediction | None, rules: Judgement, cues: Sequence[Cue]) -> Judgement:
        model = self._model
        if model is None or prediction is None:
            return rules
        steps = joined_steps(prediction, rules.steps, cues, model.thresholds)
        politeness = joined_politeness(prediction, rules.politeness, cues, steps, model.cuts)
        issues = joined_issues(prediction, rules.issues, cues, model.issue_thresholds, politeness)
        return Judgement(steps, politeness, issues)

    def _read_previous(self, previous: Sequence[str], length: int) -> list[str]:
        """Normalise the earlier messages that are about as long as the reply (characters)."""
        near = (line for line in previous[-MAX_PREVIOUS:] if abs(length - len(line)) <= min(length, len(line)) + 4)
        return [self._line(line).text for line in near]

    def _line(self, line: str) -> Normalised:
        """Normalise a line before the reply."""
        return self._kept(line) if len(line) <= LONGEST_KEPT else self._tables.normaliser(line)


def _claims(judged: Judgement, met: Sequence[tuple[str, int, int]], intents: Sequence[CompiledIntent]) -> Claims:
    """What a reply would be given; answers to facts do not count as intents of the story."""
    own = {intent.id for intent in intents if "." not in intent.id}
    ranges = [(start, end) for name, start, end in met if name in own]
    return Claims(sum(verdict.decision == "accept" for verdict in judged.steps), ranges)
