"""The full-screen program: which screen is shown, the one ticker, and what is loaded when."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar, cast

from textual import events, work
from textual.app import App
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.screen import Screen
from textual.widgets import TextArea

from kefu_sim.base.errors import Exit, KefuError
from kefu_sim.base.lean import give_back, one_heap
from kefu_sim.i18n import tr
from kefu_sim.tui import posix_input, themes, windows_input
from kefu_sim.tui.commands import ActionsProvider
from kefu_sim.tui.demo_flow import DemoFlow
from kefu_sim.tui.drill_flow import DrillFlow
from kefu_sim.tui.inbox_flow import InboxFlow
from kefu_sim.tui.keys import bindings
from kefu_sim.tui.past_flow import PastFlow
from kefu_sim.tui.rush_flow import RushFlow
from kefu_sim.tui.screens.home import HomeScreen
from kefu_sim.tui.screens.too_small import MIN_COLUMNS, MIN_ROWS, TooSmallScreen
from kefu_sim.tui.ticker import INTERVAL, Ticker
from kefu_sim.tui.typeahead import Typeahead

if TYPE_CHECKING:
    from kefu_sim.base.clock import Clock
    from kefu_sim.house import House
    from kefu_sim.play import Play
    from kefu_sim.quick_replies import QuickRoom
    from kefu_sim.tui.screens.reception import ReceptionScreen
    from kefu_sim.tui.ticker import Advancing

_Made = TypeVar("_Made")
Mode = Literal["practice", "guided", "exam"]
PLAYED = frozenset(("reception", "rush", "drill", "reply-drill", "demo", "agenda"))
"""Places whose clock the ticker drives."""
LEAVING = frozenset(("ctrl+c", "ctrl+q"))
"""Keys that always work."""
TWICE_WITHIN = 2.0
"""Seconds within which a second ctrl+c quits."""


class KefuApp(App[int]):
    """Home, receptions, scorecards."""

    CSS_PATH: ClassVar = ["styles/app.tcss", "styles/home.tcss"]  # Textual loads no CSS of a default screen
    TITLE = "kefu-sim"
    ENABLE_COMMAND_PALETTE = False
    COMMANDS: ClassVar = {ActionsProvider}
    BINDINGS: ClassVar[list[BindingType]] = bindings("anywhere")

    def __init__(  # noqa: PLR0913 (the arguments of the command line)
        self,
        house: Callable[[], House],
        *,
        scenario: str | None = None,
        mode: Mode = "practice",
        seed: int | None = None,
        reception: str | None = None,
        opening: Callable[[KefuApp], None] | None = None,
        clock: Clock | None = None,
    ) -> None:
        """`house` is called in a thread after the first paint; `opening` then, once the library is read.

        `clock` replaces the wall clock in tests.
        """
        super().__init__(driver_class=windows_input.driver_class() or posix_input.driver_class())
        self.mode: Mode = mode
        self.house: House | None = None
        """Loaded after the first paint."""
        self.left_open = False
        """Whether the program was left in the middle of a reception that can be resumed."""
        self.failure: Exception | None = None
        """A defect that ended a reception."""
        self._open_house = house
        self._first = (scenario, seed, reception)
        self.clock = clock
        self._warm = asyncio.Lock()
        """Held while the recogniser is loaded: two threads would load it twice."""
        self._starting = False
        self.typeahead = Typeahead(opening=scenario is not None or reception is not None)
        self._home = HomeScreen()
        self._opening = opening
        self._awaited = opening is not None
        """Whether home only stands there until something else is opened: it takes no keys then."""
        self.drills = DrillFlow(self, clock)
        """Everything about typing drills."""
        self.rush = RushFlow(self, clock)
        """Everything about shifts."""
        self.past = PastFlow(self)
        """Everything about progress and reviews."""
        self.inbox = InboxFlow(self)
        """What a trainer has to look at."""
        self.demos = DemoFlow(self, clock)
        """Everything about class demos."""
        self._ticker = Ticker(lambda: self.in_play, self._tick_failed)
        self._last_interrupt = -TWICE_WITHIN
        self._no_records = ""
        """Why the records cannot be opened, as it was told."""
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.theme = themes.DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The meanings our styles use, for themes that do not name them."""
        return themes.DARK.variables

    def get_default_screen(self) -> HomeScreen:
        """Home."""
        return self._home

    def on_mount(self) -> None:
        """Start the ticker, listen to signals; load once something is on the screen."""
        self.set_interval(INTERVAL, self._ticker.beat, name="ticker")
        self._listen_to_signals()
        self.call_after_refresh(self.load)

    async def on_event(self, event: events.Event) -> None:
        """Keys that come while a reception is being opened wait for its composer."""
        self._awaited = self._awaited and len(self.screen_stack) < 2
        unmeant = self._awaited and isinstance(event, events.Key) and event.key not in LEAVING
        if not self.typeahead.keeps(event) and not unmeant:
            await super().on_event(event)

    @cached_property
    def quick(self) -> QuickRoom:
        """The trainee's quick replies; the house must be open."""
        from kefu_sim.quick_replies import QuickRoom  # noqa: PLC0415 (home paints before it is needed)

        assert self.house is not None
        return QuickRoom(self.house.folder)

    @property
    def reception(self) -> ReceptionScreen | None:
        """The reception in play, also while a page lies over it."""
        for screen in reversed(self.screen_stack):
            if getattr(screen, "place", None) == "reception":
                return cast("ReceptionScreen", screen)
        return None

    @property
    def in_play(self) -> Advancing | None:
        """The reception or drill that time passes for."""
        for screen in reversed(self.screen_stack):
            if getattr(screen, "place", None) in PLAYED:
                return cast("Advancing", screen)
        return None

    @work(group="load")
    async def load(self) -> None:
        """Read the library, show the buyers; then warm up what a first reception needs."""
        one_heap()
        self.house = await asyncio.to_thread(self._open_house)
        house = self.house
        try:
            await asyncio.to_thread(lambda: house.library.entries)
            give_back()
        except KefuError as error:
            self.show_error(error)
        await self.refresh_home()
        scenario, seed, reception = self._first
        if reception is not None:
            self.resume(reception)
        elif scenario is not None:
            self.begin(scenario, seed)
        elif self._opening is not None:
            self._opening(self)
        if self._opening is None:
            async with self._warm:
                await asyncio.to_thread(house.warm_up)
            give_back()
        if await asyncio.to_thread(lambda: house.uncounted):
            await self.take_in().wait()
            await self.refresh_home()

    async def refresh_home(self) -> None:
        """Show the buyers with their best scores, and whether a reception waits to be resumed."""
        house = self.house
        if house is not None:
            rows = await asyncio.to_thread(house.buyers)
            waiting = await asyncio.to_thread(house.waiting)
            if not self._home.is_running:
                return
            self._home.show_buyers(rows, waiting, house.library.problems)

    def begin(self, scenario: str, seed: int | None = None, mode: Mode | None = None) -> None:
        """Receive a buyer; without a seed that of the command line, if it gave one."""
        wanted = self._first[1] if seed is None else seed

        def open_play(house: House) -> Play:
            story = house.library.get(scenario)
            return house.begin(story, mode=mode or self.mode, seed=wanted, clock=self.clock)

        self.open_play(open_play)

    def resume(self, reception: str) -> None:
        """Go on with an interrupted reception."""
        self.open_play(lambda house: house.resume(reception, self.clock))

    @work(group="begin")
    async def open_play(self, begin: Callable[[House], Play]) -> None:
        """Open a reception once the library is read; one at a time, however often Enter is pressed."""
        if self._starting:
            return
        self._starting = True
        self.typeahead.begin()
        try:
            assert self.house is not None
            house = self.house

            def opened() -> Play:
                import kefu_sim.tui.screens.reception  # noqa: F401, PLC0415 (no time of the buyer's passes meanwhile)

                return begin(house)

            self._play(await self.aside(opened))
        except KefuError as error:
            self.typeahead.drop()
            self.show_error(error)
        finally:
            self._starting = False

    def _play(self, play: Play) -> None:
        from kefu_sim.tui.screens.reception import ReceptionScreen  # noqa: PLC0415 (home paints before it is needed)

        self.above_home(ReceptionScreen(play, self.quick))

    @work(thread=True, group="records")
    def take_in(self) -> None:
        """Put what has ended into the records; when they cannot be opened, say so once and go on without."""
        from kefu_sim.history.intake import try_to_take_in  # noqa: PLC0415

        assert self.house is not None
        why = try_to_take_in(self.house)
        if why and why != self._no_records:
            self.call_from_thread(self.show_error, KefuError(why))
        self._no_records = why

    def show_scorecard(self, play: Play) -> None:
        """What the reception is worth."""
        from kefu_sim.tui.screens.scorecard import ScorecardScreen  # noqa: PLC0415

        play.close()
        self.above_home(ScorecardScreen(play))

    def above_home(self, screen: Screen[Any]) -> None:
        """Show a screen in place of everything above the home screen."""
        while len(self.screen_stack) > 2:
            self.pop_screen()
        if len(self.screen_stack) == 2:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def go_home(self) -> None:
        """Back to the list of buyers; what is unfinished is kept."""
        playing = self.reception
        if playing is not None:
            playing.keep_draft()
            playing.play.close()
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.run_worker(self.refresh_home(), group="load")

    def action_drill(self) -> None:
        """Choose a typing drill."""
        self.drills.open_menu()

    async def aside(self, make: Callable[[], _Made]) -> _Made:
        """Do something slow that needs the recogniser in a thread; not while that is being loaded."""
        async with self._warm:
            return await asyncio.to_thread(make)

    def action_rush_hour(self) -> None:
        """Choose a shift."""
        self.rush.open_menu()

    def action_quick_book(self) -> None:
        """Look through one's own quick replies."""
        from kefu_sim.tui.screens.quick_book import QuickBookScreen  # noqa: PLC0415

        if self.house is not None and getattr(self.screen, "place", None) != "quick-book":
            self.push_screen(QuickBookScreen(self.quick))

    def action_progress(self) -> None:
        """Scores over time, and what to practise next."""
        self.past.open_progress()

    def action_campaign(self) -> None:
        """Meet the buyers in stages."""
        self.past.open_campaign()

    def action_demo(self) -> None:
        """Choose a class demo."""
        self.demos.open_menu()

    def show_error(self, error: KefuError) -> None:
        """Tell what went wrong and what to do next."""
        self._awaited = False
        text = f"{error.message}\n{error.hint}" if error.hint else error.message
        self.notify(text, title=tr("That did not work"), severity="error", timeout=12, markup=False)

    def _tick_failed(self, error: Exception) -> None:
        """A defect in a reception: the log holds everything up to here."""
        self.failure = error
        self.log.error(repr(error))
        text = tr("The program made a mistake: {what}\nThe reception is kept; `kefu-sim resume` goes on with it.")
        self.notify(text.format(what=repr(error)), title=tr("Defect"), severity="error", timeout=60, markup=False)
        self.go_home()

    def on_resize(self, event: events.Resize) -> None:
        """Cover everything while the window is too small."""
        small = event.size.width < MIN_COLUMNS or event.size.height < MIN_ROWS
        covered = isinstance(self.screen, TooSmallScreen)
        if small and not covered:
            self.push_screen(TooSmallScreen())
        elif covered and not small:
            self.pop_screen()

    def action_help(self) -> None:
        """Keys, modes, scores."""
        from kefu_sim.tui.screens.chat import ChatScreen  # noqa: PLC0415
        from kefu_sim.tui.screens.help import help_screen  # noqa: PLC0415

        if isinstance(self.screen, TooSmallScreen):
            return
        page = help_screen(getattr(self.screen, "place", "home"))
        if isinstance(self.screen, ChatScreen):
            self.screen.read(page)
        else:
            self.push_screen(page)

    def action_palette(self) -> None:
        """Every action by name."""
        if not isinstance(self.screen, CommandPalette | TooSmallScreen):
            self.push_screen(CommandPalette(placeholder=tr("What would you like to do?"), id="--command-palette"))

    def action_next_theme(self) -> None:
        """The next set of colours."""
        self.theme = themes.after(self.theme)

    def action_interrupt(self) -> None:
        """Copy what is selected; else quit when pressed twice."""
        focused = self.focused
        if isinstance(focused, TextArea) and focused.selected_text:
            self.copy_to_clipboard(focused.selected_text)
            return
        now = time.monotonic()
        if now - self._last_interrupt < TWICE_WITHIN:
            self.exit(int(Exit.INTERRUPTED))
        self._last_interrupt = now
        self.notify(tr("Press Ctrl+C again to quit. A reception is kept."), timeout=TWICE_WITHIN, markup=False)

    async def action_quit(self) -> None:
        """Quit; an unfinished reception can be resumed."""
        self.exit(0)

    def exit(self, *args: Any, **options: Any) -> None:
        """Leave; remember whether somebody was being served."""
        playing = self.reception
        if playing is not None:
            playing.keep_draft()
        self.left_open = playing is not None and not playing.over and playing.play.kept
        super().exit(*args, **options)

    def _listen_to_signals(self) -> None:
        """A closed window or a `kill` ends the program in good order; every event is on disk already."""
        if sys.platform == "win32" or self.is_headless:
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(number, self.exit, 128 + number)


def run(
    house: House | Callable[[], House],
    *,
    scenario: str | None = None,
    mode: Mode = "practice",
    seed: int | None = None,
    reception: str | None = None,
) -> int:
    """Run the full-screen program and return its exit code.

    `scenario` opens that buyer at once, `reception` goes on with that log. A function in place of a house is called
    after the first paint.
    """
    opened = house if callable(house) else lambda: house
    app = KefuApp(opened, scenario=scenario, mode=mode, seed=seed, reception=reception)
    return run_app(app)


def run_app(app: KefuApp) -> int:
    """Run a program that has been set up, and return its exit code."""
    code = app.run()
    if app.left_open:
        print(tr("The reception is kept: kefu-sim resume goes on with it."), file=sys.stderr)  # noqa: T201
    if app.failure is not None:
        print(tr("The program made a mistake: {what}").format(what=repr(app.failure)), file=sys.stderr)  # noqa: T201
    return app.return_code or 0 if code is None else code
