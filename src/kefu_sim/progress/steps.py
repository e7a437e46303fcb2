"""The eight steps over several receptions: how often each was called for and done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kefu_sim.language.verdict import STEPS, Step
from kefu_sim.progress.days import mean
from kefu_sim.progress.record import Record
from kefu_sim.progress.standards import ProgressRules
from kefu_sim.scoring.ledger import DIMENSIONS, Dimension


@dataclass(frozen=True, slots=True)
class StepBar:
    """One step over several receptions."""

    step: Step
    done: int
    late: int
    missing: int
    share: float | None
    """How far it was done, 0 to 1, late ones counting in part; None when it was never called for."""

    @property
    def judged(self) -> int:
        """Receptions that called for it."""
        return self.done + self.late + self.missing


def step_bars(records: Iterable[Record], rules: ProgressRules) -> list[StepBar]:
    """The eight steps, in the order of the flow."""
    counts: dict[Step, Counter[str]] = {step: Counter() for step in STEPS}
    for record in records:
        for step, letter in zip(STEPS, record.steps, strict=False):
            counts[step][letter] += 1
    return [_bar(step, counts[step], rules) for step in STEPS]


def _bar(step: Step, counts: Counter[str], rules: ProgressRules) -> StepBar:
    done, late, missing = counts["d"], counts["l"], counts["m"]
    judged = done + late + missing
    return StepBar(step, done, late, missing, round((done + rules.late * late) / judged, 4) if judged else None)


def weakest(bars: Sequence[StepBar], rules: ProgressRules) -> list[StepBar]:
    """Steps that are weak, the weakest first; of equals the one that was called for more often."""
    weak = [bar for bar in bars if bar.judged >= rules.telling and bar.share is not None and bar.share < rules.sound]
    return sorted(weak, key=lambda bar: (bar.share, -bar.judged))


def dimension_shares(records: Sequence[Record]) -> dict[Dimension, float | None]:
    """Mean share of the points of each dimension, 0 to 1; None where it was never judged."""
    found: dict[Dimension, float | None] = {}
    for name in DIMENSIONS:
        values = [value for record in records if (value := getattr(record, name)) is not None]
        found[name] = mean(values)
    return found
