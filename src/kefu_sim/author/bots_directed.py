"""The directed bot: looks for ways to what no other bot came by, saying samples where they should be understood.

First it walks the story to learn from which states it can set out; then it aims at each place from the states of that
node that suit it best; wordings that another draw would have brought it fetches with other seeds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product

from kefu_sim.author.samples import reply_at
from kefu_sim.author.soak_kit import Kit
from kefu_sim.author.walk import SILENCE, Move, Spot, Walk
from kefu_sim.engine.choose import fits, numbers, offered, open_now
from kefu_sim.engine.state import State
from kefu_sim.scenario.conditions import all_hold, alternatives
from kefu_sim.scenario.model import STAY, Line, Reply, Scenario

MOVES = 1_500
"""Moves of each part of the walk."""
AIMED_FROM = 40
"""States from which a place is aimed at."""
ROUNDS = 4
"""Parts of the walk, each followed by aiming, as long as more than wordings is unmet."""
SEEDS = 40
"""Other seeds tried for a wording."""
EACH = 5
"""Samples of a label that are tried in a combination."""
COMBINATIONS = 80
WEARING = 8
"""Moves in a row that wear a buyer out."""
WAYS = 3
"""Ways to say what a reply waits for."""


@dataclass
class Vocabulary:
    """What is worth saying at a state: for each reply the buyer may give, turns that should get it."""

    kit: Kit
    _known: dict[tuple[str, tuple[str, ...]], dict[str, tuple[Move, ...]]] = field(default_factory=dict)

    @property
    def nonsense(self) -> Move:
        """A turn nobody understands."""
        return self.kit.words.nonsense[:1]

    def ways(self, state: State) -> dict[str, tuple[Move, ...]]:
        """Place of each reply the buyer may give now → turns that ought to get it."""
        story, look = self.kit.story, numbers(self.kit.story, state, {})
        may = {place: reply for place, reply in offered(story, state.node) if open_now(place, reply, state, look)}
        key = (state.node, tuple(may))
        if key not in self._known:
            replies = tuple(may.values())
            self._known[key] = {place: tuple(self._ways(reply, replies)) for place, reply in may.items()}
        return self._known[key]

    def _ways(self, reply: Reply, may: Sequence[Reply]) -> Iterator[Move]:
        """A few turns after which this reply is the first that fits, polite and plain ones; else the likeliest one."""
        parts = [[text for label in alternatives(part) for text in self.kit.texts(label)[:EACH]] for part in reply.when]
        found: dict[bool, list[Move]] = {True: [], False: []}
        likely: Move = SILENCE
        for texts in islice(product(*parts), COMBINATIONS):
            move = tuple(dict.fromkeys(texts))
            labels = frozenset[str]().union(*map(self.kit.by_itself, move))
            likely = likely or move
            if next((r for r in may if fits(r, labels)), None) is reply:
                found["polite" in labels].append(move)
        polite, plain = found[True], found[False]
        yield from islice((*polite[:1], *plain[:1], *polite[1:], *plain[1:]), WAYS)
        if not polite and not plain and likely:
            yield likely


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """A state to set out from."""

    spot: Spot
    ways: Mapping[str, tuple[Move, ...]]
    """What can be said there, by the reply that should come of it."""
    rest: float
    """Sum of the numbers: how much the buyer will still bear."""


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

    def _moves(self, state: State) -> Iterator[Move]:
        """Moves worth making on the walk: those that lead on, and those whose outcome is not known yet."""
        story = self.kit.story
        silent = [f"{state.node}/silence:{i}" for i in range(len(story.nodes[state.node].silence))]
        if not all(self.routes.get(place) for place in silent):
            yield SILENCE
        if story.nodes[state.node].unclear and not self.routes.get(f"{state.node}/unclear"):
            yield self.said.nonsense
        for place, ways in self.said.ways(state).items():
            base = place if place.startswith("always") else f"{state.node}/{place}"
            if ways and not (self.routes.get(base) and _idle(reply_at(story, base), story)):
                yield ways[0]

    def receptions(self) -> Iterator[Spot]:
        """Receptions that came by something wanted; `wanted` keeps what is left."""
        walking = self.walk.spots()
        for _ in range(ROUNDS):
            yield from self._walked(walking)
            left = len(self._goals()) + 1
            while len(self._goals()) < left:
                left = len(self._goals())
                for place in self._goals():
                    yield from self._aimed(place)
            if all("#" in place for place in self._goals()):
                break
        for line in self._goals():
            yield from self._fetched(line)

    def _goals(self) -> list[str]:
        """What is to be looked for: places first, those of wanted wordings among them, then the wordings."""
        bases = {place.partition("#")[0].removesuffix("/line") for place in self.wanted if "#" in place}
        places = {place for place in self.wanted if "#" not in place} | {b for b in bases if not self.routes.get(b)}
        return [*sorted(places), *sorted(place for place in self.wanted if "#" in place)]

    def _done(self, place: str) -> bool:
        return place not in self.wanted and ("#" in place or bool(self.routes.get(place)))

    def _walked(self, walking: Iterator[Spot]) -> Iterator[Spot]:
        """Learn the next part of the story."""
        stop = self.walk.tried + MOVES
        for spot in walking:
            yield from self._met(spot)
            if self.walk.tried >= stop:
                return

    def _met(self, spot: Spot) -> Iterator[Spot]:
        places, state = spot.places(), spot.state
        for place in places:
            if len(self.routes[place]) < AIMED_FROM:
                self.routes[place].append(spot)
        if (
            not state.over
            and not state.nudges
            and not state.unclear
            and (key := self.walk.key(state)) not in self._seen
        ):
            self._seen.add(key)
            self.starts[state.node].append(Start(spot, self.said.ways(state), sum(state.meters.values())))
        if met := self.wanted & places:
            self.wanted -= met
            yield spot

    def _aimed(self, place: str) -> Iterator[Spot]:
        """Set out for one place, or a wording of it, from the states that suit it best."""
        base, _, index = place.partition("#")
        lines = self._lines(base) if index else ()
        for start in self._suited(base, lines, int(index or 0)):
            if (place, id(start)) in self._tried:
                continue
            self._tried.add((place, id(start)))
            for moves in self._towards(start, base):
                if self._done(place):
                    return
                spot = start.spot
                for move in moves:
                    spot = self.walk.make(spot, move)
                    yield from self._met(spot)
                    if spot.state.over:
                        break

    def _suited(self, base: str, lines: Sequence[Line], index: int) -> Sequence[Start]:
        """States to set out from: where it may be said and given, and then where the buyer will bear most."""
        node, _, rest = base.rpartition("/")
        starts = self.starts[node] if node else [start for starts in self.starts.values() for start in starts]
        far = [
            (
                not self._sayable(start.spot, lines, index),
                rest not in start.ways,
                -start.rest,
                start.spot.depth,
            )
            for start in starts
        ]
        return [starts[i] for i in sorted(range(len(starts)), key=far.__getitem__)[:AIMED_FROM]]

    def _towards(self, start: Start, place: str) -> Iterator[tuple[Move, ...]]:
        """Sequences of moves that ought to end at a place."""
        kind = place.rpartition("/")[2]
        if kind.startswith("silence"):
            yield (SILENCE,) * (int(kind.partition(":")[2]) + 1)
        elif kind.startswith("unclear"):
            unclear = self.kit.story.nodes[start.spot.state.node].unclear
            times = (unclear.max if unclear else 0) + 2  # a reply to anything may take the first
            for words in (self.kit.words.nonsense, self.kit.words.sounding["curt"]):
                yield tuple((text,) for text in words[:times])
        elif kind.startswith("out:"):
            yield (SILENCE,) * WEARING
            yield tuple(move for word in self.kit.words.sounding["polite"] for move in (SILENCE, SILENCE, (word,)))
            for words in (self.kit.words.sounding["curt"], self.kit.words.sounding["rude"]):
                yield tuple((words[i % len(words)],) for i in range(WEARING))
        else:
            yield from ((way,) for way in start.ways.get(kind, ()))

    def _fetched(self, line: str) -> Iterator[Spot]:
        """Play the ways to a wording's place again with other seeds, those first on which it may be said."""
        base, _, index = line.partition("#")
        if not index:
            return
        routes, lines = self.routes[base.removesuffix("/line")], self._lines(base)
        may = [spot for spot in routes if self._sayable(spot.before or spot, lines, int(index))] or routes
        for n in range(SEEDS if routes else 0):
            walk = Walk(self.kit.program, self._moves, self.seed + 1 + n)
            for spot in walk.along(may[n % len(may)].moves()):
                yield from self._met(spot)
            if self._done(line):
                return

    def _lines(self, base: str) -> Sequence[Line]:
        """The wordings of a reply; none for others, which are rarely bound to conditions."""
        return reply_at(self.kit.story, base).buyer if "reply:" in base or "always:" in base else ()

    def _sayable(self, spot: Spot, lines: Sequence[Line], index: int) -> bool:
        """Whether a wording may be drawn: its conditions hold, or it has none and no other's do."""
        look = numbers(self.kit.story, spot.state, {})
        bound = {i for i, line in enumerate(lines) if line.if_ and all_hold(line.if_, look)}
        return index in bound if bound or (lines and lines[index].if_) else True


def _idle(reply: Reply, story: Scenario) -> bool:
    """Whether nothing new can come after a reply: the buyer stays, or the reception ends."""
    if reply.goto == STAY:
        return not (reply.once or reply.set or reply.reveal)
    return story.nodes[reply.goto].end is not None
