"""How good a simulated agent is, and what it says beside the stories' model answers: data of `rules/rush.yaml`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kefu_sim.scenario.model import Id, Part
from kefu_sim.scoring.rubric import Share, Words

Order = Literal["urgent", "oldest", "newest", "loyal"]
"""Whom she turns to: the most pressing, the longest waiting, the last who wrote, or one until that one is done."""


class Skill(Part):
    """What kind of agent it is."""

    id: Id
    title: Words
    typing: Annotated[float, Field(ge=20, le=300)]
    """Characters a minute by hand."""
    quick: Share = 0.0
    """Share of replies taken from quick replies."""
    care: Share = 1.0
    """Share of replies in the excellent wording, the others in the passable one."""
    slips: Share = 0.0
    """Share of replies that are a careless word or two."""
    order: Order = "urgent"
    hands_over: Share = 1.0
    """Share of what a hand-over asks for that she does: each slot of a form, the word to each buyer, the archive."""
    greets: bool = False
    """Says a first word to everybody new before answering anybody at length."""


class AgentWords(Part):
    """What simulated agents say beside model answers."""

    hello: tuple[str, ...] = Field(min_length=1)
    hold: tuple[str, ...] = Field(min_length=1)
    bye: tuple[str, ...] = Field(min_length=1)
    slip: tuple[str, ...] = Field(min_length=1)
    leaving: tuple[str, ...] = Field(min_length=1)
    """Said shortly before a hand-over: who goes on, and by when the buyer will hear."""
    action: str
    """What stands in the form as the next thing to do."""
    nothing: str
    """What stands there where nothing was promised."""
