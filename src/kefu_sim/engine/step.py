"""`step`: one input at one moment → the events it causes. Pure: no clock, no random source, no disk, no screen.

What falls due before the moment of the input (the buyer's reaction, a nudge) happens first and at its own time, so
the log does not depend on how often anybody looks at the clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kefu_sim.base.clock import to_ms
from kefu_sim.base.draws import Draw
from kefu_sim.base.text import clean_message
from kefu_sim.engine import events as ev
from kefu_sim.engine import pledges
from kefu_sim.engine.agenda import next_item
from kefu_sim.engine.choose import (
    Numbers,
    choose,
    lowest_price,
    numbers,
    pick_line,
    silence_branches,
    unclear_branch,
)
from kefu_sim.engine.program import Program, labels_of
from kefu_sim.engine.state import State, apply
from kefu_sim.language.numbers import merged, numbers_of
from kefu_sim.scenario.conditions import all_hold
from kefu_sim.scenario.labels import HOLD
from kefu_sim.scenario.model import STAY, Line, Node
from kefu_sim.scenario.notices import cards_in_force, labels_in_force

UNCLEAR_GRACE = 2.0
"""Further seconds before the buyer says that a message was unclear: more may be coming."""


QUICK_KEPT = 300
"""Characters of a quick reply that the log keeps."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Where an author's try-out begins, instead of at the start of the story."""

    at: str = ""
    """Node; empty for the start."""
    meters: Mapping[str, float] = field(default_factory=dict)
    """Variables that begin with another value."""


@dataclass(frozen=True, slots=True)
class Open:
    """Begin: the buyer says the first line."""

    seed: int
    mode: ev.Mode
    rubric: str
    started: str = ""
    trainee: str = ""
    trial: Trial | None = None


@dataclass(frozen=True, slots=True)
class Say:
    """The agent sends a message; the numbers are those of the event AgentSent."""

    text: str
    typed: int = 0
    typing_s: float = 0.0
    pasted: int = 0


@dataclass(frozen=True, slots=True)
class Typing:
    """The first key of a draft."""


@dataclass(frozen=True, slots=True)
class UseQuick:
    """A quick reply is put into the draft."""

    reply: str
    chars: int


@dataclass(frozen=True, slots=True)
class Tick:
    """Nothing but time."""


@dataclass(frozen=True, slots=True)
class OpenCard:
    """The agent looks at a card."""

    card: str


@dataclass(frozen=True, slots=True)
class Note:
    """The agent writes the note of an order, in place of what stood there; empty text wipes it."""

    text: str
    order: str = ""


@dataclass(frozen=True, slots=True)
class AskHelp:
    """The agent asks for a hint or a model answer."""

    what: Literal["hint", "model"]


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop the clock."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Let the clock run again."""


@dataclass(frozen=True, slots=True)
class Leave:
    """The agent leaves the reception."""


Input = Open | Say | Typing | UseQuick | Tick | OpenCard | Note | AskHelp | Pause | Resume | Leave


def step(program: Program, state: State, given: Input, now: float, draw: Draw) -> tuple[State, tuple[ev.Event, ...]]:
    """Advance to `now` (seconds of active reception), then take the input.

    Returns the new state and the events in between, oldest first. Inputs that make no sense (after the end, while
    paused) cause nothing; leaving is possible in a pause too, which it ends.
    """
    run = _Run(program, state, draw, max(to_ms(now), state.t))
    if isinstance(given, Open):
        run.open(given)
    elif isinstance(given, Resume):
        run.resume()
    else:
        if isinstance(given, Leave) and state.paused:
            run.resume()
        run.take(given)
    return run.state, tuple(run.events)


def next_due(program: Program, state: State) -> float | None:
    """When something will happen by itself if the agent stays silent; None if nothing will."""
    item = next_item(program, state)
    return None if item is None else item.at


@dataclass(slots=True)
class _Run:
    """One call of `step`: gathers events while the state follows."""

    program: Program
    state: State
    draw: Draw
    now: float
    events: list[ev.Event] = field(default_factory=list)

    def emit(self, event: ev.Event) -> None:
        self.events.append(event)
        self.state = apply(self.state, event)

    def open(self, given: Open) -> None:
        scenario = self.program.scenario
        opened = ev.Opened(
            self.now,
            scenario=scenario.id,
            fingerprint=self.program.fingerprint,
            seed=given.seed,
            mode=given.mode,
            rubric=given.rubric,
            recogniser=self.program.understand.version,
            started=given.started,
            level=self.program.level,
            trainee=given.trainee,
            trial=given.trial is not None,
        )
        self.emit(opened)
        trial = given.trial or Trial()
        for name, meter in scenario.vars.items():
            self.emit(ev.Adjusted(self.now, name, trial.meters.get(name, meter.init), "start"))
        self.enter(trial.at or scenario.start, "start", self.now)

    def resume(self) -> None:
        if not self.state.paused:
            self.catch_up()
        if self.state.node and not self.state.over:
            self.emit(ev.Resumed(self.now))

    def take(self, given: Input) -> None:
        if not self.state.node or self.state.paused:
            return
        self.catch_up()
        if not self.state.over:
            self.act(given)

    def act(self, given: Input) -> None:
        match given:
            case Tick():
                pass
            case Say():
                self.say(given)
            case Typing():
                self.emit(ev.TypingStarted(self.now))
            case UseQuick(reply, chars):
                self.emit(ev.QuickUsed(self.now, clean_message(reply, QUICK_KEPT), chars))
            case OpenCard(card) if card in cards_in_force(self.program.scenario, self.state.noticed):
                self.emit(ev.CardOpened(self.now, card))
            case Note():
                self.note(given)
            case AskHelp(what):
                self.emit(ev.HelpShown(self.now, what, self.state.node))
            case Pause():
                self.emit(ev.Paused(self.now))
            case Leave():
                self.leave()
            case _:
                pass

    def leave(self) -> None:
        """The agent closes the window; a buyer about to answer still does."""
        if self.state.due is not None:
            self.react(self.now)
        if not self.state.over:
            self.emit(ev.Ended(self.now, "left", self.state.node))

    def catch_up(self) -> None:
        """Let everything happen that fell due up to now, each at its own time."""
        while (item := next_item(self.program, self.state)) is not None and item.at <= self.now:
            at = max(item.at, self.state.t)
            match item.what:
                case "reaction":
                    self.react(at)
                case "promise":
                    self.miss(item.name, at)
                case "notice":
                    self.emit(ev.Noticed(at, item.name))
                case _:
                    self.nudge(at)

    def miss(self, name: str, at: float) -> None:
        """The time of a promise has passed."""
        self.emit(ev.Missed(at, name))
        consequence, why = self.program.scenario.promises[name].missed, f"missed:{name}"
        self.adjust(consequence.add, why, at)
        self.speak(consequence.buyer, at, "promise", why)
        self.go(consequence.goto or STAY, why, at)

    def note(self, given: Note) -> None:
        orders, text = self.program.scenario.orders, clean_message(given.text)
        if (given.order not in orders) if orders else given.order:
            return
        if text == self.state.notes.get(given.order, ""):
            return
        self.emit(ev.Noted(self.now, text, given.order))
        for event in pledges.by_note(self.program, self.state, self.now):
            self.emit(event)

    def nudge(self, at: float) -> None:
        index = self.state.nudges
        branch = silence_branches(self.program, self.state)[index]
        why = f"silence:{index}"
        self.emit(ev.Nudged(at, index))
        if not all_hold(branch.if_, self.numbers()):
            return
        self.speak(branch.buyer, at, "silence", why)
        self.adjust(branch.add, why, at)
        self.go(branch.goto or STAY, why, at)

    def say(self, given: Say) -> None:
        text = clean_message(given.text)
        if not text:
            return
        found = self.program.understand(text, self.state.context, self.state.said, self.state.node)
        told = numbers_of(found)
        heard = frozenset(labels_in_force(labels_of(found), self.program.scenario, self.state.noticed))
        agreed = pledges.by_message(self.program, self.state, heard, told, self.now)
        labels = tuple(sorted(heard.union(pledges.labels_of(agreed))))
        self.emit(ev.AgentSent(self.now, text, given.typed, to_ms(given.typing_s), given.pasted))
        due = self.reaction_due(labels, told)
        self.emit(ev.Understood(self.now, labels, lowest_price(found.amounts), due, told))
        for event in agreed:
            self.emit(event)

    def reaction_due(self, labels: Sequence[str], told: Mapping[str, float]) -> float:
        shortest, longest = self.program.persona.delay
        seconds = shortest + (longest - shortest) * self.draw(self.state.seq, "delay")
        turn = self.state.labels.union(labels)
        if choose(self.program, self.state, turn, self.numbers(merged((self.state.numbers, told)))) is None:
            seconds += UNCLEAR_GRACE
        return to_ms(self.now + seconds)

    def numbers(self, told: Mapping[str, float] | None = None) -> Numbers:
        return numbers(self.program.scenario, self.state, told or {})

    @property
    def node(self) -> Node:
        return self.program.scenario.nodes[self.state.node]

    def react(self, at: float) -> None:
        """The buyer takes in all messages since the last reaction, and answers."""
        labels = self.state.labels
        found = choose(self.program, self.state, labels, self.numbers(self.state.numbers))
        if found is None:
            self.react_unclear(labels, at)
            return
        why, reply = found
        self.emit(ev.Reacted(at, why))
        self.take_tone(labels, at)
        self.adjust(reply.add, why, at)
        for name, value in reply.set.items():
            self.emit(ev.Adjusted(at, name, value, why))
        self.reveal(reply.reveal, at)
        self.speak(reply.buyer, at, "reply", why)
        self.go(reply.goto, why, at)

    def react_unclear(self, labels: frozenset[str], at: float) -> None:
        """No reply fits: wait when asked to, else ask back; the first time costs nothing."""
        times, unclear = self.state.unclear, unclear_branch(self.program, self.state)
        if HOLD in labels:
            self.emit(ev.Reacted(at, "hold"))
            self.take_tone(labels, at)
            self.go(STAY, "hold", at)
            return
        self.emit(ev.Reacted(at, "unclear"))
        self.take_tone(labels, at)
        if times > 0:
            self.adjust(unclear.add, "unclear", at)
        if times >= unclear.max and unclear.goto:
            self.go(unclear.goto, "unclear", at)
        else:
            self.speak(unclear.buyer, at, "unclear", "unclear")
            self.go(STAY, "unclear", at)

    def take_tone(self, labels: frozenset[str], at: float) -> None:
        """Charge the strongest tone of the turn by the buyer's temperament."""
        for tone, deltas in self.program.persona.tone.items():
            if tone in labels:
                self.adjust(deltas, f"tone:{tone}", at)
                return

    def adjust(self, deltas: Mapping[str, float], why: str, at: float) -> None:
        for name, delta in deltas.items():
            meter = self.program.scenario.vars.get(name)
            if meter is None:
                continue
            before = self.state.meters[name]
            after = min(max(before + delta, meter.min), meter.max)
            if after != before:
                self.emit(ev.Adjusted(at, name, after, why))

    def reveal(self, names: Sequence[str], at: float) -> None:
        for name in names:
            if name not in self.state.revealed:
                self.emit(ev.Revealed(at, name))

    def speak(self, lines: Sequence[Line], at: float, source: ev.Source, place: str) -> None:
        if not lines:
            return
        picked = pick_line(lines, f"{self.state.node}/{place}", self.state, self.numbers(), self.draw)
        if picked is not None:
            line_id, line = picked
            self.emit(ev.BuyerSaid(at, line.text, self.state.node, source, line_id))

    def go(self, target: str, via: str, at: float) -> None:
        """Move on, or stay; a meter at its end overrules both."""
        scenario = self.program.scenario
        for name, meter in scenario.vars.items():
            if meter.out and meter.out != self.state.node and self.state.meters[name] <= meter.min:
                self.enter(meter.out, f"out:{name}", at)
                return
        if target != STAY:
            self.enter(target, via, at)

    def enter(self, name: str, via: str, at: float) -> None:
        self.emit(ev.Entered(at, name, via))
        for promised in pledges.on_entering(self.program, self.state, name, at):
            self.emit(promised)
        for key, notice in self.program.scenario.notices.items():
            if notice.node == name and key not in self.state.noticed:
                self.emit(ev.Noticed(at, key))
        node = self.node
        self.reveal(node.reveal, at)
        self.speak(node.buyer, at, "node", "line")
        if node.end is not None:
            self.emit(ev.Ended(at, node.end, name))
