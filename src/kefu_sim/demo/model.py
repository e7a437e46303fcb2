"""Demos and lessons as validated, immutable values. Field names are the keys of the YAML files."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kefu_sim.scenario.model import ScriptTurn
from kefu_sim.scenario.parts import Id, Names, Part
from kefu_sim.scoring.ledger import Phrase

NO_WORDS = Phrase()
Side = Literal["bad", "good"]
Show = Literal["compare", "good", "bad"]
Text = Annotated[str, Field(max_length=400)]
Title = Annotated[str, Field(min_length=1, max_length=60)]

MOST_TURNS = 100
"""Lines of one agent: more nobody watches."""


class DemoTurn(ScriptTurn):
    """One line of the agent: so many seconds after the turn before, these words."""

    remark: Text = ""
    """What the trainer says about it."""
    remark_en: Text = ""
    ask: bool = False
    """The film stops before this line: what would the class answer?"""

    @property
    def told(self) -> Phrase:
        """The remark in both languages."""
        return phrase(self.remark, self.remark_en)


class Demo(Part):
    """The same buyer before a good and a poor agent."""

    schema_: Literal[1] = Field(alias="schema")
    id: Id
    title: Title
    title_en: Annotated[str, Field(max_length=80)] = ""
    about: Text = ""
    """What the class should watch, shown before the first line."""
    about_en: Text = ""
    step: str = ""
    """The step it is about; empty when it is about a buyer."""
    scenario: Id
    seed: int = 1
    before: Annotated[tuple[ScriptTurn, ...], Field(max_length=MOST_TURNS)] = ()
    """What both agents have said already when the film begins."""
    bad: Annotated[tuple[DemoTurn, ...], Field(max_length=MOST_TURNS)] = ()
    good: Annotated[tuple[DemoTurn, ...], Field(max_length=MOST_TURNS)] = ()

    def turns(self, side: Side) -> tuple[DemoTurn, ...]:
        """The lines of one of the two agents."""
        return self.good if side == "good" else self.bad

    @property
    def name(self) -> Phrase:
        """The title in both languages."""
        return phrase(self.title, self.title_en)

    @property
    def watch(self) -> Phrase:
        """What to watch, in both languages."""
        return phrase(self.about, self.about_en)

    def shows(self) -> tuple[Show, ...]:
        """How it can be shown."""
        if self.good and self.bad:
            return ("compare", "bad", "good")
        return ("good",) if self.good else ("bad",)


class Item(Part):
    """One entry of a lesson: a demo, or something to talk about."""

    minutes: float = Field(gt=0, le=120)
    demo: Id | None = None
    show: Show | None = None
    """How the demo is shown; both sides where it has both."""
    talk: Annotated[str, Field(max_length=60)] = ""
    """Title of a page to talk about."""
    talk_en: Annotated[str, Field(max_length=80)] = ""
    points: Names = ()
    """Lines of that page."""
    points_en: Names = ()
    remark: Text = ""
    """For the trainer."""
    remark_en: Text = ""

    @property
    def told(self) -> Phrase:
        """The remark in both languages."""
        return phrase(self.remark, self.remark_en)


class Playlist(Part):
    """A lesson: an agenda of demos and pages, each with its time."""

    schema_: Literal[1] = Field(alias="schema")
    id: Id
    title: Title
    title_en: Annotated[str, Field(max_length=80)] = ""
    about: Text = ""
    about_en: Text = ""
    items: tuple[Item, ...] = Field(min_length=1, max_length=50)

    @property
    def name(self) -> Phrase:
        """The title in both languages."""
        return phrase(self.title, self.title_en)

    @property
    def watch(self) -> Phrase:
        """What it is for, in both languages."""
        return phrase(self.about, self.about_en)

    @property
    def minutes(self) -> float:
        """Planned length."""
        return sum(item.minutes for item in self.items)


def phrase(zh: str, en: str) -> Phrase:
    """A text in both languages; the Chinese one where there is no English one."""
    return Phrase(zh, en or zh)
