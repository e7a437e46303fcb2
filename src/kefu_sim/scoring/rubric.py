"""The rules of scoring as validated, immutable values. Field names are the keys of the YAML files."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from kefu_sim.language.verdict import Step
from kefu_sim.scoring.ledger import Phrase

NEVER = re.compile(r"(?!)")


class Part(BaseModel):
    """Base of every part: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _as_phrase(value: object) -> object:
    return Phrase(**value) if isinstance(value, dict) else value


def _as_pattern(value: object) -> object:
    """One alternation out of a list of regular expressions."""
    try:
        return re.compile("|".join(value)) if isinstance(value, list | tuple) else value
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None


Words = Annotated[Phrase, BeforeValidator(_as_phrase)]
Cue = Annotated[re.Pattern[str], BeforeValidator(_as_pattern)]
Share = Annotated[float, Field(ge=0, le=1)]
Points = Annotated[float, Field(ge=0, le=100)]


class RuleText(Part):
    """What a row says: the rule in one sentence, and a better wording."""

    reason: Words
    better: Words = Phrase()


class Rubric(Part):
    """All weights, thresholds, cues and sentences."""

    version: str
    dimensions: dict[Literal["speed", "flow", "politeness", "accuracy", "resolution", "brevity"], Points]
    """The most each dimension gives."""
    buyer_cues: dict[str, Cue]
    agent_cues: dict[str, Cue]
    rules: dict[str, RuleText]


class FlowStep(Part):
    """One step of a flow."""

    id: str
    title: Words
    points: Points
    by: tuple[Step, ...] = ()
    """Recognised steps that do it."""
    cue: str = ""
    """Or a cue of the agent's words that does it."""
    stands_for: Step | None = None
    """The one of the eight it reports as; by default the first of `by`."""
    occasion: tuple[str, ...] = ()
    """Cues of the buyer that call for it; none: it is always expected."""
    opening: bool = False
    """Counts only in the first replies."""


class Flow(Part):
    """An ordered list of steps."""

    id: str
    title: Words
    complaint: bool = False
    steps: tuple[FlowStep, ...]


def fill(words: Phrase, values: dict[str, Any]) -> Phrase:
    """Put the figures of a reception into a sentence."""
    return Phrase(words.zh.format(**values), words.en.format(**values)) if values else words
