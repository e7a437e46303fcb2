"""Draw the pictures of the drill and of its result from the running program.

usage: python tools/drill_pictures.py [FOLDER]     (default docs/pictures)

A typist on a clock that moves by hand copies a minute of sentences, with a few errors and a pause; writes drill.svg and
drill-result.svg. The same program gives the same pictures.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

os.environ["TEXTUAL_ANIMATIONS"] = "none"

from pictures import screen_svg
from readme_pictures import SIZE, settle
from textual import events
from textual.pilot import Pilot

from kefu_sim.base.clock import ManualClock
from kefu_sim.drill.texts import Wanted
from kefu_sim.drills import Settings
from kefu_sim.i18n import set_language
from kefu_sim.play import House
from kefu_sim.tui.app import KefuApp

ROOT = Path(__file__).resolve().parents[1]
SIZES = (2, 3, 2, 4, 2, 2, 3, 4, 2, 3)
"""Characters of one commit after the other, over and over."""
PACE = 94.0
WRONG, MISSED, BACK, PAUSE, SHOWN = 3, 11, 8, 18, 20
"""Commits at which something happens; after the last the picture is drawn."""


class Typist:
    """Copies the text of a drill, not without faults."""

    def __init__(self, app: KefuApp, pilot: Pilot[Any], clock: ManualClock) -> None:
        self._app, self._pilot, self._clock = app, pilot, clock
        self._at = 0

    async def commit(self, number: int) -> None:
        """The next characters at once."""
        run = self._app.screen.play.run  # type: ignore[attr-defined]
        size = SIZES[number % len(SIZES)]
        text = run.opened.text[self._at : self._at + size]
        self._at += size
        self._clock.advance(size * 60 / PACE * (1 + 0.15 * (number % 3 - 1)) + (5.0 if number == PAUSE else 0.0))
        if number == WRONG:
            text = "的" + text[1:]
        elif number == MISSED:
            text = text[1:]
        for index, char in enumerate(text):
            key = events.Key(char, char)
            key.time = self._clock.now() + index * 0.001
            assert self._app.screen.focused is not None
            self._app.screen.focused.post_message(key)
        await settle(self._pilot)
        if number == BACK:
            self._clock.advance(0.6)
            run.delete(1)
            self._at -= 1


async def draw(folder: Path, home: Path) -> None:
    """Type and write the pictures."""
    clock = ManualClock()
    settings = Settings(target=80, seed=8, wanted=Wanted(length="medium"))
    app = KefuApp(lambda: House(home), clock=clock, opening=lambda app: app.drills.begin(settings))
    async with app.run_test(size=SIZE) as pilot:
        while getattr(app.screen, "place", "") != "drill":
            await pilot.pause(0.05)
        await settle(pilot)
        clock.advance(3)
        typist, run, number = Typist(app, pilot, clock), app.screen.play.run, 0  # type: ignore[attr-defined]
        while not run.over and run.now < settings.seconds:
            await typist.commit(number)
            if number == SHOWN:
                clock.advance(0.2)
                for _ in range(5):
                    app._ticker.beat()  # noqa: SLF001 (time moves by hand)
                await settle(pilot)
                (folder / "drill.svg").write_text(screen_svg(app), encoding="utf-8")
            number += 1
        clock.advance(11)
        app._ticker.beat()  # noqa: SLF001
        while getattr(app.screen, "report", None) is None:
            await pilot.pause(0.05)
        await settle(pilot)
        (folder / "drill-result.svg").write_text(screen_svg(app), encoding="utf-8")


def main() -> int:
    """Write the two files."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    set_language("zh")
    with tempfile.TemporaryDirectory() as home:
        asyncio.run(draw(folder, Path(home)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
