"""What every part of a story is made of: the base of all parts, labels, conditions, wordings, patterns, waits."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict
from pydantic_core import PydanticCustomError

from kefu_sim.i18n import tr
from kefu_sim.scenario.conditions import AND

Label = str
"""A step (问好), an intent id, a tone (`rude curt polite warm`), an issue, or `any`."""
Points = Annotated[float, Field(ge=-100, le=100)]
MOST_SECONDS = 3600
Seconds = Annotated[float, Field(ge=1, le=MOST_SECONDS)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
YesNo = Annotated[bool, Strict()]
"""`true` or `false`; words and numbers that might mean one of them are refused."""


class Part(BaseModel):
    """Base of every part: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


REFUSED = "refused"


def refused(why: str) -> PydanticCustomError:
    """To be raised where the value of a part cannot stay as it is; `why` in the language of the interface."""
    return PydanticCustomError(REFUSED, why)


def refused_pair(first: str, second: str, *, both: bool) -> PydanticCustomError:
    """To be raised where one of two keys must stand and only one may: both do, or neither."""
    what = tr("only one of `{first}` and `{second}` may stand here: keep one, delete the other")
    if not both:
        what = tr("neither `{first}` nor `{second}` stands here: add one of the two")
    return refused(what.format(first=first, second=second))


def _as_list(value: object) -> object:
    """Let an author write one item where a list is meant."""
    if value is None:
        return []
    return value if isinstance(value, list | tuple) else [value]


def _as_line(value: object) -> object:
    """A text alone is the wording; what can be neither is refused as a text."""
    return value if isinstance(value, dict | Line) else {"text": value}


def _as_meter(value: object) -> object:
    """A bare number, or what should be one, is where the meter starts."""
    return {"init": value} if isinstance(value, int | float | str) and not isinstance(value, bool) else value


def _as_switched_on(value: object) -> object:
    """A name, or a list of names, is set to 1."""
    names = [value] if isinstance(value, str) else value
    return dict.fromkeys(names, 1) if isinstance(names, list | tuple) else value


def _as_test(value: object) -> object:
    """Several comparisons of one number are kept as one text; a number alone, as a text, is told to be none."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:g}"
    return AND.join(map(str, value)) if isinstance(value, list | tuple) else value


Test = Annotated[str, BeforeValidator(_as_test)]
Conditions = dict[str, Test]
"""Conditions on numbers, all of which must hold: `{patience: '< 20', mood: ['>= 20', '< 60'], offer: '< floor'}`."""


Use = str | dict[str, dict[str, Any] | None] | tuple[str | dict[str, dict[str, Any] | None], ...]
"""Fragments to take in: a name, a name with parameters, or several. Gone before the model is made."""


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


Switches = Annotated[dict[str, float], BeforeValidator(_as_switched_on)]
"""Numbers to set; a name alone, or a list of names, is set to 1."""


class PatternItem(Part):
    """A regular expression of an intent (linear-time syntax: no look-around, no back-references)."""

    re: str = Field(min_length=1, max_length=500)


Items = Annotated[tuple[str | PatternItem, ...], BeforeValidator(_as_list)]
"""Words and patterns, of which one is enough."""


class IntentSpec(Part):
    """What a reply can mean in this story, beyond the eight steps."""

    extends: YesNo = False
    """Adds to the intent of this name that a fragment or the program has; without it the story's own keys win."""
    any: Items = Field(min_length=1)
    """The intent is met when one of these is found."""
    unless: Items = ()
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
    hidden: YesNo = False
    """A helper of the story, never shown to the trainee."""


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


def _as_unclear(value: object) -> object:
    return {"buyer": value} if isinstance(value, str | list | tuple) else value


Meters = dict[Name, Annotated[Meter, BeforeValidator(_as_meter)]]
"""Numbers the story keeps; a bare number is where one starts."""
Confusion = Annotated[Unclear, BeforeValidator(_as_unclear)]
"""What happens when nothing is understood; a list is the lines alone."""
