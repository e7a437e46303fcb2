"""Which screen of a shift comes after which. Everything heavy is imported when the first shift is opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from kefu_sim.base.errors import KefuError
from kefu_sim.base.text import clean

if TYPE_CHECKING:
    from kefu_sim.base.clock import Clock
    from kefu_sim.history.disputing import Shelved
    from kefu_sim.shifts import ShiftPlay, ShiftRoom
    from kefu_sim.tui.app import KefuApp


class RushFlow:
    """The way through choice of a shift, shift, report."""

    def __init__(self, app: KefuApp, clock: Clock | None) -> None:
        self._app = app
        self._clock = clock
        self._starting = False

    @cached_property
    def room(self) -> ShiftRoom:
        """The use cases of shifts; the house must be open."""
        from kefu_sim.shifts import ShiftRoom  # noqa: PLC0415

        assert self._app.house is not None
        return ShiftRoom(self._app.house)

    def open_menu(self) -> None:
        """Choose a shift."""
        from kefu_sim.tui.screens.rush_menu import RushMenuScreen  # noqa: PLC0415

        if self._app.house is not None:
            self._app.above_home(RushMenuScreen(self.room))

    def begin(self, shift: str, seed: int | None = None) -> None:
        """Begin a shift by its id."""
        self._start(lambda: self.room.begin(self.room.library.get(shift), seed, self._clock))

    def resume(self, name: str | None = None) -> None:
        """Go on with an interrupted one, the newest by default."""
        self._start(lambda: self.room.resume(name, self._clock))

    def show_report(self, play: ShiftPlay, shelved: Shelved | None = None) -> None:
        """What came of a shift; `shelved` for one of the records, without it the one just worked here."""
        from kefu_sim.history.disputing import Shelved  # noqa: PLC0415
        from kefu_sim.tui.screens.rush_report import RushReportScreen  # noqa: PLC0415

        assert self._app.house is not None
        self._app.above_home(RushReportScreen(play, shelved or Shelved(self._app.house.desk.id, play.name)))

    def _start(self, make: Callable[[], ShiftPlay]) -> None:
        self._app.run_worker(self._open(make), group="begin")

    async def _open(self, make: Callable[[], ShiftPlay]) -> None:
        """Make the stories ready aside, then show the windows; one at a time, however often Enter is pressed."""
        from kefu_sim.tui.screens.rush import RushScreen  # noqa: PLC0415

        if self._starting:
            return
        self._starting = True
        try:
            play = await self._app.aside(make)
            self._app.above_home(RushScreen(play, self._app.quick))
        except KefuError as error:
            self._app.show_error(KefuError(clean(error.message), hint=clean(error.hint)))
        finally:
            self._starting = False
