"""The ledger and the score: a score is the sum of its rows, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from kefu_sim.language.verdict import STEPS, Step
from kefu_sim.scoring.metrics import Metrics

Dimension = Literal["speed", "flow", "politeness", "accuracy", "resolution", "brevity"]
DIMENSIONS: tuple[Dimension, ...] = ("speed", "flow", "politeness", "accuracy", "resolution", "brevity")
Status = Literal["done", "late", "missing", "not_judged"]
Lang = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One sentence in both languages of the interface."""

    zh: str = ""
    en: str = ""

    def pick(self, lang: Lang) -> str:
        """The sentence in one language."""
        return self.zh if lang == "zh" else self.en


NO_WORDS = Phrase()


class Place(NamedTuple):
    """Where in the transcript."""

    turn: int | None = None
    """Index of the turn."""
    span: tuple[int, int] | None = None
    """Half-open range of code points of its text."""


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Row:
    """One reason for points."""

    rule: str
    """Id of the rule in the rubric."""
    points: float
    """What it gave or took, to two decimals."""
    reason: Phrase
    """The rule in one sentence, with the figures of this reception."""
    of: float = 0.0
    """The most it could have given; 0 for rows that only take or adjust."""
    at: Place = NOWHERE
    """The turn, and the words that caused it."""
    better: Phrase = NO_WORDS
    """A better wording; empty when nothing was lost."""
    dimension: Dimension | None = None
    """None for rows over the whole score: scaling, caps, bonus, clipping."""
    topic: Phrase = NO_WORDS
    """What a rule that speaks of different things was about here: a step, a category of fault, a fact."""

    @property
    def lost(self) -> float:
        """Points it cost."""
        return max(self.of - self.points, 0.0) if self.of else max(-self.points, 0.0)

    @property
    def turn(self) -> int | None:
        """Index of the turn in the transcript."""
        return self.at.turn

    @property
    def span(self) -> tuple[int, int] | None:
        """The words that caused it: half-open range of code points of that turn's text."""
        return self.at.span

    def to_data(self, lang: Lang) -> dict[str, Any]:
        """Values for JSON; the turn counted from 1, as lines of a file are."""
        return {
            "turn": None if self.turn is None else self.turn + 1,
            "dimension": self.dimension,
            "rule": self.rule,
            "points": self.points,
            "of": self.of,
            "span": None if self.span is None else list(self.span),
            "reason": self.reason.pick(lang),
            "better": self.better.pick(lang),
        }


@dataclass(frozen=True, slots=True)
class Part:
    """Points of one dimension."""

    points: float
    max: float
    """0 when the reception gave no occasion to judge it."""


@dataclass(frozen=True, slots=True)
class StepMark:
    """How one step of the flow went."""

    id: str
    title: Phrase
    status: Status
    points: float
    of: float
    turn: int | None = None
    """Index of the turn that did it."""
    step: Step | None = None
    """The one of the eight steps it stands for; None for the extra steps of other flows."""


@dataclass(frozen=True, slots=True)
class StageMark:
    """Whether one stage of a list was reached."""

    title: Phrase
    turn: int | None
    """Index of the turn that reached it; None when none did."""


@dataclass(frozen=True, slots=True)
class ListMark:
    """A reception held against one list of stages."""

    id: str
    title: Phrase
    stages: tuple[StageMark, ...]

    @property
    def reached(self) -> int:
        """Stages reached."""
        return sum(stage.turn is not None for stage in self.stages)


@dataclass(frozen=True, slots=True)
class Score:
    """A whole score with all its reasons."""

    total: float
    """0 to 100; equals the sum of the points of all rows."""
    dimensions: Mapping[Dimension, Part]
    steps: Mapping[Step, Status]
    metrics: Metrics
    ledger: tuple[Row, ...]
    marks: tuple[StepMark, ...] = ()
    """The flow's own steps, in its order."""
    lists: tuple[ListMark, ...] = ()
    """Other lists of stages the same reception was held against."""
    flow: str = ""
    rubric: str = ""
    """Version of the rules."""
    caps: tuple[str, ...] = ()
    """Rules that held the total down: `void`, `cap`."""

    def to_data(self, lang: Lang = "zh") -> dict[str, Any]:
        """The `score` object of the command line."""
        return {
            "total": self.total,
            "dimensions": {
                name: {"points": self.dimensions[name].points, "max": self.dimensions[name].max} for name in DIMENSIONS
            },
            "steps": {step.value: self.steps.get(step, "not_judged") for step in STEPS},
            "metrics": self.metrics.to_data(),
            "ledger": [row.to_data(lang) for row in self.ledger],
        }
