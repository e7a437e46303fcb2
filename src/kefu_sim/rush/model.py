"""A shift as a validated, immutable value. Field names are the keys of the YAML files in `shifts/`."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from kefu_sim.scenario.model import Id, Names, Part, PatternItem

ANY = "any"
"""In a mix: any story of the library."""
MOST_BUYERS = 500
FEWEST_AT_ONCE, MOST_AT_ONCE = 2, 100

Moment = Annotated[float, Field(ge=0, le=14_400)]
"""Seconds since the shift began."""
Shape = Literal["even", "surge", "swell"]
"""`even`: spread out · `surge`: most come at the beginning · `swell`: more and more come."""
Blocked = Literal["cards", "sending"]
Patterns = Annotated[
    tuple[str | PatternItem, ...],
    BeforeValidator(lambda value: value if isinstance(value, list | tuple) else [] if value is None else [value]),
]


class Arrival(Part):
    """One buyer at a given moment, or several at seeded random moments."""

    at: Moment | None = None
    """The moment of one buyer …"""
    from_: Moment | None = Field(default=None, alias="from")
    """… or the span in which `count` buyers come."""
    to: Moment | None = None
    count: int | None = Field(default=None, ge=1, le=MOST_BUYERS)
    shape: Shape = "even"
    scenario: Id | None = None
    """Which story; without it the mix decides."""
    persona: Id | None = None
    """Which temperament; without it the mix or the story decides."""
    name: str = Field(default="", max_length=20)
    """What the buyer is called; without it a name is drawn."""
    tail: str = Field(default="", pattern=r"^(\d{4})?$")
    """Last digits of the buyer's order; without it they are drawn."""

    @property
    def buyers(self) -> int:
        """How many come."""
        return 1 if self.at is not None else self.count or 0


class MixRow(Part):
    """A kind of buyer."""

    scenario: Id
    """A story of the library, a walk-in (then each buyer asks about other goods), or `any`."""
    weight: float = Field(default=1, gt=0, le=100)
    personas: Names = ()
    """Temperaments that take turns; without them the story's own."""


class Notice(Part):
    """Something the shop tells its agents in the middle of the shift."""

    at: Moment
    text: str = Field(min_length=1, max_length=300)
    text_en: str = Field(default="", max_length=400)
    wrong: Patterns = ()
    """What may not be said any more."""
    unless: Patterns = ()
    """… but for these."""
    better: str = Field(default="", max_length=300)
    """What to say instead."""
    grace: float = Field(default=20, ge=0, le=600)
    """Seconds there are to read it."""


class Outage(Part):
    """Something that does not work for a while."""

    at: Moment
    for_: float = Field(alias="for", gt=0, le=3600)
    """Seconds."""
    blocks: Blocked
    """`cards`: nothing can be looked up · `sending`: no message goes out."""
    text: str = Field(default="", max_length=200)
    text_en: str = Field(default="", max_length=300)


class Shift(Part):
    """One shift."""

    schema_: Literal[1] = Field(alias="schema")
    id: Id
    title: str
    title_en: str = ""
    brief: str = ""
    brief_en: str = ""
    minutes: float = Field(gt=0, le=240)
    """Length; what is not over then is left behind."""
    at_once: int = Field(ge=FEWEST_AT_ONCE, le=MOST_AT_ONCE)
    """Buyers received at the same time; more wait in the queue."""
    difficulty: int = Field(default=1, ge=1, le=5)
    covers: tuple[Annotated[str, Field(pattern=r"^A\d{3}$")], ...] = ()
    seed: int = Field(default=1, ge=0, le=999_999)
    """Of the traffic and of everything the buyers say."""
    arrivals: tuple[Arrival, ...]
    mix: tuple[MixRow, ...] = ()
    notices: tuple[Notice, ...] = ()
    outages: tuple[Outage, ...] = ()
    handover: bool = False
    """What is not over at the bell is handed over by form, and the chats are archived."""
    goal: dict[str, str] = Field(default_factory=dict)
    """Figure → comparison, such as `{replied_3min: '>= 95', first_reply_s: '<= 30'}`."""

    @property
    def seconds(self) -> float:
        """Length."""
        return self.minutes * 60

    @property
    def buyers(self) -> int:
        """How many come in all."""
        return sum(arrival.buyers for arrival in self.arrivals)

    def fingerprint(self) -> str:
        """Hash of what the shift does, 16 hex digits: titles, brief and goal may change."""
        told = self.model_dump(
            mode="json", by_alias=True, exclude={"title", "title_en", "brief", "brief_en", "goal", "covers"}
        )
        return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]
