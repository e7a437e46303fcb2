"""Which shift to work: the shifts at the left, what they are about at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kefu_sim.base.errors import Problem
from kefu_sim.base.text import unfolded
from kefu_sim.i18n import tr
from kefu_sim.rush.model import Shift
from kefu_sim.rush.report import Goal
from kefu_sim.shift_words import goal_asked, shift_brief, shift_title
from kefu_sim.shifts import ShiftRoom
from kefu_sim.tui import aside
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.render import Block, StyleOf, indented, plain, sides, stars, wrapped
from kefu_sim.tui.screens.ours import OurScreen
from kefu_sim.tui.screens.page import PageScreen, problem_block
from kefu_sim.tui.widgets.head_line import HeadLine
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.widgets.line_view import LineView
from kefu_sim.tui.widgets.pick_list import PickList


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read aside."""

    shifts: Sequence[Shift]
    problems: Sequence[Problem]
    best: dict[str, float]
    waiting: str
    """Id of an interrupted shift; empty when there is none."""


class RushMenuScreen(OurScreen):
    """The shifts."""

    CSS_PATH = "../styles/rush.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 (Textual's declaration)
    BINDINGS: ClassVar[list[BindingType]] = bindings("rush-menu")
    AUTO_FOCUS = "#shifts"
    place: Place = "rush-menu"

    shifts = getters.query_one("#shifts", PickList)
    about = getters.query_one("#about", LineView)

    def __init__(self, room: ShiftRoom) -> None:
        super().__init__()
        self._room = room
        self._found: _Found | None = None

    def compose(self) -> ComposeResult:
        """Head, list with details, keys."""
        yield HeadLine()
        with Horizontal(id="body"):
            with Vertical(id="left") as left:
                left.border_title = tr("Shifts")
                yield PickList(Option(tr("Looking for the shifts…"), disabled=True), id="shifts")
            yield LineView(id="about")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the shifts aside."""
        self.about.border_title = tr("About this shift")
        self.about.can_focus = False
        self.look()

    def on_resize(self) -> None:
        """Head and rows fill the width."""
        self._show_head()
        self._fill()

    def on_screen_resume(self) -> None:
        """There may be a new best."""
        self.look()

    @work(thread=True, exclusive=True)
    def look(self) -> None:
        """Read the shifts and what was made of them."""
        room = self._room
        best: dict[str, float] = {}
        for result in room.logs.results():
            best[result.shift] = max(best.get(result.shift, 0.0), result.total)
        waiting = next(room.logs.unfinished(), "")
        found = _Found(room.library.order(), room.library.problems, best, waiting)
        aside.show(self, self.show_found, found)

    def show_found(self, found: _Found) -> None:
        """Show them."""
        self._found = found
        self._show_head()
        self._fill()
        self._show_about()
        self.query_one(KeyLine).refresh()

    def _show_head(self) -> None:
        waits = self._found is not None and self._found.waiting
        right = plain(tr("An interrupted shift is waiting: R goes on") + " ", "$accent bold") if waits else Content("")
        self.query_one(HeadLine).tell(tr("Rush hour"), plain(tr("Many buyers at once, one clock")), right)

    def _fill(self) -> None:
        if self._found is None:
            return
        at = self.shifts.highlighted or 0
        width = max(self.shifts.scrollable_content_region.width - 2, 20)
        self.shifts.set_options([Option(_row(shift, self._found.best, width)) for shift in self._found.shifts])
        if self._found.shifts:
            self.shifts.highlighted = min(at, len(self._found.shifts) - 1)
        else:
            self.shifts.set_options([Option(tr("No shift could be read. Press P to see why."), disabled=True)])

    @property
    def _chosen(self) -> Shift | None:
        at = self.shifts.highlighted
        shifts = self._found.shifts if self._found is not None else ()
        return shifts[at] if at is not None and at < len(shifts) else None

    @on(OptionList.OptionHighlighted, "#shifts")
    def _show_about(self) -> None:
        shift = self._chosen
        if shift is not None:
            self.about.show([_about(shift)])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What there is to do."""
        del parameters
        if action == "resume":
            return self._found is not None and bool(self._found.waiting)
        return self._found is not None and bool(self._found.problems) if action == "problems" else True

    @on(OptionList.OptionSelected, "#shifts")
    def action_start(self) -> None:
        """Begin the chosen shift."""
        if self._chosen is not None:
            self.our_app.rush.begin(self._chosen.id)

    def action_resume(self) -> None:
        """Go on with the interrupted shift."""
        self.our_app.rush.resume()

    def action_problems(self) -> None:
        """Everything wrong in shift files."""
        if self._found is not None:
            blocks = [problem_block(problem) for problem in self._found.problems]
            self.app.push_screen(PageScreen(tr("Problems in shift files"), blocks))

    def action_home(self) -> None:
        """Back to the buyers."""
        self.our_app.go_home()


def _row(shift: Shift, best: dict[str, float], width: int) -> Content:
    first = sides(plain(shift_title(shift), "bold"), plain(stars(shift.difficulty), "$accent"), width)
    told = tr("{n} buyers · {minutes:g} min").format(n=shift.buyers, minutes=shift.minutes)
    reached = tr("best {total:.0f}").format(total=best[shift.id]) if shift.id in best else tr("not played yet")
    return Content("\n").join([first, sides(plain("  " + told, "$muted"), plain(reached, "$muted"), width)])


def _about(shift: Shift) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        brief = unfolded(shift_brief(shift))
        page = [*wrapped(plain(brief), width), Content("")]
        rows = [
            (tr("How many"), tr("{n} in all, at most {most} at once").format(n=shift.buyers, most=shift.at_once)),
            (tr("Length"), tr("{minutes:g} min").format(minutes=shift.minutes)),
        ]
        goals = [goal_asked(Goal(name, test, None, None)) for name, test in shift.goal.items()]
        if goals:
            rows.append((tr("Goal"), " · ".join(goals)))
        for name, value in rows:
            page += indented(plain(value), width, plain(f"{name}  ", style_of("muted")))
        return page

    return lines
