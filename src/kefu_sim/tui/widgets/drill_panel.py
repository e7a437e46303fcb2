"""The figures of a drill while it is typed: a panel beside a wide text, two lines above a narrow one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Digits, Static

from kefu_sim import drill_words as words
from kefu_sim.drill.align import Tally
from kefu_sim.drill.events import Mode
from kefu_sim.drill.pace import Live, live
from kefu_sim.drill.run import Run
from kefu_sim.i18n import tr
from kefu_sim.tui.render import bar, plain, sides, wrapped

CELLS = 12
"""Of a bar that fills towards a level."""


NOTHING = Live(None, None, None, None, 0, 0.0)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the panel shows."""

    now: Live = NOTHING
    tally: Tally = field(default_factory=Tally)
    corrected: int = 0
    target: int = 80
    mode: Mode = "practice"
    levels: tuple[tuple[str, int], ...] = ()
    """Name and speed of each level."""


def standing(run: Run) -> Standing:
    """Read a run."""
    t = max(run.now, 0.0)
    limit = run.opened.seconds
    levels = run.standards.levels.speeds()
    return Standing(
        live(run.sheet, min(t, limit) if limit and t > limit else t),
        run.sheet.aligner.tally,
        run.sheet.corrected,
        run.opened.target,
        run.opened.mode,
        tuple((words.target_title(speed, run.standards), speed) for speed in levels),
    )


class DrillBar(Widget):
    """Two lines."""

    DEFAULT_CSS = "DrillBar { height: 2; text-wrap: nowrap; }"
    ALLOW_SELECT = False
    standing: reactive[Standing] = reactive(Standing())

    def render(self) -> Content:
        """Speeds above, errors and the grade below."""
        shown, now = self.standing, self.standing.now
        net = Content.assemble((tr("Net"), "$muted"), " ", (words.speed(now.net), "bold $primary"))
        gross = Content.assemble((tr("Gross"), "$muted"), " ", words.speed(now.gross))
        right = Content.assemble((tr("Right"), "$muted"), " ", words.percent(now.accuracy))
        gap = plain(words.gap_line(now, shown.target), _gap_style(now))
        first = sides(Content("  ").join([net, gross, right]), gap, self.size.width)
        errors = plain(_errors(shown), "$muted")
        second = sides(errors, plain(words.grade_line(shown.mode), "$muted"), self.size.width)
        return Content("\n").join([first, second])


class DrillPanel(Vertical):
    """A column."""

    ALLOW_SELECT = False
    DEFAULT_CSS: ClassVar[str] = """
    DrillPanel {
        & Digits { width: 100%; color: $primary; text-style: bold; }
        & #title { height: 1; }
        & #lines { height: 1fr; }
    }
    """
    standing: reactive[Standing] = reactive(Standing(), repaint=False)

    def compose(self) -> ComposeResult:
        """A big figure, and lines."""
        yield Static(plain(tr("Net speed, characters a minute"), "$muted"), id="title")
        yield Digits("-")
        yield Static(id="lines")

    def watch_standing(self, shown: Standing) -> None:
        """Show it."""
        if not self.is_mounted:
            return
        self.query_one(Digits).update("-" if shown.now.net is None else f"{shown.now.net:.0f}")
        self.query_one("#lines", Static).update(Content("\n").join(self._rows(shown)), layout=False)

    def _rows(self, shown: Standing) -> list[Content]:
        now, width = shown.now, self.content_size.width
        rows = [
            _level_row(name, speed, now.net or 0.0, width, target=speed == shown.target) for name, speed in shown.levels
        ]
        rows += [
            Content(""),
            *(line.stylize(_gap_style(now)) for line in wrapped(plain(words.gap_line(now, shown.target)), width)),
        ]
        rows.append(Content(""))
        for name, value in (
            (tr("Gross speed"), words.speed(now.gross)),
            (tr("Correctness"), words.percent(now.accuracy)),
        ):
            rows.append(sides(plain(name, "$muted"), plain(value), width))
        tally = shown.tally
        rows.append(Content(""))
        for sign, name, count in (
            ("×", tr("wrong"), tally.wrong),
            ("∧", tr("missed"), tally.missed),
            ("+", tr("extra"), tally.extra),
            ("←", tr("corrected"), shown.corrected),
            ("~", tr("other width"), tally.loose),
        ):
            style = "$error bold" if count and sign in "×∧+" else "$muted"
            rows.append(sides(Content.assemble((f"{sign} ", style), (name, "$muted")), plain(count, style), width))
        rows += [Content(""), *(line.stylize("$muted") for line in wrapped(plain(words.grade_line(shown.mode)), width))]
        return rows


def _level_row(name: str, speed: int, net: float, width: int, *, target: bool) -> Content:
    full, empty = bar(net, 0, speed, CELLS)
    reached = net >= speed
    style = "$success" if reached else "$primary" if target else "$muted"
    label = Content.assemble(("▸ " if target else "  ", "$accent"), (name, "bold" if target else "$muted"))
    return sides(label, Content.assemble((full, style), (empty, "$faint"), " ✓" if reached else "  "), width)


def _gap_style(now: Live) -> str:
    return "$success bold" if now.ahead >= 0 else "$warning bold"


def _errors(shown: Standing) -> str:
    tally = shown.tally
    line = tr("× wrong {wrong}  ∧ missed {missed}  + extra {extra}  ← back {corrected}").format(
        wrong=tally.wrong, missed=tally.missed, extra=tally.extra, corrected=shown.corrected
    )
    return line + (f"  ~ {tally.loose}" if tally.loose else "")
