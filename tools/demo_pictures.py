"""Draw the pictures of the class demo from the running program.

usage: python tools/demo_pictures.py [FOLDER]     (default docs/pictures)

Shows a pair of agents in the middle of a demo (demo.svg) and a class that votes (class.svg), on a clock that moves by
hand. The same program gives the same pictures.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

os.environ["TEXTUAL_ANIMATIONS"] = "none"

from pictures import screen_svg
from readme_pictures import settle, type_text
from textual.pilot import Pilot

from kefu_sim.base.clock import ManualClock
from kefu_sim.i18n import set_language
from kefu_sim.play import House
from kefu_sim.tui.app import KefuApp

ROOT = Path(__file__).resolve().parents[1]
SIZE = (100, 30)
ANSWERS = (
    "140真不行呢，不过您可以领张10元的券，到手149",
    "没法再低了",
    "谢谢您喜欢～价格是统一的，我给您送个收纳盒，您看好吗？",
)
HANDS = "331333"


async def run(app: KefuApp, pilot: Pilot[object], clock: ManualClock, seconds: float) -> None:
    """Let the film run for a while."""
    for _ in range(int(seconds * 2)):
        clock.advance(0.5)
        app._ticker.beat()  # noqa: SLF001 (the clock moves by hand)
    await settle(pilot)


async def draw(folder: Path, home: Path) -> None:
    """Play and write the pictures."""
    clock = ManualClock()
    app = KefuApp(lambda: House(home), clock=clock, opening=lambda app: app.demos.begin(app.demos.room.find("谈判")))
    async with app.run_test(size=SIZE) as pilot:
        while getattr(app.screen, "place", "") != "demo":
            await pilot.pause(0.05)
        await run(app, pilot, clock, 20)
        await pilot.press("q")
        await settle(pilot)
        for answer in ANSWERS:
            await type_text(app, pilot, answer)
            await pilot.press("enter")
            await pilot.pause(0.5)
        await pilot.press("tab", *HANDS)
        await settle(pilot)
        (folder / "class.svg").write_text(screen_svg(app), encoding="utf-8")
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("right", "right", "right", "left", "space")
        await run(app, pilot, clock, 9)
        (folder / "demo.svg").write_text(screen_svg(app), encoding="utf-8")


def main() -> None:
    """Draw into the folder given."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    set_language("zh")
    with tempfile.TemporaryDirectory() as home:
        asyncio.run(draw(folder, Path(home)))


if __name__ == "__main__":
    main()
