"""Draw the pictures of the class demo from the running program.

usage: python tools/demo_pictures.py [FOLDER]     (default docs/pictures)

Shows a pair of agents in the middle of a demo (demo.svg) and a class that votes (class.svg), on a clock that moves by
hand.
"""

from __future__ import annotations

import sys
from pathlib import Path

from stage import Stage, perform

from kefu_sim.base.clock import ManualClock
from kefu_sim.house import House
from kefu_sim.tui.app import KefuApp

TOPIC = "谈判"
ANSWERS = (
    "140真不行呢，不过您可以领张10元的券，到手149",
    "没法再低了",
    "谢谢您喜欢～价格是统一的，我给您送个收纳盒，您看好吗？",
)
HANDS = "331333"


def open_app(home: Path, clock: ManualClock) -> KefuApp:
    """The demo of a topic."""
    return KefuApp(lambda: House(home), clock=clock, opening=lambda app: app.demos.begin(app.demos.room.find(TOPIC)))


async def film(stage: Stage, seconds: float) -> None:
    """Let the film run for a while."""
    for _ in range(int(seconds * 2)):
        await stage.pass_time(0.5)


async def play(stage: Stage) -> None:
    """Play and draw."""
    await stage.until(lambda: getattr(stage.app.screen, "place", "") == "demo")
    await film(stage, 20)
    await stage.press("q")
    for answer in ANSWERS:
        await stage.commit(answer)
        await stage.press("enter")
        await stage.pilot.pause(0.5)
    await stage.press("tab", *HANDS)
    stage.draw("class")
    await stage.press("escape")
    await stage.press("right", "right", "right", "left", "space")
    await film(stage, 9)
    stage.draw("demo")


if __name__ == "__main__":
    sys.exit(perform(open_app, play))
