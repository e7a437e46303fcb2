"""One buyer's story as a validated, immutable value. Field names are the keys of the YAML files."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from kefu_sim.i18n import tr
from kefu_sim.scenario.agreements import Breach, Earlier, Fact, Limits, Notice, OrderNote, Promise
from kefu_sim.scenario.conditions import alternatives
from kefu_sim.scenario.labels import PROMISED, fact_label, note_label, promise_label
from kefu_sim.scenario.parts import (
    Conditions,
    Confusion,
    Id,
    IntentSpec,
    Items,
    Labels,
    Line,
    Lines,
    Meter,
    Meters,
    Name,
    Names,
    Part,
    PatternItem,
    Points,
    Seconds,
    Silence,
    Switches,
    Test,
    Unclear,
    Use,
    YesNo,
    refused,
)

__all__ = [
    "STAY", "Conditions", "Expect", "Fact", "Hidden", "Id", "IntentSpec", "Labels", "Level", "Limits", "Line",
    "Lines", "Meter", "ModelAnswer", "Name", "Names", "Node", "Outcome", "Part", "PatternItem", "Persona", "Points",
    "Promise", "Reply", "Scenario", "ScriptTurn", "Seconds", "Shop", "Silence", "TestCase", "Unclear",
]  # fmt: skip

STAY = "stay"
Outcome = Literal["sold", "kept", "later", "lost", "left"]
"""`sold` bought · `kept` complaint closed with consent · `later` parted on good terms · `lost` buyer walked off ·
`left` the agent left."""


class Reply(Part):
    """What the buyer does about a turn of the agent."""

    when: Labels = Field(min_length=1)
    """All of these labels, over all messages of the turn; `apology or empathy` stands for either."""
    unless: Labels = ()
    """None of these labels."""
    if_: Conditions = Field(default_factory=dict, alias="if")
    at: Names = ()
    """In `always`: only at these nodes."""
    not_at: Names = ()
    """In `always`: not at these nodes."""
    since: Names = ()
    """Only once one of these nodes has been visited."""
    until: Names = ()
    """Only while none of these nodes has been visited."""
    once: YesNo = False
    add: dict[str, Points] = Field(default_factory=dict)
    set: Switches = Field(default_factory=dict)
    """Meters and flags set to a value; `set: gift` sets a flag to 1."""
    reveal: Names = ()
    """Hidden facts the buyer tells now."""
    buyer: Lines = ()
    """Said before going on; a node entered by `goto` then says its own lines."""
    goto: str = STAY


class ModelAnswer(Part):
    """Two grades of a good answer to this node."""

    pass_: str = Field(alias="pass", min_length=1)
    excellent: str = Field(min_length=1)
    why: str = ""
    """One sentence for the trainee: what makes it good."""
    note: str = ""
    """What to write on the order here."""


class Node(Part):
    """One moment of the story: what the buyer says, and what follows from each kind of answer."""

    use: Use = ()
    """Fragments that fill in what the node does not say itself."""
    title: str = ""
    buyer: Lines = ()
    steps: Labels = ()
    """Steps that this moment gives the occasion for."""
    asks: Names = ()
    """Facts the buyer asks about here."""
    replies: tuple[Reply, ...] = ()
    unclear: Unclear | None = None
    silence: tuple[Silence, ...] = ()
    model: ModelAnswer | None = None
    hint: str = ""
    """For guided mode: what to aim at now."""
    reveal: Names = ()
    end: Outcome | None = None
    """The reception ends when the buyer's lines of this node have been said."""


class Hidden(Part):
    """Something true of the buyer that comes out only when asked about."""

    text: str
    """In words for the scorecard."""
    need: YesNo = True
    """Whether finding it counts as finding the hidden need."""


class Shop(Part):
    """Who we are in this story."""

    name: str
    platform: str = ""
    register_: Literal["casual", "formal"] = Field(default="casual", alias="register")


class ScriptTurn(Part):
    """One line of a test or script: wait, then say something or write a note."""

    wait: float | None = Field(default=None, ge=0)
    say: str | None = None
    note: str | None = None
    """Text of the order note."""
    order: str = ""
    """Order it is written on; empty where there is but one."""


class Expect(Part):
    """What a test transcript must lead to."""

    path: Names = ()
    """Nodes in order of entry."""
    visits: Names = ()
    """Nodes entered, in any order."""
    steps: Names = ()
    """Steps credited, at least these."""
    reveals: Names = ()
    end: Outcome | None = None
    score: Test = ""
    """Bound on the total, such as `>= 85`."""


class TestCase(Part):
    """A transcript that stands beside the story and is run as a test."""

    __test__ = False
    name: str
    seed: int = 1
    turns: tuple[ScriptTurn, ...] = ()
    expect: Expect
    rows: Names = ()
    """Rows of the training syllabus that this transcript handles badly."""
    worse_than: str = ""
    """Name of the test that handles them well, and scores higher for it."""


class Persona(Part):
    """A reusable temperament."""

    id: Id
    title: str
    title_en: str = ""
    delay: tuple[float, float] = (1.5, 3.5)
    """Seconds the buyer takes to answer: shortest, longest."""
    tone: dict[Literal["rude", "curt", "polite", "warm"], dict[str, Points]] = Field(default_factory=dict)
    """What each tone does to the numbers, whatever the story does."""
    unclear: Confusion = Unclear()
    """Used where neither node nor story has its own; a list is the lines alone."""
    silence: tuple[Silence, ...] = ()
    """Used where neither node nor story has its own."""


Factor = Annotated[float, Field(ge=0.1, le=10)]


class Level(Part):
    """What a level of difficulty changes."""

    waiting: Factor = 1
    """Seconds of silence ladders are multiplied by it."""
    delay: Factor = 1
    """So are the seconds the buyer takes to answer."""
    losses: Factor = 1
    """What mood, patience and trust lose is multiplied by it."""
    gains: Factor = 1
    mood: float = 0
    """Added to where mood starts."""
    vars: dict[str, float] = Field(default_factory=dict)
    """Where other numbers start."""

    def relative_to(self, other: Level) -> Level:
        """The change from another level to this one."""
        return Level(
            waiting=self.waiting / other.waiting,
            delay=self.delay / other.delay,
            losses=self.losses / other.losses,
            gains=self.gains / other.gains,
            mood=self.mood - other.mood,
        )


class Scenario(Part):
    """One buyer's story."""

    schema_: Literal[1] = Field(alias="schema")
    id: Id
    title: str
    title_en: str = ""
    brief: str = ""
    """What the trainee knows before the first line."""
    brief_en: str = ""
    persona: Id
    difficulty: int = Field(default=1, ge=1, le=5)
    levels: dict[Annotated[int, Field(ge=1, le=5)], Level] = Field(default_factory=dict)
    """Numbers of this story at other levels; a level not given follows the table in `rules/difficulty.yaml`."""
    flow: Id = "eight-step"
    not_judged: Labels = ()
    """Steps of the flow this story gives no occasion for."""
    few: int | None = Field(default=None, ge=1, le=9)
    """Replies a short story takes: with so many, rounds and replies count in full; else the rubric's own numbers."""
    covers: tuple[Annotated[str, Field(pattern=r"^A\d{3}$")], ...] = ()
    complaint: YesNo = False
    """The buyer has a grievance: waiting counts double, emoticons are out of place."""
    shop: Shop
    use: Use = ()
    """Fragments taken in; the story's own entries win, rows of `always` come after its own."""
    fragments: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """Fragments of this file alone."""
    cards: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """What the trainee can look up: card → key → text, number, list or mapping, shown as they were typed."""
    limits: Limits = Limits()
    vars: Meters = Field(default_factory=dict)
    """Numbers the story keeps; a bare number is where one starts."""
    flags: Names = ()
    """Helpers that are 0 until a reply sets them to 1; never shown to the trainee."""
    hidden: dict[Name, Hidden] = Field(default_factory=dict)
    facts: dict[Name, Fact] = Field(default_factory=dict)
    promises: dict[Name, Promise] = Field(default_factory=dict)
    breaches: tuple[Breach, ...] = ()
    orders: dict[Name, str] = Field(default_factory=dict)
    """Orders a note can be written on, in words; without any there is one."""
    notes: dict[Name, OrderNote] = Field(default_factory=dict)
    """What the order note ought to say, beyond promises."""
    notices: dict[Name, Notice] = Field(default_factory=dict)
    """Rules that change while the chat goes on."""
    history: tuple[Earlier, ...] = ()
    """What went before with this buyer; shown as the card `history`."""
    intents: dict[Name, IntentSpec] = Field(default_factory=dict)
    always: tuple[Reply, ...] = ()
    """Replies that every node tries before its own: for abuse, dealing off the platform and the like."""
    unclear: Unclear | None = None
    """For nodes without their own."""
    silence: tuple[Silence, ...] = ()
    """For nodes without their own."""
    start: Name
    nodes: dict[Name, Node]
    tests: tuple[TestCase, ...] = ()

    @model_validator(mode="after")
    def _derived(self) -> Scenario:
        extending = any(intent.extends for intent in self.intents.values())
        if self.use or self.fragments or extending or any(node.use for node in self.nodes.values()):
            raise refused(tr("holds fragments that were not taken in"))
        flags = {name: Meter(init=0, max=1, hidden=True) for name in self.flags if name not in self.vars}
        self.vars.update(flags)
        if self.history:
            self.cards.setdefault("history", {row.when: row.told for row in self.history})
        return self

    def labels(self) -> set[str]:
        """Labels of the story's own that replies can test."""
        told = {
            fact_label(name, right=right)
            for name, fact in self.facts.items()
            for right in (True, False)
            if fact.number or ("right" if right else "wrong") in (fact.if_yes, fact.if_no)
        }
        pledges = {promise_label(what, name) for name in self.promises for what in PROMISED}
        return {*self.all_intents(), *told, *pledges}

    def all_intents(self) -> dict[str, IntentSpec]:
        """Everything the story wants to hear: one matcher reads it all.

        Its intents, right and wrong answers to its facts (also those a notice changes), and what belongs in notes.
        """
        heard: dict[str, Items] = {}
        for name, fact in self.facts.items():
            heard |= _answers(name, fact, "")
        for notice, change in self.notices.items():
            for name, fact in change.facts.items():
                heard |= _answers(name, fact, notice)
        for name, promise in self.promises.items():
            heard[note_label("promise", name)] = promise.note
        for name, note in self.notes.items():
            heard[note_label("note", name)] = note.note
            heard[note_label("never", name)] = note.never
        return {**self.intents, **{label: IntentSpec(any=items) for label, items in heard.items() if items}}

    def charged_intents(self) -> frozenset[str]:
        """Intents on which points hang: answers to facts, and what breaches the rules of the shop."""
        answers = (
            fact_label(name, right=right, notice=notice)
            for notice, facts in [("", self.facts), *((key, change.facts) for key, change in self.notices.items())]
            for name in facts
            for right in (True, False)
        )
        breaches = (name for breach in self.breaches for wanted in breach.when for name in alternatives(wanted))
        return frozenset((*answers, *breaches))

    def fingerprint(self) -> str:
        """Hash of what the story does: 16 hex digits, untouched by comments, layout, tests, hints or model answers.

        What is left at its default does not count, so that a newer program, with more keys, knows old stories again.
        """
        advice = {name: {"model", "hint"} for name in self.nodes}
        told = self.model_dump(
            mode="json", by_alias=True, exclude_defaults=True, exclude={"tests": True, "nodes": advice}
        )
        return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def _answers(name: str, fact: Fact, notice: str) -> dict[str, Items]:
    return {
        fact_label(name, right=right, notice=notice): items
        for right, items in ((True, fact.right), (False, fact.wrong))
    }
