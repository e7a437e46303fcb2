"""The driver of a shift: what falls due is found on a heap, so that buyers who do nothing cost nothing. Pure.

Like `engine.step` it is handed the time and the seed and calls no clock. Everything due before the moment of an input
happens first and at its own time, so the log does not depend on how often anybody looks at the clock.
"""

from __future__ import annotations

import hashlib
import heapq
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from kefu_sim.base.clock import to_ms
from kefu_sim.base.draws import seeded
from kefu_sim.engine.program import Program
from kefu_sim.engine.state import State
from kefu_sim.engine.step import Input, Leave, Open, OpenCard, Say, Tick, next_due, step
from kefu_sim.rush import events as rv
from kefu_sim.rush.floor import Floor, Seat
from kefu_sim.rush.model import Blocked, Shift
from kefu_sim.rush.rules import RushRules
from kefu_sim.rush.traffic import Visit

_What = Literal["outage", "restored", "notice", "come", "buyer", "give-up", "bell"]
_ORDER: tuple[_What, ...] = ("restored", "outage", "notice", "buyer", "give-up", "come", "bell")
"""What goes first when several things fall due at one moment."""


@dataclass(frozen=True)
class Plan:
    """Everything a run consults and never changes."""

    shift: Shift
    seed: int
    visits: tuple[Visit, ...]
    programs: Mapping[tuple[str, str], Program]
    """(scenario, persona) → the story made ready."""
    rules: RushRules
    rubric: str
    """Version of the scoring rules."""
    forbids: Callable[[str], AbstractSet[int]]
    """Notices that a message would go against, by index."""

    @cached_property
    def fingerprint(self) -> str:
        """Hash of the shift, its traffic and its stories: 16 hex digits."""
        stories = {program.fingerprint for program in self.programs.values()}
        told = [self.shift.fingerprint(), [repr(visit) for visit in self.visits], sorted(stories), self.rules.version]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:16]

    @property
    def recogniser(self) -> str:
        """Version of the recogniser."""
        return next((program.understand.version for program in self.programs.values()), "")


@dataclass
class Run:
    """A shift going on."""

    plan: Plan
    log: list[rv.Entry] = field(default_factory=list)
    floor: Floor = field(init=False)

    def __post_init__(self) -> None:
        self.floor = Floor(self.plan.rules, self.plan.programs)
        self._heap: list[tuple[float, int, int, str]] = []
        self._draws = {visit.buyer: seeded(visit.seed) for visit in self.plan.visits}
        self._news: list[rv.Entry] = []
        self._left = len(self.plan.visits)
        """Buyers who have not come yet."""

    @classmethod
    def continued(cls, plan: Plan, log: Iterable[rv.Entry]) -> Run:
        """Go on from a log."""
        run = cls(plan, list(log))
        run.floor.take_all(run.log)
        run._left -= len(run.floor.visits)
        if not run.floor.over:
            run._remember()
        return run

    # ---- inputs

    def open(self, started: str = "", trainee: str = "") -> Sequence[rv.Entry]:
        """Begin at time 0."""
        plan, versions = self.plan, (self.plan.rubric, self.plan.recogniser, self.plan.rules.version)
        opened = rv.Opened(0.0, plan.shift.id, plan.fingerprint, plan.seed, *versions, started, trainee=trainee)
        self._happen(opened)
        self._remember()
        self._catch_up(0.0)
        return self._told()

    def advance(self, now: float) -> Sequence[rv.Entry]:
        """Let everything happen that falls due up to `now`, in the order of time; returns the new rows."""
        if not self.floor.paused:
            self._catch_up(to_ms(now))
        return self._told()

    def feed(self, buyer: str, given: Input, now: float) -> Sequence[rv.Entry]:
        """The agent does something in the window of a buyer. Nothing comes of it when that cannot be now."""
        now = self._until(now)
        seat = self.floor.open.get(buyer)
        if seat is not None and not self.floor.paused and not self.floor.over and not self._refused(given):
            self._step(seat, given, now)
            self._close_if_done()
        return self._told()

    def turn(self, buyer: str, now: float) -> Sequence[rv.Entry]:
        """The agent looks at the window of a buyer."""
        now = self._until(now)
        if buyer in self.floor.seats and self.floor.front != buyer and not self.floor.over:
            self._happen(rv.Turned(now, buyer))
        return self._told()

    def read_notice(self, index: int, now: float) -> Sequence[rv.Entry]:
        """The agent has read a notice."""
        now = self._until(now)
        if index in self.floor.notices and index not in self.floor.read and not self.floor.over:
            self._happen(rv.NoticeRead(now, index))
        return self._told()

    def pause(self, now: float) -> Sequence[rv.Entry]:
        """Stop the clock."""
        now = self._until(now)
        if not self.floor.paused and not self.floor.over:
            self._happen(rv.Paused(now))
        return self._told()

    def resume(self, now: float) -> Sequence[rv.Entry]:
        """Let it run again, after a pause or after the program was gone."""
        now = self._until(now)
        if not self.floor.over:
            self._happen(rv.Resumed(now))
            self._fill(now)
        return self._told()

    def set_busy(self, now: float, *, busy: bool) -> Sequence[rv.Entry]:
        """Receive nobody new for a while, or again; those who are there go on, and who comes queues."""
        now = self._until(now)
        if busy != self.floor.busy and not self.floor.paused and not self.floor.over:
            self._happen(rv.Busy(now, busy))
            self._fill(now)
        return self._told()

    def leave(self, now: float) -> Sequence[rv.Entry]:
        """The agent goes before the end."""
        now = self._until(now)
        if not self.floor.over:
            self._ring("left", now)
        return self._told()

    def hand_over(self, form: rv.HandedOver) -> Sequence[rv.Entry]:
        """The agent wrote the form of a buyer, also after the bell; its time is set here."""
        now = self._until(form.t)
        if form.buyer in self.floor.seats:
            self._happen(replace(form, t=now))
        return self._told()

    def archive(self, now: float, *, sound: bool) -> Sequence[rv.Entry]:
        """The chats were put into a folder."""
        now = self._until(now)
        self._happen(rv.Archived(now, sound))
        return self._told()

    # ---- what can be asked

    @property
    def due(self) -> float | None:
        """When something will happen by itself; None when nothing will."""
        return self._heap[0][0] if self._heap and not self.floor.over and not self.floor.paused else None

    def blocked(self, what: Blocked) -> bool:
        """Whether an outage is in the way."""
        return any(self.plan.shift.outages[index].blocks == what for index in self.floor.broken)

    def _refused(self, given: Input) -> bool:
        return (isinstance(given, Say) and self.blocked("sending")) or (
            isinstance(given, OpenCard) and self.blocked("cards")
        )

    # ---- the heap

    def _remember(self) -> None:
        """Put everything that will fall due on the heap, as the floor stands."""
        shift, floor = self.plan.shift, self.floor
        self._push(shift.seconds, "bell")
        for index, notice in enumerate(shift.notices):
            if index not in floor.notices:
                self._push(notice.at, "notice", index)
        for index, outage in enumerate(shift.outages):
            if index in floor.broken:
                self._push(outage.at + outage.for_, "restored", index)
            elif outage.at >= floor.t:
                self._push(outage.at, "outage", index)
        for number, visit in enumerate(self.plan.visits):
            if visit.buyer not in floor.visits:
                self._push(visit.at, "come", number, visit.buyer)
        for buyer in floor.queue:
            self._push(floor.visits[buyer].at + self.plan.rules.queue_patience, "give-up", 0, buyer)
        for seat in floor.open.values():
            self._push_seat(seat)

    def _push(self, due: float, what: _What, number: int = 0, buyer: str = "") -> None:
        heapq.heappush(self._heap, (to_ms(due), _ORDER.index(what), number, buyer))

    def _push_seat(self, seat: Seat) -> None:
        due = next_due(seat.program, seat.state)
        if due is not None:
            self._push(due, "buyer", seat.number, seat.buyer)

    def _until(self, now: float) -> float:
        """Catch up to the moment of an input; time never runs backwards, and not at all in a pause."""
        if self.floor.paused:
            return self.floor.t
        now = max(to_ms(now), self.floor.t)
        self._catch_up(now)
        return now

    def _catch_up(self, now: float) -> None:
        while self._heap and self._heap[0][0] <= now and not self.floor.over:
            due, rank, number, buyer = heapq.heappop(self._heap)
            self._fall_due(_ORDER[rank], due, number, buyer)
            self._close_if_done()

    def _fall_due(self, what: _What, due: float, number: int, buyer: str) -> None:
        match what:
            case "buyer":
                self._react(due, buyer)
            case "come":
                self._come(due, self.plan.visits[number])
            case "give-up" if buyer in self.floor.queue:
                self._happen(rv.GaveUp(due, buyer))
            case "notice":
                self._happen(rv.NoticeGiven(due, number))
            case "outage":
                self._happen(rv.OutageBegan(due, number))
                self._push(due + self.plan.shift.outages[number].for_, "restored", number)
            case "restored":
                self._happen(rv.OutageEnded(due, number))
            case "bell":
                self._ring("time", due)
            case _:
                pass

    def _react(self, due: float, buyer: str) -> None:
        """A buyer's own time has come, unless something else has happened since the heap was told of it."""
        seat = self.floor.open.get(buyer)
        if seat is not None and next_due(seat.program, seat.state) == due:
            self._step(seat, Tick(), due)

    def _come(self, due: float, visit: Visit) -> None:
        self._left -= 1
        self._happen(rv.Came(due, visit.buyer, visit.name, visit.scenario, visit.persona, visit.seed, visit.tail))
        self._fill(due)
        if visit.buyer in self.floor.queue:
            self._push(due + self.plan.rules.queue_patience, "give-up", 0, visit.buyer)

    # ---- what happens

    def _happen(self, event: rv.ShiftEvent) -> None:
        self._keep(rv.Entry(event))

    def _keep(self, entry: rv.Entry) -> None:
        self.floor.take(entry)
        self.log.append(entry)
        self._news.append(entry)

    def _told(self) -> Sequence[rv.Entry]:
        news, self._news = self._news, []
        return news

    def _step(self, seat: Seat, given: Input, now: float) -> None:
        _, events = step(seat.program, seat.state, given, now, self._draws[seat.buyer])
        for event in events:
            self._keep(rv.Entry(event, seat.buyer))
        if seat.over:
            self._fill(now)
        else:
            self._push_seat(seat)

    def _fill(self, now: float) -> None:
        """Receive buyers from the queue while there is a place and the agent is not busy."""
        floor = self.floor
        while floor.queue and len(floor.open) < self.plan.shift.at_once and not floor.busy:
            visit = floor.visits[floor.queue[0]]
            program = self.plan.programs[visit.scenario, visit.persona]
            begin = Open(visit.seed, "practice", self.plan.rubric)
            _, events = step(program, State(), begin, now, self._draws[visit.buyer])
            for event in events:
                self._keep(rv.Entry(event, visit.buyer))
            self._push_seat(floor.seats[visit.buyer])

    def _close_if_done(self) -> None:
        floor = self.floor
        if not floor.over and not self._left and not floor.open and not floor.queue:
            self._happen(rv.Bell(floor.t, "done"))

    def _ring(self, why: rv.Why, now: float) -> None:
        """The end: who is still there is left behind."""
        for buyer in list(self.floor.queue):
            self._happen(rv.GaveUp(now, buyer))
        for seat in list(self.floor.open.values()):
            _, events = step(seat.program, seat.state, Leave(), now, self._draws[seat.buyer])
            for event in events:
                self._keep(rv.Entry(event, seat.buyer))
        self._happen(rv.Bell(now, why))
