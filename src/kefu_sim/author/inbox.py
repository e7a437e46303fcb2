"""The trainer's inbox: what buyers did not understand and what was disputed, over everybody's receptions.

Texts that differ by width, spelling, punctuation or a last particle count as one. What was added to an intent comes
back when it happens again afterwards; what was put away as done does not.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Literal

from kefu_sim.base.errors import KefuError
from kefu_sim.house import House
from kefu_sim.i18n import tr
from kefu_sim.language.normalise import Normaliser
from kefu_sim.progress.disputes import Dispute
from kefu_sim.rulebook.normaliser import load_normaliser
from kefu_sim.scoring.ledger import Phrase
from kefu_sim.store.inbox import How, Puzzling, Settled

PARTICLES = "啊呀呢哦哈吧嘛哟啦诶欸噢喔"
"""At the end of a text they make no other text of it."""
SHORTEST_ID = 4
"""Characters by which an item may be named."""

Kind = Literal["unclear", "disputed"]


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody said who disputed a row."""

    who: str
    at: float
    """Seconds since 1970."""
    text: str
    """May be empty."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at, however often it happened."""

    id: str
    """Stays the same as long as it is the same thing."""
    kind: Kind
    scenario: str
    node: str
    """Empty for rows about a whole reception."""
    said: str
    """As it was said most often."""
    buyer: str
    """What the buyer had said before."""
    count: int
    who: tuple[str, ...]
    """Profiles it happened to, by name."""
    last: float
    """When it happened last, seconds since 1970."""
    receptions: tuple[str, ...] = ()
    """Ids of the receptions it happened in, oldest first."""
    labels: tuple[str, ...] = ()
    """What was understood all the same."""
    rule: str = ""
    reason: Phrase = Phrase()  # noqa: RUF009 (frozen)
    points: float = 0.0
    most: float = 0.0
    remarks: tuple[Remark, ...] = ()
    number: int = 0
    """Its place in the whole inbox, from 1."""

    @property
    def about(self) -> str:
        """What is in dispute: points and rule, or how a reply was understood, which gives no points."""
        if self.rule.startswith("reading."):
            return tr("What was understood")
        return f"{self.points:+g}" + (f"/{self.most:g}" if self.most else "") + f" {self.rule}"


@dataclass(frozen=True, slots=True)
class Group:
    """What happened at one node of a story."""

    scenario: str
    node: str
    items: tuple[Item, ...]

    @property
    def count(self) -> int:
        """How often in all."""
        return sum(item.count for item in self.items)


def groups(house: House, scenarios: Sequence[str] = ()) -> list[Group]:
    """The inbox, the most frequent first; of some stories only, if any are named, the numbers being the same.

    Raises KefuError when the records cannot be used.
    """
    read, settled = load_normaliser(), house.inbox.settled()
    found: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in (*_unclear(house.inbox.puzzles(), settled, read), *_disputed(house.inbox.disputes(), settled, read)):
        found[item.scenario, item.node].append(item)
    told = [
        Group(*place, tuple(sorted(items, key=lambda item: (-item.count, -item.last, item.said))))
        for place, items in found.items()
    ]
    told.sort(key=lambda group: (-group.count, group.scenario, group.node))
    return [group for group in _numbered(told) if not scenarios or group.scenario in scenarios]


def find(house: House, name: str) -> Item:
    """The item of a number, or of an id or how it begins. Raises KefuError."""
    items = [item for group in groups(house) for item in group.items]
    if name.isdecimal() and len(name) < SHORTEST_ID:
        found = [item for item in items if item.number == int(name)]
    else:
        found = [item for item in items if len(name) >= SHORTEST_ID and item.id.startswith(name)]
    if len(found) != 1:
        raise KefuError(
            tr("nothing in the inbox is called {name}").format(name=name),
            hint=tr("`kefu-sim author inbox` shows the numbers"),
        )
    return found[0]


def settle(house: House, item: Item, how: How) -> None:
    """An item was dealt with. Raises KefuError."""
    house.inbox.settle([Settled(item.id, how, round(time.time(), 3))])


def folded(text: str, read: Normaliser) -> str:
    """What two nearly equal texts have in common."""
    words = "".join(char for char in read(text).text if char.isalnum())
    return words.rstrip(PARTICLES) or words or text


def _unclear(rows: Sequence[Puzzling], settled: dict[str, Settled], read: Normaliser) -> Iterator[Item]:
    there = {(row.id, row.trainee, row.turn, row.said) for row in rows}
    alike: dict[str, list[Puzzling]] = defaultdict(list)
    for row in rows:
        if (row.branch_of, row.trainee, row.turn, row.said) in there:  # copied when the reception was re-entered
            continue
        name = _name("unclear", row.scenario, row.node, folded(row.said, read))
        if _waits(settled.get(name), row.at):
            alike[name].append(row)
    for name, same in alike.items():
        last = same[-1]
        yield Item(
            id=name, kind="unclear", scenario=last.scenario, node=last.node, said=_commonest(r.said for r in same),
            buyer=last.buyer, count=len(same), who=_names(r.trainee for r in same), last=last.at,
            receptions=tuple(dict.fromkeys(r.id for r in same)), labels=tuple(last.labels.split()),
        )  # fmt: skip


def _disputed(rows: Sequence[Dispute], settled: dict[str, Settled], read: Normaliser) -> Iterator[Item]:
    alike: dict[str, list[Dispute]] = defaultdict(list)
    for row in rows:
        words = folded(row.said, read) if row.said else ""
        name = _name("disputed", row.scenario, row.node, row.rule, row.topic_zh, words)
        if _waits(settled.get(name), row.at):
            alike[name].append(row)
    for name, same in alike.items():
        last = same[-1]
        yield Item(
            id=name, kind="disputed", scenario=last.scenario, node=last.node, said=_commonest(r.said for r in same),
            buyer=last.buyer, count=len(same), who=_names(r.who for r in same), last=last.at, rule=last.rule,
            reason=Phrase(last.reason_zh, last.reason_en), points=last.points, most=last.most,
            remarks=tuple(Remark(r.who, r.at, r.remark) for r in same),
            receptions=tuple(dict.fromkeys(r.reception for r in same)),
        )  # fmt: skip


def _numbered(told: Sequence[Group]) -> Iterator[Group]:
    number = 0
    for group in told:
        items = tuple(replace(item, number=number + i) for i, item in enumerate(group.items, 1))
        number += len(items)
        yield replace(group, items=items)


def _waits(settled: Settled | None, at: float) -> bool:
    return settled is None or (settled.how != "done" and at > settled.at)


def _name(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8")).hexdigest()[:16]


def _commonest(texts: Iterator[str]) -> str:
    return Counter(texts).most_common(1)[0][0]


def _names(given: Iterator[str]) -> tuple[str, ...]:
    return tuple(sorted(set(given)))
