"""A demo drawn for a file instead of a terminal: what a terminal would have been sent, with the film's own times."""

from __future__ import annotations

import io
from typing import ClassVar

from rich.console import Console
from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size
from textual.pilot import Pilot

from kefu_sim.base.clock import ManualClock
from kefu_sim.demonstrations import DemoRoom, Showing
from kefu_sim.tui import themes
from kefu_sim.tui.screens.demo import DemoScreen

FRAME = 0.1
"""Seconds between two pictures."""
BEGIN = "\x1b[?25l\x1b[2J\x1b[H"
"""Cursor off, screen cleared."""
OPERATING_SYSTEM_COMMAND = "\x1b]"

Output = list[tuple[float, str]]
"""Seconds since the beginning, and what the terminal was sent then."""


class _Paper(Driver):
    """Stands where a terminal would: keeps what is written, has no keys."""

    def write(self, data: str) -> None:
        """Keep it with the time of the film."""
        if isinstance(self._app, Projector):
            self._app.keep(data)

    def start_application_mode(self) -> None:
        """Tell the size."""
        size = Size(*(self._size or (80, 24)))
        self._app.post_message(events.Resize(size, size))

    def disable_input(self) -> None:
        """There is none."""

    def stop_application_mode(self) -> None:
        """Nothing was begun."""


class Projector(App[None]):
    """Plays one film as fast as it can be drawn."""

    CSS_PATH: ClassVar = ["styles/app.tcss"]
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, room: DemoRoom, showing: Showing, *, speed: float, theme: str) -> None:
        super().__init__(driver_class=_Paper)
        self.output: Output = []
        self._time = ManualClock()
        self._demo = DemoScreen(room, showing, self._time, speed=speed, keys=False)
        self.console = Console(
            color_system="truecolor", file=io.StringIO(), force_terminal=True, legacy_windows=False,
            highlight=False, emoji=False, safe_box=False,
        )  # fmt: skip
        for known in themes.THEMES:
            self.register_theme(known)
        self.theme = theme

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The meanings our styles use, for themes that do not name them."""
        return themes.DARK.variables

    def on_mount(self) -> None:
        """There is one screen."""
        self.push_screen(self._demo)

    def keep(self, data: str) -> None:
        """A piece of output; what is drawn before the film is there, and what is no picture, is left out."""
        if data and self.screen is self._demo and not data.startswith(OPERATING_SYSTEM_COMMAND):
            self.output.append((self._time.now(), data))

    async def play(self, pilot: Pilot[object]) -> None:
        """Let the film run from its first picture to its last."""
        await pilot.pause()
        player = self._demo.player
        while player.at < player.film.seconds:
            self._time.advance(FRAME)
            self._demo.advance()
            await pilot.pause(0)
            player = self._demo.player
        self.exit()

    @property
    def length(self) -> float:
        """Seconds of the recording so far."""
        return self._time.now()


async def record(
    room: DemoRoom, showing: Showing, *, size: tuple[int, int] = (80, 24), speed: float = 1.0, theme: str = ""
) -> tuple[Output, float]:
    """Play a film on a screen of so many columns and rows. Gives the output, and the length in seconds."""
    app = Projector(room, showing, speed=speed, theme=theme or themes.DARK.name)
    await app.run_async(size=size, mouse=False, auto_pilot=app.play)
    return [(0.0, BEGIN), *app.output], app.length
