"""How the reception stands: a panel beside a wide chat, two lines above a narrow one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from kefu_sim.base.text import clean
from kefu_sim.i18n import tr
from kefu_sim.language.verdict import STEPS, Step
from kefu_sim.tui.render import StyleOf, bar, plain, sides, wrapped
from kefu_sim.tui.view import Gauge, Open, Standing, wait_level
from kefu_sim.words import clock, seconds, speed, step_title

DONE, NEXT, UNDONE, EXCUSED = "✓", "▸", "·", "–"
MOST_PROMISES = 3
URGENT = 30
"""Seconds before its time at which a promise is marked."""
WAIT_SIGNS = ("", "!", "!!", "!!!")
WAIT_STYLES = ("text", "warn", "warn", "bad")


class Progress(Widget):
    """Base: redraws only when what it shows has changed."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"as--{name}" for name in ("text", "title", "muted", "faint", "good", "warn", "bad", "accent", "next")
    }
    DEFAULT_CSS = """
    Progress {
        & > .as--text { color: $foreground; }
        & > .as--title { color: $primary; text-style: bold; }
        & > .as--muted { color: $muted; }
        & > .as--faint { color: $faint; }
        & > .as--good { color: $success; }
        & > .as--warn { color: $warning; text-style: bold; }
        & > .as--bad { color: $error; text-style: bold; }
        & > .as--accent { color: $accent; }
        & > .as--next { color: $accent; text-style: bold; }
    }
    """
    ALLOW_SELECT = False

    standing: reactive[Standing] = reactive(Standing())
    waiting: reactive[int | None] = reactive(None)
    """Whole seconds the buyer has waited."""
    now: reactive[int] = reactive(0)
    """Whole seconds of active reception, while a promise has its time; else 0."""
    hint: reactive[str] = reactive("")
    """Guided mode: what to aim at."""

    def style_of(self, name: str) -> Style:
        """How a meaning looks now."""
        return self.get_visual_style(f"as--{name}")


class SidePanel(Progress):
    """The eight steps one below the other, then the buyer, then the speed."""

    def render(self) -> Content:
        """All of it."""
        style_of: StyleOf = self.style_of
        width, now = self.content_size.width, self.standing
        gap = Content("")
        lines = [Content.styled(tr("Eight steps"), style_of("title"))]
        lines += [_step_line(step, now, style_of) for step in STEPS]
        if self.hint:
            lines += [gap, Content.styled(tr("Now"), style_of("title"))]
            lines += [line.stylize(style_of("accent")) for line in wrapped(plain(self.hint), width)]
        if now.mood or now.patience:
            lines += [gap, Content.styled(tr("The buyer"), style_of("title"))]
            lines += gauge_lines(now, width, style_of)
        if now.promises:
            lines += [gap, Content.styled(tr("Promised"), style_of("title"))]
            lines += [_promise(promise, self.now, width, style_of) for promise in now.promises[:MOST_PROMISES]]
        lines += [gap, Content.styled(tr("Speed"), style_of("title"))]
        lines += self._speeds(width, style_of)
        return Content("\n").join(lines)

    def _speeds(self, width: int, style_of: StyleOf) -> Sequence[Content]:
        figures = self.standing.metrics
        waiting = waiting_text(self.waiting, style_of) if self.waiting is not None else plain("–", style_of("faint"))
        rows = [
            (tr("Buyer waits"), waiting),
            (tr("First reply"), plain(seconds(figures.first_reply_s))),
            (tr("Mean reply"), plain(seconds(figures.mean_reply_s))),
            (tr("Typing"), plain(speed(figures.typing_cpm))),
        ]
        return [sides(plain(name, style_of("muted")), value, width) for name, value in rows]


class TopBar(Progress):
    """The same in two lines."""

    def render(self) -> Content:
        """Steps above, figures below."""
        style_of: StyleOf = self.style_of
        now, figures = self.standing, self.standing.metrics
        width = self.content_size.width
        steps = Content("  ").join(step_mark(step, now, style_of) for step in STEPS)
        if steps.cell_length > width:
            room = max((width + 1) // len(STEPS) - 1, 1)
            steps = Content(" ").join(step_mark(step, now, style_of, room) for step in STEPS)
        pieces = gauges(now, 5, style_of)
        if self.waiting is not None:
            waits = waiting_text(self.waiting, style_of)
            pieces.append(Content.assemble((tr("Waits"), style_of("muted")), " ", waits))
        if now.promises:
            count = f"{len(now.promises)} · " if len(now.promises) > 1 else ""
            left = Content.assemble(count, _time_left(now.promises[0], self.now, style_of))
            pieces.append(Content.assemble((tr("Owed"), style_of("muted")), " ", left))
        last = (tr("Typing"), speed(figures.typing_cpm))
        for name, text in (
            (tr("First"), seconds(figures.first_reply_s)),
            (tr("Mean"), seconds(figures.mean_reply_s)),
            *(() if now.promises else (last,)),
        ):
            pieces.append(Content.assemble((name, style_of("muted")), " ", text))
        while len(pieces) > 1 and Content("  ").join(pieces).cell_length > width:
            pieces.pop()  # a figure that is cut would be another figure
        return Content("\n").join([steps, Content("  ").join(pieces)])


def _step_line(step: Step, now: Standing, style_of: StyleOf) -> Content:
    mark, style = _mark(step, now)
    line = Content.assemble(" ", (f"{mark} {step_title(step)}", style_of(style)))
    return line.append_text("  " + tr("next"), style_of("next")) if mark == NEXT else line


def step_mark(step: Step, now: Standing, style_of: StyleOf, cells: int | None = None) -> Content:
    """A step with the sign of how it stands, on at most so many cells."""
    mark, style = _mark(step, now)
    told = Content.styled(f"{mark}{step_title(step)}", style_of(style))
    return told if cells is None else told.truncate(cells)


def _mark(step: Step, now: Standing) -> tuple[str, str]:
    if step in now.done:
        return DONE, "good"
    if step in now.excused:
        return EXCUSED, "faint"
    return (NEXT, "next") if step is now.next else (UNDONE, "muted")


def gauges(now: Standing, cells: int, style_of: StyleOf) -> list[Content]:
    """Mood and patience, each with its name."""
    return [
        Content.assemble((name, style_of("muted")), " ", gauge_text(gauge, cells, style_of))
        for name, gauge in ((tr("Mood"), now.mood), (tr("Patience"), now.patience))
        if gauge is not None
    ]


def gauge_lines(now: Standing, width: int, style_of: StyleOf) -> list[Content]:
    """Mood and patience, one below the other."""
    rows = [(tr("Mood"), now.mood), (tr("Patience"), now.patience)]
    return [
        sides(plain(name, style_of("muted")), gauge_text(gauge, 10, style_of), width)
        for name, gauge in rows
        if gauge is not None
    ]


def gauge_text(gauge: Gauge, cells: int, style_of: StyleOf) -> Content:
    """A meter as a bar and its figure."""
    full, empty = bar(gauge.value, gauge.low, gauge.high, cells)
    share = len(full) / cells
    style = "good" if share > 0.5 else "warn" if share > 0.2 else "bad"
    figure = f" {gauge.value:3.0f}" if cells > 5 else f" {gauge.value:.0f}"
    return Content.assemble((full, style_of(style)), (empty, style_of("faint")), figure)


def _promise(promise: Open, now: int, width: int, style_of: StyleOf) -> Content:
    left = _time_left(promise, now, style_of)
    room = max(width - left.cell_length - 2, 4)
    return sides(Content.assemble(" ", plain(clean(promise.about))).truncate(room, ellipsis=True), left, width)


def _time_left(promise: Open, now: int, style_of: StyleOf) -> Content:
    """How long a promise still has; a mark when its time is over."""
    if promise.missed:
        return Content.styled(tr("overdue") + " !!!", style_of("bad"))
    if promise.due is None:
        return Content.styled(tr("to do"), style_of("muted"))
    left = max(int(promise.due) - now, 0)
    return Content.styled(clock(left), style_of("warn" if left <= URGENT else "text"))


def waiting_text(waited: int, style_of: StyleOf) -> Content:
    """Seconds of waiting, with a sign of their urgency."""
    level = wait_level(waited)
    sign = f" {WAIT_SIGNS[level]}" if level else ""
    return Content.styled(seconds(waited) + sign, style_of(WAIT_STYLES[level]))
