"""Walks every state of a story over abstract labels: whatever can be understood or kept silent, not what can be typed.

Sets of labels are taken by what they lead to: at each state one set for each reply that can be the first to fit, with
each tone, one that nothing fits, and silence. What no set of labels comes by, no words will. Of what hangs on the clock
(promises missed, notices) nothing is told, as states are not told apart by time.

NEVER   a reply, branch or node that nothing can come by
TRAP    a node from some state of which no ending can be reached
CAPPED  there are more states than the walk was to look at
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from kefu_sim.author.codes import Severity
from kefu_sim.author.coverage import places
from kefu_sim.author.soak_again import search_further
from kefu_sim.author.verify_subject import Finding, Subject
from kefu_sim.author.walk import METER_STEP, SILENCE, Move, Walk
from kefu_sim.engine.choose import numbers, open_offers
from kefu_sim.engine.offers import fits
from kefu_sim.engine.program import Program
from kefu_sim.engine.state import State
from kefu_sim.i18n import tr
from kefu_sim.language.verdict import Issue, Recognition, Step
from kefu_sim.scenario.conditions import alternatives
from kefu_sim.scenario.labels import ANY, HOLD, ISSUES, STEP_NAMES, promise_label
from kefu_sim.scenario.model import Reply, Scenario

MOST = 20_000
"""Moves after which the walk is cut short."""
_NOT_TOLD = frozenset({"line", "missed", "notice"})
"""Kinds of places that hang on draws or on the clock."""
SETS = 200
"""Sets of labels tried for one reply at one state."""
_TONES = {"rude": -2, "curt": -1, "": 0, "polite": 1, "warm": 2}
_IMPLIED = {"rude": frozenset({"rude", "curt"}), "warm": frozenset({"polite", "warm"})}
_APART = ("", "warm", "curt")
"""Tones that are told apart: none, one that lifts the numbers, one that lowers them."""


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk found."""

    states: int
    moves: int
    capped: bool
    findings: tuple[Finding, ...]

    @property
    def summary(self) -> str:
        """One line."""
        text = tr("walked {states} states by {moves} moves, numbers in steps of {step:g}").format(
            states=self.states, moves=self.moves, step=METER_STEP
        )
        return text + (tr("; cut short there") if self.capped else tr("; there are no more"))


class Labelled:
    """Understands a message that is a set of labels."""

    version = "labels"

    def __call__(self, reply: str, context: Sequence[str], previous: Sequence[str], node: str = "") -> Recognition:
        """Read `问好|polite|offer_gift`."""
        del context, previous, node
        labels = set(reply.split("|")) - {ANY, ""}
        tone = next((name for name in ("rude", "warm", "curt", "polite") if name in labels), "")
        return Recognition(
            steps=tuple(step for step in Step if step.value in labels),
            politeness=_TONES[tone],
            issues=tuple(issue for issue in _ISSUES if issue in labels),
            intents=tuple(sorted(labels - STEP_NAMES - ISSUES - _TONES.keys())),
        )


_ISSUES: tuple[Issue, ...] = ("dismissive", "blame", "abuse", "overpromise", "offplatform")


def walk_all(subject: Subject, most: int = MOST, met: Collection[str] = ()) -> Walked:
    """Walk a story; `met` are places that receptions have come by already."""
    walk = Walk(replace(subject.program, understand=Labelled()), _Sets(subject.program), most=most)
    seen = set(met)
    for spot in walk.spots():
        seen |= spot.places(subject.story)
    never = list(_never(subject, seen, walk))
    found = [*never, *_traps(subject, walk)]
    if walk.capped:
        found.append(_capped(subject, most, walk.tried, missed=bool(never)))
    return Walked(len(walk.known), walk.tried, walk.capped, tuple(sorted(found)))


def _capped(subject: Subject, most: int, tried: int, *, missed: bool) -> Finding:
    """That a walk of so many moves at most was cut short; what to do hangs on what it `missed`."""
    what = tr("the search was cut short after {moves} moves: it cannot say that nothing else is wrong")
    weight: Severity = "warning"
    if most < MOST:
        fix = search_further(subject, most)
    elif missed:
        fix = tr(
            "look at the places named under NEVER first: most stories have more states than can be walked, and a "
            "longer search seldom comes by more of them"
        )
    else:
        weight = "note"
        fix = tr(
            "nothing to be done: every place of the story was come by, and most stories have more states than can be "
            "walked"
        )
    return subject.find((), "CAPPED", what.format(moves=tried), fix, weight)


@dataclass
class _Sets:
    """The sets of labels worth telling apart at a state."""

    program: Program

    def __post_init__(self) -> None:
        self._known: dict[tuple[str, tuple[str, ...]], tuple[Move, ...]] = {}
        self._pledging = dict(_pledging(self.program.scenario))

    def __call__(self, state: State) -> Iterable[Move]:
        may = open_offers(self.program, state, numbers(self.program.scenario, state, {}))
        key = (state.node, tuple(may))
        if key not in self._known:
            self._known[key] = tuple(self._moves(list(may.values())))
        return self._known[key]

    def _moves(self, may: Sequence[Reply]) -> Iterator[Move]:
        yield SILENCE
        yield (ANY,)
        yield (HOLD,)
        for reply in may:
            for tone in _APART:
                labels = next(
                    (s for s in islice(_sets(reply, may), SETS) if _first(s | _tone(tone), may) is reply), None
                )
                if labels is not None:
                    said = labels | _tone(tone)
                    yield from dict.fromkeys((_saying(said), _saying(said | self._what_pledges(labels))))
        for name in self.program.scenario.promises:
            yield _saying(self._pledging[promise_label("made", name)])

    def _what_pledges(self, labels: frozenset[str]) -> frozenset[str]:
        """What makes and keeps the promises that a reply waits for."""
        return frozenset[str]().union(*(self._pledging.get(label, ()) for label in labels))


def _saying(labels: Iterable[str]) -> Move:
    return ("|".join(sorted(labels)),)


def _pledging(story: Scenario) -> Iterator[tuple[str, frozenset[str]]]:
    """Label of a promise → labels of a message that carries it."""
    for name, promise in story.promises.items():
        yield promise_label("made", name), frozenset(alternatives(part)[0] for part in promise.made)
        for what in ("kept", "late"):
            yield promise_label(what, name), frozenset(alternatives(part)[0] for part in promise.kept)


def _tone(tone: str) -> frozenset[str]:
    return _IMPLIED.get(tone, frozenset({tone} - {""}))


def _first(labels: frozenset[str], may: Sequence[Reply]) -> Reply | None:
    labels |= {ANY}
    return next((reply for reply in may if fits(reply, labels)), None)


def _sets(reply: Reply, may: Sequence[Reply]) -> Iterator[frozenset[str]]:
    """Sets that a reply waits for, bare first, then with labels that keep earlier replies from firing."""
    bare = [frozenset(labels) for labels in product(*map(alternatives, reply.when))]
    yield from bare
    guards = dict.fromkeys(
        label for other in may[: may.index(reply)] for label in other.unless if label not in reply.unless
    )
    for labels in bare:
        yield from (labels | {guard} for guard in guards)
        yield labels | frozenset(guards)


def _never(subject: Subject, met: Collection[str], walk: Walk) -> Iterator[Finding]:
    """Places that neither receptions nor the walk came by; of a walk cut short that is no proof yet."""
    what = tr("nothing that can be understood or kept silent comes by {place}")
    if walk.capped:
        what = tr("neither a reception nor the search, which was cut short, came by {place}")
    fix = tr("delete it, or change the conditions and replies before it")
    for place in places(subject.story):
        if place.kind not in _NOT_TOLD and place.id not in met:
            weight: Severity = "warning" if walk.capped else "error"
            yield subject.find(place.path, "NEVER", what.format(place=place.id), fix, weight)


def _traps(subject: Subject, walk: Walk) -> Iterator[Finding]:
    """Nodes with states from which no ending can be reached, however long the chat goes on."""
    before: dict[Hashable, set[Hashable]] = defaultdict(set)
    for state, after in walk.edges.items():
        for key in after:
            before[key].add(state)
    todo = [key for key, spot in walk.known.items() if spot.state.over or key not in walk.edges]
    good = set(todo)
    while todo:
        for key in before[todo.pop()]:
            if key not in good:
                good.add(key)
                todo.append(key)
    stuck = Counter(spot.state.node for key, spot in walk.known.items() if key not in good)
    for node, count in stuck.items():
        what = tr("from `{node}` there is no way to any ending ({n} states)").format(node=node, n=count)
        fix = tr("let a reply or a silence lead out of it")
        yield subject.find(("nodes", node), "TRAP", what, fix)
