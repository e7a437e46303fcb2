"""Which demo screen comes after which. Everything heavy is imported when the first demo is opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from kefu_sim.base.clock import Clock
from kefu_sim.base.wallclock import WallClock
from kefu_sim.tui.aside import made

if TYPE_CHECKING:
    from kefu_sim.demo.film import Moment
    from kefu_sim.demo.lesson import Lesson
    from kefu_sim.demo.model import Demo, Playlist, Show
    from kefu_sim.demonstrations import DemoRoom, Showing
    from kefu_sim.tui.app import KefuApp
    from kefu_sim.tui.screens.demo import DemoScreen


class DemoFlow:
    """The way through menu, agenda, demo, and the class's own story."""

    def __init__(self, app: KefuApp, clock: Clock | None) -> None:
        self._app = app
        self.clock = clock or WallClock()
        self.lesson: Lesson | None = None
        """The lesson under way."""
        self.speed = 1.0

    @cached_property
    def room(self) -> DemoRoom:
        """The use cases of the demo; the house must be open."""
        from kefu_sim.demonstrations import DemoRoom  # noqa: PLC0415

        assert self._app.house is not None
        return DemoRoom(self._app.house)

    def open_menu(self) -> None:
        """Choose a lesson or a demo."""
        from kefu_sim.tui.screens.demo_menu import DemoMenuScreen  # noqa: PLC0415

        self.lesson = None
        if self._app.house is not None:
            self._app.above_home(DemoMenuScreen(self.room))

    def begin(self, demo: Demo, show: Show | None = None) -> None:
        """Show a demo."""
        self._open(partial(self.room.show, demo, show))

    def replay(self, reception: str | None, *, anonymous: bool) -> None:
        """Show a stored reception."""
        self._open(partial(self.room.replay, reception, anonymous=anonymous))

    def begin_lesson(self, playlist: Playlist) -> None:
        """Show the agenda of a lesson; its time runs from its first entry."""
        from kefu_sim.demo.lesson import Lesson  # noqa: PLC0415

        self.lesson = Lesson(playlist)
        self.show_agenda()

    def show_agenda(self) -> None:
        """The agenda of the lesson under way."""
        from kefu_sim.tui.screens.agenda import AgendaScreen  # noqa: PLC0415

        if self.lesson is not None:
            self._app.above_home(AgendaScreen(self, self.lesson))

    def leave(self, screen: DemoScreen) -> None:
        """From a demo back to where it was begun: the film, the agenda, the menu."""
        self.speed = screen.player.speed
        if screen.live:
            self._app.pop_screen()
        elif self.lesson is not None:
            if screen.player.over:
                self.lesson = self.lesson.moved(1)
            self.show_agenda()
        else:
            self.open_menu()

    async def go_on(self, screen: DemoScreen, moment: Moment, answer: str) -> None:
        """The class's answer goes to the buyer."""
        showing = await made(self._app, partial(self.room.go_on, screen.showing, moment, answer))
        if showing is None or self._app.screen is not screen:
            return
        live = self._screen(showing, live=True, speed=screen.player.speed)
        if screen.live:
            self._app.switch_screen(live)
        else:
            self._app.push_screen(live)

    def _open(self, make: Callable[[], Showing]) -> None:
        self._app.run_worker(self._show(make), group="begin", exclusive=True)

    async def _show(self, make: Callable[[], Showing]) -> None:
        showing = await made(self._app, make)
        if showing is not None:
            self._app.above_home(self._screen(showing, live=False, speed=self.speed))
        elif self.lesson is None:
            self.open_menu()

    def _screen(self, showing: Showing, *, live: bool, speed: float) -> DemoScreen:
        from kefu_sim.tui.screens.demo import DemoScreen  # noqa: PLC0415

        told = self.time_left if self.lesson is not None else None
        return DemoScreen(self.room, showing, self.clock, speed=speed, time_left=told, live=live)

    def time_left(self) -> str:
        """How the lesson's time stands, in a few characters."""
        from kefu_sim.tui.screens.agenda import times  # noqa: PLC0415

        return times(self.lesson, self.clock.now()) if self.lesson is not None else ""
