"""One buyer's story as a validated, immutable value. Field names are the keys of the YAML files."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from kefu_sim.scenario.labels import fact_label

SCHEMA = 1
STAY = "stay"

Label = str
"""A step (问好), an intent id, a tone (`rude curt polite warm`), an issue, or `any`."""
Scalar = str | int | float | bool | None
Outcome = Literal["sold", "kept", "later", "lost", "left"]
"""`sold` bought · `kept` complaint closed with consent · `later` parted on good terms · `lost` buyer walked off ·
`left` the agent left."""

Points = Annotated[float, Field(ge=-100, le=100)]
Seconds = Annotated[float, Field(ge=1, le=3600)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]


class Part(BaseModel):
    """Base of every part: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _as_list(value: object) -> object:
    """Let an author write one item where a list is meant."""
    if value is None:
        return []
    return value if isinstance(value, list | tuple) else [value]


def _as_line(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


Conditions = dict[str, str]
"""Conditions on numbers, all of which must hold: `{patience: '< 20', visits.open: '>= 2', offer: '< floor'}`."""


class Line(Part):
    """One wording of a buyer line."""

    text: str = Field(min_length=1, max_length=400)
    weight: float = Field(default=1, gt=0, le=100)
    """How often it is chosen, against its siblings."""
    if_: Conditions = Field(default_factory=dict, alias="if")
    """Said only while these hold; lines without conditions are the fallback."""


Lines = Annotated[
    tuple[Annotated[Line, BeforeValidator(_as_line)], ...],
    BeforeValidator(_as_list),
]
Labels = Annotated[tuple[Label, ...], BeforeValidator(_as_list)]
Names = Annotated[tuple[str, ...], BeforeValidator(_as_list)]


class PatternItem(Part):
    """A regular expression of an intent (linear-time syntax: no look-around, no back-references)."""

    re: str = Field(min_length=1, max_length=500)


class IntentSpec(Part):
    """What a reply can mean in this story, beyond the eight steps."""

    any: Annotated[tuple[str | PatternItem, ...], BeforeValidator(_as_list)] = Field(min_length=1)
    """The intent is met when one of these is found."""
    unless: Annotated[tuple[str | PatternItem, ...], BeforeValidator(_as_list)] = ()
    """… and none of these."""
    say: Names = ()
    """Sample replies that must match."""
    not_: Names = Field(default=(), alias="not")
    """Sample replies that must not match."""


class Meter(Part):
    """A number the story keeps, such as mood or patience."""

    init: float = 50
    min: float = 0
    max: float = 100
    out: str | None = None
    """Node to go to when the number reaches `min`."""


class Reply(Part):
    """What the buyer does about a turn of the agent."""

    when: Labels = Field(min_length=1)
    """All of these labels, over all messages of the turn; `apology or empathy` stands for either."""
    unless: Labels = ()
    """None of these labels."""
    if_: Conditions = Field(default_factory=dict, alias="if")
    once: bool = False
    add: dict[str, Points] = Field(default_factory=dict)
    set: dict[str, float] = Field(default_factory=dict)
    reveal: Names = ()
    """Hidden facts the buyer tells now."""
    buyer: Lines = ()
    """Said before going on; a node entered by `goto` then says its own lines."""
    goto: str = STAY


class Unclear(Part):
    """What the buyer says when no reply fits."""

    buyer: Lines = ()
    max: int = Field(default=2, ge=1, le=9)
    """So many times; after that `goto`."""
    goto: str | None = None
    add: dict[str, Points] = Field(default_factory=dict)
    """Charged from the second time on."""


class Silence(Part):
    """What the buyer does when kept waiting."""

    after: Seconds
    """Seconds since the buyer began to wait."""
    if_: Conditions = Field(default_factory=dict, alias="if")
    """Passed over where these do not hold."""
    buyer: Lines = ()
    add: dict[str, Points] = Field(default_factory=dict)
    goto: str | None = None


class ModelAnswer(Part):
    """Two grades of a good answer to this node."""

    pass_: str = Field(alias="pass", min_length=1)
    excellent: str = Field(min_length=1)
    why: str = ""
    """One sentence for the trainee: what makes it good."""


class Node(Part):
    """One moment of the story: what the buyer says, and what follows from each kind of answer."""

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
    need: bool = True
    """Whether finding it counts as finding the hidden need."""


class Fact(Part):
    """A question of fact the buyer asks, with what is right and what is wrong."""

    about: str
    right: Annotated[tuple[str | PatternItem, ...], BeforeValidator(_as_list)] = Field(min_length=1)
    wrong: Annotated[tuple[str | PatternItem, ...], BeforeValidator(_as_list)] = ()
    policy: bool = False
    """A rule of shop or platform, not of the product."""
    answer: str
    """The right answer in one sentence, shown on the scorecard."""


class Promise(Part):
    """Something the agent may promise, and what keeps it."""

    about: str
    made: Labels = Field(min_length=1)
    """Labels that make the promise."""
    kept: Labels = Field(min_length=1)
    """Labels that record or confirm it later."""


class Limits(Part):
    """Numbers no agreement may break."""

    floor: float | None = None
    """Lowest price the shop allows, yuan."""
    price: float | None = None
    """List price, yuan."""


class Shop(Part):
    """Who we are in this story."""

    name: str
    platform: str = ""
    register_: Literal["casual", "formal"] = Field(default="casual", alias="register")


class ScriptTurn(Part):
    """One line of a test or script: wait, say, or both."""

    wait: float | None = Field(default=None, ge=0)
    say: str | None = None


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
    score: str = ""
    """Bound on the total, such as `>= 85`."""


class TestCase(Part):
    """A transcript that stands beside the story and is run as a test."""

    __test__ = False
    name: str
    seed: int = 1
    turns: tuple[ScriptTurn, ...] = ()
    expect: Expect


class Persona(Part):
    """A reusable temperament."""

    id: Id
    title: str
    title_en: str = ""
    delay: tuple[float, float] = (1.5, 3.5)
    """Seconds the buyer takes to answer: shortest, longest."""
    tone: dict[Literal["rude", "curt", "polite", "warm"], dict[str, Points]] = Field(default_factory=dict)
    """What each tone does to the numbers, whatever the story does."""
    unclear: Lines = ()
    silence: tuple[Silence, ...] = ()
    """Used where a node has none of its own."""


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
    flow: Id = "eight-step"
    not_judged: Labels = ()
    """Steps of the flow this story gives no occasion for."""
    few: int | None = Field(default=None, ge=1, le=9)
    """Replies a short story takes: with so many, rounds and replies count in full; else the rubric's own numbers."""
    covers: tuple[Annotated[str, Field(pattern=r"^A\d{3}$")], ...] = ()
    complaint: bool = False
    """The buyer has a grievance: waiting counts double, emoticons are out of place."""
    shop: Shop
    cards: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """What the trainee can look up: card → key → text, number, list or mapping."""
    limits: Limits = Limits()
    vars: dict[Name, Meter] = Field(default_factory=dict)
    hidden: dict[Name, Hidden] = Field(default_factory=dict)
    facts: dict[Name, Fact] = Field(default_factory=dict)
    promises: dict[Name, Promise] = Field(default_factory=dict)
    intents: dict[Name, IntentSpec] = Field(default_factory=dict)
    always: tuple[Reply, ...] = ()
    """Replies that every node tries before its own: for abuse, dealing off the platform and the like."""
    start: Name
    nodes: dict[Name, Node]
    tests: tuple[TestCase, ...] = ()

    def all_intents(self) -> dict[str, IntentSpec]:
        """The story's intents, and one for each right or wrong answer to its facts: one matcher reads them all."""
        answers = {
            fact_label(name, right=right): IntentSpec(any=items)
            for name, fact in self.facts.items()
            for right, items in ((True, fact.right), (False, fact.wrong))
            if items
        }
        return {**self.intents, **answers}

    def fingerprint(self) -> str:
        """Hash of what the story does: 16 hex digits, untouched by comments, layout, tests, hints or model answers."""
        advice = {name: {"model", "hint"} for name in self.nodes}
        told = self.model_dump(mode="json", by_alias=True, exclude={"tests": True, "nodes": advice})
        return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]
