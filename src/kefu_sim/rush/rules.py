"""The rules of shifts as a validated, immutable value; `rules/rush.yaml` holds them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kefu_sim.scenario.model import Part
from kefu_sim.scoring.rubric import Cue


class Urgency(Part):
    """What comes first: seconds that count beside the seconds waited."""

    paying: float
    """For a buyer who is about to pay."""
    complaint: float
    """For a buyer with a grievance."""
    held: float
    """For one who was asked to wait and has not heard since; negative: after those who wait for a first answer."""


class RushRules(Part):
    """All thresholds and words of shifts."""

    version: str
    queue_patience: Annotated[float, Field(ge=10, le=3600)]
    """Seconds after which a buyer leaves the queue."""
    urgency: Urgency
    paying: Cue
    """A buyer's words that say: I am paying now."""
    bands: Annotated[tuple[int, ...], Field(min_length=1)]
    """Highest number of open chats of each band of the report; the last band has no end."""
    names: Annotated[tuple[str, ...], Field(min_length=100)]
    """What buyers call themselves."""
