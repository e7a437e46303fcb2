"""The directed bot: looks for ways to what no other bot came by, saying samples where they should be understood.

First it walks a part of the story to learn from which states it can set out; then it aims at each place from the
states that suit it best; then it walks on. Wordings that another draw would have brought it fetches with other seeds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from kefu_sim.author.bots_notes import notes_due
from kefu_sim.author.bots_vocabulary import EACH, Vocabulary
from kefu_sim.author.coverage import ANYWHERE, silences_at, unclear_at
from kefu_sim.author.samples import reply_at
from kefu_sim.author.soak_kit import Kit
from kefu_sim.author.walk import SILENCE, Move, Spot, Walk
from kefu_sim.engine.choose import numbers
from kefu_sim.engine.state import State
from kefu_sim.engine.step import Note
from kefu_sim.scenario.conditions import all_hold
from kefu_sim.scenario.labels import HOLD
from kefu_sim.scenario.model import STAY, Line, Reply, Scenario

MOVES = 1_500
"""Moves of each part of the walk."""
ROUNDS = 4
"""Parts of the walk, each followed by aiming, as long as more than wordings is unmet."""
AIMED_FROM = 40
"""States from which a place is aimed at."""
DOORS = 200
"""Moves by which the node of a place is entered, in search of a state there that suits it."""
SEEDS = 40
"""Other seeds tried for a wording."""
WORN = 6
"""Times the walk takes a reply that only moves numbers."""
BURST = 3
"""Messages sent before one that is to be the last of many."""
WEARING = 8
"""Moves in a row that wear a buyer out."""
LASTING = 24
"""Moves in a row by which time is let pass."""


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """A state to set out from."""

    spot: Spot
    ways: Mapping[str, tuple[Move, ...]]
    """What can be said there, by the reply that should come of it."""
    rest: float
    """Sum of the numbers: how much the buyer will still bear."""


@dataclass(frozen=True)
class Goal:
    """A place that is looked for."""

    place: str
    story: Scenario

    @cached_property
    def base(self) -> str:
        """The place itself, for a wording the place it belongs to."""
        return self.place.partition("#")[0]

    @cached_property
    def route(self) -> str:
        """Place under which ways to it are known."""
        return self.base.removesuffix("/line")

    @cached_property
    def node(self) -> str:
        """Empty for what belongs to no node, ANYWHERE for what does to all without their own."""
        return self.base.rpartition("/")[0]

    @cached_property
    def kind(self) -> str:
        """What it is without its node: `reply:3`, `silence:0`, `unclear`, `out:mood`, `missed:gift`."""
        return self.base.rpartition("/")[2]

    @cached_property
    def reply(self) -> Reply | None:
        """The reply it is, or is a wording of."""
        return reply_at(self.story, self.base) if self.kind.startswith(("reply:", "always:")) else None

    @cached_property
    def wording(self) -> Line | None:
        """The wording of a reply that is looked for."""
        index = self.place.partition("#")[2]
        return self.reply.buyer[int(index)] if self.reply and index else None

    def stands_at(self, node: str) -> bool:
        """Whether it can be come by at a node."""
        if self.node != ANYWHERE:
            return self.node in {"", node}
        return self.base in {*silences_at(self.story, node), unclear_at(self.story, node)}

    def suits(self, state: State) -> bool:
        """Whether conditions hold as they would when the reply speaks; others' wordings must not push in."""
        reply, wording = self.reply, self.wording
        look = numbers(self.story, state, {})
        what, _, name = self.kind.partition(":")
        if what == "silence":
            owner = self.story if self.node == ANYWHERE else self.story.nodes[self.node]
            *sooner, branch = owner.silence[: int(name) + 1]
            return all_hold(branch.if_, look) and not any(b.goto != STAY and all_hold(b.if_, look) for b in sooner)
        if what == "missed":
            pledge = state.pledges.get(name)
            return pledge is not None and pledge.status == "open" and pledge.due is not None
        if reply is None:
            return True

        def then(name: str) -> float | None:
            value = look(name)
            return value if value is None else reply.set.get(name, value + reply.add.get(name, 0))

        bound = [line for line in reply.buyer if line.if_ and all_hold(line.if_, then)]
        sayable = wording is None or (wording in bound if bound or wording.if_ else True)
        return sayable and all_hold(reply.if_, look)


@dataclass
class Directed:
    """One search for unmet places of a story."""

    kit: Kit
    seed: int
    wanted: set[str]
    said: Vocabulary = field(init=False)
    starts: dict[str, list[Start]] = field(default_factory=lambda: defaultdict(list))
    """Node → states to set out from."""
    routes: dict[str, list[Spot]] = field(default_factory=lambda: defaultdict(list))
    """Place → ways there, whether it was wanted or not."""
    _seen: set[Hashable] = field(default_factory=set, repr=False)
    _tried: set[tuple[str, int]] = field(default_factory=set, repr=False)

    def __post_init__(self) -> None:
        self.said = Vocabulary(self.kit)
        self.walk = Walk(self.kit.program, self._moves, self.seed, MOVES * ROUNDS)

    def receptions(self) -> Iterator[Spot]:
        """Receptions that came by something wanted; `wanted` keeps what is left."""
        walking = self.walk.spots()
        for _ in range(ROUNDS):
            yield from self._walked(walking)
            left = len(self._goals()) + 1
            while len(self._goals()) < left:
                left = len(self._goals())
                for goal in self._goals():
                    yield from self._approached(goal)
                    yield from self._aimed(goal)
            if all("#" in goal.place for goal in self._goals()):
                break
        for goal in self._goals():
            yield from self._fetched(goal)

    def _goals(self) -> list[Goal]:
        """What is to be looked for: places first, those of wanted wordings among them, then the wordings."""
        goals = [Goal(place, self.kit.story) for place in sorted(self.wanted, key=lambda place: ("#" in place, place))]
        bases = dict.fromkeys(goal.route for goal in goals if "#" in goal.place and not self.routes.get(goal.route))
        return [*(Goal(base, self.kit.story) for base in bases if base not in self.wanted), *goals]

    def _done(self, goal: Goal) -> bool:
        return goal.place not in self.wanted and ("#" in goal.place or bool(self.routes.get(goal.place)))

    def _walked(self, walking: Iterator[Spot]) -> Iterator[Spot]:
        """Learn the next part of the story."""
        stop = self.walk.tried + MOVES
        for spot in walking:
            yield from self._met(spot)
            if self.walk.tried >= stop:
                return

    def _moves(self, state: State) -> Iterator[Move]:
        """Moves worth making on the walk: those that lead on, and those whose outcome is not known yet."""
        story = self.kit.story
        if not all(self.routes.get(place) for place in silences_at(story, state.node)):
            yield SILENCE
        unclear = unclear_at(story, state.node)
        if unclear and not self.routes.get(unclear):
            yield self.said.nonsense
        leading = [(_whole(place, state), ways[0]) for place, ways in self.said.ways(state).items() if ways]
        said = (way[0] for base, way in leading if self._leads_on(base))
        self.kit.ahead((text for text in said if isinstance(text, str)), state.context)
        yield from (way for base, way in leading if self._leads_on(base))

    def _leads_on(self, place: str) -> bool:
        """Whether the walk is still to take a reply."""
        return len(self.routes.get(place, ())) < self._enough(reply_at(self.kit.story, place))

    def _enough(self, reply: Reply) -> int:
        """So many ways to a reply are known from which on the walk need not take it again."""
        if reply.goto != STAY:
            return MOVES if self.kit.story.nodes[reply.goto].end is None else 1
        if reply.once or reply.set or reply.reveal:
            return MOVES
        return WORN if any(self.kit.dear(meter) for meter in reply.add) else 1

    def _met(self, spot: Spot) -> Iterator[Spot]:
        """Learn from a move; gives the spot when it came by something wanted."""
        places, state = spot.places(self.kit.story), spot.state
        for place in places:
            if len(self.routes[place]) < AIMED_FROM:
                self.routes[place].append(spot)
        if not (state.over or state.nudges or state.unclear) and spot.key not in self._seen:
            self._seen.add(spot.key)
            self.starts[state.node].append(Start(spot, self.said.ways(state), sum(state.meters.values())))
        if met := self.wanted & places:
            self.wanted -= met
            yield spot

    def _approached(self, goal: Goal) -> Iterator[Spot]:
        """Enter the node of a place from states that suit it already, when none there does."""
        if goal.reply is None or any(self._ready(start, goal) for start in self.starts[goal.node]):
            return
        suited = [start for starts in list(self.starts.values()) for start in starts if goal.suits(start.spot.state)]
        doors = (
            (start, way)
            for start in suited
            for place, ways in start.ways.items()
            for way in ways
            if reply_at(self.kit.story, _whole(place, start.spot.state)).goto == goal.node
        )
        for start, way in islice(doors, DOORS):
            spot = self.walk.make(start.spot, way)
            yield from self._met(spot)
            if any(self._ready(new, goal) for new in self.starts[goal.node][-1:]):
                return

    def _aimed(self, goal: Goal) -> Iterator[Spot]:
        """Set out for a place from the states that suit it best."""
        for start in self._suited(goal):
            if (goal.place, id(start)) in self._tried:
                continue
            self._tried.add((goal.place, id(start)))
            for moves in self._towards(start, goal):
                if self._done(goal):
                    return
                spot = start.spot
                for move in moves:
                    spot = self.walk.make(spot, move)
                    yield from self._met(spot)
                    if spot.state.over:
                        break

    def _ready(self, start: Start, goal: Goal) -> bool:
        """Whether a state suits a place, and words for it are known there."""
        return goal.suits(start.spot.state) and bool(start.ways.get(goal.kind))

    def _suited(self, goal: Goal) -> Sequence[Start]:
        """States to set out from: where it may be given, and then where the buyer will bear most."""
        starts = [start for node, there in self.starts.items() if goal.stands_at(node) for start in there]
        spoken = goal.reply is not None
        far = [
            (
                not (self._ready(start, goal) if spoken else goal.suits(start.spot.state)),
                goal.kind not in start.ways,
                -start.rest,
                start.spot.depth,
            )
            for start in starts
        ]
        return [starts[i] for i in sorted(range(len(starts)), key=far.__getitem__)[:AIMED_FROM]]

    def _towards(self, start: Start, goal: Goal) -> Iterator[Sequence[Move]]:
        """Sequences of moves that ought to end at a place."""
        kind, sounding = goal.kind, self.kit.words.sounding
        if kind.startswith("silence"):
            silent = (SILENCE,) * (int(kind.partition(":")[2]) + 1)
            yield silent
            if notes := notes_due(self.kit, start.spot.state):
                yield [tuple(Note(text, order) for order, text in notes.items()), *silent]
        elif kind.startswith("unclear"):
            unclear = self.kit.story.nodes[start.spot.state.node].unclear or self.kit.story.unclear
            times = (unclear.max if unclear else 0) + 2  # a reply to anything may take the first
            for words in (self.kit.words.nonsense, sounding["curt"]):
                yield [(text,) for text in words[:times]]
        elif kind.startswith("out:"):
            yield (SILENCE,) * WEARING
            yield [move for word in sounding["polite"] for move in (SILENCE, SILENCE, (word,))]
            for tone in ("curt", "rude"):
                yield [(sounding[tone][i % len(sounding[tone])],) for i in range(WEARING)]
        elif kind.startswith(("missed:", "notice:")):
            yield from self._waiting(start, goal)
        elif goal.reply is not None:
            ways = start.ways.get(kind) or islice(self.said.guesses(goal.reply), 1)
            before = self.kit.words.nonsense[:BURST] if "burst" in goal.reply.if_ else ()
            yield from ([(*before, *way)] for way in ways)

    def _waiting(self, start: Start, goal: Goal) -> Iterator[Sequence[Move]]:
        """Let time pass, silently or asking for patience, after a promise is made if one is to be broken."""
        what, _, name = goal.kind.partition(":")
        moment = self.kit.texts(HOLD)[:1]
        lasting = ((SILENCE,) * LASTING, (SILENCE, moment) * (LASTING // 2), (moment,) * LASTING)
        made: Sequence[Sequence[Move]] = ((),)
        if what == "missed" and not goal.suits(start.spot.state):
            promise = self.kit.story.promises[name]
            made = [[(text,)] for text in islice(self.said.at_once(promise.made), EACH)]
        yield from ((*before, *moves) for moves in lasting for before in made)

    def _fetched(self, goal: Goal) -> Iterator[Spot]:
        """Play the ways to a wording's place again with other seeds, those first on which it may be said."""
        routes = self.routes[goal.route]
        if "#" not in goal.place or not routes:
            return
        may = [spot for spot in routes if goal.suits((spot.before or spot).state)] or routes
        for n in range(SEEDS):
            walk = Walk(self.kit.program, self._moves, self.seed + 1 + n)
            for spot in walk.along(may[n % len(may)].moves()):
                yield from self._met(spot)
            if self._done(goal):
                return


def _whole(place: str, state: State) -> str:
    """A place as coverage names it."""
    return place if place.startswith("always") else f"{state.node}/{place}"
