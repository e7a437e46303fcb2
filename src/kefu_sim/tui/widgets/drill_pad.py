"""The text of a drill with what was typed under it: every typed character stands under the one it was laid against.

Each line of the text takes three rows: signs and pace ghosts, the text, what was typed. Lines are broken once, when
the width is known, so nothing moves while one types. A key redraws only the lines it has changed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from kefu_sim.drill.align import Mark
from kefu_sim.drill.pace import ghost
from kefu_sim.drill.phrases import is_word
from kefu_sim.drill.run import Run
from kefu_sim.drill.texts import cuts
from kefu_sim.tui.at_once import paint_at_once
from kefu_sim.tui.caret import show_caret, show_cursor
from kefu_sim.tui.pace_marks import LOOKS, pace_marks

ROWS = 3
"""Rows of one line: signs, text, typed."""
WIDEST = 76
"""Cells: longer lines are hard to follow."""
SIGNS = {Mark.WRONG: "×", Mark.MISSED: "∧", Mark.EXTRA: "+", Mark.LOOSE: "~"}
PARTS = ("ahead", "here", "right", "wrong", "missed", "loose", "typed", "sign", *LOOKS, "blank")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text on the screen."""

    start: int
    end: int
    places: tuple[int, ...]
    """Cell of each character, and of the line's end."""


class DrillPad(Widget, can_focus=True):
    """Where a drill is typed."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"pad--{name}" for name in PARTS}
    DEFAULT_CSS = """
    DrillPad {
        height: 1fr;
        & > .pad--ahead { color: $foreground; }
        & > .pad--here { color: $key-text; background: $key-face; text-style: bold; }
        & > .pad--right { color: $muted; }
        & > .pad--wrong { color: $error; text-style: bold underline; }
        & > .pad--missed { color: $warning; text-style: bold underline; }
        & > .pad--loose { color: $accent; text-style: underline; }
        & > .pad--typed { color: $success; }
        & > .pad--sign { color: $error; text-style: bold; }
        & > .pad--slowest { color: $muted; }
        & > .pad--middle { color: $secondary; text-style: bold; }
        & > .pad--fastest { color: $accent; text-style: bold; }
    }
    """
    ALLOW_SELECT = False

    class Ended(Message):
        """A key has ended the drill."""

    def __init__(self, run: Run, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.run = run
        self._lines: list[_Line] = []
        self._starts: list[int] = []
        self._top = 0
        self._wrapped_at = 0
        self._ghosts: tuple[int, ...] = (0, 0, 0)
        self._touched: set[int] = set()
        """Lines that keys have changed since they were painted."""
        self._signs_shown = (0, 0)
        self._styles: dict[str, RichStyle] = {}
        self._last_fates: tuple[tuple[int, ...], tuple[dict[int, tuple[Mark, int | None]], set[int]]] = (
            (),
            ({}, set()),
        )

    def tick(self) -> None:
        """Let the ghosts go on."""
        opened, now = self.run.opened, self.run.now
        speeds = self.run.standards.levels.speeds()
        moved = tuple(ghost(speed, now, len(opened.text)) for speed in speeds)
        if moved != self._ghosts and self._lines:
            changed = {self._line_of(column) for column in (*self._ghosts, *moved)}
            self._ghosts = moved
            if regions := self._regions(changed, rows=1):
                self.refresh(*regions)

    def place_caret(self) -> None:
        """Put the terminal's cursor, and with it the candidates of an input method, where the next character goes."""
        if self.has_focus and self._lines:
            column = self.run.sheet.aligner.reached
            line = self._lines[self._line_of(column)]
            x = line.places[min(column - line.start, len(line.places) - 1)]
            y = (self._line_of(column) - self._top) * ROWS + 2
            show_caret(self, self.content_region.offset + Offset(x, y))

    def show_caret(self) -> None:
        """Let the terminal's cursor be seen, whatever hid it."""
        show_cursor(self, visible=True)
        self.place_caret()

    def on_focus(self) -> None:
        """The caret is seen."""
        self.show_caret()

    def on_blur(self) -> None:
        """The caret is hidden."""
        show_cursor(self, visible=False)

    def on_resize(self) -> None:
        """Break the lines; once, unless the window changes."""
        if self.size.width != self._wrapped_at:
            self._wrap()
        self._follow()
        self.refresh()
        self.call_after_refresh(self.place_caret)

    def notify_style_update(self) -> None:
        """Colours have changed."""
        super().notify_style_update()
        self._styles.clear()

    async def _on_key(self, event: events.Key) -> None:
        if event.is_printable and event.character is not None:
            self._type(event.character, event)
        elif event.key in {"enter", "ctrl+j"}:
            self._type("\n", event)
        elif event.key in {"backspace", "ctrl+h"}:
            self._delete(1, event)
        elif event.key in {"ctrl+w", "alt+backspace", "ctrl+backspace"}:
            self._delete(self._last_word(), event)
        elif event.key == "ctrl+u":
            self._delete(self._since_line_start(), event)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.run.paste(event.text)
        self._changed()

    def _type(self, char: str, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self.run.key(char, event.time)
        self._changed()

    def _delete(self, count: int, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self.run.delete(count)
        self._changed()

    def _last_word(self) -> int:
        typed = self.run.sheet.aligner.typed
        count = min(1, len(typed))
        while 0 < count < len(typed) and is_word(typed[-count]) and is_word(typed[-count - 1]):
            count += 1
        return count

    def _since_line_start(self) -> int:
        aligner = self.run.sheet.aligner
        if not aligner.reached:
            return len(aligner.typed)
        start = self._lines[self._line_of(aligner.reached - 1)].start
        typed = [cell.typed for cell in aligner.cells(start) if cell.typed is not None]
        return len(aligner.typed) - min(typed, default=len(aligner.typed))

    def _changed(self) -> None:
        """Something was typed or taken back: the lines it touched are painted once all keys that wait are taken."""
        aligner = self.run.sheet.aligner
        first, last = self._line_of(max(aligner.changed - 1, 0)), self._line_of(aligner.reached)
        self._touched.update(range(first, last + 1))
        if self.run.over:
            self.post_message(self.Ended())

    def on_idle(self) -> None:
        """No more keys wait."""
        if self._touched:
            touched, self._touched = self._touched, set()
            self._paint(touched)

    def _paint(self, touched: set[int]) -> None:
        moved = self._follow()
        self.place_caret()
        tally = self.run.sheet.aligner.tally
        signs = (tally.errors, tally.loose)
        unsigned = signs == self._signs_shown == (0, 0)
        self._signs_shown = signs
        regions = self._regions(touched, skip=1 if unsigned else 0)
        if not moved and regions and not paint_at_once(self, regions):
            self.refresh(*regions)

    def _follow(self) -> bool:
        """Keep the line being typed, one before it and one after it in view; True when the view has moved."""
        shown = max(self.size.height // ROWS, 1)
        line = self._line_of(self.run.sheet.aligner.reached)
        top = self._top
        if line < top:
            top = max(line - 1, 0)
        elif line > top and line >= top + shown - 1:
            top = max(line - 1, 0) if shown > 2 else line
        top = max(min(top, len(self._lines) - shown), 0)
        if top == self._top:
            return False
        self._top = top
        self.refresh()
        return True

    def _regions(self, lines: set[int], *, skip: int = 0, rows: int = ROWS) -> list[Region]:
        """Where lines are on the screen: `rows` of their rows, without the first `skip` of these."""
        width = self.size.width
        return [
            Region(0, (line - self._top) * ROWS + skip, width, rows - skip)
            for line in sorted(lines)
            if 0 <= line - self._top < -(-self.size.height // ROWS)
        ]

    def _line_of(self, column: int) -> int:
        return max(bisect_right(self._starts, column) - 1, 0)

    def _wrap(self) -> None:
        """Break the text: at the lines it has, then by cells."""
        opened, width = self.run.opened, min(self.size.width, WIDEST)
        self._wrapped_at = self.size.width
        if width <= 2:
            return
        self._lines = []
        for start, end in pairwise(sorted({0, *opened.starts, len(opened.text)})):
            row = opened.text[start:end]
            edges = [0, *cuts(row, width - 1, cell_len), len(row)]
            self._lines += [self._line(start + a, start + b) for a, b in pairwise(edges) if b > a]
        self._starts = [line.start for line in self._lines]

    def _line(self, start: int, end: int) -> _Line:
        places, at = [], 0
        for char in self.run.opened.text[start:end]:
            places.append(at)
            at += cell_len(char)
        return _Line(start, end, (*places, at))

    def render_line(self, y: int) -> Strip:
        """One row."""
        index = y // ROWS + self._top
        base = self._style("")
        if index >= len(self._lines):
            return Strip.blank(self.size.width, base)
        line = self._lines[index]
        segments = (self._signs, self._text, self._typed)[y % ROWS](line)
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _style(self, name: str) -> RichStyle:
        if name not in self._styles:
            self._styles[name] = self.get_component_rich_style(f"pad--{name}") if name else self.rich_style
        return self._styles[name]

    def _fates(self, line: _Line) -> tuple[dict[int, tuple[Mark, int | None]], set[int]]:
        """Column → its mark and typed character; columns before which something is extra.

        Asked for by each row of a line in turn, hence the memory of the last answer.
        """
        key = (line.start, len(self.run.log), len(self.run.sheet.aligner.typed), self.run.sheet.committed)
        if key == self._last_fates[0]:
            return self._last_fates[1]
        fates: dict[int, tuple[Mark, int | None]] = {}
        extras: set[int] = set()
        for cell in self.run.sheet.aligner.cells(line.start, line.end + 1):
            if cell.mark == Mark.EXTRA:
                extras.add(cell.column)
            elif cell.column < line.end:
                fates[cell.column] = (cell.mark, cell.typed)
        if line.end < len(self.run.opened.text):
            extras.discard(line.end)
        self._last_fates = (key, (fates, extras))
        return fates, extras

    def _text(self, line: _Line) -> list[Segment]:
        text, reached = self.run.opened.text, self.run.sheet.aligner.reached
        fates, _ = self._fates(line)
        names = {Mark.RIGHT: "right", Mark.LOOSE: "loose", Mark.WRONG: "wrong", Mark.MISSED: "missed"}
        pieces = []
        for column in range(line.start, line.end):
            mark = fates.get(column)
            name = names[mark[0]] if mark is not None else "here" if column == reached else "ahead"
            pieces.append((text[column], name))
        return self._segments(pieces)

    def _typed(self, line: _Line) -> list[Segment]:
        fates, _ = self._fates(line)
        typed, names = self.run.sheet.aligner.typed, {Mark.WRONG: "wrong", Mark.MISSED: "missed", Mark.LOOSE: "loose"}
        pieces = []
        for at, column in enumerate(range(line.start, line.end)):
            mark, index = fates.get(column, (Mark.RIGHT, None))
            char = typed[index] if index is not None else SIGNS[mark] if mark == Mark.MISSED else ""
            room = line.places[at + 1] - line.places[at]
            if cell_len(char) > room:
                char = SIGNS[Mark.WRONG]
            pieces.append((char, names.get(mark, "typed")))
            if room > cell_len(char):
                pieces.append((" " * (room - cell_len(char)), ""))
        return self._segments(pieces)

    def _signs(self, line: _Line) -> list[Segment]:
        """Error signs, and the ghosts where there is room beside them."""
        row: list[tuple[str, str]] = [(" ", "")] * self.size.width
        self._put_ghosts(line, row)
        fates, extras = self._fates(line)
        for column, (mark, _) in fates.items():
            if mark in SIGNS:
                row[line.places[column - line.start]] = (SIGNS[mark], "loose" if mark == Mark.LOOSE else "sign")
        for column in extras:
            row[line.places[column - line.start]] = (SIGNS[Mark.EXTRA], "sign")
        return self._segments(row)

    def _segments(self, pieces: Iterable[tuple[str, str]]) -> list[Segment]:
        """Pieces of text with the names of their looks, neighbours of one look joined: fewer pieces paint faster."""
        return [
            Segment("".join(text for text, _ in group), self._style(name))
            for name, group in groupby(pieces, key=lambda piece: piece[1])
        ]

    def _put_ghosts(self, line: _Line, row: list[tuple[str, str]]) -> None:
        if self.run.now <= 0:
            return
        last = line.end == len(self.run.opened.text)
        here = [
            (line.places[column - line.start], speed, look)
            for column, speed, look in zip(self._ghosts, self.run.standards.levels.speeds(), LOOKS, strict=True)
            if line.start <= column < line.end or (last and column == line.end)
        ]
        for cell, char, look in pace_marks(here, len(row)):
            row[cell] = (char, look)
