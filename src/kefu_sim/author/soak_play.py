"""One reception of one bot on a virtual clock: the same engine, the same words, no screen and no waiting."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Protocol

from kefu_sim.author.soak_memory import Asked
from kefu_sim.base.draws import seeded
from kefu_sim.base.text import clean_message
from kefu_sim.engine import events as ev
from kefu_sim.engine.program import Program
from kefu_sim.engine.state import State
from kefu_sim.engine.step import Input, Leave, Note, Open, Say, Tick, next_due, step

if TYPE_CHECKING:
    from kefu_sim.author.soak_kit import Kit

MOST_MESSAGES = 60
"""A reception in which an agent has sent so many is endless."""
LONGEST = 4 * 3600.0
"""And one that lasts so many virtual seconds."""
BETWEEN = 0.8
"""Seconds between two messages of one turn: less than any buyer takes to answer."""

Fraction = Callable[[str], float]
"""Purpose → number in [0, 1), always the same for the same seed and number of messages so far."""


@dataclass(frozen=True, slots=True)
class View:
    """What a bot sees when it is its turn."""

    kit: Kit
    state: State
    log: Sequence[ev.Event]
    seed: int
    turn: int
    """Turns of the agent so far."""
    draw: Fraction

    @property
    def heard(self) -> tuple[str, ...]:
        """The buyer's lines since the agent's last message."""
        lines: list[str] = []
        for event in reversed(self.log):
            if isinstance(event, ev.AgentSent):
                break
            if isinstance(event, ev.BuyerSaid):
                lines.append(event.text)
        return tuple(reversed(lines))

    def pick(self, options: Sequence[str], purpose: str) -> str:
        """Draw one of some texts."""
        return options[int(self.draw(purpose) * len(options))]


@dataclass(frozen=True, slots=True)
class Act:
    """What a bot does next."""

    says: tuple[str, ...]
    wait: float
    """Seconds after the buyer's last word."""
    pasted: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)
    """Order → note to write, before anything is said."""


class Bot(Protocol):
    """An agent that needs no keyboard. Knows nothing but the view: the same view, the same act."""

    @property
    def name(self) -> str:
        """As on the command line."""
        ...

    def act(self, view: View) -> Act | None:
        """What to do now; None to say nothing any more."""
        ...


@dataclass(frozen=True, slots=True)
class Run:
    """A reception that was played."""

    bot: str
    seed: int
    log: tuple[ev.Event, ...]
    messages: int
    """Messages of the agent."""
    endless: bool = False

    @property
    def ending(self) -> str:
        """Node at which it ended."""
        last = self.log[-1]
        return last.node if isinstance(last, ev.Ended) and last.outcome != "left" else ""

    @property
    def last_node(self) -> str:
        """Node at which it stood last."""
        return next(event.node for event in reversed(self.log) if isinstance(event, ev.Entered))


@dataclass(slots=True)
class _Desk:
    """A reception going on."""

    program: Program
    seed: int
    state: State
    log: list[ev.Event]
    now: float = 0.0

    def give(self, given: Input) -> None:
        self.state, new = step(self.program, self.state, given, self.now, seeded(self.seed))
        self.log.extend(new)

    def wait(self, seconds: float) -> None:
        self.now = round(self.now + seconds, 3)
        self.give(Tick())

    def until(self, moment: float) -> None:
        self.wait(max(moment - self.now, 0.0))

    @property
    def endless(self) -> bool:
        return len(self.state.said) > MOST_MESSAGES or self.now > LONGEST


def play(kit: Kit, bot: Bot, seed: int) -> Run:
    """Play one reception to its end. Raises what the program raises: that is a finding."""
    [played] = play_together(kit, [(bot, seed)])
    if isinstance(played, Exception):
        raise played
    return played


def play_together(kit: Kit, turns: Sequence[tuple[Bot, int]]) -> Iterator[Run | Exception]:
    """Play receptions, each by a bot with a seed, to their ends; in the place of one that broke off what it raised.

    They stop before each message, so that the messages of all are read at once: far cheaper than one by one.
    """
    ended: dict[int, Run | Exception] = {}
    going = {at: _going(kit, bot, seed) for at, (bot, seed) in enumerate(turns)}
    while going:
        asked: list[Asked] = []
        for at, reception in list(going.items()):
            try:
                asked.append(next(reception))
            except StopIteration as end:
                ended[at] = end.value
            except Exception as error:  # noqa: BLE001 (whatever goes wrong is what is looked for)
                ended[at] = error
            if at in ended:
                del going[at]
        with suppress(Exception):  # whoever asks about the message that cannot be read is told
            kit.memory.ahead(asked)
    return (ended[at] for at in range(len(turns)))


def _going(kit: Kit, bot: Bot, seed: int) -> Generator[Asked, None, Run]:
    """One reception; stops before each message of the agent."""
    desk = _Desk(kit.program, seed, State(), [])
    desk.give(Open(seed, "practice", kit.rubric.version))
    turn = 0
    while not desk.state.over and not desk.endless:
        draw = partial(seeded(seed), desk.state.seq)
        act = bot.act(View(kit, desk.state, desk.log, seed, turn, draw))
        if act is None:
            _be_silent(desk)
            break
        desk.wait(act.wait)
        for order, note in act.notes.items():
            desk.give(Note(note, order))
        for text in act.says:
            if desk.state.due is not None:
                desk.wait(BETWEEN)
            yield clean_message(text), desk.state.context, desk.state.said
            _say(desk, text, pasted=act.pasted)
        if desk.state.due is not None:
            desk.until(desk.state.due)
        turn += 1
    endless = not desk.state.over
    desk.give(Leave())
    return Run(bot.name, seed, tuple(desk.log), len(desk.state.said), endless)


def _say(desk: _Desk, text: str, *, pasted: bool) -> None:
    count = len(text)
    desk.give(Say(text, pasted=count) if pasted else Say(text, typed=count, typing_s=round(count * 0.6, 1)))


def _be_silent(desk: _Desk) -> None:
    while not desk.state.over and not desk.endless and (due := next_due(desk.program, desk.state)) is not None:
        desk.until(due)
