"""The lines of a shift above its windows: how it goes, what was announced, what does not work."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from kefu_sim.i18n import spelt, tr
from kefu_sim.rush.floor import Floor
from kefu_sim.rush.model import Notice, Shift
from kefu_sim.rush.run import Plan
from kefu_sim.shift_words import shift_title
from kefu_sim.tui.render import Block, StyleOf, indented, plain, sides, wrapped
from kefu_sim.words import clock

LAST_MINUTE = 60.0
"""Seconds before the bell from which the time is shown as a warning."""
MOST_NEWS = 3
"""Lines of the board."""


def head_line(plan: Plan, floor: Floor, now: float, width: int, style_of: StyleOf) -> Content:
    """Title, who is here and to come; reply speed so far, time left."""
    left_s = max(plan.shift.seconds - now, 0.0)
    left = Content.assemble(
        (" " + tr("Shift") + " ", style_of("key")),
        " ",
        plain(_busy(floor, now), style_of("bad")),
        plain(shift_title(plan.shift), style_of("strong")),
        plain("  " + tr("{n} open").format(n=len(floor.open)), style_of("muted")),
        plain("  " + tr("{n} to come").format(n=len(plan.visits) - len(floor.visits)), style_of("muted")),
    )
    tally = floor.tally
    figures = []
    if tally.first is not None:
        figures.append(tr("first {n:.0f} s").format(n=tally.first))
    if tally.within_3min is not None:
        figures.append(tr("3 min {n:.0f}%").format(n=tally.within_3min))
    late = style_of("warn" if left_s <= LAST_MINUTE else "text")
    time = tr("left {time}").format(time=clock(left_s))
    return sides(left, Content.assemble(plain("  ".join(figures), style_of("muted")), "  ", (time, late), " "), width)


def _busy(floor: Floor, now: float) -> str:
    """That nobody new is received, for how long by now, and how many stand outside."""
    if not floor.busy:
        return ""
    told = tr("Busy {n:.0f} s").format(n=max(now - floor.busy_since, 0.0))
    if floor.queue:
        told += " · " + tr("{n} outside").format(n=len(floor.queue))
    return told + "  "


def board_lines(shift: Shift, floor: Floor, width: int) -> list[Content]:
    """Notices not yet read, and what does not work."""
    told = [
        tr("Notice: {text} (F7: read)").format(text=notice_text(notice))
        for index, notice in enumerate(shift.notices)
        if index in floor.notices and index not in floor.read
    ]
    for index in sorted(floor.broken):
        outage = shift.outages[index]
        text = spelt(outage.text, outage.text_en) or outage_title(outage.blocks)
        told.append(tr("Out of order: {text}").format(text=text))
    return [line for text in told for line in wrapped(plain(text), width)][:MOST_NEWS]


def notice_text(notice: Notice) -> str:
    """A notice in the language of the interface."""
    return spelt(notice.text, notice.text_en)


def outage_title(blocks: str) -> str:
    """What does not work, where a shift does not say."""
    return {
        "cards": tr("cards cannot be opened"),
        "sending": tr("messages do not go out; drafts are kept"),
    }.get(blocks, blocks)


def notice_block(notice: Notice) -> Block:
    """A notice on the page of all of them."""

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        label = plain(clock(notice.at) + "  ", style_of("accent"))
        return [*indented(plain(notice_text(notice)), width, label), Content("")]

    return lines
