"""The rules of shifts as a validated, immutable value; `rules/rush.yaml` holds them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from kefu_sim.rush.skills import AgentWords, Skill
from kefu_sim.scenario.model import Part
from kefu_sim.scoring.rubric import Cue, Line, Points, RuleText

SlipKind = Literal["window", "goods", "repeat", "gap", "notice", "promise", "linger", "busy"]


class Urgency(Part):
    """What comes first: seconds that count beside the seconds waited."""

    paying: float
    """For a buyer at the till."""
    settled: float
    """For one who has paid and only waits for a good-bye; negative."""
    complaint: float
    """For a buyer with a grievance."""
    held: float
    """For one who was asked to wait and has not heard since; negative: after those who wait for a first answer."""


class ScoreRules(Part):
    """Points of a shift; together 100."""

    curve: Line
    """Seconds → percent of the points for reply time (domain B.3)."""
    first: Points
    mean: Points
    replied_3min: Points
    replied_30s: Points
    conversion: Points
    """For the share of inquirers who bought, of those whose stories can end so."""
    basket: Points
    """For the share of those who could be sold more than they asked for and were."""
    sales: Points
    """For what was sold, of what this traffic was worth; the same traffic is worth the same to everybody."""
    satisfaction: Points
    quality: Points
    """For the mean score of the receptions."""
    care: Points
    """For those who were answered at all; kept unless slips take it."""
    slips: dict[SlipKind, Points]
    """What one slip of a kind costs."""
    handover: Points
    """For forms of hand-over, where somebody was left behind …"""
    told: Points
    """… for telling those buyers who goes on and when …"""
    archive: Points
    """… and for putting the chats into a sound folder."""
    next_day: Points
    """What a wrong or missing order note costs, found out the day after."""


class RushRules(Part):
    """All thresholds and words of shifts."""

    version: str
    queue_patience: Annotated[float, Field(ge=10, le=3600)]
    """Seconds after which a buyer leaves the queue."""
    urgency: Urgency
    paying: Cue
    """A buyer's words that say: I am paying now, or I cannot."""
    paid: Cue
    """A buyer's words that say: I have paid …"""
    asking: Cue
    """… and those that say: but there is something I want to know."""
    bands: Annotated[tuple[int, ...], Field(min_length=1)]
    """Highest number of open chats of each band of the report; the last band has no end."""
    come_back: Annotated[float, Field(ge=10, le=3600)]
    """Seconds in which an agent who asked for a moment comes back, unless she names a time."""
    names: Annotated[tuple[str, ...], Field(min_length=100)]
    """What buyers call themselves."""
    agents: AgentWords
    colleagues: Annotated[tuple[Skill, ...], Field(min_length=9, max_length=9)]
    """Who works the same traffic, for comparison."""
    score: ScoreRules
    rules: dict[str, RuleText]
    """What the rows of the score say."""

    @model_validator(mode="after")
    def _complete(self) -> RushRules:
        if missing := sorted(RULES - set(self.rules)):
            raise ValueError(f"no sentence for the rules {', '.join(missing)}")
        return self


RULES = frozenset(
    (
        "speed.first", "speed.mean", "speed.3min", "speed.30s", "deal.conversion", "deal.basket", "deal.sales",
        "deal.satisfaction", "service.quality", "care.start", "scale", "clip", "slip.window", "slip.goods",
        "slip.repeat", "slip.gap", "slip.notice", "slip.promise", "slip.linger", "slip.busy", "handover.form",
        "handover.told", "archive", "next-day", "left.early",
        "part.unanswered", "part.chats",
    )
)  # fmt: skip
"""Every rule the score of a shift can name, and parts of their sentences."""
