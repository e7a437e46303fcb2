"""Everything that can happen in a reception. The list of these events is the only truth about it.

Times `t` are seconds of active reception since the first line, to the millisecond; on a shift, seconds of the shift. An
event says what happened, never what should follow from it, so that state, score and replay can all be derived.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kefu_sim.base import rows

to_data, to_line = rows.to_data, rows.to_line
FORMAT = 2
"""Version of the log format. Logs of a later format are refused."""
PROMISES_SINCE = 2
"""Format from which on promises, notes and notices are recorded."""

Mode = Literal["practice", "guided", "exam"]
Source = Literal["node", "reply", "unclear", "silence", "promise"]


@dataclass(frozen=True, slots=True)
class Event(rows.Row):
    """Base of all events."""


@dataclass(frozen=True, slots=True)
class Bookkeeping(Event):
    """Base of events that record what follows from others; logs of format 1 have none of them."""


@dataclass(frozen=True, slots=True)
class Opened(Event):
    """First row of every log: what is being played, under which rules."""

    kind = "opened"
    scenario: str
    fingerprint: str
    """Hash of the story (Scenario.fingerprint)."""
    seed: int
    mode: Mode
    rubric: str
    recogniser: str
    started: str = ""
    """Wall-clock start, ISO 8601 with offset; empty on a virtual clock."""
    level: int = 0
    """Level of difficulty, 1 to 5; 0 with the story's own numbers."""
    trial: bool = False
    """An author tries the story out: it may begin anywhere, and counts for nothing."""
    format: int = FORMAT
    trainee: str = ""
    """Name of the profile; empty for the one without a name."""
    branch_of: str = ""
    """Id of the reception whose rows up to a turn this log repeats; empty for a whole reception."""


@dataclass(frozen=True, slots=True)
class Entered(Event):
    """The story moved to a node."""

    kind = "entered"
    node: str
    via: str
    """`start`, `always:<n>`, `reply:<n>`, `unclear`, `silence:<n>`, `missed:<promise>` or `out:<meter>`."""


@dataclass(frozen=True, slots=True)
class BuyerSaid(Event):
    """A line of the buyer."""

    kind = "buyer"
    text: str
    node: str
    source: Source
    line: str
    """Stable id of the wording, `<place>#<index>`, so that recently used ones can be avoided."""


@dataclass(frozen=True, slots=True)
class TypingStarted(Event):
    """First key of a draft after the last message was sent."""

    kind = "typing"


@dataclass(frozen=True, slots=True)
class AgentSent(Event):
    """A message of the agent, as typed."""

    kind = "agent"
    text: str
    typed: int = 0
    """Characters committed by typing (pastes and quick replies excluded)."""
    typing_s: float = 0.0
    """Seconds that the typed characters took, to the last of them; 0 when unknown."""
    pasted: int = 0
    """Characters that came by paste or quick reply."""


@dataclass(frozen=True, slots=True)
class QuickUsed(Event):
    """A quick reply was put into the draft, to be edited and sent."""

    kind = "quick"
    reply: str
    """The ready line with its variables."""
    chars: int
    """Characters put in."""


@dataclass(frozen=True, slots=True)
class Understood(Event):
    """What the buyer made of the message just sent, and when the buyer will react."""

    kind = "understood"
    labels: tuple[str, ...]
    """Steps, intents, tone and issues that replies can test, sorted."""
    offer: float | None = None
    """Lowest price the message names as the price to pay, yuan."""
    due: float = 0.0
    """When the buyer reacts, unless another message comes first."""
    numbers: dict[str, float] = field(default_factory=dict)
    """Numbers the message names, by kind (`language.numbers.Number`)."""


@dataclass(frozen=True, slots=True)
class Reacted(Event):
    """The buyer took in the whole turn (all messages since the last reaction)."""

    kind = "reacted"
    choice: str
    """`always:<n>`, `reply:<n>`, `unclear` or `hold`."""


@dataclass(frozen=True, slots=True)
class Adjusted(Event):
    """A meter changed."""

    kind = "adjusted"
    meter: str
    value: float
    """The new value."""
    why: str
    """`start`, `always:<n>`, `reply:<n>`, `tone:<tone>`, `unclear`, `silence:<n>` or `missed:<promise>`."""


@dataclass(frozen=True, slots=True)
class Revealed(Event):
    """The buyer told a hidden fact."""

    kind = "revealed"
    name: str


@dataclass(frozen=True, slots=True)
class Nudged(Event):
    """A silence branch fired."""

    kind = "nudged"
    index: int


@dataclass(frozen=True, slots=True)
class CardOpened(Event):
    """The agent looked something up."""

    kind = "card"
    card: str


@dataclass(frozen=True, slots=True)
class Noted(Bookkeeping):
    """The agent wrote the note of an order; it takes the place of what stood there."""

    kind = "noted"
    text: str
    order: str = ""
    """Id of the order; empty when the story has but one."""


@dataclass(frozen=True, slots=True)
class Promised(Bookkeeping):
    """The agent made a promise, or its time became known."""

    kind = "promised"
    name: str
    due: float | None = None
    """When it must have been kept; None when no time is set, or not yet."""


@dataclass(frozen=True, slots=True)
class Kept(Bookkeeping):
    """A promise was kept."""

    kind = "kept"
    name: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Missed(Bookkeeping):
    """The time of a promise passed and it was not kept."""

    kind = "missed"
    name: str


@dataclass(frozen=True, slots=True)
class Noticed(Bookkeeping):
    """A notice came: rules are different from now on."""

    kind = "noticed"
    name: str


@dataclass(frozen=True, slots=True)
class HelpShown(Event):
    """A hint or a model answer was shown (guided mode)."""

    kind = "help"
    what: Literal["hint", "model"]
    node: str


@dataclass(frozen=True, slots=True)
class Paused(Event):
    """The clock was stopped."""

    kind = "paused"


@dataclass(frozen=True, slots=True)
class Resumed(Event):
    """The clock runs again, after a pause or after the program was gone."""

    kind = "resumed"


@dataclass(frozen=True, slots=True)
class Ended(Event):
    """The reception is over."""

    kind = "ended"
    outcome: str
    """sold, kept, later, lost or left."""
    node: str


KINDS: rows.Kinds[Event] = rows.Kinds(
    Opened, Entered, BuyerSaid, TypingStarted, QuickUsed, AgentSent, Understood, Reacted, Adjusted, Revealed,
    Nudged, CardOpened, Noted, Promised, Kept, Missed, Noticed, HelpShown, Paused, Resumed, Ended,
)  # fmt: skip
from_line = KINDS.from_line
