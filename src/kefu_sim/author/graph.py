"""A story as a graph to be drawn: its nodes, the ways between them put together, and how often each was taken."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from kefu_sim.author.coverage import Coverage, chief
from kefu_sim.author.ways import Way, WayKind, ways
from kefu_sim.base.text import clean
from kefu_sim.i18n import tr
from kefu_sim.scenario.model import Reply, Scenario

MOST_CAUSES = 3
"""Causes named on one arrow; the others are counted."""
TALK: frozenset[WayKind] = frozenset({"reply", "always"})
"""Ways taken because of what the agent said."""


@dataclass(frozen=True, slots=True)
class Box:
    """A node of the story."""

    id: str
    title: str
    ending: str
    """Its outcome; empty when the story goes on."""
    count: int | None
    """Receptions that came by; None without coverage."""
    start: bool = False

    @property
    def unmet(self) -> bool:
        """Whether it is known that nobody came by."""
        return self.count == 0


@dataclass(frozen=True, slots=True)
class Arrow:
    """All ways of one sort from a node to another."""

    source: str
    """Node, or EVERYWHERE."""
    target: str
    spoken: bool
    """By something the agent says; else by silence, not being understood, or a variable run out."""
    causes: tuple[str, ...]
    count: int | None

    @property
    def unmet(self) -> bool:
        """Whether it is known that nobody went this way."""
        return self.count == 0

    def label(self, most: int = MOST_CAUSES) -> str:
        """The causes in a few words."""
        shown = " | ".join(self.causes[:most])
        more = len(self.causes) - most
        return tr("{causes} and {n} more").format(causes=shown, n=more) if more > 0 else shown


@dataclass(frozen=True, slots=True)
class Graph:
    """Everything a drawing shows."""

    id: str
    title: str
    start: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    covered: bool
    """Whether counts are known."""
    unmet: tuple[str, ...] = ()
    """Places that nobody came by and that neither a box nor an arrow shows, as coverage names them."""

    def leaving(self, node: str) -> list[Arrow]:
        """Arrows from a node, in the order of the file."""
        return [arrow for arrow in self.arrows if arrow.source == node]


def graph_of(story: Scenario, coverage: Coverage | None = None) -> Graph:
    """Put the ways of a story together."""
    counts = coverage.counts if coverage else None
    boxes = [
        Box(name, clean(node.title), node.end or "", _count(counts, [name]), name == story.start)
        for name, node in story.nodes.items()
    ]
    bundles: dict[tuple[str, str, bool], list[Way]] = {}
    for way in ways(story):
        bundles.setdefault((way.source, way.target, way.kind in TALK), []).append(way)
    arrows = [
        Arrow(source, target, spoken, _causes(story, bundle), _count(counts, [way.place for way in bundle]))
        for (source, target, spoken), bundle in bundles.items()
        if target in story.nodes
    ]
    drawn = {*story.nodes, *(way.place for bundle in bundles.values() for way in bundle)}
    unmet = _undrawn(story, coverage, drawn) if coverage else ()
    return Graph(story.id, clean(story.title), story.start, tuple(boxes), tuple(arrows), counts is not None, unmet)


def _undrawn(story: Scenario, coverage: Coverage, drawn: Container[str]) -> tuple[str, ...]:
    """What nobody came by, without what boxes and arrows show and without endings, which are boxes."""
    left = chief(coverage.unmet(story))
    return tuple(place.id for place in left if place.id not in drawn and place.kind != "ending")


def _count(counts: Mapping[str, int] | None, places: Sequence[str]) -> int | None:
    return None if counts is None else sum(counts.get(place, 0) for place in places)


def _causes(story: Scenario, bundle: Sequence[Way]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clean(_cause(story, way)) for way in bundle))


def _cause(story: Scenario, way: Way) -> str:
    """What makes a story go this way, in a few words."""
    _, _, row = way.place.partition(":")
    match way.kind:
        case "reply":
            return _wanted(story.nodes[way.source].replies[int(row)])
        case "always":
            return _wanted(story.always[int(row)])
        case "silence":
            ladder = story.nodes[way.source].silence or story.silence
            branch = ladder[int(row)]
            return _limited(tr("{seconds:g} s of silence").format(seconds=branch.after), branch.if_, ())
        case "unclear":
            return tr("not understood")
        case "out":
            return tr("{variable} used up").format(variable=row)
        case "missed":
            return tr("{promise} not kept in time").format(promise=row)


def _wanted(reply: Reply) -> str:
    return _limited(" + ".join(reply.when), reply.if_, reply.unless)


def _limited(what: str, conditions: Mapping[str, str], unless: Sequence[str]) -> str:
    """A cause with what else has to hold."""
    if conditions:
        told = ", ".join(f"{name} {test}" for name, test in conditions.items())
        what = tr("{cause}, if {conditions}").format(cause=what, conditions=told)
    return tr("{cause}, unless {labels}").format(cause=what, labels=", ".join(unless)) if unless else what


def title_of(box: Box) -> str:
    """Name and title of a node, with its outcome."""
    name = f"{box.id} {box.title}" if box.title else box.id
    return f"{name} ■ {box.ending}" if box.ending else name
