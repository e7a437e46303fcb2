"""Wording of shifts for every face: figures, bands, outcomes, where one stands among colleagues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import get_args

from kefu_sim.base.text import clean
from kefu_sim.i18n import spelt, tr, trn
from kefu_sim.rush.figures import Figures
from kefu_sim.rush.floor import LATE_S
from kefu_sim.rush.handover import Graded
from kefu_sim.rush.model import Shift
from kefu_sim.rush.pledges import Pledged
from kefu_sim.rush.report import Goal
from kefu_sim.rush.rules import SlipKind
from kefu_sim.rush.run import Run
from kefu_sim.rush.slips import Slip

_SECONDS = frozenset(("first_reply_s", "mean_reply_s", "longest_wait_s"))
_PERCENT = frozenset(("replied_3min", "replied_30s", "conversion", "satisfaction", "promises_kept"))
_YUAN = frozenset(("basket", "sales"))


def shift_title(shift: Shift) -> str:
    """Name of a shift."""
    return spelt(shift.title, shift.title_en)


def shift_brief(shift: Shift) -> str:
    """What to know before it begins."""
    return spelt(shift.brief, shift.brief_en)


def figure_title(name: str) -> str:
    """Name of a figure."""
    return {
        "rounds": tr("Rounds"),
        "first_reply_s": tr("First reply"),
        "mean_reply_s": tr("Mean reply"),
        "replied_3min": tr("Answered within 3 min"),
        "replied_30s": tr("Answered within 30 s"),
        "conversion": tr("Inquirers who bought"),
        "basket": tr("Yuan a buyer"),
        "sales": tr("Sales"),
        "answer_ratio": tr("Messages: mine ÷ theirs"),
        "satisfaction": tr("Satisfied"),
        "longest_wait_s": tr("Longest wait"),
        "gave_up": tr("Left the queue"),
        "unanswered": tr("Never answered"),
        "typing_cpm": tr("Typing by hand"),
        "promises_kept": tr("Promises kept"),
    }.get(name, name)


def figure_head(name: str) -> str:
    """Name of a figure at the head of a narrow column, at most eleven cells."""
    return {
        "first_reply_s": tr("First"),
        "mean_reply_s": tr("Mean"),
        "replied_3min": tr("≤ 3 min"),
        "replied_30s": tr("≤ 30 s"),
        "conversion": tr("Bought"),
    }.get(name) or figure_title(name)


def figure(name: str, value: float | None) -> str:
    """A figure with its unit."""
    if value is None:
        return "–"
    if name in _SECONDS:
        return tr("{n:g} s").format(n=round(value, 1))
    if name in _PERCENT:
        return f"{value:g}%"
    if name in _YUAN:
        return f"¥{value:g}"
    return tr("{n:.0f}/min").format(n=value) if name == "typing_cpm" else f"{value:g}"


def goal_asked(goal: Goal) -> str:
    """What was asked for."""
    unit = "%" if goal.figure in _PERCENT else tr(" s") if goal.figure in _SECONDS else ""
    test = goal.test.replace(">=", "≥ ").replace("<=", "≤ ").replace("  ", " ")
    return f"{figure_title(goal.figure)} {test}{unit}"


def goal_line(goal: Goal) -> str:
    """What was asked for, and what came of it."""
    line = tr("{goal}: {value}").format(goal=goal_asked(goal), value=figure(goal.figure, goal.value))
    if not goal.unanswered:
        return line
    told = trn(
        "{n} was never answered and counts as {least:.0f} s or as long as the wait was",
        "{n} were never answered and count as {least:.0f} s or as long as the wait was",
        goal.unanswered,
    )
    return f"{line} · {told.format(n=goal.unanswered, least=LATE_S)}"


def band_title(low: int, high: int | None) -> str:
    """How many chats were open."""
    if high is None:
        return tr("{low} and more").format(low=low)
    return tr("{low} to {high}").format(low=low, high=high)


def ended_line(run: Run) -> str:
    """How the shift ended."""
    minutes, seconds = divmod(int(run.floor.lasted), 60)
    why = {
        "time": tr("the bell rang"),
        "done": tr("every window is closed"),
        "left": tr("you went before the end"),
    }.get(run.floor.ended or "", tr("going on"))
    return tr("{minutes}:{seconds:02} · {why}").format(minutes=minutes, seconds=seconds, why=why)


def pledge_status(status: str) -> str:
    """How a promise went."""
    return {
        "open": tr("open"),
        "kept": tr("kept"),
        "late": tr("late"),
        "missed": tr("not kept"),
    }.get(status, status)


def pledge_about(pledge: Pledged) -> str:
    """What was promised."""
    return clean(pledge.about) if pledge.name else tr("to come back")


def busy_line(counted: Figures) -> str:
    """How long the agent was busy, and who stood outside meanwhile; empty when she never was."""
    if not counted.busy_s:
        return ""
    told = tr("Busy for {n:.0f} s").format(n=counted.busy_s)
    outside = trn("{n} buyer waited outside", "{n} buyers waited outside", counted.kept_out)
    return f"{told} · {outside.format(n=counted.kept_out)}" if counted.kept_out else told


def slip_title(kind: str) -> str:
    """Name of a kind of slip."""
    return {
        "window": tr("Wrong window"),
        "goods": tr("Wrong goods"),
        "repeat": tr("Same words again"),
        "gap": tr("Unfilled variable"),
        "notice": tr("Against a notice"),
        "promise": tr("Never came back"),
        "linger": tr("Talked on"),
        "busy": tr("Kept out"),
    }.get(kind, kind)


def slips_line(found: Sequence[Slip]) -> str:
    """How many slips of each kind, all kinds named."""
    counts = Counter(slip.kind for slip in found)
    return "  ".join(f"{slip_title(kind)} {counts[kind]}" for kind in get_args(SlipKind))


def handed_line(one: Graded) -> str:
    """How a buyer was handed over: what is right, what is not."""
    slots = "  ".join(f"{'✓' if good else '×'} {slot_title(slot)}" for slot, good in one.slots.items())
    return slots + "  " + (tr("✓ the buyer knows") if one.told else tr("× the buyer does not know"))


def slot_title(slot: str) -> str:
    """Name of a slot of the hand-over form."""
    return {
        "who": tr("Buyer's name"),
        "order": tr("Order, last digits"),
        "issue": tr("What it is about"),
        "promise": tr("What was promised"),
        "action": tr("What to do next, by when"),
    }.get(slot, slot)


def outcome_title(outcome: str) -> str:
    """How a reception of the shift ended."""
    return {
        "sold": tr("bought"),
        "kept": tr("settled"),
        "later": tr("on good terms"),
        "lost": tr("walked off"),
        "left": tr("left behind"),
    }.get(outcome, tr("going on"))
