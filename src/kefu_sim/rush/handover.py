"""Handing over at the end of a shift: the five slots of the form, and whether the buyer knows who goes on and when."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kefu_sim.engine import events as ev
from kefu_sim.rush import events as rv
from kefu_sim.rush.floor import Floor, Seat
from kefu_sim.rush.pledges import of_seat
from kefu_sim.scenario.wares import goods_of, tails_of

Slot = Literal["who", "order", "issue", "promise", "action"]
SLOTS: tuple[Slot, ...] = ("who", "order", "issue", "promise", "action")
"""Buyer, end of the order number, what it is about, what was promised, what to do next and when (syllabus A191)."""

PRIVATE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
"""A whole phone number has no place in a form."""
TIME = re.compile(
    r"(?:\d{1,2}|[一二三四五六七八九十两半]+)\s*(?:点|时|分钟|小时|天|号|日)|\d{1,2}[:：]\d{2}|今[天晚早]|明[天早晚]|后天|上午|下午|晚上|早上"
)
_ACTION = re.compile("回[复电访]?|联系|跟进|查|补|发|退|换|催|办|核实|登记|通知|告知|答复|提醒|处理")
_NONE = re.compile("^(?:无|没有?|未承诺|无承诺|暂无|none|no)[。.]?$", re.IGNORECASE)
_TOLD = re.compile("交接|同事|接手|接班|换班|交班|下一班|夜班|晚班|早班")
TELLS = 3
"""The last so many messages of the agent may tell the buyer."""


@dataclass(frozen=True, slots=True)
class Graded:
    """How one buyer was handed over."""

    buyer: str
    slots: Mapping[Slot, bool]
    """All wrong when there is no form."""
    told: bool
    """The buyer was told who goes on, and when."""
    private: bool = False
    """A phone number was copied."""

    @property
    def share(self) -> float:
        """Share of the slots that are right."""
        return sum(self.slots.values()) / len(SLOTS)


_UNSOUND = re.compile(r"desktop|桌面|(?:^|[\\/])(?:te?mp|downloads?|下载)(?:[\\/]|$)|^c:", re.IGNORECASE)


def sound_folder(path: str) -> bool:
    """Whether chats are kept well there: not on the desktop, the system drive or among what is thrown away (A190)."""
    return not _UNSOUND.search(path)


def left_behind(floor: Floor) -> list[Seat]:
    """Receptions the bell ended: somebody else has to go on with them."""
    return [seat for seat in floor.seats.values() if seat.state.outcome == "left"]


def graded(floor: Floor, log: Sequence[rv.Entry]) -> list[Graded]:
    """Every buyer who was left behind, by the last form that was written."""
    forms = {entry.event.buyer: entry.event for entry in log if isinstance(entry.event, rv.HandedOver)}
    return [_graded(seat, forms.get(seat.buyer), floor.rules.come_back) for seat in left_behind(floor)]


def _graded(seat: Seat, form: rv.HandedOver | None, come_back: float) -> Graded:
    if form is None:
        return Graded(seat.buyer, dict.fromkeys(SLOTS, False), told(seat))
    scenario, name = seat.program.scenario, seat.visit.name
    private = any(PRIVATE.search(getattr(form, slot)) for slot in SLOTS)
    promised = [pledge for pledge in of_seat(seat, come_back) if pledge.status != "kept"]
    words = f"{goods_of(scenario)} " + " ".join(e.text for e in seat.log if isinstance(e, ev.BuyerSaid))
    slots: dict[Slot, bool] = {
        "who": name in form.who or (len(name) > 2 and name[:3] in form.who),
        "order": any(tail in form.order for tail in tails_of(scenario, seat.visit.tail)) and not private,
        "issue": len(form.issue) >= 4 and _shares(form.issue, words),
        "promise": bool(form.promise) and (not promised or not _NONE.match(form.promise)),
        "action": bool(TIME.search(form.action) and _ACTION.search(form.action)),
    }
    return Graded(seat.buyer, slots, told(seat), private)


def told(seat: Seat) -> bool:
    """Whether the agent's last messages tell the buyer that somebody else goes on, and when."""
    last = [event.text for event in seat.log if isinstance(event, ev.AgentSent)][-TELLS:]
    return any(_TOLD.search(text) for text in last) and any(TIME.search(text) for text in last)


def _shares(text: str, words: str) -> bool:
    """Whether two texts have a pair of characters in common."""
    pairs = {words[i : i + 2] for i in range(len(words) - 1)}
    return any(text[i : i + 2] in pairs for i in range(len(text) - 1))
