"""Draw the pictures of the drill and of its result from the running program.

usage: python tools/drill_pictures.py [FOLDER]     (default docs/pictures)

A typist on a clock that moves by hand copies a minute of sentences, with a few errors and a pause; writes drill.svg and
drill-result.svg.
"""

from __future__ import annotations

import sys
from pathlib import Path

from stage import Stage, perform

from kefu_sim.base.clock import ManualClock
from kefu_sim.drill.texts import Wanted
from kefu_sim.drills import Settings
from kefu_sim.house import House
from kefu_sim.tui.app import KefuApp

SETTINGS = Settings(target=80, seed=8, wanted=Wanted(length="medium"))
SIZES = (2, 3, 2, 4, 2, 2, 3, 4, 2, 3)
"""Characters of one commit after the other, over and over."""
PACE = 94.0
WRONG, MISSED, BACK, PAUSE, SHOWN = 3, 11, 8, 18, 20
"""Commits at which something happens; after the last the picture is drawn."""


class Typist:
    """Copies the text of a drill, not without faults."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.run = stage.app.screen.play.run  # type: ignore[attr-defined]
        self._at = 0

    async def commit(self, number: int) -> None:
        """The next characters at once."""
        size = SIZES[number % len(SIZES)]
        text = self.run.opened.text[self._at : self._at + size]
        self._at += size
        clock = self._stage.clock
        clock.advance(size * 60 / PACE * (1 + 0.15 * (number % 3 - 1)) + (5.0 if number == PAUSE else 0.0))
        if number == WRONG:
            text = "的" + text[1:]
        elif number == MISSED:
            text = text[1:]
        await self._stage.commit(text)
        if number == BACK:
            clock.advance(0.6)
            self.run.delete(1)
            self._at -= 1


def open_app(home: Path, clock: ManualClock) -> KefuApp:
    """A drill."""
    return KefuApp(lambda: House(home), clock=clock, opening=lambda app: app.drills.begin(SETTINGS))


async def play(stage: Stage) -> None:
    """Type and draw."""
    app = stage.app
    await stage.until(lambda: getattr(app.screen, "place", "") == "drill")
    stage.clock.advance(3)
    typist, number = Typist(stage), 0
    while not typist.run.over and typist.run.now < SETTINGS.seconds:
        await typist.commit(number)
        if number == SHOWN:
            await stage.pass_time(0.2, beats=5)
            stage.draw("drill")
        number += 1
    await stage.pass_time(11)
    await stage.until(lambda: getattr(app.screen, "report", None) is not None)
    stage.draw("drill-result")


if __name__ == "__main__":
    sys.exit(perform(open_app, play))
