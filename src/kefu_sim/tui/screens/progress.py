"""Progress: scores and speed over time, the eight steps, lost points, the list of what was finished."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kefu_sim.base.errors import KefuError
from kefu_sim.history.intake import take_in
from kefu_sim.history.look import Look, look_back
from kefu_sim.history.titles import titles_of
from kefu_sim.house import House
from kefu_sim.i18n import tr
from kefu_sim.progress import wording
from kefu_sim.progress.record import Record, Wanted
from kefu_sim.scenario.library import order
from kefu_sim.tui import aside
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.look_pages import Titles, cause_blocks, overview_blocks, step_blocks
from kefu_sim.tui.render import Block, bar, plain, sides, tabs, wrapped
from kefu_sim.tui.screens.ours import OurScreen
from kefu_sim.tui.screens.page import AskScreen, Choice
from kefu_sim.tui.screens.result import Tile
from kefu_sim.tui.widgets.click_line import ClickLine
from kefu_sim.tui.widgets.head_line import HeadLine
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.widgets.line_view import LineView
from kefu_sim.tui.widgets.pick_list import MarkedList
from kefu_sim.words import duration, mode_title, seconds

SHOWN = 500
"""Records in the list; the filters reach the others."""
SPANS = (0, 7, 30, 90)
"""Days back; 0: all time."""
MODES = ("", "practice", "guided", "exam")
RECORDS = 3
"""The page with the list."""


class ProgressScreen(OurScreen):
    """What practice has come to."""

    CSS_PATH = "../styles/progress.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("progress")
    AUTO_FOCUS = "#page"
    place: Place = "progress"

    head = getters.query_one(HeadLine)
    tabs = getters.query_one("#tabs", ClickLine)
    page = getters.query_one("#page", LineView)
    records = getters.query_one("#records", OptionList)

    def __init__(self, house: House) -> None:
        super().__init__()
        self._house = house
        self._wanted = Wanted(trainee=house.desk.trainee)
        self._span = 0
        self._tab = 0
        self.look: Look | None = None
        """Made in the background."""
        self._rows: list[Record] = []
        self._titles: Titles = {}

    def compose(self) -> ComposeResult:
        """Head, four big figures, a page with four tabs, keys."""
        yield HeadLine()
        with Horizontal(id="tiles"):
            for name in ("score", "reply", "streak", "count"):
                yield Tile(name)
        yield ClickLine(id="tabs")
        yield LineView(id="page")
        yield MarkedList(id="records")
        yield KeyLine()

    def on_mount(self) -> None:
        """Ask the records in the background."""
        self._show_head()
        self._show_tab()
        self.gather()

    def on_resize(self) -> None:
        """The head and the rows fill the width."""
        self._show_head()
        self._fill_records()

    @work(thread=True, exclusive=True)
    def gather(self) -> None:
        """Take in what has ended since, and gather the figures."""
        wanted = replace(self._wanted, since=_days_ago(self._span))
        try:
            take_in(self._house)
            look = look_back(self._house, wanted, _today())
            rows = self._house.records.rows(wanted, SHOWN)
        except KefuError as error:
            aside.show(self, self.show_failure, error)
            return
        aside.show(self, self.show_look, look, rows, titles_of(self._house))

    def show_failure(self, error: KefuError) -> None:
        """The records cannot be used."""

        def lines(width: int, style_of: object) -> list[Content]:
            del style_of
            return [line for text in (error.message, error.hint) for line in wrapped(plain(text), width)]

        self.page.show([lines])

    def show_look(self, look: Look, rows: list[Record], titles: Titles) -> None:
        """The figures are there."""
        self.look, self._rows, self._titles = look, rows, titles
        self._fill_tiles(look)
        self._fill_records()
        self._show_tab()
        self.query_one(KeyLine).refresh()

    def _fill_tiles(self, look: Look) -> None:
        totals, replies = look.totals, look.replies
        full, empty = bar(totals.now or 0.0, 0, 100, 6)
        better = _arrow(totals.by, up=True)
        self._tile(
            "score", tr("Score"), _figure(totals.now), " /100", Content.assemble(full, (empty, "$faint"), better)
        )
        self._tile("reply", tr("Mean reply"), _figure(replies.now), tr(" s"), _arrow(replies.by, up=False))
        remark = tr("longest {n}").format(n=look.streak.longest)
        self._tile("streak", tr("Days in a row"), str(look.streak.now), "", plain(remark, "$muted"))
        self._tile("count", tr("Receptions"), str(look.receptions), "", plain(duration(look.seconds), "$muted"))

    def _tile(self, name: str, title: str, figure: str, of: str, remark: Content) -> None:
        self.query_one(f"#tile-{name}", Tile).tell(title, figure, of, remark)

    def _show_head(self) -> None:
        who = plain(self._who(self._wanted.trainee), "bold")
        scenario = self._wanted.scenario
        filters = [
            self._titles.get(scenario, scenario) or tr("all buyers"),
            mode_title(self._wanted.mode) if self._wanted.mode else tr("all modes"),
            tr("{n} days").format(n=self._span) if self._span else tr("all time"),
        ]
        self.head.tell(tr("Progress"), who, plain(" · ".join(filters) + " ", "$muted"))

    @staticmethod
    def _who(trainee: str | None) -> str:
        return tr("everybody") if trainee is None else trainee or tr("me")

    def _show_tab(self) -> None:
        titles = (tr("Overview"), tr("Eight steps"), tr("Lost points"), tr("Records"))
        self.tabs.update(tabs(titles, self._tab))
        listed = self._tab == RECORDS
        self.page.display = not listed
        self.records.display = listed
        (self.records if listed else self.page).focus()
        if self.look is not None and not listed:
            self.page.show(self._blocks(self.look))

    def _blocks(self, look: Look) -> list[Block]:
        if self._tab == 0:
            return overview_blocks(look, self._titles)
        return step_blocks(look) if self._tab == 1 else cause_blocks(look)

    def _fill_records(self) -> None:
        at = self.records.highlighted
        width = max(self.app.size.width - 5, 40)  # padding on both sides, and the bar
        self.records.set_options([Option(_row(row, self._titles, width)) for row in self._rows])
        if self._rows:
            self.records.highlighted = min(at or 0, len(self._rows) - 1)
        elif self.look is not None:
            self.records.set_options([Option(tr("Nothing finished yet, or nothing that fits."), disabled=True)])

    def action_tab(self, step: int = 1) -> None:
        """Turn to another page."""
        self.action_turn_to((self._tab + step) % 4)

    def action_turn_to(self, tab: int) -> None:
        """Turn to a page that was clicked on."""
        self._tab = tab
        self._show_tab()

    def action_follow(self, number: int) -> None:
        """Practise what was advised."""
        if self.look is not None and number <= len(self.look.advice):
            self.our_app.past.follow(self.look.advice[number - 1])

    @on(OptionList.OptionSelected, "#records")
    def open_record(self, event: OptionList.OptionSelected) -> None:
        """Look at one of them again."""
        if event.option_index < len(self._rows):
            self.our_app.past.open_record(self._rows[event.option_index])

    def action_span(self) -> None:
        """Another stretch of time."""
        self._span = SPANS[(SPANS.index(self._span) + 1) % len(SPANS)]
        self._narrow(self._wanted)

    def action_mode(self) -> None:
        """Another mode."""
        self._narrow(replace(self._wanted, mode=MODES[(MODES.index(self._wanted.mode) + 1) % len(MODES)]))

    @work
    async def action_buyer(self) -> None:
        """Choose a buyer."""
        entries = order(self._house.library.entries)
        choices = [Choice("", tr("all buyers")), *(Choice(e.id, self._titles.get(e.id, e.title)) for e in entries)]
        chosen = await self._asked(tr("Which buyer?"), choices, self._wanted.scenario)
        self._narrow(replace(self._wanted, scenario=chosen))

    @work
    async def action_profile(self) -> None:
        """Choose a profile."""
        try:
            known = await asyncio.to_thread(self._house.records.trainees)
        except KefuError as error:
            self.our_app.show_error(error)
            return
        names = [None, *sorted({self._house.desk.trainee, *(name for name, _ in known)})]
        choices = [Choice(str(at), self._who(name)) for at, name in enumerate(names)]
        current = self._wanted.trainee
        chosen = await self._asked(
            tr("Whose progress?"), choices, str(names.index(current)) if current in names else ""
        )
        self._narrow(replace(self._wanted, trainee=names[int(chosen)]))

    async def _asked(self, question: str, choices: list[Choice], current: str) -> str:
        """One of several values; what is chosen now comes first, and stays when nothing is chosen."""
        choices.sort(key=lambda choice: choice.value != current)
        return await self.app.push_screen_wait(AskScreen(question, choices))

    def _narrow(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._show_head()
        self.gather()

    def action_home(self) -> None:
        """The list of buyers."""
        self.our_app.go_home()


def _row(row: Record, titles: Titles, width: int) -> Content:
    when = plain(row.started[5:16].replace("T", " "), "$muted")
    title = wording.record_title(row, titles)
    left = Content.assemble(when, "  ", ("↳ " if row.branch_of else ""), plain(title, "bold"))
    reply, result = plain(seconds(row.mean_reply_s), "$muted"), plain(wording.result_of(row), "bold")
    columns = [cell.pad_left(max(room - cell.cell_length, 1)) for cell, room in ((reply, 9), (result, 14))]
    return sides(left, Content.assemble(plain(mode_title(row.mode), "$muted"), *columns), width)


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"


def _arrow(by: float | None, *, up: bool) -> Content:
    """A change, with a tick where it is for the better."""
    if by is None:
        return Content("")
    good = by >= 0 if up else by <= 0
    return plain(f" {by:+.0f} " + ("✓" if good else "!"), "$success" if good else "$warning")


def _today() -> date:
    return date.today()  # noqa: DTZ011 (the trainee's own calendar)


def _days_ago(days: int) -> str:
    return (_today() - timedelta(days - 1)).isoformat() if days else ""
