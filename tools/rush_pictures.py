"""Draw the picture of a shift from the running program.

usage: python tools/rush_pictures.py [FOLDER]     (default docs/pictures)

Works the first minutes of the promotion evening with a clock that moves by hand and writes rush.svg.
"""

from __future__ import annotations

import sys
from pathlib import Path

from stage import Stage, perform

from kefu_sim.base.clock import ManualClock
from kefu_sim.house import House
from kefu_sim.tui.app import KefuApp
from kefu_sim.tui.screens.rush import RushScreen

REPLIES = (
    "您好，在的～满99送帆布袋，您这单够了，送完为止哦",
    "您好，满199减30，您购物车现在差得不多，我帮您看看",
    "您好，稍等，马上看您的订单",
)


def open_app(home: Path, clock: ManualClock) -> KefuApp:
    """The shift."""
    return KefuApp(lambda: House(home), clock=clock, opening=lambda app: app.rush.begin("promotion", 1))


async def play(stage: Stage) -> None:
    """Play and draw."""
    app = stage.app
    await stage.until(lambda: isinstance(app.screen, RushScreen) and app.screen.is_mounted)
    await stage.pass_time(14)
    for text in REPLIES:
        await stage.commit(text)
        await stage.press("enter")
        await stage.pass_time(28)
        await stage.press("tab")
    await stage.pass_time(30)
    await stage.commit("不好意思让您久等了，")
    stage.draw("rush")


if __name__ == "__main__":
    sys.exit(perform(open_app, play))
