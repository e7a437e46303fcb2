"""The numbers of the trade by which typing is measured, as validated data. Read from rules/drill.yaml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from kefu_sim.scenario.model import Part

Level = Literal["floor", "good", "excellent"]
LEVELS: tuple[Level, ...] = ("floor", "good", "excellent")

Positive = Annotated[float, Field(gt=0)]


class Levels(Part):
    """Characters a minute."""

    floor: int
    good: int
    excellent: int

    def speeds(self) -> tuple[int, int, int]:
        """The three speeds, slowest first."""
        return self.floor, self.good, self.excellent


class Bell(Part):
    """How long the commit in progress is waited for when time is up, seconds."""

    least: Positive
    most: Positive
    factor: Positive
    """Times the longest of the last gaps between commits."""


class Paste(Part):
    """What a person can type."""

    rate: Positive
    """Characters a second that can be kept up."""
    bucket: Positive
    """Characters that may come at once."""


class Lengths(Part):
    """Longest short and longest medium sentence, characters."""

    short: int
    medium: int


class Costs(Part):
    """What a character costs beyond its being typed."""

    rare: float
    """Outside the 3,755 common characters of GB 2312's first level."""
    digit: float
    latin: float
    switch: float
    """Changing between Chinese and Latin input."""
    mark: float
    """Punctuation other than the comma, the stop, ？ and ！."""


class Difficulty(Part):
    """How hard a sentence is to type."""

    costs: Costs
    edges: tuple[float, float]
    """Mean costs a character at which a sentence is of difficulty 2 and 3."""


class Standards(Part):
    """All of it."""

    version: str
    levels: Levels
    penalty: int = Field(ge=0)
    countdown_s: float = Field(ge=0)
    pause_s: Positive
    slow: float = Field(gt=1)
    commit_gap_s: Positive
    bell: Bell
    hint_s: Positive
    reply_s: Positive
    worst: int = Field(ge=1)
    fastest: Positive
    record_least: int = Field(ge=1)
    paste: Paste
    length: Lengths
    difficulty: Difficulty
    same: tuple[tuple[str, ...], ...]
    """Signs that practice takes for one another, the proper one first."""

    @model_validator(mode="after")
    def _ordered(self) -> Standards:
        speeds = self.levels.speeds()
        if sorted(set(speeds)) != list(speeds):
            raise ValueError("the three levels must rise")
        if any(len(sign) != 1 for group in self.same for sign in group):
            raise ValueError("`same` holds single signs")
        return self

    def folded(self) -> dict[str, str]:
        """Sign → the sign that stands for its group."""
        return {sign: group[0] for group in self.same for sign in group}

    def reached(self, net: float) -> Level | None:
        """The level a net speed reaches."""
        speeds = dict(zip(LEVELS, self.levels.speeds(), strict=True))
        return next((level for level in reversed(LEVELS) if net >= speeds[level]), None)


def phrase_goal(target: float) -> float:
    """Milliseconds a character at a target speed: 1000, 750, 600 for 60, 80, 100 characters a minute."""
    return 60_000 / target
