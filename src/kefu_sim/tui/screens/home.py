"""The first screen: choose a buyer and a mode. Paints before anything is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kefu_sim.base.text import unfolded
from kefu_sim.i18n import language, tr, trn
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.render import Block, StyleOf, clickable, indented, plain, sides, stars, wrapped
from kefu_sim.tui.screens.ours import OurScreen
from kefu_sim.tui.screens.page import PageScreen, problem_block
from kefu_sim.tui.widgets.click_line import ClickLine
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.widgets.line_view import LineView
from kefu_sim.tui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from kefu_sim.base.errors import Problem
    from kefu_sim.house import Buyer, Waiting
    from kefu_sim.tui.app import Mode

MODES: tuple[Mode, ...] = ("practice", "guided", "exam")


class HomeScreen(OurScreen):
    """The buyers."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 (Textual's declaration)
    BINDINGS: ClassVar[list[BindingType]] = bindings("home")
    AUTO_FOCUS = "#buyers"
    place: Place = "home"

    buyers = getters.query_one("#buyers", PickList)
    details = getters.query_one("#details", LineView)
    notice = getters.query_one("#notice", Static)
    modes = getters.query_one("#modes", ClickLine)

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Buyer] = ()
        self._waiting: Waiting | None = None
        self._problems: Sequence[Problem] = ()
        self._loaded = False

    def compose(self) -> ComposeResult:
        """Greeting, list with details, modes, keys."""
        yield Static(self._banner(), id="banner")
        yield Static(id="notice")
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield PickList(Option(tr("Looking for the buyers…"), disabled=True), id="buyers")
            yield LineView(id="details")
        yield ClickLine(id="modes")
        yield KeyLine()

    def on_mount(self) -> None:
        """Name the panes."""
        self.query_one("#left").border_title = tr("Buyers")
        self.details.border_title = tr("About this buyer")
        self.details.can_focus = False
        self.modes.border_title = tr("Mode")
        self._show_modes()

    def on_resize(self) -> None:
        """Rows fill the width of the list."""
        self._fill()
        self._show_modes()

    def show_buyers(self, rows: Sequence[Buyer], waiting: Waiting | None, problems: Sequence[Problem]) -> None:
        """The library has been read."""
        self._rows, self._waiting, self._problems = rows, waiting, problems
        self._loaded = True
        self._fill()
        self._show_notice()
        self._show_details()
        self.query_one(KeyLine).refresh()

    @staticmethod
    def _banner() -> Content:
        title = Content.styled(" " + tr("Customer service trainer"), "bold $primary")
        welcome = tr("Answer buyers in your own words; at the end every point is explained.")
        return Content("\n").join([Content.assemble(title, ("  kefu-sim", "$muted")), plain(" " + welcome, "$muted")])

    def _fill(self) -> None:
        if not self._loaded:
            return
        at = self.buyers.highlighted or 0
        width = max(self.buyers.scrollable_content_region.width - 2, 20)
        self.buyers.set_options([Option(_row(row, width)) for row in self._rows])
        if self._rows:
            self.buyers.highlighted = min(at, len(self._rows) - 1)
        else:
            self.buyers.set_options([Option(tr("No buyer could be read. Press P to see why."), disabled=True)])

    def _show_notice(self) -> None:
        lines: list[Content] = []
        if self._waiting is not None:
            what = tr("An interrupted reception is waiting: {who}. Press R to go on.")
            lines.append(plain(" ▸ " + what.format(who=self._title(self._waiting.scenario)), "bold $accent"))
        if self._problems:
            files = len({problem.file for problem in self._problems})
            what = trn("{n} scenario file cannot be used. Press P to see why.",
                       "{n} scenario files cannot be used. Press P to see why.", files)  # fmt: skip
            lines.append(plain(" ! " + what.format(n=files), "$warning"))
        self.notice.update(Content("\n").join(lines))
        self.notice.set_class(bool(lines), "-shown")

    def _title(self, scenario: str) -> str:
        return next((row.title for row in self._rows if row.id == scenario), scenario or tr("unreadable log"))

    def _show_modes(self) -> None:
        from kefu_sim.words import mode_help, mode_title  # noqa: PLC0415 (not needed for the first paint)

        chosen = self.our_app.mode
        chips = []
        for mode in MODES:
            text = f" {'●' if mode == chosen else '○'} {mode_title(mode)} "
            look = Content.styled(text, "bold $key-text on $key-face" if mode == chosen else "$muted")
            chips.append(clickable(look, f"screen.take_mode('{mode}')"))
        line = Content("  ").join(chips)
        self.modes.update(Content("\n").join([line, plain(" " + mode_help(chosen), "$muted")]))

    @on(OptionList.OptionHighlighted, "#buyers")
    def _show_details(self) -> None:
        row = self._chosen()
        if row is not None:
            self.details.show([self._about(row)])

    def _about(self, row: Buyer) -> Block:
        house = self.our_app.house
        assert house is not None
        entry = house.library.entries[row.id]

        def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
            brief = entry.brief_en if language() == "en" and entry.brief_en else unfolded(entry.brief)
            if self.has_class("-narrow"):
                return wrapped(plain(brief), width)
            page = [plain(row.title, style_of("strong"))]
            level = stars(row.difficulty)
            for name, value in ((tr("Buyer"), row.persona), (tr("Difficulty"), level), (tr("Shop"), entry.shop)):
                page += indented(plain(value), width, plain(f"{name}  ", style_of("muted")))
            if brief:
                page += [Content(""), *wrapped(plain(brief), width)]
            best = tr("Best so far: {total:.0f} of 100").format(total=row.best) if row.best is not None else ""
            return [*page, Content(""), plain(best or tr("Not played yet"), style_of("accent" if best else "muted"))]

        return lines

    def _chosen(self) -> Buyer | None:
        at = self.buyers.highlighted
        return self._rows[at] if at is not None and at < len(self._rows) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What there is to do."""
        del parameters
        if action == "resume":
            return self._waiting is not None
        if action == "problems":
            return bool(self._problems)
        return True

    @on(OptionList.OptionSelected, "#buyers")
    def action_start(self) -> None:
        """Receive the chosen buyer."""
        row = self._chosen()
        if row is not None:
            self.our_app.begin(row.id)

    def action_resume(self) -> None:
        """Go on with the interrupted reception."""
        if self._waiting is not None:
            self.our_app.resume(self._waiting.id)

    def action_mode(self, step: int = 1) -> None:
        """Choose the next mode."""
        at = (MODES.index(self.our_app.mode) + step) % len(MODES)
        self.action_take_mode(MODES[at])

    def action_take_mode(self, mode: Mode) -> None:
        """Choose the mode that was clicked on."""
        self.our_app.mode = mode
        self._show_modes()

    def action_problems(self) -> None:
        """Everything wrong in scenario files."""
        self.app.push_screen(PageScreen(tr("Problems in scenario files"), [problem_block(p) for p in self._problems]))


def _row(row: Buyer, width: int) -> Content:
    best = tr("best {total:.0f}").format(total=row.best) if row.best is not None else tr("not played yet")
    first = sides(plain(row.title, "bold"), plain(stars(row.difficulty), "$accent"), width)
    second = sides(plain("  " + row.persona, "$muted"), plain(best, "$muted"), width)
    return Content("\n").join([first, second])
