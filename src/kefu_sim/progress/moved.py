"""Two ledgers held against each other: which points moved, and by what."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from kefu_sim.scoring.ledger import Row


@dataclass(frozen=True, slots=True)
class Move:
    """A row of one ledger and its like in the other; None where one has no such row."""

    old: Row | None
    new: Row | None

    @property
    def by(self) -> float:
        """Points that the total moved by."""
        return round((self.new.points if self.new else 0.0) - (self.old.points if self.old else 0.0), 2)

    @property
    def row(self) -> Row:
        """The row that says what it is about: the new one, where there is one."""
        row = self.new or self.old
        assert row is not None
        return row


def moves(old: Sequence[Row], new: Sequence[Row]) -> list[Move]:
    """Rows that give other points, the largest differences first; equal ones are left out."""
    pairs, left, right = [], list(old), list(new)
    for alike in (_same, _same_topic, _same_turn, _same_rule):
        for row in list(left):
            key = alike(row)
            twin = None if key is None else next((one for one in right if alike(one) == key), None)
            if twin is not None:
                left.remove(row)
                right.remove(twin)
                pairs.append(Move(row, twin))
    pairs += [Move(row, None) for row in left] + [Move(None, row) for row in right]
    return sorted((pair for pair in pairs if pair.by), key=lambda pair: -abs(pair.by))


def _family(row: Row) -> str:
    return row.rule.partition(".")[0]


def _same(row: Row) -> Hashable:
    return row.rule, row.topic, row.turn


def _same_topic(row: Row) -> Hashable:
    """A step that was missing and is now done."""
    return (_family(row), row.topic) if row.topic.zh else None


def _same_turn(row: Row) -> Hashable:
    """A reply that was plain and is now polite."""
    return (_family(row), row.turn) if row.turn is not None else None


def _same_rule(row: Row) -> Hashable:
    return row.rule, row.topic
