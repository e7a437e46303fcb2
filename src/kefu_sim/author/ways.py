"""The ways through a story: from which moment to which, and by what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kefu_sim.scenario.model import STAY, Node, Reply, Scenario

EVERYWHERE = ""
"""Source of ways that are open at every node."""
FAILURES = frozenset({"lost", "left"})
"""Endings nobody aims at."""

WayKind = Literal["reply", "unclear", "silence", "always", "out", "missed"]


@dataclass(frozen=True, slots=True)
class Way:
    """One way from a node to another."""

    source: str
    """Node, or EVERYWHERE."""
    target: str
    kind: WayKind
    place: str
    """`open/reply:3`, `open/unclear:goto`, `open/silence:1`, `always:2`, `out:mood` as in coverage; `missed:gift`."""


def ways(story: Scenario) -> tuple[Way, ...]:
    """All ways of a story, in the order of the file. A reply that stays is none."""
    found = [Way(EVERYWHERE, meter.out, "out", f"out:{name}") for name, meter in story.vars.items() if meter.out]
    for name, promise in story.promises.items():
        if promise.missed.goto and promise.missed.goto != STAY:
            found.append(Way(EVERYWHERE, promise.missed.goto, "missed", f"missed:{name}"))
    for i, reply in enumerate(story.always):
        if reply.goto != STAY:
            found += [Way(source, reply.goto, "always", f"always:{i}") for source in _open_at(story, reply)]
    for name, node in story.nodes.items():
        found += _of_node(story, name, node)
    return tuple(found)


def _open_at(story: Scenario, reply: Reply) -> Sequence[str]:
    """Nodes at which a row of `always` holds."""
    if not reply.at and not reply.not_at:
        return [EVERYWHERE]
    moments = [name for name, node in story.nodes.items() if not node.end]
    return [name for name in moments if (not reply.at or name in reply.at) and name not in reply.not_at]


def _of_node(story: Scenario, name: str, node: Node) -> Iterator[Way]:
    for i, reply in enumerate(node.replies):
        if reply.goto != STAY:
            yield Way(name, reply.goto, "reply", f"{name}/reply:{i}")
    if node.end:
        return
    unclear = node.unclear or story.unclear
    if unclear and unclear.goto and unclear.goto != STAY:
        yield Way(name, unclear.goto, "unclear", f"{name}/unclear:goto")
    for i, branch in enumerate(node.silence or story.silence):
        if branch.goto and branch.goto != STAY:
            yield Way(name, branch.goto, "silence", f"{name}/silence:{i}")


def reached(story: Scenario, all_ways: Iterable[Way]) -> frozenset[str]:
    """Nodes a reception can come to."""
    onward: dict[str, set[str]] = {}
    for way in all_ways:
        onward.setdefault(way.source, set()).add(way.target)
    seen: set[str] = set()
    todo = [story.start, *onward.get(EVERYWHERE, ())]
    while todo:
        name = todo.pop()
        if name not in seen and name in story.nodes:
            seen.add(name)
            todo.extend(onward.get(name, ()))
    return frozenset(seen)


def leading_to(goals: Iterable[str], all_ways: Iterable[Way], nodes: Mapping[str, Node]) -> frozenset[str]:
    """Nodes from which one of the goals can be reached, the goals among them."""
    back: dict[str, set[str]] = {}
    for way in all_ways:
        back.setdefault(way.target, set()).add(way.source)
    seen: set[str] = set()
    todo = list(goals)
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        if name == EVERYWHERE:
            return frozenset(nodes)
        seen.add(name)
        todo.extend(back.get(name, ()))
    return frozenset(seen)


def groups(names: Iterable[str], all_ways: Iterable[Way], order: Callable[[str], int]) -> list[list[str]]:
    """Names that are joined by ways among them, each group and the list of groups in a given order."""
    left = set(names)
    beside: dict[str, set[str]] = {name: set() for name in left}
    for way in all_ways:
        if way.source in left and way.target in left:
            beside[way.source].add(way.target)
            beside[way.target].add(way.source)
    found = []
    while left:
        todo, group = [min(left, key=order)], set()
        while todo:
            name = todo.pop()
            if name in left:
                left.remove(name)
                group.add(name)
                todo.extend(beside[name])
        found.append(sorted(group, key=order))
    return found
