"""The windows of a shift, most pressing on top: a list at the side, or one bar where that is all the room."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.style import Style

from kefu_sim.i18n import tr
from kefu_sim.tui.at_once import repaint
from kefu_sim.tui.render import fitted, plain, sides
from kefu_sim.tui.rush_view import BuyerRow
from kefu_sim.tui.widgets.progress import Progress

SIGNS = ("", "!", "!!", "!!!")
STYLES = ("text", "warn", "bad", "late")
PAYING, GRIEVED, SETTLED, FRONT, DRAFT = "¥", "怨", "✓", "▸", "✎"
_MOODS = "▁▂▃▄▅▆▇█"
MOST_PIECES = 2000
_PLACE = 4
"""Cells of the mark in front and the number."""


class BuyerList(Progress):
    """Rows, redrawn only where something has changed."""

    COMPONENT_CLASSES = Progress.COMPONENT_CLASSES | {"as--late", "as--front", "as--buyer"}
    DEFAULT_CSS = """
    BuyerList {
        & > .as--late { color: $key-text; background: $error; text-style: bold; }
        & > .as--front { background: $panel; }
        & > .as--buyer { color: $buyer; }
    }
    """

    @dataclass
    class Chosen(Message):
        """A window was clicked on."""

        buyer: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self._rows: Sequence[BuyerRow] = ()
        self._queued = 0
        self._pieces: dict[Hashable, Strip] = {}
        """What lines are put together from, as drawn: a second more of waiting draws the wait alone."""
        self._shown: list[tuple[BuyerRow | str, int]] = []
        self._keys: list[Hashable] = []
        """What can be seen of each line."""
        self._base: RichStyle | None = None
        self._styles: dict[str, Style] = {}

    def show(self, rows: Sequence[BuyerRow], queued: int) -> None:
        """Show these windows; `queued`: buyers who wait outside."""
        if rows != self._rows or queued != self._queued:
            self._rows, self._queued = rows, queued
            if self.region:
                self._lay_out()
                self._repaint()

    def _repaint(self) -> None:
        """Paint the lines that have changed, without waiting for a frame; a switch changes two of them."""
        before, self._keys = self._keys, [self._key(what, part) for what, part in self._shown]
        lines = enumerate(zip_longest(before, self._keys))
        repaint(self, [Region(0, y, self.size.width, 1) for y, (old, new) in lines if old != new])

    @staticmethod
    def _key(what: BuyerRow | str, part: int) -> Hashable:
        if isinstance(what, str):
            return what
        return (what.last, what.front) if part else (what.face, what.wait)

    def on_resize(self) -> None:
        """More or fewer rows fit."""
        self._pieces.clear()
        self._lay_out()
        self._repaint()

    def notify_style_update(self) -> None:
        """Colours have changed."""
        super().notify_style_update()
        self._pieces.clear()

    def _lay_out(self) -> None:
        """Which rows stand on which line: two lines each while there is room, else one; what is left is counted."""
        height = self.size.height
        rows, foot = list(self._rows), self._foot()
        room = height - bool(foot)
        lines = 2 if len(rows) * 2 <= room else 1
        if len(rows) * lines > room:
            rows, hidden = _cut(rows, room - 1)
            foot = " ".join(filter(None, (tr("… and {n} more").format(n=hidden), foot)))
        self._shown = [(row, part) for row in rows for part in range(lines)]
        if foot:
            self._shown += [("", 0)] * max(height - len(self._shown) - 1, 0)
            self._shown.append((foot, 0))

    def _foot(self) -> str:
        return tr("queue: {n}").format(n=self._queued) if self._queued else ""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines to be painted; what they have in common is asked for once."""
        self._base = self.rich_style
        self._styles.clear()
        return super().render_lines(crop)

    def style_of(self, name: str) -> Style:
        """How a meaning looks now."""
        if name not in self._styles:
            self._styles[name] = super().style_of(name)
        return self._styles[name]

    def render_line(self, y: int) -> Strip:
        """One line of the list."""
        if y >= len(self._shown):
            return Strip.blank(self.size.width, self._base or self.rich_style)
        return self._line(*self._shown[y])

    def _line(self, what: BuyerRow | str, part: int) -> Strip:
        width = self.size.width
        if isinstance(what, str):
            return self._piece(what, lambda: fitted(plain(" " + what, self.style_of("muted")), width))
        front = what.front
        if part:
            return self._piece((what.last, front), lambda: self._second(what, width), front=front)
        wait = self._piece((what.wait, front), lambda: self.wait_of(what), front=front)
        room = width - wait.cell_length
        return Strip.join(
            [self._piece((what.face, room), lambda: fitted(self._first(what, room), room), front=front), wait]
        )

    def _piece(self, key: Hashable, draw: Callable[[], Content], *, front: bool = False) -> Strip:
        """A piece of a line, drawn once; `front`: it belongs to the window in front."""
        if key not in self._pieces:
            if len(self._pieces) > MOST_PIECES:
                self._pieces.clear()
            content = draw()
            if front:
                content = content.stylize(Style(background=self.style_of("front").background))
            segments: list[Segment] = list(content.render_segments(self.visual_style))
            self._pieces[key] = Strip(segments, content.cell_length)
        return self._pieces[key]

    def _first(self, row: BuyerRow, width: int) -> Content:
        style_of = self.style_of
        marks = (PAYING if row.paying else SETTLED if row.settled else " ") + (GRIEVED if row.complaint else "")
        unread = f"•{row.unread}" if row.unread else ""
        state = Content.assemble(
            (DRAFT if row.draft else "", style_of("muted")),
            (marks.strip(), style_of("bad" if row.complaint and not row.paying else "accent")),
            (unread and " " + unread, style_of("accent")),
        )
        mood = self._mood(row)
        name = plain(row.name, style_of("title" if row.front else "text"))
        room = max(width - _PLACE - state.cell_length - mood.cell_length - 2, 4)
        left = Content.assemble(
            (FRONT if row.front else " ", style_of("accent")),
            (f"{row.number:>2} ", style_of("muted")),
            name.truncate(room, ellipsis=True) if name.cell_length > room else name,
            " ",
            state,
        )
        return sides(left, mood, width)

    def _second(self, row: BuyerRow, width: int) -> Content:
        return fitted(plain("    " + " ".join(row.last.split()), self.style_of("muted")), width)

    def _mood(self, row: BuyerRow) -> Content:
        if row.mood is None:
            return Content("  ")
        at = min(int(row.mood * len(_MOODS)), len(_MOODS) - 1)
        style = "good" if row.mood > 0.5 else "warn" if row.mood > 0.25 else "bad"
        return Content.assemble((_MOODS[at], self.style_of(style)), " ")

    def wait_of(self, row: BuyerRow) -> Content:
        """How long somebody waits, with its sign; … for one who was asked to wait."""
        if row.outcome is not None:
            return plain(tr("over") + " ", self.style_of("muted"))
        if row.waited is None and row.held is None:
            return plain("   ·    ", self.style_of("faint"))
        told = row.waited if row.waited is not None else row.held
        text = f"{'…' if row.waited is None else ''}{told}"
        return Content.assemble((f"{text:>4}", self.style_of(STYLES[row.level])), f"{SIGNS[row.level]:<4}")

    def on_click(self, event: events.Click) -> None:
        """Turn to the window clicked on."""
        if event.y < len(self._shown) and isinstance(row := self._shown[event.y][0], BuyerRow):
            event.stop()
            self.post_message(self.Chosen(row.buyer))


class BuyerBar(BuyerList):
    """The same in one line: whom one talks to, how many wait, who is next."""

    def _lay_out(self) -> None:
        self._shown = [("", 0)]

    def _repaint(self) -> None:
        repaint(self, [Region(0, 0, self.size.width, 1)])

    def _line(self, what: BuyerRow | str, part: int) -> Strip:
        del what, part
        style_of = self.style_of
        waiting = [row for row in self._rows if row.waited is not None]
        pressing = next((row for row in waiting if not row.front), None)
        left = Content.assemble(
            (" " + tr("{n} waiting").format(n=len(waiting)), style_of("title")),
            (" " + self._foot(), style_of("muted")),
        )
        if pressing is None:
            right = plain(tr("nobody else waits") + " ", style_of("muted"))
        else:
            mark = PAYING if pressing.paying else GRIEVED if pressing.complaint else ""
            name = fitted(plain(pressing.name), min(len(pressing.name) * 2, 16))
            right = Content.assemble(
                (tr("Tab: "), style_of("muted")), f"{pressing.number} ", name, f" {mark} ", self.wait_of(pressing)
            )
        line = sides(left, right, self.size.width)
        return Strip(list(line.render_segments(self.visual_style)), line.cell_length)

    def on_click(self, event: events.Click) -> None:
        """Turn to who is next."""
        pressing = next((row for row in self._rows if row.waited is not None and not row.front), None)
        if pressing is not None:
            event.stop()
            self.post_message(self.Chosen(pressing.buyer))


def _cut(rows: list[BuyerRow], room: int) -> tuple[list[BuyerRow], int]:
    """The first rows that fit, the one in front always among them; and how many are left out."""
    kept = rows[: max(room, 1)]
    front = next((row for row in rows if row.front), None)
    if front is not None and front not in kept:
        kept[-1] = front
    return kept, len(rows) - len(kept)
