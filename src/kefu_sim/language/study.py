"""Everything that was found on the way to a Recognition: what `explain` and the page behind F4 show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kefu_sim.language.ngrams import TONE, Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kefu_sim.language.excluded import Excluded
    from kefu_sim.language.model import Prediction
    from kefu_sim.language.ngrams import NGram
    from kefu_sim.language.normalise import Normalised
    from kefu_sim.language.rules import Cue
    from kefu_sim.language.verdict import Recognition, StepVerdict


@dataclass(frozen=True, slots=True)
class Study:
    """A reply explained."""

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
    ngrams: tuple[NGram, ...] = ()
    """What the network rests on: for each step that is done or nearly so, each issue, and a tone the rules miss."""
    excluded: tuple[Excluded, ...] = ()
    """What would have counted, and what set it aside."""

    @property
    def runner_up(self) -> StepVerdict | None:
        """The most likely step of those that are not done; None where nothing points to one."""
        refused = (verdict for verdict in self.recognition.verdicts if verdict.decision != "accept")
        best = max(refused, key=lambda verdict: verdict.score, default=None)
        return best if best is not None and best.score > 0 else None

    @property
    def missed(self) -> Sequence[Excluded]:
        """What was excluded of labels that the reply was not given for other words either, each text once."""
        seen = self.recognition
        given = {*seen.steps, *seen.issues, *seen.intents, *(fault.category for fault in seen.faults)}
        own = {(row.start, row.end, row.label): row for row in reversed(self.excluded) if row.label not in given}
        return sorted(own.values(), key=lambda row: (row.start, row.end))


def asked_of(seen: Recognition, rule_politeness: int) -> list[Question]:
    """What the network is asked about a reply; `rule_politeness` is its tone by the rules alone."""
    nearly = [str(verdict.step) for verdict in seen.verdicts if verdict.decision != "miss"]
    asked = [Question(label, label) for label in (*nearly, *seen.issues)]
    if seen.politeness != rule_politeness:
        asked.append(Question(TONE, f"politeness {seen.politeness}", f"politeness {rule_politeness}"))
    return asked
