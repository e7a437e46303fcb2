"""A finished reception, drill or shift as one row, and which rows are wanted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from kefu_sim.language.verdict import STEPS, Step
from kefu_sim.scoring.ledger import Status

Kind = Literal["reception", "drill", "shift"]
KINDS: tuple[Kind, ...] = ("reception", "drill", "shift")
_LETTERS: Mapping[Status, str] = {"done": "d", "late": "l", "missing": "m", "not_judged": "-"}
_STATUS: Mapping[str, Status] = {letter: status for status, letter in _LETTERS.items()}


class Record(NamedTuple):
    """One row. None where a figure does not apply or is not known; the fields are columns of the table `records`."""

    key: str
    """Hash of the log: the same wherever it is kept."""
    id: str
    """Name of the log, `<time>-<scenario>`; sorts by time."""
    kind: Kind
    trainee: str
    """Name of the profile; empty for the one without a name."""
    scenario: str
    """Id; empty for drills."""
    title: str
    mode: str
    seed: int | None
    day: str
    """YYYY-MM-DD in the trainee's own calendar."""
    started: str
    """ISO 8601 with offset."""
    ended: str
    seconds: float
    """Active time."""
    outcome: str
    total: float | None
    """0 to 100; None for drills and for a reception whose story is gone."""
    pace: float | None
    """Characters a minute: net in a drill, by hand in a reception."""
    first_reply_s: float | None
    mean_reply_s: float | None
    steps: str
    """One letter for each of the eight steps; see `statuses`."""
    speed: float | None
    """Share of the dimension's points, 0 to 1; so the next five."""
    flow: float | None
    politeness: float | None
    accuracy: float | None
    resolution: float | None
    brevity: float | None
    rubric: str
    branch_of: str
    """Id of the reception that this one re-entered; empty for a whole one."""

    @property
    def statuses(self) -> dict[Step, Status]:
        """How each of the eight steps went."""
        return {step: _STATUS[letter] for step, letter in zip(STEPS, self.steps, strict=False)}


def name_in_shift(shift: str, buyer: str) -> str:
    """What a reception of a shift is called by the name of that shift."""
    return f"{shift}/{buyer}"


class Point(NamedTuple):
    """What a curve over time needs of a record."""

    day: str
    kind: Kind
    scenario: str
    total: float | None
    mean_reply_s: float | None
    pace: float | None
    seconds: float
    branch_of: str = ""


def letters(statuses: Mapping[Step, Status]) -> str:
    """The eight steps in eight letters."""
    return "".join(_LETTERS[statuses.get(step, "not_judged")] for step in STEPS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records; an empty or None value does not narrow."""

    trainee: str | None = None
    """None: everybody's."""
    kind: Kind | None = None
    scenario: str = ""
    mode: str = ""
    since: str = ""
    """First day, YYYY-MM-DD."""
    until: str = ""
    """Last day."""
    whole: bool = False
    """Leave out receptions that re-entered another."""


class Cause(NamedTuple):
    """One reason for lost points, over several receptions."""

    rule: str
    topic_zh: str
    """What the rule was about (a step, a category of fault); empty for rules that are about one thing."""
    topic_en: str
    lost: float
    """Points."""
    times: int
    """Receptions in which it cost points."""


def active_days(points: Iterable[Point]) -> list[str]:
    """Days with anything finished, oldest first."""
    return sorted({point.day for point in points})
