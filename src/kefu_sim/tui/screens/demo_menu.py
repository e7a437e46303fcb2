"""Lessons and demos: choose one, and how it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kefu_sim.base.text import unfolded
from kefu_sim.demo.model import Demo, Playlist, Show
from kefu_sim.demo_words import item_title, minutes
from kefu_sim.demonstrations import DemoRoom
from kefu_sim.i18n import language, tr, trn
from kefu_sim.language.verdict import Step
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.render import StyleOf, clickable, fitted, indented, plain, sides, wrapped
from kefu_sim.tui.screens.ours import OurScreen
from kefu_sim.tui.screens.page import PageScreen, problem_block
from kefu_sim.tui.widgets.click_line import ClickLine
from kefu_sim.tui.widgets.head_line import HeadLine
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.widgets.line_view import LineView
from kefu_sim.tui.widgets.pick_list import PickList
from kefu_sim.words import step_title

SHOWS: tuple[Show, ...] = ("compare", "bad", "good")


def show_title(show: Show) -> str:
    """How a demo is shown."""
    return {"compare": tr("Side by side"), "bad": tr("The poor one"), "good": tr("The good one")}[show]


class DemoMenuScreen(OurScreen):
    """A list with details."""

    CSS_PATH = "../styles/demo.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 (Textual's declaration)
    BINDINGS: ClassVar[list[BindingType]] = bindings("demo-menu")
    AUTO_FOCUS = "#demos"
    place: Place = "demo-menu"

    list = getters.query_one("#demos", PickList)
    details = getters.query_one("#details", LineView)
    shows = getters.query_one("#shows", ClickLine)

    def __init__(self, room: DemoRoom) -> None:
        super().__init__()
        self._room = room
        self._rows: list[Playlist | Demo] = [*room.playlists.items.values(), *room.in_order()]
        self._show: Show = "compare"

    def compose(self) -> ComposeResult:
        """Head, list with details, how it is shown, keys."""
        yield HeadLine()
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield PickList(id="demos")
            yield LineView(id="details")
        yield ClickLine(id="shows")
        yield KeyLine()

    def on_mount(self) -> None:
        """Name the panes."""
        self.query_one("#left").border_title = tr("Lessons and demos")
        self.details.border_title = tr("What it shows")
        self.details.can_focus = False
        self.shows.border_title = tr("Show as")
        self._fill()
        self._show_shows()

    def on_resize(self) -> None:
        """Rows fill the width."""
        bad = self._room.problems
        told = trn("{n} file cannot be used: P", "{n} files cannot be used: P", len({p.file for p in bad}))
        right = plain("! " + told.format(n=len({p.file for p in bad})) + " ", "$warning") if bad else Content("")
        left = plain(tr("receptions that play themselves before a class"))
        self.query_one(HeadLine).tell(tr("Class demo"), left, right)
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        at = self.list.highlighted or 0
        width = max(self.list.scrollable_content_region.width - 2, 20)
        rows = [Option(_row(row, width)) for row in self._rows]
        self.list.set_options(rows or [Option(tr("There is no demo that can be shown."), disabled=True)])
        if self._rows:
            self.list.highlighted = min(at, len(self._rows) - 1)

    def _chosen(self) -> Playlist | Demo | None:
        at = self.list.highlighted
        return self._rows[at] if at is not None and at < len(self._rows) else None

    @on(OptionList.OptionHighlighted, "#demos")
    def _show_details(self) -> None:
        row = self._chosen()
        if row is not None:
            self.details.show([lambda width, style_of: self._about(row, width, style_of)])
        self._show_shows()

    def _about(self, row: Playlist | Demo, width: int, style_of: StyleOf) -> Sequence[Content]:
        lang = language()
        page = [*wrapped(plain(row.name.pick(lang), style_of("strong")), width), Content("")]
        if watch := unfolded(row.watch.pick(lang)):
            page += [*wrapped(plain(watch), width), Content("")]
        if isinstance(row, Playlist):
            for item in row.items:
                label = fitted(plain(minutes(item.minutes), style_of("muted")), 8)
                page += indented(plain(item_title(item, self._room.demos.items)), width, label)
        return page

    def _show_shows(self) -> None:
        row = self._chosen()
        if isinstance(row, Playlist):
            self.shows.update(plain(tr(" as the lesson says"), "$muted"))
            return
        offered = row.shows() if row is not None else SHOWS
        chosen = self._picked(offered)
        chips = [
            clickable(
                plain(f" {'●' if show == chosen else '○'} {show_title(show)} ",
                      "bold $key-text on $key-face" if show == chosen else "$muted"),
                f"screen.show_as('{show}')",
            )
            for show in SHOWS
            if show in offered
        ]  # fmt: skip
        self.shows.update(Content("  ").join(chips))

    def _picked(self, offered: Sequence[Show]) -> Show:
        return self._show if self._show in offered else offered[0]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What there is to do."""
        del parameters
        return action != "problems" or bool(self._room.problems)

    @on(OptionList.OptionSelected, "#demos")
    def action_start(self) -> None:
        """Begin what is chosen."""
        row = self._chosen()
        if isinstance(row, Playlist):
            self.our_app.demos.begin_lesson(row)
        elif row is not None:
            self.our_app.demos.begin(row, self._picked(row.shows()))

    def action_show(self, step: int) -> None:
        """Show it another way."""
        row = self._chosen()
        if isinstance(row, Demo):
            offered = [show for show in SHOWS if show in row.shows()]
            self.action_show_as(offered[(offered.index(self._picked(offered)) + step) % len(offered)])

    def action_show_as(self, show: Show) -> None:
        """Show it in the way that was clicked on."""
        self._show = show
        self._show_shows()

    def action_problems(self) -> None:
        """Everything wrong in demo files."""
        blocks = [problem_block(problem) for problem in self._room.problems]
        self.app.push_screen(PageScreen(tr("Problems in demo files"), blocks))

    def action_home(self) -> None:
        """Back to the buyers."""
        self.our_app.go_home()


def _row(row: Playlist | Demo, width: int) -> Content:
    if isinstance(row, Playlist):
        return sides(
            plain(row.name.pick(language()), "bold $accent"),
            plain(tr("lesson, {n:g} min").format(n=row.minutes), "$muted"),
            width,
        )
    about = step_title(Step(row.step)) if row.step else tr("buyer")
    return sides(plain(row.name.pick(language())), plain(about, "$muted"), width)
