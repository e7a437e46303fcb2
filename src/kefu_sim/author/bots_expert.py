"""How an expert finds words: weighs what could be said at this moment, and says what serves buyer and flow best.

The words are samples, answers of facts and phrases of the bank, never the model answers or anything near them. What a
text would lead to is told from what it means by itself; the buyer may take it otherwise, as buyers do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kefu_sim.engine import events as ev
from kefu_sim.engine.choose import numbers, open_offers
from kefu_sim.scenario.conditions import alternatives
from kefu_sim.scenario.labels import ANY, HOLD, ISSUES, STEP_NAMES, fact_label
from kefu_sim.scenario.model import STAY

if TYPE_CHECKING:
    from kefu_sim.author.soak_kit import Kit
    from kefu_sim.author.soak_play import View

AGAIN = 0.6
"""Likeness to something said before from which on it is not said again."""
EQUAL = 1.0
"""What differs by less in worth is as good."""
WORTH_ADDING = 1.0
"""A second message must add so much."""
CONSIDERED = 24
"""Texts that come to mind."""
SHORT, LONG = 8, 60
"""Characters of a turn that are few and many."""


@dataclass(frozen=True, slots=True)
class Moment:
    """All that the worth of a text hangs on."""

    node: str
    open: tuple[str, ...]
    """Places of the replies the buyer may give."""
    heard: frozenset[str]
    """Steps, right answers, promises and their keeping so far."""
    visited: frozenset[str]
    revealed: frozenset[str]


Rated = tuple[tuple[float, str], ...]
"""Texts with their worth, the best first."""


def compose(view: View) -> tuple[str, ...]:
    """One or two messages for this moment."""
    kit, moment = view.kit, moment_of(view)
    best = _pick(view, kit.rated(moment), "first")
    if best is None:
        return (view.pick(kit.samples.of("问好"), "bot:greeting"),)
    worth, first = best
    second = _pick(view, kit.rated(moment, first), "second", first)
    return (first,) if second is None or second[0] < worth + WORTH_ADDING else (first, second[1])


def moment_of(view: View) -> Moment:
    """What stands now."""
    kit, state = view.kit, view.state
    may = tuple(open_offers(kit.program, state, numbers(kit.story, state, {})))
    said = {label for event in view.log if isinstance(event, ev.Understood) for label in event.labels}
    heard = frozenset(said & kit.telling)
    return Moment(state.node, may, heard, frozenset(state.visits), frozenset(state.revealed))


def _pick(view: View, rated: Rated, purpose: str, *more: str) -> tuple[float, str] | None:
    """One of the texts that are about as good as the best and were not said before."""
    said = (*view.state.said, *more)
    good: list[tuple[float, str]] = []
    for worth, text in rated:
        if good and worth <= good[0][0] - EQUAL:
            break
        if not view.kit.near(text, said, AGAIN):
            good.append((worth, text))
    return good[int(view.draw(f"bot:{purpose}") * len(good))] if good else None


def rate(kit: Kit, moment: Moment, *said: str) -> Rated:
    """What could be said, alone or behind what is being said, by its worth."""
    before = frozenset[str]().union(*map(kit.by_itself, said))
    scale, length = kit.scale(moment), sum(map(len, said))
    texts, found = list(dict.fromkeys(_texts(kit, moment.node))), []
    kit.ahead(texts)
    for text in texts:
        labels = before | kit.by_itself(text)
        found.append((scale.worth(labels) + _size(length + len(text)), text))
    return tuple(sorted(found, key=lambda row: -row[0])[:CONSIDERED])


def _size(length: int) -> float:
    return -1.5 if length < SHORT else -1.0 if length > LONG else 0.0


def _texts(kit: Kit, node: str) -> Iterator[str]:
    """What comes to mind at a node, in one's own words."""
    for label in dict.fromkeys(_labels(kit, node)):
        better = [step.better.zh for step in kit.flow.steps if label in step.by]
        trade = kit.words.trade.get(label)
        texts = trade.about(complaint=kit.flow.complaint) if trade else kit.samples.of(label)
        yield from (text for text in (*better, *texts) if not kit.copied(text))


def _labels(kit: Kit, name: str) -> Iterator[str]:
    """What would be to the point: steps, facts asked about, what the replies wait for, promises to be kept."""
    node = kit.story.nodes[name]
    yield from node.steps
    yield from (fact_label(fact, right=True) for fact in node.asks)
    waited = (label for reply in node.replies for part in reply.when for label in alternatives(part))
    yield from (label for label in waited if label not in _UNFIT and not label.endswith(".wrong"))
    for promise in kit.story.promises.values():
        yield from promise.kept


_UNFIT = ISSUES | {"rude", "curt", ANY}


@dataclass(frozen=True, slots=True)
class Scale:
    """Weighs turns of one moment; only differences count."""

    kit: Kit
    moment: Moment
    known: dict[frozenset[str], float] = field(default_factory=dict)

    def worth(self, labels: frozenset[str]) -> float:
        """How well a turn of these labels serves buyer and flow."""
        if labels not in self.known:
            self.known[labels] = _manner(labels) + self._duties(labels) + self._reaction(labels)
        return self.known[labels]

    def _duties(self, labels: frozenset[str]) -> float:
        """Steps, answers and promises."""
        story, heard = self.kit.story, self.moment.heard
        node = story.nodes[self.moment.node]
        here = labels & set(node.steps)
        worth = 3.0 * len(here - heard) + 1.0 * bool(here) + 0.3 * len((labels & STEP_NAMES) - heard - here)
        for name in story.facts:
            right = fact_label(name, right=True)
            if right in labels:
                worth += 2.5 * (name in node.asks and right not in heard)
            elif fact_label(name, right=False) in labels:
                worth -= 8.0
        for promise in story.promises.values():
            if heard.issuperset(promise.made) and not heard.issuperset(promise.kept):
                worth += 2.0 * labels.issuperset(promise.kept)
        return worth

    def _reaction(self, labels: frozenset[str]) -> float:
        """What the buyer would make of it."""
        moment = self.moment
        offers = self.kit.program.offers.fitting(moment.node, labels)
        reply = next((reply for place, reply in offers if place in moment.open), None)
        if reply is None:
            return -3.0 if HOLD in labels else -6.0
        worth = sum(delta / 8 for meter, delta in reply.add.items() if self.kit.dear(meter))
        worth += self._told(reply.reveal)
        return worth if reply.goto == STAY else worth + self._entered(reply.goto, labels)

    def _entered(self, name: str, labels: frozenset[str]) -> float:
        kit, moment = self.kit, self.moment
        left = kit.story.nodes[moment.node]
        missed = set(left.steps) - labels - moment.heard
        asked = {fact_label(fact, right=True) for fact in left.asks} - labels - moment.heard
        away = kit.distance.get(name, len(kit.distance))
        worth = 2.0 * (name not in moment.visited) if away == 0 else -3.0 * min(away, 3)
        if kit.story.nodes[name].end is not None:
            worth += 4.0 if name in kit.goals else -15.0
        return worth + self._told(kit.story.nodes[name].reveal) - 2.0 * len(missed) - 1.0 * len(asked)

    def _told(self, names: Sequence[str]) -> float:
        new = [self.kit.story.hidden[name] for name in names if name not in self.moment.revealed]
        return sum(3.0 if hidden.need else 1.0 for hidden in new)


def _manner(labels: frozenset[str]) -> float:
    tone = {"rude": -30.0, "curt": -6.0, "polite": 1.5, "warm": 0.5}
    return sum(tone.get(label, 0.0) for label in labels) - 10 * len(labels & ISSUES)
