"""What happened in a reception beside its messages: order notes, promises and what became of them, notices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kefu_sim.engine import events as ev
from kefu_sim.engine.state import rebuild
from kefu_sim.scenario.model import Scenario
from kefu_sim.scoring.ledger import Row
from kefu_sim.scoring.transcript import Turn

Outcome = Literal["kept", "late", "missed", "open", "elsewhere"]
OUTCOMES: tuple[Outcome, ...] = ("kept", "late", "missed", "open", "elsewhere")


@dataclass(frozen=True, slots=True)
class Aside:
    """One thing that happened beside the messages."""

    after: int
    """Index of the message that it followed; -1 before the first."""
    event: ev.Bookkeeping


@dataclass(frozen=True, slots=True)
class Vow:
    """A promise, and what became of it."""

    name: str
    about: str
    """As the story calls it."""
    turn: int
    """Index of the message that made it."""
    due: float | None
    """By when it had to be kept, seconds; None without a time."""
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Beside:
    """Everything of a reception that no message shows."""

    asides: tuple[Aside, ...] = ()
    """In the order of time."""
    vows: tuple[Vow, ...] = ()
    """In the order in which they were made."""
    notes: Mapping[str, str] | None = None
    """Order → its note as it stood at the end; None where nothing was written."""

    def at(self, turn: int) -> list[Aside]:
        """What followed a message; -1: what came before all."""
        return [aside for aside in self.asides if aside.after == turn]


def beside(
    log: Sequence[ev.Event], turns: Sequence[Turn], story: Scenario | None = None, ledger: Iterable[Row] = ()
) -> Beside:
    """Read a log. Where the ledger speaks of a promise, its word holds: notes count as they stood at the end."""
    asides: list[Aside] = []
    said = -1
    for event in log:
        if isinstance(event, ev.BuyerSaid | ev.AgentSent):
            said += 1
        elif isinstance(event, ev.Bookkeeping):
            asides.append(Aside(said, event))
    state = rebuild(log)
    judged = {row.topic.zh: outcome for row in ledger if (outcome := _outcome(row)) is not None}
    vows = []
    for name, pledge in sorted(state.pledges.items(), key=lambda item: item[1].made):
        promise = story.promises.get(name) if story is not None else None
        about = promise.about if promise is not None else name
        made = next((at for at in range(len(turns) - 1, -1, -1) if _made(turns[at], pledge.made)), 0)
        vows.append(Vow(name, about, made, pledge.due, judged.get(about, pledge.status)))
    return Beside(tuple(asides), tuple(vows), dict(state.notes) or None)


def _outcome(row: Row) -> Outcome | None:
    """What a row of the ledger says of a promise."""
    room, _, outcome = row.rule.partition(".")
    return next((one for one in OUTCOMES if room == "promise" and one == outcome), None)


def _made(turn: Turn, at: float) -> bool:
    return turn.role == "agent" and turn.t <= at
