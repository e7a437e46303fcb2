"""The replies that the nodes of a story may give, and which of them a turn fits, conditions aside."""

from __future__ import annotations

from collections.abc import Sequence

from kefu_sim.scenario.conditions import carried
from kefu_sim.scenario.model import Reply, Scenario

Offer = tuple[str, Reply]
"""A place such as `always:2` or `reply:3`, and the reply."""
REMEMBERED = 4096
"""Turns (node and labels) for which the fitting replies are remembered."""


def fits(reply: Reply, labels: frozenset[str]) -> bool:
    """Whether the labels of a turn are what the reply waits for; its conditions are another matter."""
    return labels.isdisjoint(reply.unless) and carried(reply.when, labels)


class Offers:
    """The replies of one story. Each turn is held against those of its node twice at least, by bots all the time."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._at: dict[str, Sequence[Offer]] = {}
        self._fitting: dict[tuple[str, frozenset[str]], Sequence[Offer]] = {}

    def at(self, node: str) -> Sequence[Offer]:
        """The replies that a node may give, in the order in which they are tried: those of `always` first."""
        found = self._at.get(node)
        if found is None:
            found = self._at[node] = tuple(
                (f"{kind}:{index}", reply)
                for kind, replies in (("always", self._scenario.always), ("reply", self._scenario.nodes[node].replies))
                for index, reply in enumerate(replies)
                if node not in reply.not_at and (not reply.at or node in reply.at)
            )
        return found

    def fitting(self, node: str, labels: frozenset[str]) -> Sequence[Offer]:
        """Those of them that fit a turn of these labels, in the same order."""
        found = self._fitting.get((node, labels))
        if found is None:
            if len(self._fitting) >= REMEMBERED:
                self._fitting.clear()
            found = tuple(offer for offer in self.at(node) if fits(offer[1], labels))
            self._fitting[node, labels] = found
        return found
