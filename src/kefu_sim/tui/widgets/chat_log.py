"""The conversation: the buyer on the left, the trainee on the right, each message with its time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from kefu_sim.base.text import clean
from kefu_sim.base.wrap import wrap
from kefu_sim.engine import events as ev
from kefu_sim.i18n import tr
from kefu_sim.scenario.model import Scenario
from kefu_sim.tui.render import Block, StyleOf, fitted, plain, wrapped
from kefu_sim.tui.widgets.line_view import LineView, Sheet
from kefu_sim.words import aside_line, clock, outcome_title

MAX_BUBBLE = 56
"""Widest text of a bubble, in cells: longer lines are hard to read."""
ROOMY = 56
"""Cells from which a view is wide."""


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message."""

    who: str
    text: str
    t: float
    mine: bool
    large: bool = False
    """For a projector: bold, and as wide as there is room."""
    roomy: bool = False
    """With a margin above and below the words, where the view is wide."""

    def __call__(self, width: int, style_of: StyleOf) -> Sequence[Content]:
        """Its lines."""
        inner = max(min(MAX_BUBBLE, width - (6 if self.large else 10)), 8)
        lines = wrap(clean(self.text).replace("\t", " "), inner, cell_len)
        wide = max(map(cell_len, lines))
        side = "agent" if self.mine else "buyer"
        face = style_of(f"{side}-bubble")
        head = Content.assemble((self.who, style_of(side)), " ", (clock(self.t), style_of("faint")))
        if self.roomy and width >= ROOMY:
            lines = ["", *lines, ""]
        body = [fitted(plain(line, "bold" if self.large else ""), wide).pad(1, 1).stylize(face) for line in lines]
        indent = 1
        if self.mine:
            indent = max(width - wide - 3, 0)
            head = head.pad_left(max(width - 1 - head.cell_length, 0))
        else:
            head = head.pad_left(1)
        return [head, *(line.pad_left(indent) for line in body), Content("")]


@dataclass(frozen=True, slots=True)
class Aside:
    """A remark of the program, in the middle."""

    text: str
    style: str = "muted"

    def __call__(self, width: int, style_of: StyleOf) -> Sequence[Content]:
        """Its lines."""
        style = style_of(self.style)
        lines = wrapped(plain(self.text), max(width - 8, 8))
        return [*(line.stylize(style).center(width) for line in lines), Content("")]


@dataclass(frozen=True, slots=True)
class TypingNow:
    """The buyer is about to say something."""

    def __call__(self, width: int, style_of: StyleOf) -> Sequence[Content]:
        """Its line."""
        del width
        return [Content.assemble(" ", (tr("The buyer is typing…"), style_of("buyer")))]


class ChatLog(LineView, can_focus=False):
    """Shows the events of a reception that are said or to be known."""

    DEFAULT_CSS = """
    ChatLog { background: $background; }
    """
    STICKS = True

    def __init__(self, *, reveal: bool, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        """`reveal`: whether found needs are pointed out."""
        super().__init__(id=id)
        self._reveal = reveal
        self._buyer_types = False

    def tell(self, events: Iterable[ev.Event], needs: dict[str, str], story: Scenario) -> None:
        """Show what has happened. `needs`: hidden facts in words, by name."""
        blocks = [block for event in events if (block := self._block(event, needs, story)) is not None]
        if blocks:
            self.add(blocks)

    def turn_to_log(self, name: str, log: Sequence[ev.Event], needs: dict[str, str], story: Scenario) -> None:
        """Show another conversation at its end; one shown before is not drawn anew."""
        self._buyer_types = False

        def more(sheet: Sheet) -> list[Block]:
            fresh, sheet.rows = log[sheet.rows :], len(log)
            return [block for event in fresh if (block := self._block(event, needs, story)) is not None]

        self.turn_to(name, more)

    def follow(self, log: Sequence[ev.Event], needs: dict[str, str], story: Scenario) -> bool:
        """Show what has been added to the log of the conversation turned to; whether there was anything."""
        fresh, self._sheet.rows = log[self._sheet.rows :], len(log)
        self.tell(fresh, needs, story)
        return bool(fresh)

    def buyer_types(self, typing: bool) -> None:
        """Show or hide that an answer is on its way."""
        if typing != self._buyer_types:
            self._buyer_types = typing
            self.end_with(TypingNow() if typing else None)

    def _block(self, event: ev.Event, needs: dict[str, str], story: Scenario) -> Block | None:
        match event:
            case ev.BuyerSaid():
                return Bubble(tr("Buyer"), event.text, event.t, mine=False)
            case ev.AgentSent():
                return Bubble(tr("Me"), event.text, event.t, mine=True)
            case ev.Revealed() if self._reveal and event.name in needs:
                return Aside(tr("✦ You found out: {what}").format(what=needs[event.name]), "accent")
            case ev.Noticed():
                return Aside(aside_line(story, event), "accent")
            case ev.Noted():
                return Aside(aside_line(story, event))
            case ev.Promised() | ev.Kept() | ev.Missed() if self._reveal:
                return Aside(aside_line(story, event), "bad" if isinstance(event, ev.Missed) else "faint")
            case ev.Resumed():
                return Aside(tr("— the clock runs again —"), "faint")
            case ev.Ended():
                return Aside("— " + tr("The reception is over: {how}").format(how=outcome_title(event.outcome)) + " —",
                             "accent")  # fmt: skip
            case _:
                return None
