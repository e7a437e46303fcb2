"""The campaign 闯关: buyers in stages, each stage opened by those passed in the one before. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from kefu_sim.progress.standards import Count, Points
from kefu_sim.scenario.parts import Id, Part


class Stage(Part):
    """One stage. Field names are the keys of the file, which says what they mean."""

    id: Id
    title: Annotated[str, Field(min_length=1, max_length=40)]
    title_en: Annotated[str, Field(max_length=60)] = ""
    about: Annotated[str, Field(max_length=200)] = ""
    about_en: Annotated[str, Field(max_length=300)] = ""
    unlock: Count
    buyers: Annotated[tuple[Id, ...], Field(min_length=1)]


class Campaign(Part):
    """All stages, in order."""

    schema_: Literal[1] = Field(alias="schema")
    passed: Points
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Met:
    """How one buyer of the campaign went so far."""

    id: str
    best: float | None
    """Best total, 0 to 100; None before the first reception."""
    passed: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How a stage stands for one trainee."""

    stage: Stage
    open: bool
    buyers: tuple[Met, ...]

    @property
    def passed(self) -> int:
        """Buyers passed."""
        return sum(met.passed for met in self.buyers)

    @property
    def lacking(self) -> int:
        """Buyers still to be passed until the next stage opens."""
        return max(min(self.stage.unlock, len(self.buyers)) - self.passed, 0)

    @property
    def done(self) -> bool:
        """Whether every buyer has been passed."""
        return self.passed == len(self.buyers)


def standings(campaign: Campaign, best: Mapping[str, float]) -> tuple[Standing, ...]:
    """How all stages stand, by the best totals of buyers met. A buyer passed stays passed even in a locked stage."""
    found: list[Standing] = []
    for stage in campaign.stages:
        met = tuple(Met(buyer, best.get(buyer), best.get(buyer, -1) >= campaign.passed) for buyer in stage.buyers)
        found.append(Standing(stage, open=not found or (found[-1].open and not found[-1].lacking), buyers=met))
    return tuple(found)


def next_buyer(stages: Sequence[Standing]) -> str | None:
    """Whom to receive next: the first not passed of the newest open stage, else of an earlier one; None: all done."""
    for standing in reversed([standing for standing in stages if standing.open]):
        for met in standing.buyers:
            if not met.passed:
                return met.id
    return None
