"""Walks a story state by state: from each state every move that is worth telling apart, through the real engine.

Two states count as one when nothing in the story can tell them apart: same node, same conditions true, same replies
used up, same place in a silence. Numbers that tones move are told apart in steps of METER_STEP.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kefu_sim.author.coverage import passed
from kefu_sim.base.draws import seeded
from kefu_sim.engine import events as ev
from kefu_sim.engine.choose import numbers, unclear_branch
from kefu_sim.engine.program import Program
from kefu_sim.engine.state import State
from kefu_sim.engine.step import Note, Open, Say, Tick, next_due, step
from kefu_sim.scenario.conditions import holds
from kefu_sim.scenario.model import Reply, Scenario, Silence

METER_STEP = 10.0
PAUSE = 6.0
"""Seconds between the buyer's last word and a message."""
BETWEEN = 0.8
"""Seconds between two messages of one turn."""

Move = tuple[str | Note, ...]
"""Messages and order notes of one turn; none: say nothing until something happens."""
SILENCE: Move = ()


StateKey = tuple[Hashable, Hashable]
"""What sets a state apart: the case it is of (node and conditions), and the rest."""


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A state on the way, and how it was come by."""

    state: State
    new: tuple[ev.Event, ...]
    """Events of the last move."""
    key: StateKey
    before: Spot | None = None
    move: Move = SILENCE
    depth: int = 0

    def log(self) -> list[ev.Event]:
        """The whole reception up to here."""
        parts: list[tuple[ev.Event, ...]] = []
        spot: Spot | None = self
        while spot is not None:
            parts.append(spot.new)
            spot = spot.before
        return [event for part in reversed(parts) for event in part]

    def moves(self) -> list[Move]:
        """What the agent did up to here, oldest first."""
        found: list[Move] = []
        spot: Spot = self
        while spot.before is not None:
            found.append(spot.move)
            spot = spot.before
        return found[::-1]

    def places(self, story: Scenario) -> set[str]:
        """Places of the story that the last move came by."""
        start = [ev.Entered(0.0, self.before.state.node, "start")] if self.before else []
        return set(passed([*start, *self.new], story))


class Key:
    """Tells which states of a story are one."""

    def __init__(self, program: Program) -> None:
        """Gather every condition of the story."""
        self._program = program
        self._story = story = program.scenario
        tests: dict[str, set[str]] = defaultdict(set)
        for conditions in _conditions(story):
            for name, test in conditions.items():
                tests[name].add(test)
        self._tests = [(name, sorted(tests[name])) for name in sorted(tests)]
        self._meters = [name for name, meter in story.vars.items() if meter.out or name in tests]
        self._once = frozenset(
            f"{name}/{kind}:{i}"
            for name, node in story.nodes.items()
            for kind, replies in (("always", story.always), ("reply", node.replies))
            for i, reply in enumerate(replies)
            if reply.once
        )

    def __call__(self, state: State) -> StateKey:
        """What sets a state apart."""
        look = numbers(self._story, state, {})
        known = [(look(name), tests) for name, tests in self._tests]
        truths = tuple([holds(test, value, look) for value, tests in known for test in tests])
        meters = tuple(state.meters.get(name, 0) // METER_STEP for name in self._meters)
        waiting = (state.nudges, min(state.unclear, unclear_branch(self._program, state).max), state.holding)
        pledges = tuple((name, pledge.status) for name, pledge in state.pledges.items())
        told = (state.revealed, state.noticed, pledges, state.over)
        return (state.node, truths), (meters, state.fired & self._once, waiting, told)


def _conditions(story: Scenario) -> Iterator[dict[str, str]]:
    replies = [*story.always, *(reply for node in story.nodes.values() for reply in node.replies)]
    silences = [*story.silence, *(branch for node in story.nodes.values() for branch in node.silence)]
    parts: list[Reply | Silence] = [*replies, *silences]
    spoken = [*(node.buyer for node in story.nodes.values()), *(part.buyer for part in parts)]
    yield from (part.if_ for part in parts)
    yield from (line.if_ for lines in spoken for line in lines)
    for node in story.nodes:
        yield from ({f"visits.{node}": ">= 1"} for reply in replies if node in (*reply.since, *reply.until))


@dataclass
class Walk:
    """One search. Rare cases first, so that a cap leaves as little of the story unseen as can be."""

    program: Program
    moves: Callable[[State], Iterable[Move]]
    seed: int = 0
    most: int = 20_000
    """Moves after which the walk is cut short."""
    tried: int = 0
    """Moves made."""
    capped: bool = False
    known: dict[Hashable, Spot] = field(default_factory=dict)
    """State → the first way there."""
    edges: dict[Hashable, set[Hashable]] = field(default_factory=dict)
    """State → states that its moves lead to; states that were not gone on from are missing."""

    def __post_init__(self) -> None:
        self._key = Key(self.program)
        self._draw = seeded(self.seed)

    def spots(self) -> Iterator[Spot]:
        """Every new state, and the result of every move that came by something, as the walk goes on."""
        first = self.first()
        self.known[first.key] = first
        yield first
        turns: Counter[Hashable] = Counter()
        queue: list[tuple[int, int, int, Spot]] = [(0, 0, 0, first)]
        while queue:
            _, _, _, spot = heapq.heappop(queue)
            if spot.state.over:
                continue
            leads = self.edges[spot.key] = set[Hashable]()
            for move in self.moves(spot.state):
                if self.tried >= self.most:
                    self.capped = True
                    del self.edges[spot.key]
                    return
                self.tried += 1
                after = self.make(spot, move)
                leads.add(after.key)
                if after.key not in self.known:
                    self.known[after.key] = after
                    turns[after.key[0]] += 1
                    heapq.heappush(queue, (turns[after.key[0]], after.depth, self.tried, after))
                yield after

    def first(self) -> Spot:
        """The buyer's first line."""
        state, events = step(self.program, State(), Open(self.seed, "practice", ""), 0.0, self._draw)
        return Spot(state, events, self._key(state))

    def along(self, moves: Sequence[Move]) -> Iterator[Spot]:
        """Make these moves one after the other, as long as the reception goes on."""
        spot = self.first()
        yield spot
        for move in moves:
            if spot.state.over:
                return
            spot = self.make(spot, move)
            yield spot

    def make(self, spot: Spot, move: Move) -> Spot:
        """Do one move and let the buyer answer."""
        state, events, now = spot.state, list[ev.Event](), spot.state.t + PAUSE
        for part in move:
            given = part if isinstance(part, Note) else Say(part)
            state, new = step(self.program, state, given, now, self._draw)
            events += new
            now += BETWEEN
        due = next_due(self.program, state)
        if due is not None:
            state, new = step(self.program, state, Tick(), due, self._draw)
            events += new
        return Spot(state, tuple(events), self._key(state), spot, move, spot.depth + 1)
