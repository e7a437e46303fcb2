"""Which drill screen comes after which. Everything heavy is imported when the first drill is opened."""

from __future__ import annotations

from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING

from kefu_sim.tui.aside import made

if TYPE_CHECKING:
    from kefu_sim.base.clock import Clock
    from kefu_sim.drills import DrillPlay, DrillRoom, Settings
    from kefu_sim.tui.app import KefuApp


class DrillFlow:
    """The way through menu, drill, result, reply drill and input method check."""

    def __init__(self, app: KefuApp, clock: Clock | None) -> None:
        self._app = app
        self._clock = clock

    @cached_property
    def room(self) -> DrillRoom:
        """The use cases of the drill; the house must be open."""
        from kefu_sim.drills import DrillRoom  # noqa: PLC0415

        assert self._app.house is not None
        return DrillRoom(self._app.house)

    def open_menu(self) -> None:
        """Choose a drill."""
        from kefu_sim.tui.screens.drill_menu import DrillMenuScreen  # noqa: PLC0415

        if self._app.house is not None:
            self._app.above_home(DrillMenuScreen(self.room))

    def begin(self, settings: Settings) -> None:
        """Type a text."""
        self._app.run_worker(self._begin(settings), group="begin", exclusive=True)

    def begin_reply(self, count: int) -> None:
        """Answer buyers."""
        self._app.run_worker(self._begin_reply(count), group="begin", exclusive=True)

    def begin_due(self) -> None:
        """Answer the failed turns again that are due."""
        self._app.run_worker(self._begin_due(), group="begin", exclusive=True)

    def show_result(self, play: DrillPlay) -> None:
        """What a drill was worth."""
        from kefu_sim.tui.screens.drill_result import DrillResultScreen  # noqa: PLC0415

        self._app.above_home(DrillResultScreen(self.room, play))

    def check_input_method(self) -> None:
        """Five small tasks."""
        from kefu_sim.tui.screens.ime_test import ImeTestScreen  # noqa: PLC0415

        self._app.above_home(ImeTestScreen())

    async def _begin(self, settings: Settings) -> None:
        from kefu_sim.tui.screens.drill import DrillScreen  # noqa: PLC0415

        play = await made(self._app, partial(self.room.begin, settings, self._clock))
        if play is not None:
            self._app.above_home(DrillScreen(play))

    async def _begin_reply(self, count: int) -> None:
        from kefu_sim.tui.screens.reply_drill import ReplyDrillScreen  # noqa: PLC0415

        play = await made(self._app, partial(self.room.begin_reply, count, clock=self._clock))
        if play is not None:
            self._app.above_home(ReplyDrillScreen(self.room, play))

    async def _begin_due(self) -> None:
        from kefu_sim.tui.screens.reply_drill import ReplyDrillScreen  # noqa: PLC0415

        today = date.today()  # noqa: DTZ011 (the trainee's own calendar)
        play = await made(self._app, partial(self.room.begin_due, today, self._clock))
        if play is not None:
            self._app.above_home(ReplyDrillScreen(self.room, play))
