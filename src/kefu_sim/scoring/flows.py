"""Flows as validated, immutable values: scored steps, signs that can be told beside them, lists of stages."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from kefu_sim.language.verdict import Step
from kefu_sim.scoring.ledger import Phrase
from kefu_sim.scoring.rubric import Cue, Part, Points, Share, Words


class Announced(Part):
    """What only says that a step will be done, with no result yet."""

    share: Share
    """Of what the same words would be worth if they did it."""
    any: Cue
    """Words that say so …"""
    unless: Cue
    """… and none that tell a result."""

    def __call__(self, text: str) -> bool:
        """Tell whether a reply says no more."""
        return bool(self.any.search(text)) and not self.unless.search(text)


class FlowStep(Part):
    """One step of a flow."""

    id: str
    title: Words
    points: Points
    by: tuple[Step, ...] = ()
    """Recognised steps that do it."""
    cue: str = ""
    """Or a cue of the agent's words that does it."""
    stands_for: tuple[Step, ...] = ()
    """Those of the eight steps that it reports on; by default `by`."""
    occasion: tuple[str, ...] = ()
    """Cues of the buyer, any of which calls for it; none: it is always expected."""
    opening: bool = False
    """Has its place in the first replies."""
    full: Annotated[int, Field(ge=1, le=60)] = 12
    """Characters of a reply that does it fully."""
    announced: Announced | None = None
    """What is not yet the step itself."""
    better: Words = Phrase()
    """How it sounds when done well."""

    @property
    def reports(self) -> tuple[Step, ...]:
        """Steps of the eight whose status it gives."""
        return self.stands_for or self.by


class Sign(Part):
    """Something a reply does that no step stands for: all that is given here must be so."""

    by: tuple[Step, ...] = ()
    """It does one of these steps …"""
    not_by: tuple[Step, ...] = ()
    """… and none of these."""
    intents: tuple[str, ...] = ()
    """It carries one of these shared intents."""
    cue: str = ""
    """It has words of this cue of the rubric."""
    any: Cue | None = None
    """It has words that match one of these patterns."""
    first: Annotated[int, Field(ge=0, le=9)] = 0
    """It is among the first so many replies; 0: anywhere."""
    within_s: Annotated[float, Field(ge=0, le=600)] = 0
    """The first reply came within so many seconds; 0: no matter when."""
    without: frozenset[str] = frozenset()
    """No reply of the whole reception has a fault of these categories."""


class Stage(Part):
    """One line of a list of stages."""

    title: Words
    by: Annotated[tuple[str, ...], Field(min_length=1)]
    """Ids of steps and signs, any of which awards it."""


class StageList(Part):
    """A list under which a handbook teaches the same reception."""

    id: str
    title: Words
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]


class Flow(Part):
    """An ordered list of steps."""

    id: str
    title: Words
    complaint: bool = False
    """For buyers with a grievance."""
    steps: Annotated[tuple[FlowStep, ...], Field(min_length=1)]
    signs: dict[str, Sign] = Field(default_factory=dict)
    lists: tuple[StageList, ...] = ()
    """Other lists of stages that one reception is held against, for the scorecard; they give no points."""

    @model_validator(mode="after")
    def _complete(self) -> Flow:
        known = {step.id for step in self.steps} | set(self.signs)
        named = {name for stages in self.lists for stage in stages.stages for name in stage.by}
        if missing := sorted(named - known):
            raise ValueError(f"no step or sign {', '.join(missing)}")
        return self
