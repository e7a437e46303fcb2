"""Simulated agents of stated skill: they work a shift on a virtual clock, for soak, for goals and as colleagues.

An agent says the stories' own model answers; skill decides whom she turns to, how long a reply takes her, and how often
she is careless. Times follow domain B.4: reading, then typing by hand, or taking a quick reply and changing a little.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kefu_sim.base.draws import Draw, seeded
from kefu_sim.engine import events as ev
from kefu_sim.engine.step import Note, Say
from kefu_sim.rush import events as rv
from kefu_sim.rush.floor import Floor, Seat
from kefu_sim.rush.handover import Slot, left_behind, told
from kefu_sim.rush.pledges import of_seat
from kefu_sim.rush.run import Plan, Run
from kefu_sim.rush.skills import Skill
from kefu_sim.rush.urgency import CALM, urgency
from kefu_sim.scenario.model import PatternItem
from kefu_sim.scenario.wares import goods_of, tail_of

READING = 4.0
"""Seconds to take in where a chat stands (domain B.4)."""
QUICK_START, QUICK_PACE = 4, 7.0
"""A quick reply of n characters is adapted in (n − QUICK_START) ÷ QUICK_PACE seconds, at least one (domain B.4)."""
NOTING = 4.0
"""Seconds to write an order note."""
FORMING = 15.0
"""Seconds to fill in a form."""
LEAVING = 60.0
"""Seconds before a hand-over from which she tells buyers that somebody else goes on."""
MANY = 5
"""With so many others waiting nobody finds time for the excellent wording."""


def seconds_for(text: str, skill: Skill, *, quick: bool) -> float:
    """Seconds from looking at a chat to sending this text."""
    if quick:
        return READING + max((len(text) - QUICK_START) / QUICK_PACE, 1.0)
    return READING + len(text) * 60 / skill.typing


def work(plan: Plan, skill: Skill) -> Run:
    """Work a whole shift."""
    agent = _Agent(Run(plan), skill)
    agent.work()
    return agent.run


@dataclass
class Mind:
    """What an agent of some skill does next. Whoever lends her hands says what was sent."""

    plan: Plan
    floor: Floor
    skill: Skill
    sent: int = 0
    said: dict[str, list[str]] = field(default_factory=dict)
    """What each buyer has been told."""

    def __post_init__(self) -> None:
        self._draw: Draw = seeded(self.plan.seed)

    def next_seat(self, now: float) -> Seat | None:
        """Whom she turns to; None while nobody waits."""
        floor, rules = self.floor, self.plan.rules.urgency
        waiting = [seat for seat in floor.open.values() if urgency(seat, now, rules) > CALM]
        if not waiting:
            return None
        if self.skill.greets and (new := [seat for seat in waiting if seat.buyer not in self.said]):
            waiting = new
        match self.skill.order:
            case "urgent":
                return max(waiting, key=lambda seat: (urgency(seat, now, rules), -seat.number))
            case "newest":
                return max(waiting, key=lambda seat: (_since(seat), seat.number))
            case "loyal" if any(seat.buyer == floor.front for seat in waiting):
                return floor.seats[floor.front]
            case _:
                return min(waiting, key=lambda seat: (_since(seat), seat.number))

    def words(self, seat: Seat, now: float) -> tuple[str, bool]:
        """What she says next, and whether it comes from quick replies.

        Never what a notice forbids, never the same twice to one buyer.
        """
        self.sent += 1
        quick = self._share("quick") < self.skill.quick
        return (self._pick("leaving") if self._leaving(seat, now) else self._words(seat)), quick

    def told(self, seat: Seat, text: str) -> None:
        """A message has gone out."""
        self.said.setdefault(seat.buyer, []).append(text)

    def notes(self, seat: Seat) -> Iterator[Note]:
        """What she puts on the orders of a buyer, below what stands there: promises, and what the story wants noted."""
        scenario, state = seat.program.scenario, seat.state
        wanted: dict[str, list[str]] = {}
        for name, pledge in state.pledges.items():
            promise = scenario.promises[name]
            if pledge.open and promise.note:
                wanted.setdefault(promise.order, []).append(_note_words(promise.note, promise.about))
        for note in scenario.notes.values():
            if note.note and (not note.since or set(note.since) & state.visits.keys()):
                wanted.setdefault(note.order, []).append(_note_words(note.note, note.about))
        for order, words in wanted.items():
            place = order or next(iter(scenario.orders), "")
            standing = state.notes.get(place, "")
            if missing := [text for text in dict.fromkeys(words) if text not in standing]:
                yield Note("；".join(filter(None, (standing, *missing))), place)

    def form(self, seat: Seat) -> dict[Slot, str]:
        """What she writes into the hand-over form of a buyer; what she does not care for stays empty."""
        words = self.plan.rules.agents
        promised = [pledge.about for pledge in of_seat(seat, self.plan.rules.come_back) if pledge.status != "kept"]
        asked = next((event.text for event in seat.log if isinstance(event, ev.BuyerSaid)), "")
        slots: dict[Slot, str] = {
            "who": seat.visit.name,
            "order": tail_of(seat.program.scenario, seat.visit.tail),
            "issue": f"{goods_of(seat.program.scenario)} {asked}".strip(),
            "promise": "；".join(dict.fromkeys(promised)) or words.nothing,
            "action": words.action,
        }
        return {name: text if self._does(f"{seat.buyer}:{name}") else "" for name, text in slots.items()}

    def archives(self) -> bool:
        """Whether she puts the chats into a folder where they are kept well."""
        return self._does("archive")

    def _does(self, part: str) -> bool:
        """Whether she does a part of a hand-over."""
        return self._draw(0, f"{self.skill.id}:hand-over:{part}") < self.skill.hands_over

    def _leaving(self, seat: Seat, now: float) -> bool:
        """Whether it is time to tell this buyer that somebody else goes on."""
        shift = self.plan.shift
        soon = shift.handover and now >= shift.seconds - LEAVING
        return soon and not told(seat) and self._does(f"{seat.buyer}:told")

    def _share(self, purpose: str) -> float:
        return self._draw(self.sent, f"{self.skill.id}:{purpose}")

    def _words(self, seat: Seat) -> str:
        if self._share("slip") < self.skill.slips:
            return self._pick("slip")
        before = self.said.get(seat.buyer, [])
        for text in self._options(seat):
            forbidden = self.plan.forbids(text) & set(self.floor.notices)
            better = self.plan.shift.notices[min(forbidden)].better if forbidden else text
            if better and better not in before:
                return better
        return self._pick("bye")

    def _options(self, seat: Seat) -> Iterator[str]:
        others = sum(one.state.waiting_since is not None for one in self.floor.open.values()) - 1
        excellent = self._share("care") < self.skill.care and others < MANY
        if self.skill.greets and seat.buyer not in self.said and others > 1:
            yield self._pick("hello")
        model = seat.program.scenario.nodes[seat.state.node].model
        if model is not None:
            wordings = [model.excellent, model.pass_]
            yield from wordings if excellent else reversed(wordings)
        for kind in ("bye", "hold"):
            yield from getattr(self.plan.rules.agents, kind)

    def _pick(self, kind: str) -> str:
        options: tuple[str, ...] = getattr(self.plan.rules.agents, kind)
        return options[int(self._share(kind) * len(options))]


@dataclass
class _Agent:
    run: Run
    skill: Skill
    now: float = 0.0

    def __post_init__(self) -> None:
        self.mind = Mind(self.run.plan, self.run.floor, self.skill)

    def work(self) -> None:
        run = self.run
        run.open()
        while not run.floor.over:
            seat = self.mind.next_seat(self.now)
            if seat is not None and not run.blocked("sending"):
                self.answer(seat)
            elif (due := run.due) is not None:
                self.now = max(self.now, due)
                run.advance(self.now)
        if run.plan.shift.handover:
            self.hand_over()

    def hand_over(self) -> None:
        """After the bell: a form for everybody left behind, then the archive."""
        for seat in left_behind(self.run.floor):
            self.now += FORMING
            self.run.hand_over(rv.HandedOver(self.now, seat.buyer, **self.mind.form(seat)))
        if self.mind.archives():
            self.run.archive(self.now, sound=True)

    def answer(self, seat: Seat) -> None:
        run, buyer = self.run, seat.buyer
        run.turn(buyer, self.now)
        text, quick = self.mind.words(seat, self.now)
        took = seconds_for(text, self.skill, quick=quick)
        self.now += took
        run.advance(self.now)
        typed, typing_s, pasted = (0, 0.0, len(text)) if quick else (len(text), took - READING, 0)
        if run.feed(buyer, Say(text, typed, typing_s, pasted), self.now):
            self.mind.told(seat, text)
            for note in self.mind.notes(seat):
                self.now += NOTING
                run.feed(buyer, note, self.now)


def _note_words(items: Sequence[str | PatternItem], about: str) -> str:
    """Words that a note must hold, as a person would write them."""
    return next((item for item in items if isinstance(item, str)), about)


def _since(seat: Seat) -> float:
    """Since when somebody waits, for an answer or for the agent to come back."""
    since = seat.state.waiting_since
    return since if since is not None else seat.held_since or 0.0
