"""The one entrance: a reply and what stood before it in, a Recognition out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kefu_sim.language.context import read_context
from kefu_sim.language.decide import decide_issues, decide_politeness, decide_steps, evidence
from kefu_sim.language.intents import match_intents
from kefu_sim.language.verdict import STEPS, Evidence, Recognition, StepVerdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kefu_sim.language.intents import CompiledIntent
    from kefu_sim.language.normalise import Normaliser
    from kefu_sim.language.rules import RuleBook


@dataclass(frozen=True, slots=True)
class Tables:
    """The rule data a recogniser works with."""

    normaliser: Normaliser
    steps: RuleBook
    tones: RuleBook
    intents: tuple[CompiledIntent, ...]
    """The shared ones."""
    version: str


class Recogniser:
    """Understands one reply at a time. Holds no state between replies."""

    def __init__(self, tables: Tables, model: object | None = None) -> None:
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
        del previous
        read = self._tables.normaliser(reply)
        if not read.text:
            return Recognition(verdicts=tuple(StepVerdict(s, "miss", 0.0, -0.5) for s in STEPS), gaming=("empty",))
        before = read_context(context, self._tables.normaliser)
        cues = self._tables.steps.cues(read, before)
        tones = self._tables.tones.cues(read, before)
        verdicts = decide_steps(cues)
        met = match_intents(read, (*self._tables.intents, *intents))
        return Recognition(
            steps=tuple(v.step for v in verdicts if v.decision == "accept"),
            politeness=decide_politeness(read, tones),
            issues=decide_issues(tones),
            intents=tuple(dict.fromkeys(name for name, _, _ in met)),
            evidence=evidence(read, verdicts, cues) + tuple(Evidence(n, a, b, "intent") for n, a, b in met if a < b),
            verdicts=verdicts,
        )
