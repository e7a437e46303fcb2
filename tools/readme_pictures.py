"""Draw the pictures of the README from the running program.

usage: python tools/readme_pictures.py [FOLDER]     (default docs/pictures)

Plays a reception of the complainer with a clock that moves by hand and writes home.svg, reception.svg and
scorecard.svg. The same program gives the same pictures.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path

os.environ["TEXTUAL_ANIMATIONS"] = "none"

from pictures import screen_svg
from textual import events
from textual.pilot import Pilot

from kefu_sim.base.clock import ManualClock
from kefu_sim.i18n import set_language
from kefu_sim.play import House
from kefu_sim.tui.app import KefuApp

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "tests" / "scenarios" / "complainer" / "good-warm.jsonl"
SIZE = (110, 32)
SHOWN_AFTER = 5
"""Messages on the picture of the reception; the next one stands in the composer."""


async def settle(pilot: Pilot[object]) -> None:
    """Let all messages be handled."""
    for _ in range(4):
        await pilot.pause(0.02)


async def type_text(app: KefuApp, pilot: Pilot[object], text: str) -> None:
    """Commit a text as an input method does."""
    assert app.screen.focused is not None
    for char in text:
        app.screen.focused.post_message(events.Key(char, char))
    await settle(pilot)


async def draw(folder: Path, home: Path) -> None:
    """Play and write the pictures."""
    clock = ManualClock()
    app = KefuApp(lambda: House(home), clock=clock, seed=3)
    async with app.run_test(size=SIZE) as pilot:
        while not app._home._loaded:  # noqa: SLF001 (no public sign of it)
            await pilot.pause(0.05)
        await pilot.press("down", "down")
        await settle(pilot)
        (folder / "home.svg").write_text(screen_svg(app), encoding="utf-8")
        await pilot.press("enter")
        while app.reception is None or not app.reception.is_current:
            await pilot.pause(0.05)
        said = 0
        for row in map(json.loads, SCRIPT.read_text(encoding="utf-8").splitlines()):
            clock.advance(row.get("wait", 0))
            app._ticker.beat()  # noqa: SLF001 (time moves by hand)
            await settle(pilot)
            if "say" not in row or app.reception is None:
                continue
            await type_text(app, pilot, row["say"])
            if said == SHOWN_AFTER:
                (folder / "reception.svg").write_text(screen_svg(app), encoding="utf-8")
            await pilot.press("enter")
            await settle(pilot)
            said += 1
        clock.advance(10)
        app._ticker.beat()  # noqa: SLF001
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        (folder / "scorecard.svg").write_text(screen_svg(app), encoding="utf-8")


def main() -> int:
    """Write the three files."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    set_language("zh")
    with tempfile.TemporaryDirectory() as home:
        asyncio.run(draw(folder, Path(home)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
