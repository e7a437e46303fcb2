"""A lesson: its agenda with the time, and the pages to talk about between the demos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from kefu_sim.demo.lesson import Lesson
from kefu_sim.demo_words import item_title, minutes
from kefu_sim.i18n import language, tr
from kefu_sim.tui.demo_pages import NOTE_LINES
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.render import StyleOf, bar, beginning, fitted, indented, plain, sides
from kefu_sim.tui.screens.blank import BlankScreen
from kefu_sim.tui.screens.ours import OurScreen
from kefu_sim.tui.widgets.head_line import HeadLine
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.widgets.line_view import LineView
from kefu_sim.words import clock

if TYPE_CHECKING:
    from kefu_sim.tui.demo_flow import DemoFlow

CELLS = 16
"""Of the bar of the lesson's time."""


def left(seconds: float) -> str:
    """Time left, or by how much it has run over."""
    return clock(seconds) if seconds >= 0 else tr("over by {time}").format(time=clock(-seconds))


def times(lesson: Lesson, now: float) -> str:
    """How the time of the entry and of the lesson stands."""
    return tr("{item} · whole {lesson}").format(item=left(lesson.item_left(now)), lesson=left(lesson.left(now)))


class AgendaScreen(OurScreen):
    """The agenda; an entry to talk about is a page of its own here."""

    CSS_PATH = "../styles/demo.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("agenda")
    place: Place = "agenda"

    head = getters.query_one(HeadLine)
    page = getters.query_one("#page", LineView)
    notes = getters.query_one("#notes", Static)

    def __init__(self, flow: DemoFlow, lesson: Lesson) -> None:
        super().__init__()
        self._flow = flow
        self.lesson = lesson
        """As it stands."""
        self._talking = False
        self._noted = False
        self._warned = False

    def compose(self) -> ComposeResult:
        """Head with the time, page, notes, keys."""
        yield HeadLine()
        yield LineView(id="page")
        yield Static(id="notes")
        yield KeyLine()

    def on_mount(self) -> None:
        """The agenda."""
        self.page.can_focus = False
        self.show_page()

    def on_resize(self) -> None:
        """The page stands in the middle."""
        self.call_after_refresh(self.show_page)

    def advance(self) -> None:
        """The time runs: called by the ticker."""
        if self.is_mounted:
            self._show_head()

    def show_page(self) -> None:
        """The agenda, or the page that is talked about."""
        self.page.show([self._talk if self._talking else self._agenda])
        self._show_head()
        self._show_notes()
        self.query_one(KeyLine).refresh()

    def _show_head(self) -> None:
        lesson, now = self.lesson, self._flow.clock.now()
        title = lesson.playlist.name.pick(language())
        full, empty = bar(lesson.left(now), 0, lesson.playlist.minutes * 60, CELLS)
        right = Content.assemble(" ", (full, "$accent"), (empty, "$faint"), (f" {times(lesson, now)} ", "bold"))
        self.head.tell(tr("Lesson"), plain(title, "bold"), right)

    def _show_notes(self) -> None:
        self.notes.set_class(self._noted, "-shown")
        if self._noted:
            text = self.lesson.item.told.pick(language()) or tr("No note for this moment.")
            self.notes.update(beginning(plain(text), max(self.app.size.width - 6, 20), NOTE_LINES))

    def _agenda(self, width: int, style_of: StyleOf) -> Sequence[Content]:
        lesson = self.lesson
        items = lesson.playlist.items
        gap = [Content("")] if 2 * len(items) + 2 <= self.page.size.height else []
        page: list[Content] = [Content("")]
        for index, item in enumerate(items):
            here = index == lesson.at
            sign = "✓" if index < lesson.at else "▸" if here else "·"
            style = style_of("accent" if here else "muted" if index < lesson.at else "text")
            time = plain(minutes(item.minutes) + "  ", style_of("muted"))
            line = sides(
                plain(f"  {sign} {index + 1}  {item_title(item, self._flow.room.demos.items)}", style),
                time,
                min(width, 76),
            )
            page += [line.stylize("bold") if here else line, *gap]
        if lesson.over:
            page += [Content(""), plain(tr("That was the lesson."), style_of("title")).center(width)]
        return page

    def _talk(self, width: int, style_of: StyleOf) -> Sequence[Content]:
        item = self.lesson.item
        english = language() == "en"
        points = item.points_en if english and item.points_en else item.points
        page = [
            Content(""),
            plain(item_title(item, self._flow.room.demos.items), style_of("title")).center(width),
            Content(""),
        ]
        for point in points:
            page += indented(plain(point, "bold"), min(width, 72), fitted(plain("    ●", style_of("accent")), 7))
            page.append(Content(""))
        return page

    def action_go_on(self) -> None:
        """A page that has been talked about is done; after the last entry so is the lesson."""
        if self.lesson.over:
            self._flow.open_menu()
        else:
            self._now(self.lesson.moved(1))

    def action_start(self) -> None:
        """Begin the entry."""
        item = self.lesson.item
        self._now(self.lesson.started(self._flow.clock.now()), talking=item.demo is None)
        if item.demo is not None:
            self._flow.begin(self._flow.room.demos.items[item.demo], item.show)

    def _now(self, lesson: Lesson, *, talking: bool = False) -> None:
        self.lesson = self._flow.lesson = lesson
        self._talking = talking
        self._warned = False
        self.show_page()

    def action_move(self, step: int) -> None:
        """Another entry."""
        self._now(self.lesson.moved(step))

    def action_notes(self) -> None:
        """Show or hide the notes."""
        self._noted = not self._noted
        self._show_notes()

    def action_blank(self) -> None:
        """Nothing to see."""
        self.app.push_screen(BlankScreen())

    def action_leave(self) -> None:
        """End the page, or the lesson; one that is under way only when that is said twice."""
        if self._talking:
            self._now(replace(self.lesson, since=None))
        elif self.lesson.at == 0 or self.lesson.over or self._warned:
            self._flow.open_menu()
        else:
            self._warned = True
            self.notify(tr("Esc again ends the lesson."), timeout=3, markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What there is to do."""
        del parameters
        done = self._talking or self.lesson.over
        return done if action == "go_on" else not done if action == "start" else True
