"""What must be right and what must be kept: facts, limits, promises, order notes, notices, and what went before."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from kefu_sim.i18n import tr
from kefu_sim.language.numbers import Number
from kefu_sim.language.verdict import Answer, Severity
from kefu_sim.scenario.parts import (
    MOST_SECONDS,
    Items,
    Labels,
    Lines,
    Name,
    Names,
    Part,
    Points,
    Seconds,
    YesNo,
    refused,
    refused_pair,
)


def _as_range(value: object) -> object:
    return (value, value) if isinstance(value, int | float) and not isinstance(value, bool) else value


Verdict = Literal["right", "wrong"]


class Fact(Part):
    """A question of fact the buyer asks, with what is right and what is wrong."""

    about: str
    right: Items = ()
    wrong: Items = ()
    number: Number | None = None
    """Answered by a number of this kind: right when it is what `is` says, wrong when it is another."""
    is_: Annotated[tuple[float, float] | None, BeforeValidator(_as_range)] = Field(default=None, alias="is")
    """The number, or the lowest and the highest that are right; yuan, or the unit its kind is named by."""
    within: float = Field(default=0, ge=0, le=50)
    """How far off is still right, percent."""
    if_yes: Verdict | None = None
    """What a bare yes (可以的, 有的亲) is as an answer where the buyer asks; nothing when left out."""
    if_no: Verdict | None = None
    """The same for a bare no (不用哦, 没有了)."""
    policy: YesNo = False
    """A rule of shop or platform, not of the product."""
    answer: str
    """The right answer in one sentence, shown on the scorecard."""

    @model_validator(mode="after")
    def _answerable(self) -> Fact:
        if (self.number is None) != (self.is_ is None):
            raise refused(tr("`number` and `is` go together"))
        if self.if_yes is not None and self.if_yes == self.if_no:
            raise refused(tr("yes and no cannot both be {verdict}").format(verdict=self.if_yes))
        if not self.right and self.number is None:
            raise refused(tr("says neither `right` nor `number`"))
        return self

    def says(self, answer: Answer) -> Verdict | None:
        """Whether a bare yes or no is right or wrong; None where it says nothing."""
        return self.if_yes if answer == "yes" else self.if_no

    def allows(self, value: float) -> bool:
        """Whether a number answers rightly."""
        if self.is_ is None:
            return False
        low, high = self.is_
        return low * (1 - self.within / 100) <= value <= high * (1 + self.within / 100)


class Breach(Part):
    """A rule of shop or platform that a reply of this story can break, beyond what the wording alone gives away."""

    when: Labels = Field(min_length=1)
    """All of these labels in one message."""
    unless: Labels = ()
    at: Names = ()
    """Only at these nodes; everywhere when empty."""
    fault: str = Field(min_length=1, max_length=20)
    """What it is called in the ledger; a category of rules/faults.yaml or the shop's own."""
    severity: Severity = "S"
    """`F` voids the reception, `S` caps the total, `M` costs a few points."""


class Limits(Part):
    """Numbers no agreement may break."""

    floor: float | None = None
    """Lowest price the shop allows, yuan."""
    price: float | None = None
    """List price, yuan."""
    amends: float | None = None
    """Most that may be given to make up for a fault, yuan."""


def _as_due(value: object) -> object:
    if isinstance(value, dict | Due):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value <= MOST_SECONDS:
        return {"after": value}
    what = tr("must be seconds, 1 to {most} (`due: 600`), or say what counts (`due: {{node: evening, after: 60}}`)")
    raise refused(what.format(most=MOST_SECONDS))


class Due(Part):
    """When a promise must have been kept."""

    after: Seconds | None = None
    """Seconds after it was made, or after `node` was entered."""
    node: str | None = None
    """Counted from entering this node, for instance the evening."""
    number: Literal["minutes", "hours", "days"] | None = None
    """The time that the promise itself names counts: 十分钟后回您 …"""
    each: float = Field(default=1, gt=0, le=3600)
    """… each minute, hour or day of it being so many seconds."""

    @model_validator(mode="after")
    def _timed(self) -> Due:
        if self.after is None and self.number is None:
            raise refused(tr("says neither `after` nor `number`"))
        return self


class Missed(Part):
    """What the buyer does when the time of a promise has passed."""

    buyer: Lines = ()
    add: dict[str, Points] = Field(default_factory=dict)
    goto: str | None = None


class Promise(Part):
    """Something the agent may promise, and what keeps it."""

    about: str
    made: Labels = Field(min_length=1)
    """Labels of one message that make the promise."""
    unless: Labels = ()
    """None of these labels."""
    kept: Labels = ()
    """Labels of a message that keeps it; with `due`, of a later one."""
    note: Items = ()
    """Or words that the order note must hold; never both `kept` and `note`."""
    order: str = ""
    """The order it must be written on; empty: any."""
    due: Annotated[Due | None, BeforeValidator(_as_due)] = None
    """When it must have been kept; a bare number is seconds after it was made."""
    missed: Missed = Missed()

    @model_validator(mode="after")
    def _keepable(self) -> Promise:
        if bool(self.kept) == bool(self.note):
            raise refused_pair("kept", "note", both=bool(self.note))
        return self


class OrderNote(Part):
    """Something the order note ought to say."""

    about: str
    note: Items = ()
    """Words that must stand there."""
    never: Items = ()
    """Words that must not stand in any note."""
    order: str = ""
    """The order it belongs on; empty: any."""
    since: Names = ()
    """Expected only once one of these nodes has been visited."""

    @model_validator(mode="after")
    def _says(self) -> OrderNote:
        if not self.note and not self.never:
            raise refused(tr("says neither `note` nor `never`"))
        return self


class Notice(Part):
    """A rule that changes while the chat goes on; from then on replies are held to what is new."""

    text: str
    """What the trainee is told."""
    text_en: str = ""
    at: Seconds | None = None
    """Comes after so many seconds …"""
    node: str | None = None
    """… or when this node is entered."""
    cards: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """Entries of cards that are new or different."""
    limits: Limits = Limits()
    """Limits that are different."""
    facts: dict[Name, Fact] = Field(default_factory=dict)
    """Facts that have other answers now."""

    @model_validator(mode="after")
    def _comes(self) -> Notice:
        if (self.at is None) == (self.node is None):
            raise refused_pair("at", "node", both=self.at is not None)
        return self


class Earlier(Part):
    """One thing that went before: an order, a note or a chat."""

    when: str
    """As the trainee reads it: 3月8日, 去年双十一."""
    order: str = ""
    note: str = ""
    chat: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    """Lines such as `买家：…` and `客服：…`."""

    @property
    def told(self) -> list[str]:
        """The lines of the card."""
        return [text for text in (self.order, self.note, *self.chat) if text]
