"""What is worth saying at a state of a story: for each reply the buyer may give, turns that ought to get it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, product

from kefu_sim.author.soak_kit import Kit
from kefu_sim.author.walk import Move
from kefu_sim.engine.choose import Numbers, numbers, open_now, open_offers
from kefu_sim.engine.offers import Offers
from kefu_sim.engine.state import State
from kefu_sim.language.numbers import NUMBERS
from kefu_sim.scenario.conditions import COMPARISON, alternatives
from kefu_sim.scenario.labels import ANY
from kefu_sim.scenario.model import Reply

EACH = 5
"""Samples of a label that are tried in a combination."""
COMBINATIONS = 80
WAYS = 3
"""Ways to say what a reply waits for."""


@dataclass(frozen=True, slots=True)
class _Firsts:
    """Which of some replies of a node takes a turn first."""

    offers: Offers
    node: str
    may: Container[str]
    """Their places."""

    def of(self, labels: frozenset[str]) -> Reply | None:
        """The first reply that fits."""
        for place, reply in self.offers.fitting(self.node, labels):
            if place in self.may:
                return reply
        return None


@dataclass
class Vocabulary:
    """Finds the turns, once for each set of replies."""

    kit: Kit
    _known: dict[tuple[str, tuple[str, ...]], dict[str, tuple[Move, ...]]] = field(default_factory=dict)
    _meant: dict[tuple[Move, str], frozenset[str]] = field(default_factory=dict)
    _guessed: dict[tuple[str, str], Sequence[Move]] = field(default_factory=dict)
    """Node and place of a reply → turns that say what it waits for."""

    @property
    def nonsense(self) -> Move:
        """A turn nobody understands."""
        return self.kit.words.nonsense[:1]

    def ways(self, state: State) -> dict[str, tuple[Move, ...]]:
        """Place of each reply the buyer may give now → turns that ought to get it."""
        may = open_offers(self.kit.program, state, numbers(self.kit.story, state, {}))
        key = (state.node, tuple(may))
        if key not in self._known:
            new = {place: reply for place, reply in may.items() if (state.node, place) not in self._guessed}
            self.kit.ahead(text for reply in new.values() for part in self._parts(reply.when) for text in part)
            for place, reply in new.items():
                self._guessed[state.node, place] = tuple(islice(self.guesses(reply), COMBINATIONS))
            firsts = _Firsts(self.kit.program.offers, state.node, may)
            guessed = {place: self._guessed[state.node, place] for place in may}
            found = {place: tuple(self._ways(reply, guessed[place], firsts)) for place, reply in may.items()}
            self._known[key] = found | self._named(state)
        return self._known[key]

    def _named(self, state: State) -> dict[str, tuple[Move, ...]]:
        """The same for replies that a number opens."""
        story, found = self.kit.story, dict[str, tuple[Move, ...]]()
        untold = numbers(story, state, {})
        for place, reply in self.kit.program.offers.at(state.node):
            texts = [
                self.kit.words.numbers[kind].format(n=f"{value * 10 if kind == 'discount' else value:g}")
                for name, kind in (*zip(NUMBERS, NUMBERS, strict=True), ("deal", "offer"))
                if name in reply.if_
                for value in _values(reply.if_[name], untold)
                if open_now(place, reply, state, numbers(story, state, {kind: value}))
            ]
            wanted = [alternatives(part)[0] for part in reply.when]
            first = tuple(text for label in wanted if label != ANY for text in self.kit.texts(label)[:1])
            if texts:
                found[place] = tuple((*first, text) for text in texts)
        return found

    def _ways(self, reply: Reply, moves: Sequence[Move], firsts: _Firsts) -> Iterator[Move]:
        """A few of some turns after which this reply is the first that fits, polite and plain ones."""
        good = [move for move in moves if firsts.of(self._labels(move, firsts.node)) is reply]
        if not good:
            guarded = self._guarded(moves[:EACH], firsts)
            good = [move for move in guarded if firsts.of(self._labels(move, firsts.node)) is reply]
        polite = [move for move in good if "polite" in self._labels(move, firsts.node)]
        plain = [move for move in good if "polite" not in self._labels(move, firsts.node)]
        yield from islice((*polite[:1], *plain[:1], *polite[1:], *plain[1:]), WAYS)

    def guesses(self, reply: Reply) -> Iterator[Move]:
        """Turns that say what a reply waits for, whatever else they say."""
        return (tuple(dict.fromkeys(texts)) for texts in product(*self._parts(reply.when)))

    def at_once(self, labels: Sequence[str]) -> Iterator[str]:
        """Single messages that say all of some labels."""
        return ("，".join(dict.fromkeys(texts)) for texts in product(*self._parts(labels)))

    def _parts(self, labels: Sequence[str]) -> list[list[str]]:
        """For each of some labels, texts that carry it or one of its alternatives."""
        return [[text for label in alternatives(part) for text in self.kit.texts(label)[:EACH]] for part in labels]

    def _guarded(self, moves: Sequence[Move], firsts: _Firsts) -> Iterator[Move]:
        """The moves with words that keep the reply from firing that would take them first."""
        for move in moves:
            thief = firsts.of(self._labels(move, firsts.node))
            for label in thief.unless if thief else ():
                yield from ((*move, text) for text in self.kit.texts(label)[:1])

    def _labels(self, move: Move, node: str) -> frozenset[str]:
        """What a turn means at a node, by the texts it consists of; asked again for each reply it might get."""
        labels = self._meant.get((move, node))
        if labels is None:
            said = (self.kit.by_itself(part, node) for part in move if isinstance(part, str))
            labels = self._meant[move, node] = frozenset[str]().union(*said)
        return labels


def _values(test: str, look: Numbers) -> list[float]:
    """Numbers just below, at and above the bounds of a condition."""
    bounds = [bound for _, bound in COMPARISON.findall(test)]
    known = [look(bound) if bound[0].isalpha() else float(bound) for bound in bounds]
    return [value for at in known if at is not None for value in (at - 1, at, at + 1) if value > 0]
