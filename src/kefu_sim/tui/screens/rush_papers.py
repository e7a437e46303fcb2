"""The papers of a shift, each opened over its windows: what was promised, the forms of the hand-over, the notices."""

from __future__ import annotations

from kefu_sim.i18n import tr
from kefu_sim.rush.floor import Seat
from kefu_sim.rush.handover import SLOTS
from kefu_sim.rush.pledges import book
from kefu_sim.shift_words import slot_title
from kefu_sim.shifts import ShiftPlay
from kefu_sim.tui.rush_lines import notice_block
from kefu_sim.tui.rush_report import promise_blocks
from kefu_sim.tui.screens.form import Field, FormScreen
from kefu_sim.tui.screens.page import AskScreen, Choice, PageScreen


def promises_page(play: ShiftPlay) -> PageScreen:
    """Every promise of the shift, those to be kept first."""
    names = {buyer: visit.name for buyer, visit in play.floor.visits.items()}
    return PageScreen(tr("What was promised"), promise_blocks(book(play.floor), names, play.now))


def notices_page(play: ShiftPlay) -> PageScreen:
    """Everything announced so far, the latest first; it counts as read."""
    for index in play.floor.notices:
        play.read_notice(index)
    told = [play.plan.shift.notices[index] for index in reversed(play.floor.notices)]
    return PageScreen(tr("Notices"), [notice_block(notice) for notice in told])


def which_paper(seat: Seat) -> AskScreen:
    """On a shift that is handed over: the promises (`book`), or the form of this buyer (`form`)."""
    choices = [
        Choice("book", tr("What was promised")),
        Choice("form", form_title(seat), tr("five slots, by the next shift's eyes")),
    ]
    return AskScreen(tr("Promises and hand-over"), choices)


def form_title(seat: Seat) -> str:
    """Whose form it is."""
    return tr("Hand-over form: {name}").format(name=seat.visit.name)


def hand_over_form(play: ShiftPlay, seat: Seat) -> FormScreen:
    """The form of one buyer, with what stands in it already."""
    done = play.floor.forms.get(seat.buyer)
    fields = [Field(slot, slot_title(slot), getattr(done, slot, "")) for slot in SLOTS]
    said = tr("Last line: {text}").format(text=seat.last)
    remark = said + "\n" + tr("No whole phone number or address, please.")
    return FormScreen(form_title(seat), fields, remark)


def leave_question(play: ShiftPlay) -> AskScreen:
    """Whether to stay, to end the shift (`end`), or to go on with it another time (`later`)."""
    choices = [
        Choice("stay", tr("Stay with the buyers")),
        Choice("end", tr("End the shift"), tr("who is still there is left behind")),
        Choice("later", tr("Go on later"), tr("it is kept; Resume in the list of shifts continues it")),
    ]
    if play.unsaved:
        choices.pop()
    return AskScreen(tr("Leave the shift?"), choices)
