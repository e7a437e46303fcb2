"""What goes wrong when many windows are open: wrong window, wrong goods, reuse without thought, talking on, gaps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from kefu_sim.engine import events as ev
from kefu_sim.language.gaming import NEAR, SHORTEST_REPEAT, likeness
from kefu_sim.quick.fill import GAP
from kefu_sim.rush import events as rv
from kefu_sim.rush.floor import Floor, Seat
from kefu_sim.rush.lingering import lingering
from kefu_sim.rush.model import Notice
from kefu_sim.rush.pledges import book
from kefu_sim.rush.rules import SlipKind

_OFFER = re.compile("[凑湊]|加|推[荐薦]|搭|[换換]|[带帶]|也有|[还還]有|另外|一起|或者")
"""Naming other goods is no slip where they are offered."""
_GOODS = ("简称", "商品", "名称", "货号", "name", "id")
"""Entries of a product card that name the goods."""
SENT_AGAIN = 60.0
"""A message nobody understood that goes to somebody else within so many seconds was in the wrong window."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing that went wrong."""

    kind: SlipKind
    buyer: str
    """In whose window."""
    t: float
    text: str
    """The message."""
    span: tuple[int, int]
    """The words that give it away: half-open range of code points."""
    other: str = ""
    """Whose name, number or goods it was."""


def slips(
    floor: Floor, log: Sequence[rv.Entry], notices: Sequence[Notice], forbids: Callable[[str], AbstractSet[int]]
) -> list[Slip]:
    """Everything that went wrong, in the order of time; one slip of each kind a message."""
    marks = {buyer: _Marks.of(seat) for buyer, seat in floor.seats.items()}
    found = [*_sent_again(floor), *_forgotten(floor), *_talked_on(log), *_turned_away(floor, log)]
    here: set[str] = set()
    given: dict[int, float] = {}
    for entry in log:
        match entry.event:
            case ev.Opened():
                here.add(entry.buyer)
            case ev.Ended():
                here.discard(entry.buyer)
            case rv.NoticeGiven(t, index):
                given[index] = t
            case ev.Noted() as note:
                found += _mixed_up(entry.buyer, note, {b: marks[b] for b in here})
            case ev.AgentSent() as message:
                found += _mixed_up(entry.buyer, message, {b: marks[b] for b in here})
                found += _mechanical(floor.seats[entry.buyer], message)
                late = {i for i, t in given.items() if message.t > t + notices[i].grace}
                if late & forbids(message.text):
                    found.append(Slip("notice", entry.buyer, message.t, message.text, (0, len(message.text))))
            case _:
                pass
    return sorted(found, key=lambda slip: slip.t)


@dataclass(frozen=True, slots=True)
class _Marks:
    """What gives a buyer away, and what belongs to the buyer's own story."""

    person: tuple[str, ...]
    goods: tuple[str, ...]
    own: str

    @classmethod
    def of(cls, seat: Seat) -> _Marks:
        scenario, visit = seat.program.scenario, seat.visit
        card = scenario.cards.get("product", {})
        goods = tuple(str(card[key]) for key in _GOODS if len(str(card.get(key, ""))) > 1)
        told = " ".join(event.text for event in seat.log if isinstance(event, ev.BuyerSaid))
        own = f"{scenario.model_dump_json(exclude={'tests'})} {told} {visit.name} {visit.tail}"
        return cls((visit.name, visit.tail), goods, own)


def _mixed_up(buyer: str, message: ev.AgentSent | ev.Noted, here: Mapping[str, _Marks]) -> Iterator[Slip]:
    """Somebody else's name, number or goods."""
    text, own = message.text, here[buyer].own
    offered = _OFFER.search(text) is not None
    for other, marks in here.items():
        if other == buyer:
            continue
        words: list[tuple[SlipKind, str]] = [("window", word) for word in marks.person]
        words += [("goods", word) for word in marks.goods if not offered]
        for kind, word in words:
            at = _find(text, word)
            if at >= 0 and word not in own:
                yield Slip(kind, buyer, message.t, text, (at, at + len(word)), other)
                return


def _sent_again(floor: Floor) -> Iterator[Slip]:
    """Messages nobody could make anything of, which then went to somebody else whose story they speak to."""
    heard = [one for seat in floor.seats.values() for one in _heard(seat)]
    for lost in heard:
        if not lost.unclear:
            continue
        for one in heard:
            soon = 0 < one.message.t - lost.message.t <= SENT_AGAIN
            if soon and one.fits and one.buyer != lost.buyer and likeness(one.message.text, lost.message.text) >= NEAR:
                text = lost.message.text
                yield Slip("window", lost.buyer, lost.message.t, text, (0, len(text)), one.buyer)
                break


@dataclass(frozen=True, slots=True)
class _Heard:
    """One message and what the buyer made of it."""

    buyer: str
    message: ev.AgentSent
    unclear: bool
    fits: bool
    """It carries something of the buyer's own story."""


def _heard(seat: Seat) -> Iterator[_Heard]:
    own = seat.program.scenario.all_intents().keys()
    turn: list[tuple[ev.AgentSent, bool]] = []
    message: ev.AgentSent | None = None
    for event in seat.log:
        match event:
            case ev.AgentSent():
                message = event
            case ev.Understood() if message is not None:
                turn.append((message, not own.isdisjoint(event.labels)))
            case ev.Reacted():
                yield from (_Heard(seat.buyer, said, event.choice == "unclear", fits) for said, fits in turn)
                turn = []
            case _:
                pass


def _forgotten(floor: Floor) -> Iterator[Slip]:
    """Buyers who were asked to wait and never heard again. Promises of a story are charged to its reception."""
    for pledge in book(floor):
        if pledge.status == "missed" and not pledge.name:
            yield Slip("promise", pledge.buyer, pledge.due or pledge.made, "", (0, 0))


def _talked_on(log: Sequence[rv.Entry]) -> Iterator[Slip]:
    for one in lingering(log):
        text = one.message.text
        yield Slip("linger", one.buyer, one.message.t, text, (0, len(text)), one.other)


def _turned_away(floor: Floor, log: Sequence[rv.Entry]) -> Iterator[Slip]:
    """Buyers who gave up outside, having stood there while the agent was busy (syllabus A014)."""
    for entry in log:
        if isinstance(entry.event, rv.GaveUp) and entry.event.buyer in floor.outside:
            yield Slip("busy", entry.event.buyer, entry.t, "", (0, 0))


def _find(text: str, word: str) -> int:
    if not word.isdigit():
        return text.find(word)
    found = re.search(rf"(?<!\d){word}(?!\d)", text)
    return found.start() if found else -1


def _mechanical(seat: Seat, message: ev.AgentSent) -> Iterator[Slip]:
    text = message.text
    before = [e.text for e in seat.log if isinstance(e, ev.AgentSent) and e.t <= message.t and e is not message]
    if len(text) >= SHORTEST_REPEAT and any(line == text or likeness(line, text) >= NEAR for line in before):
        yield Slip("repeat", seat.buyer, message.t, text, (0, len(text)))
    if gap := GAP.search(text):
        yield Slip("gap", seat.buyer, message.t, text, gap.span())
