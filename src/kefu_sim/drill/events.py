"""Everything that can happen in a drill. The list of these events is the only truth about it.

Times `t` are seconds of active drill since the start signal, to the millisecond; pauses do not count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kefu_sim.base import rows

to_data, to_line = rows.to_data, rows.to_line
FORMAT = 1
"""Version of the log format. Logs of a later format are refused."""

Kind = Literal["copy", "reply"]
Mode = Literal["practice", "exam"]
Face = Literal["screen", "plain"]
Why = Literal["time", "done", "left"]


@dataclass(frozen=True, slots=True)
class Event(rows.Row):
    """Base of all events."""


@dataclass(frozen=True, slots=True)
class Opened(Event):
    """First row of every log: what is typed, under which rules."""

    kind = "opened"
    drill: Kind
    mode: Mode
    target: int
    """Characters a minute to reach."""
    seconds: float
    """Time limit; 0 when the drill ends with its text."""
    text: str
    """What is to be typed, without line breaks; empty in a reply drill."""
    starts: tuple[int, ...] = ()
    """Where the display begins a new line."""
    title: str = ""
    source: str = ""
    """`bank`, `phrases`, `scenario:<id>` or `file`."""
    rules: str = ""
    face: Face = "screen"
    """`plain`: whole lines come in place of commits."""
    started: str = ""
    """Wall-clock start, ISO 8601 with offset; empty on a virtual clock."""
    format: int = FORMAT
    trainee: str = ""
    """Name of the profile; empty for the one without a name."""


@dataclass(frozen=True, slots=True)
class Commit(Event):
    """Text that came at once: a key, a phrase of an input method, a line of the plain face. May hold line breaks."""

    kind = "commit"
    text: str


@dataclass(frozen=True, slots=True)
class Pasted(Event):
    """Text that came by the terminal's paste: some terminals send the commits of input methods so."""

    kind = "pasted"
    text: str


@dataclass(frozen=True, slots=True)
class Deleted(Event):
    """So many committed characters were taken back from the end."""

    kind = "deleted"
    count: int


@dataclass(frozen=True, slots=True)
class Paused(Event):
    """The clock was stopped."""

    kind = "paused"


@dataclass(frozen=True, slots=True)
class Resumed(Event):
    """The clock runs again."""

    kind = "resumed"


@dataclass(frozen=True, slots=True)
class Asked(Event):
    """Reply drill: a buyer line appeared."""

    kind = "asked"
    buyer: str
    scenario: str
    node: str


@dataclass(frozen=True, slots=True)
class Answered(Event):
    """Reply drill: what was answered; an empty text when the time ran out."""

    kind = "answered"
    text: str
    typed: int = 0
    """Characters committed by typing."""
    typing_s: float = 0.0
    """Seconds of typing; 0 when unknown."""
    pasted: int = 0


@dataclass(frozen=True, slots=True)
class Ended(Event):
    """The drill is over; `t` is the time that its speed is divided by."""

    kind = "ended"
    why: Why


KINDS: rows.Kinds[Event] = rows.Kinds(
    Opened, Commit, Pasted, Deleted, Paused, Resumed, Asked, Answered, Ended,
)  # fmt: skip
from_line = KINDS.from_line
