"""The one entrance: a reply and what stood before it in, a Recognition out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kefu_sim.language.amounts import find_amounts
from kefu_sim.language.context import read_context
from kefu_sim.language.decide import (
    ToneScale,
    decide_faults,
    evidence,
    joined_issues,
    joined_politeness,
    joined_steps,
    rule_issues,
    rule_politeness,
    rule_steps,
)
from kefu_sim.language.gaming import find_gaming
from kefu_sim.language.intents import match_intents
from kefu_sim.language.model import ISSUES, RuleView, Surroundings
from kefu_sim.language.verdict import STEPS, Evidence, Recognition, StepVerdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kefu_sim.language.intents import CompiledIntent
    from kefu_sim.language.model import StatModel
    from kefu_sim.language.normalise import Normaliser
    from kefu_sim.language.rules import RuleBook


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


MAX_PREVIOUS = 30
"""Only this many earlier messages are compared for repeats."""


class Recogniser:
    """Understands one reply at a time. Holds no state between replies."""

    def __init__(self, tables: Tables, model: StatModel | None = None) -> None:
        self._tables = tables
        self._model = model
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
        tables = self._tables
        read = tables.normaliser(reply)
        if not read.text:
            return Recognition(verdicts=tuple(StepVerdict(s, "miss", 0.0, -0.5) for s in STEPS), gaming=("empty",))
        before = read_context(context, tables.normaliser)
        heard = tables.buyer.labels(before.buyer)
        found = tables.rules.cues(read, heard, opening=before.opening)
        cues, tones, wrong = ([c for c in found if c.rule.kind == kind] for kind in ("step", "tone", "fault"))
        verdicts = rule_steps(cues)
        politeness = rule_politeness(read, tones, tables.scale, opening=before.opening)
        issues = rule_issues(tones, wrong)
        model = self._model
        if model is not None:
            view = RuleView([v.score for v in verdicts], politeness, [issue in issues for issue in ISSUES])
            marks = read.marks
            around = Surroundings(
                before.buyer, before.agent, not context, marks.faces, marks.exclamations, marks.ellipses
            )
            prediction = model.predict(read.text, around, view)
            verdicts = joined_steps(prediction, verdicts, model.thresholds)
            politeness = joined_politeness(prediction, model.cuts)
            issues = joined_issues(prediction, model.issue_thresholds)
        met = match_intents(read, (*tables.intents, *intents))
        steps = tuple(v.step for v in verdicts if v.decision == "accept")
        gaming = find_gaming(read, before, self._read_previous(previous, len(reply)), len(steps))
        if gaming:
            steps = ()
            verdicts = tuple(StepVerdict(v.step, "miss", v.score, v.margin) for v in verdicts)
        return Recognition(
            steps=steps,
            politeness=politeness,
            issues=issues,
            intents=() if "echo" in gaming else tuple(dict.fromkeys(name for name, _, _ in met)),
            evidence=evidence(read, verdicts, cues) + tuple(Evidence(n, a, b, "intent") for n, a, b in met if a < b),
            verdicts=verdicts,
            faults=decide_faults(read, wrong),
            amounts=find_amounts(read),
            gaming=gaming,
        )

    def _read_previous(self, previous: Sequence[str], length: int) -> list[str]:
        """Normalise the earlier messages that are about as long as the reply (characters)."""
        near = (line for line in previous[-MAX_PREVIOUS:] if abs(length - len(line)) <= min(length, len(line)) + 4)
        return [self._tables.normaliser(line).text for line in near]
