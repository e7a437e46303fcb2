"""The program on a stage, for pictures: a screen of a fixed size, a clock that moves by hand, hands that type.

The same program gives the same pictures.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ["TEXTUAL_ANIMATIONS"] = "none"

from pictures import screen_svg
from textual import events
from textual.pilot import Pilot

from kefu_sim.base.clock import ManualClock
from kefu_sim.i18n import set_language
from kefu_sim.tui.app import KefuApp

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
SIZE = (110, 32)


@dataclass
class Stage:
    """A running program."""

    app: KefuApp
    pilot: Pilot[Any]
    clock: ManualClock
    folder: Path
    """Where pictures go."""

    async def settle(self) -> None:
        """Let all messages be handled."""
        for _ in range(4):
            await self.pilot.pause(0.02)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for what happens in the background."""
        while not condition():
            await self.pilot.pause(0.05)
        await self.settle()

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self.pilot.press(*keys)
        await self.settle()

    async def commit(self, text: str) -> None:
        """Commit a text as an input method does."""
        assert self.app.screen.focused is not None
        for index, char in enumerate(text):
            key = events.Key(char, char)
            key.time = self.clock.now() + index * 0.001
            self.app.screen.focused.post_message(key)
        await self.settle()

    async def pass_time(self, seconds: float, beats: int = 1) -> None:
        """Let time pass and the ticker look at the clock so many times."""
        self.clock.advance(seconds)
        for _ in range(beats):
            self.app._ticker.beat()  # noqa: SLF001 (time moves by hand)
        await self.settle()

    def draw(self, name: str) -> None:
        """Write what the screen shows."""
        (self.folder / f"{name}.svg").write_text(screen_svg(self.app), encoding="utf-8")


def perform(open_app: Callable[[Path, ManualClock], KefuApp], play: Callable[[Stage], Awaitable[None]]) -> int:
    """Open the program in an empty home and play; pictures go to the folder given on the command line."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    set_language("zh")

    async def run(home: Path) -> None:
        clock = ManualClock()
        app = open_app(home, clock)
        async with app.run_test(size=SIZE) as pilot:
            await play(Stage(app, pilot, clock, folder))

    with tempfile.TemporaryDirectory() as home:
        asyncio.run(run(Path(home)))
    return 0
