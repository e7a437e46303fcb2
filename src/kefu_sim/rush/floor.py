"""The floor of a shift: everybody who is there and how each stands, a fold of the shift's log."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kefu_sim.base.clock import to_ms
from kefu_sim.engine import events as ev
from kefu_sim.engine.program import Program
from kefu_sim.engine.state import State, apply
from kefu_sim.rush import events as rv
from kefu_sim.rush.rules import RushRules
from kefu_sim.rush.traffic import Visit
from kefu_sim.scenario.labels import HOLD

LATE_S = 180.0
"""Seconds after which an answer is too late (domain B.1)."""


@dataclass(slots=True)
class Seat:
    """One reception of the shift, from the buyer's first line to its end."""

    number: int
    """1, 2, … in the order of being received; never changes."""
    visit: Visit
    program: Program
    state: State = field(default_factory=State)
    log: list[ev.Event] = field(default_factory=list)
    unread: int = 0
    """Lines that came while the agent looked elsewhere."""
    last: str = ""
    """The last message of either side."""
    paying: bool = False
    """The buyer is at the till: the unanswered lines are about paying."""
    settled: bool = False
    """The buyer has paid: what is open is a good-bye."""
    answered: bool = False
    """Whether the agent has said anything that counts."""
    held_since: float | None = None
    """Since when the buyer has been waiting for the agent to come back, as was promised."""
    kept_out: float = 0.0
    """Seconds the buyer stood outside because the agent was busy: they count as waiting for the first answer."""

    @property
    def buyer(self) -> str:
        """Id."""
        return self.visit.buyer

    @property
    def over(self) -> bool:
        """Whether the reception has ended."""
        return self.state.over

    @property
    def complaint(self) -> bool:
        """Whether the buyer came with a grievance."""
        return self.program.scenario.complaint

    def waited(self, now: float) -> float | None:
        """Seconds since the first unanswered line; None while nobody waits."""
        since = self.state.waiting_since
        return None if since is None or self.over else max(now - since, 0.0) + self.outside

    @property
    def outside(self) -> float:
        """Seconds of waiting before the first line, as long as there was no answer."""
        return 0.0 if self.answered else self.kept_out

    def held(self, now: float) -> float | None:
        """Seconds since the agent asked for a moment and has not come back; None when nothing is open."""
        return None if self.held_since is None or self.over else max(now - self.held_since, 0.0)


@dataclass(slots=True)
class Tally:
    """Reply speed so far, for a glance; the report counts anew from the log."""

    answered: int = 0
    late: int = 0
    """Answers after more than three minutes."""
    firsts: int = 0
    first_sum: float = 0.0

    @property
    def first(self) -> float | None:
        """Mean seconds to a first answer."""
        return self.first_sum / self.firsts if self.firsts else None

    @property
    def within_3min(self) -> float | None:
        """Percent of answers that came in time."""
        return 100 * (self.answered - self.late) / self.answered if self.answered else None

    def add(self, seconds: float, *, first: bool) -> None:
        """Count one answer."""
        self.answered += 1
        self.late += seconds > LATE_S
        if first:
            self.firsts += 1
            self.first_sum += seconds


@dataclass(slots=True)
class Floor:
    """Where the shift stands. Changed by `take` alone."""

    rules: RushRules
    programs: Mapping[tuple[str, str], Program]
    """(scenario, persona) → the story made ready."""
    t: float = 0.0
    """Time of the last row."""
    seats: dict[str, Seat] = field(default_factory=dict)
    """Everybody received so far, by buyer."""
    visits: dict[str, Visit] = field(default_factory=dict)
    """Everybody who has come."""
    queue: deque[str] = field(default_factory=deque)
    open: dict[str, Seat] = field(default_factory=dict)
    """Receptions that are not over, in the order of being received."""
    front: str = ""
    """The buyer whose window the agent looks at."""
    notices: list[int] = field(default_factory=list)
    """Notices given so far."""
    read: set[int] = field(default_factory=set)
    broken: set[int] = field(default_factory=set)
    """Outages in force."""
    gave_up: list[str] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    forms: dict[str, rv.HandedOver] = field(default_factory=dict)
    """Hand-over forms written so far, by buyer."""
    archived: bool | None = None
    """Whether the chats were put into a sound folder; None while they were put nowhere."""
    paused: bool = False
    busy: bool = False
    """Whether the agent receives nobody new."""
    busy_since: float = 0.0
    _busy_told: float = 0.0
    """Up to when that has been added up."""
    busy_for: float = 0.0
    """Seconds the agent was busy, as far as they have been added up: all of them once the shift is over."""
    outside: dict[str, float] = field(default_factory=dict)
    """Buyers who queued while the agent was busy, and for how many seconds of that."""
    ended: rv.Why | None = None
    rang: float | None = None
    """When it ended: forms and archive may come after that."""

    @property
    def over(self) -> bool:
        """Whether the shift has ended."""
        return self.ended is not None

    @property
    def lasted(self) -> float:
        """Seconds from the beginning to the bell, or until now."""
        return self.t if self.rang is None else self.rang

    def take(self, entry: rv.Entry) -> None:
        """Bring the floor up to one more row."""
        self.t = max(self.t, entry.t)
        if entry.buyer:
            assert isinstance(entry.event, ev.Event)
            self._received(entry.buyer, entry.event)
        else:
            assert isinstance(entry.event, rv.ShiftEvent)
            self._happened(entry.event)

    def take_all(self, entries: Iterable[rv.Entry]) -> None:
        """Bring the floor up to a log."""
        for entry in entries:
            self.take(entry)

    def _received(self, buyer: str, event: ev.Event) -> None:
        seat = self.seats.get(buyer)
        if seat is None:
            seat = self._seated(buyer)
        waiting_since = seat.state.waiting_since
        seat.state = apply(seat.state, event)
        seat.log.append(event)
        match event:
            case ev.BuyerSaid():
                seat.last = event.text
                seat.unread += buyer != self.front
                seat.paying = seat.paying or bool(self.rules.paying.search(event.text))
                paid = self.rules.paid.search(event.text) and not self.rules.asking.search(event.text)
                seat.settled = not (seat.paying or seat.complaint) and bool(paid)
            case ev.AgentSent():
                seat.last = event.text
                seat.unread = 0
                if seat.state.waiting_since is None:
                    seat.paying = seat.settled = False
                    if waiting_since is not None:
                        self.tally.add(event.t - waiting_since + seat.outside, first=not seat.answered)
                    seat.answered = True
            case ev.Understood():
                seat.held_since = event.t if HOLD in event.labels else None
            case ev.Ended():
                self.open.pop(buyer, None)
                seat.paying, seat.settled, seat.held_since = False, False, None
            case _:
                pass

    def _seated(self, buyer: str) -> Seat:
        visit = self.visits[buyer]
        program = self.programs[visit.scenario, visit.persona]
        seat = Seat(len(self.seats) + 1, visit, program, kept_out=self.outside.get(buyer, 0.0))
        self.seats[buyer] = self.open[buyer] = seat
        if buyer in self.queue:
            self.queue.remove(buyer)
        return seat

    def _happened(self, event: rv.ShiftEvent) -> None:
        match event:
            case rv.Came():
                visit = Visit(event.buyer, event.t, event.scenario, event.persona, event.seed, event.name, event.tail)
                self.visits[event.buyer] = visit
                self.queue.append(event.buyer)
            case rv.GaveUp():
                self._tell_outside(event.t)
                self.queue.remove(event.buyer)
                self.gave_up.append(event.buyer)
            case rv.Turned():
                self.front = event.buyer
                if event.buyer in self.seats:
                    self.seats[event.buyer].unread = 0
            case rv.NoticeGiven(index=index):
                self.notices.append(index)
            case rv.NoticeRead(index=index):
                self.read.add(index)
            case rv.OutageBegan(index=index) | rv.OutageEnded(index=index):
                (self.broken.add if isinstance(event, rv.OutageBegan) else self.broken.discard)(index)
            case rv.Paused() | rv.Resumed() | rv.Busy():
                self._status(event)
            case rv.Bell() | rv.HandedOver() | rv.Archived():
                self._wound_up(event)
            case _:
                pass

    def _status(self, event: rv.Paused | rv.Resumed | rv.Busy) -> None:
        if isinstance(event, rv.Busy):
            self._tell_outside(event.t)
            self.busy, self.busy_since, self._busy_told = event.on, event.t, event.t
        else:
            self.paused = isinstance(event, rv.Paused)

    def _tell_outside(self, now: float) -> None:
        """Add up how long the agent was busy, and how long each of those who queue was kept out by it."""
        if not self.busy:
            return
        for buyer in self.queue:
            began = max(self._busy_told, self.visits[buyer].at)
            self.outside[buyer] = to_ms(self.outside.get(buyer, 0.0) + now - began)
        self.busy_for = to_ms(self.busy_for + now - self._busy_told)
        self._busy_told = now

    def _wound_up(self, event: rv.Bell | rv.HandedOver | rv.Archived) -> None:
        match event:
            case rv.Bell(t=t, why=why):
                self._tell_outside(t)
                self.ended, self.rang = why, t
            case rv.HandedOver(buyer=buyer):
                self.forms[buyer] = event
            case rv.Archived(sound=sound):
                self.archived = bool(self.archived) or sound
