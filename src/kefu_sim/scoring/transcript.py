"""A reception as the scorer sees it: who said what when, and what each reply was understood as."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from kefu_sim.base.text import clean_message, has_words
from kefu_sim.engine import events as ev
from kefu_sim.i18n import tr
from kefu_sim.language.verdict import Recognition

Role = Literal["buyer", "agent"]
Reader = Callable[[str, Sequence[str], Sequence[str], str], Recognition]
"""(reply, context lines, the agent's earlier messages, node of the story or "") → what it was understood as."""

CONTEXT_LINES = 6
LATEST = 1e10
"""Seconds beyond which a time cannot be meant."""


class Turn(NamedTuple):
    """One message."""

    role: Role
    t: float
    """Seconds since the first line."""
    text: str
    recognition: Recognition | None = None
    """Of the agent's messages only."""
    typed: int = 0
    """Characters committed by typing, pastes and quick replies excluded."""
    typing_s: float = 0.0
    """Seconds that the typed characters took, to the last of them; 0 when unknown."""
    pasted: int = 0
    auto: bool = False
    """Sent by a machine: answers nobody."""
    last: bool = False
    """The buyer ended the reception with this line: no answer was possible."""
    unclear: bool = False
    """The buyer could make nothing of what the agent said in this turn."""
    again: bool = False
    """… and had asked back just before."""

    @property
    def counts(self) -> bool:
        """Whether it answers the buyer: automatic, empty and emoji-only messages do not (domain B.2)."""
        return not self.auto and has_words(self.text)


def from_events(log: Sequence[ev.Event], read: Reader) -> tuple[Turn, ...]:
    """Turns of a reception's log."""
    ended = next((e for e in reversed(log) if isinstance(e, ev.Ended)), None)
    closed = ended.t if ended is not None and ended.outcome != "left" else float("inf")
    turns, reading, taken, asked_back = list[Turn](), _Reading(read), 0, False
    node = ""
    for event in log:
        if isinstance(event, ev.BuyerSaid):
            reading.take("buyer", event.text)
            turns.append(Turn("buyer", event.t, event.text, last=event.t >= closed))
        elif isinstance(event, ev.AgentSent):
            found = reading.take("agent", event.text, node)
            turns.append(Turn("agent", event.t, event.text, found, event.typed, event.typing_s, event.pasted))
        elif isinstance(event, ev.Reacted):
            unclear = event.choice == "unclear"
            if unclear:
                turns[taken:] = [
                    turn._replace(unclear=turn.role == "agent", again=asked_back) for turn in turns[taken:]
                ]
            taken, asked_back = len(turns), unclear
        elif isinstance(event, ev.Entered):
            node, asked_back = event.node, False
    return tuple(turns)


def unread(reply: str, context: Sequence[str], previous: Sequence[str], node: str) -> Recognition:
    """A reader that understands nothing: times and counts need no more."""
    del reply, context, previous, node
    return Recognition()


def from_rows(rows: Iterable[object], read: Reader) -> tuple[Turn, ...]:
    """Turns of a chat log, rows `{"role", "t", "text"}`; raises ValueError that names the row, counted from 1."""
    turns, reading = list[Turn](), _Reading(read)
    for number, row in enumerate(rows, 1):
        after = turns[-1].t if turns else 0.0
        if wrong := what_is_wrong(row, after):
            raise ValueError(f"turn {number}: {wrong}")
        assert isinstance(row, Mapping)
        text = clean_message(row["text"])
        found = reading.take(row["role"], text)
        turns.append(Turn(row["role"], float(row["t"]), text, recognition=found, auto=row.get("auto") is True))
    return tuple(turns)


def what_is_wrong(row: object, after: float) -> str:
    """Why a row cannot be a turn that follows one at `after` seconds; empty when it can."""
    if not isinstance(row, Mapping):
        return tr("not a JSON object")
    t = row.get("t")
    if row.get("role") not in ("buyer", "agent"):
        return tr("`role` must be buyer or agent")
    if isinstance(t, bool) or not isinstance(t, int | float) or not 0 <= t < LATEST:
        return tr("`t` must be seconds, 0 or more")
    if not isinstance(row.get("text"), str):
        return tr("`text` must be text")
    return tr("`t` lies before the turn above it") if t < after else ""


class _Reading:
    """Reads the agent's messages of a transcript one after the other, each after what stood before it."""

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._lines: deque[str] = deque(maxlen=CONTEXT_LINES)
        self._said: list[str] = []

    def take(self, role: Role, text: str, node: str = "") -> Recognition | None:
        """Take in a message, the agent's at a node; gives what one of the agent's was understood as."""
        found = None
        if role == "agent":
            found = self._read(text, tuple(self._lines), tuple(self._said), node)
            self._said.append(text)
        self._lines.append(f"{'买家' if role == 'buyer' else '客服'}：{text}")
        return found
