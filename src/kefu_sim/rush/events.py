"""What happens on a shift beside the receptions themselves, and the rows of its log.

One log holds the whole shift in the order of time. A row with `b` belongs to the reception of that buyer and is an
event of the engine; every other row is an event of this module. All times are seconds of active shift.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kefu_sim.base import rows
from kefu_sim.engine import events as ev
from kefu_sim.i18n import tr

FORMAT = 1
"""Version of the log format. Logs of a later format are refused."""

Why = Literal["time", "done", "left"]


@dataclass(frozen=True, slots=True)
class ShiftEvent(rows.Row):
    """Base of all events of a shift."""


@dataclass(frozen=True, slots=True)
class Opened(ShiftEvent):
    """First row of every log: which shift, under which rules."""

    kind = "shift"
    shift: str
    fingerprint: str
    """Hash of the shift, its traffic and the stories in it."""
    seed: int
    rubric: str
    recogniser: str
    rules: str
    """Version of the rules of shifts."""
    started: str = ""
    """Wall-clock start, ISO 8601 with offset; empty on a virtual clock."""
    format: int = FORMAT
    trainee: str = ""
    """Name of the profile; empty for the one without a name."""


@dataclass(frozen=True, slots=True)
class Came(ShiftEvent):
    """A buyer came to the shop: is received at once (`opened` follows), or queues while all places are taken."""

    kind = "came"
    buyer: str
    """`b1`, `b2`, … in the order of coming."""
    name: str
    scenario: str
    persona: str
    seed: int
    tail: str
    """Last four digits of the buyer's order."""


@dataclass(frozen=True, slots=True)
class GaveUp(ShiftEvent):
    """A buyer left the queue without having been received."""

    kind = "gave-up"
    buyer: str


@dataclass(frozen=True, slots=True)
class Turned(ShiftEvent):
    """The agent looks at the window of a buyer."""

    kind = "turned"
    buyer: str


@dataclass(frozen=True, slots=True)
class NoticeGiven(ShiftEvent):
    """A notice of the shop went up."""

    kind = "notice"
    index: int


@dataclass(frozen=True, slots=True)
class NoticeRead(ShiftEvent):
    """The agent has read it."""

    kind = "read"
    index: int


@dataclass(frozen=True, slots=True)
class OutageBegan(ShiftEvent):
    """Something stopped working."""

    kind = "outage"
    index: int


@dataclass(frozen=True, slots=True)
class OutageEnded(ShiftEvent):
    """It works again."""

    kind = "restored"
    index: int


@dataclass(frozen=True, slots=True)
class Paused(ShiftEvent):
    """The clock was stopped."""

    kind = "paused"


@dataclass(frozen=True, slots=True)
class Resumed(ShiftEvent):
    """The clock runs again, after a pause or after the program was gone."""

    kind = "resumed"


@dataclass(frozen=True, slots=True)
class Busy(ShiftEvent):
    """The agent set herself busy, or free again. While she is busy nobody is received; who comes queues."""

    kind = "busy"
    on: bool


@dataclass(frozen=True, slots=True)
class Bell(ShiftEvent):
    """The shift is over."""

    kind = "bell"
    why: Why
    """`time`: its length has passed · `done`: no window is open and nobody comes · `left`: the agent went."""


@dataclass(frozen=True, slots=True)
class HandedOver(ShiftEvent):
    """The agent filled in the hand-over form of a buyer; the last one counts. May come after the bell."""

    kind = "handed"
    buyer: str
    who: str
    order: str
    issue: str
    promise: str
    action: str


@dataclass(frozen=True, slots=True)
class Archived(ShiftEvent):
    """The chats were put into a folder; may come after the bell."""

    kind = "archived"
    sound: bool
    """Not on the desktop and not on the system drive."""


KINDS: rows.Kinds[ShiftEvent] = rows.Kinds(
    Opened, Came, GaveUp, Turned, NoticeGiven, NoticeRead, OutageBegan, OutageEnded, Paused, Resumed, Busy,
    Bell, HandedOver, Archived,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the log."""

    event: ShiftEvent | ev.Event
    buyer: str = ""
    """Whose reception it belongs to; empty for events of the shift."""

    @property
    def t(self) -> float:
        """Seconds of active shift."""
        return self.event.t

    @property
    def format(self) -> int:
        """Version of the log's format, as its first row tells; 0 for any other row."""
        return self.event.format if isinstance(self.event, Opened) else 0


def rung(log: Sequence[Entry]) -> bool:
    """Whether the bell has rung; forms and archives may have come after it."""
    return any(isinstance(entry.event, Bell) for entry in reversed(log))


def to_data(entry: Entry) -> dict[str, Any]:
    """Plain JSON-ready mapping of a row, the buyer first."""
    data = rows.to_data(entry.event)
    return {"b": entry.buyer, **data} if entry.buyer else data


def to_line(entry: Entry) -> str:
    """One line of a log file, without the line break."""
    return rows.written(to_data(entry))


def from_line(line: str) -> Entry:
    """Read one line of a log file. Raises ValueError that says to a person what is wrong with it."""
    data = rows.parsed(line)
    if "b" not in data:
        return Entry(KINDS.from_data(data))
    buyer = data.pop("b")
    if not isinstance(buyer, str) or not buyer:
        raise ValueError(tr("`b` does not name a buyer"))
    return Entry(ev.KINDS.from_data(data), buyer)
