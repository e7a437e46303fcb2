"""What one reply was understood as: plain immutable values, shared by engine, scoring and every face."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from kefu_sim.language.normalise import Normalised


class Step(StrEnum):
    """The eight steps of a reception, in the order of the flow."""

    GREET = "问好"
    ASK = "提问"
    ANALYSE = "分析"
    RECOMMEND = "推荐"
    NEGOTIATE = "谈判"
    ASSIST = "帮助"
    VERIFY = "核实"
    FAREWELL = "告别"


STEPS: tuple[Step, ...] = tuple(Step)
"""All eight, in flow order."""

Answer = Literal["yes", "no"]
Decision = Literal["accept", "ask", "miss"]
Issue = Literal["dismissive", "blame", "abuse", "overpromise", "offplatform"]
Severity = Literal["F", "S", "M"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that carry a label, as a half-open range of code points of the reply as typed."""

    label: str
    """A step, an issue, an intent, or a politeness cue."""
    start: int
    end: int
    source: str = ""
    """Id of the rule, or `model`."""


class StepVerdict(NamedTuple):
    """How sure the recogniser is of one step."""

    step: Step
    decision: Decision
    score: float
    """Calibrated probability, 0 to 1."""
    margin: float
    """Distance of the score from the accepting threshold, −1 to 1."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One finer fault of wording (domain/forbidden.json), with its severity."""

    category: str
    severity: Severity
    start: int
    end: int
    issue: Issue | None = None
    """The coarse issue it counts as, if any."""
    right: str = ""
    """Of a wrong sum: how it comes out, such as 159−10=149."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum named in the reply."""

    kind: Literal["price", "off", "discount", "per_day", "gift", "other"]
    """`price` 159包邮 · `off` 便宜10块 · `discount` 打九折 (value 0.9) · `per_day` 每天六毛."""
    value: float
    """Yuan, or the factor for `discount`."""
    start: int
    end: int
    rough: bool = False
    """Only about so much (四百多块): the least it can be, and nothing to hold anybody to."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """Another number named in the reply."""

    kind: Literal["amends", "days", "minutes", "count", "percent"]
    """`amends` 补偿20元, yuan · `days` 2到3天 (the upper end) · `minutes` 半小时 · `count` 3件 · `percent` 5%."""
    value: float
    start: int
    end: int


class Bare(NamedTuple):
    """A bare yes or no."""

    answer: Answer
    start: int
    """Half-open range of the reply as typed."""
    end: int


@dataclass(frozen=True, slots=True)
class Recognition:
    """The whole understanding of one reply."""

    steps: tuple[Step, ...] = ()
    """Accepted steps, in flow order."""
    politeness: int = 0
    """−2 abusive · −1 curt, cold, blaming · 0 plain · 1 polite · 2 markedly warm."""
    issues: tuple[Issue, ...] = ()
    intents: tuple[str, ...] = ()
    """Ids of the intents that matched, shared ones and the scenario's own."""
    evidence: tuple[Evidence, ...] = ()
    verdicts: tuple[StepVerdict, ...] = ()
    """One for each step, in flow order."""
    faults: tuple[Fault, ...] = ()
    amounts: tuple[Amount, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    gaming: tuple[str, ...] = ()
    """Why the reply earns nothing: `echo`, `stuffing`, `repeat`, `catalogue`, `empty`."""
    awaited: tuple[Step, ...] = ()
    """Steps that count because the moment waits for just them: anywhere else they would be asked back about."""
    bare: Bare | None = None
    """The yes or no it is to the question of the moment, where there is one."""
    read: Normalised | None = field(default=None, compare=False, repr=False)
    """The reply in one spelling; None when nobody read it."""

    def said(self, typed: str) -> str:
        """Give the words of the reply in one spelling; as typed when nobody read it."""
        return typed if self.read is None else self.read.text

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Give the range on the reply as typed for a range of `said`."""
        return (start, end) if self.read is None else self.read.span(start, end)
