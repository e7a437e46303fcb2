"""The campaign: buyers in stages, each stage opened by those passed in the one before."""

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
from kefu_sim.house import House
from kefu_sim.i18n import language, spelt, tr
from kefu_sim.progress.campaign import Met, Standing, next_buyer
from kefu_sim.progress.wording import stage_about, stage_line, stage_title
from kefu_sim.scenario.index import Entry
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.render import StyleOf, plain, sides, stars, wrapped
from kefu_sim.tui.screens.ours import OurScreen
from kefu_sim.tui.widgets.head_line import HeadLine
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.widgets.line_view import LineView
from kefu_sim.tui.widgets.pick_list import PickList


class CampaignScreen(OurScreen):
    """Stages, one below the other, with what the chosen buyer is about."""

    CSS_PATH = "../styles/demo.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 (Textual's declaration)
    BINDINGS: ClassVar[list[BindingType]] = bindings("campaign")
    AUTO_FOCUS = "#buyers"
    place: Place = "campaign"

    list = getters.query_one("#buyers", PickList)
    details = getters.query_one("#details", LineView)

    def __init__(self, house: House, stages: Sequence[Standing]) -> None:
        super().__init__()
        self._house = house
        self._stages = stages
        self._rows: list[tuple[Standing, Met] | None] = [
            row for standing in stages for row in (None, *((standing, met) for met in standing.buyers))
        ]
        """Rows of the list; None for the heads of stages."""

    def compose(self) -> ComposeResult:
        """Head, list with details, keys."""
        yield HeadLine()
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield PickList(id="buyers")
            yield LineView(id="details")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin at the buyer who is next."""
        self.query_one("#left").border_title = tr("Stages")
        self.details.border_title = tr("About this buyer")
        self.details.can_focus = False
        self._fill()
        after = next_buyer(self._stages)
        at = next((i for i, row in enumerate(self._rows) if row and row[1].id == after), 1)
        self.list.highlighted = at

    def on_resize(self) -> None:
        """Rows fill the width."""
        passed = sum(standing.passed for standing in self._stages)
        of = sum(len(standing.buyers) for standing in self._stages)
        left = plain(tr("from the first day to the busiest night"))
        right = plain(tr("passed {n} of {all}").format(n=passed, all=of) + " ", "$accent")
        self.query_one(HeadLine).tell(tr("Campaign"), left, right)
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        at = self.list.highlighted
        width = max(self.list.scrollable_content_region.width - 2, 20)
        options = []
        for standing in self._stages:
            options.append(Option(self._head(standing, width), disabled=True))
            options += [Option(self._row(standing, met, width)) for met in standing.buyers]
        self.list.set_options(options)
        self.list.highlighted = at

    @staticmethod
    def _head(standing: Standing, width: int) -> Content:
        style = "bold $primary" if standing.open else "bold $muted"
        told = plain(stage_line(standing), "$muted")
        return sides(plain(("▾ " if standing.open else "× ") + stage_title(standing.stage), style), told, width)

    def _row(self, standing: Standing, met: Met, width: int) -> Content:
        mark, style = ("✓", "$success") if met.passed else ("○", "$accent") if standing.open else ("×", "$muted")
        best = f"{met.best:.0f}" if met.best is not None else "–"
        title = plain(self._title(met.id), "" if standing.open or met.passed else "$muted")
        left = Content.assemble((f"  {mark} ", style), title)
        return sides(left, Content.assemble(plain(stars(self._entry(met).difficulty), "$accent"), f" {best:>4}"), width)

    def _entry(self, met: Met) -> Entry:
        return self._house.library.entries[met.id]

    def _title(self, scenario: str) -> str:
        entry = self._house.library.entries[scenario]
        return spelt(entry.title, entry.title_en)

    def _chosen(self) -> tuple[Standing, Met] | None:
        at = self.list.highlighted
        return self._rows[at] if at is not None else None

    @on(OptionList.OptionHighlighted, "#buyers")
    def _show_details(self) -> None:
        if self._chosen() is not None:
            self.details.show([self._about])

    def _about(self, width: int, style_of: StyleOf) -> Sequence[Content]:
        chosen = self._chosen()
        if chosen is None:
            return []
        standing, met = chosen
        entry = self._entry(met)
        brief = entry.brief_en if language() == "en" and entry.brief_en else unfolded(entry.brief)
        page = [*wrapped(plain(self._title(met.id), style_of("strong")), width), Content("")]
        page += [*wrapped(plain(brief), width), Content("")]
        if met.best is not None:
            page += [
                plain(tr("Best so far: {total:.0f} of 100").format(total=met.best), style_of("accent")),
                Content(""),
            ]
        page += wrapped(plain(stage_title(standing.stage), style_of("strong")), width)
        page += wrapped(plain(stage_about(standing.stage), style_of("muted")), width)
        if not standing.open:
            page += [Content(""), *wrapped(plain(self._locked(), style_of("bad")), width)]
        return page

    def _locked(self) -> str:
        before = next(s for s in self._stages if s.open and s.lacking)
        return tr(
            "Locked until {n} more of “{stage}” are passed. The list of buyers is open to all at any time."
        ).format(n=before.lacking, stage=stage_title(before.stage))

    @on(OptionList.OptionSelected, "#buyers")
    def action_start(self) -> None:
        """Receive the chosen buyer, when the stage is open."""
        chosen = self._chosen()
        if chosen is None:
            return
        standing, met = chosen
        if standing.open or met.passed:
            self.our_app.begin(met.id)
        else:
            self.app.notify(self._locked(), markup=False)

    def action_home(self) -> None:
        """Back to the buyers."""
        self.our_app.go_home()
