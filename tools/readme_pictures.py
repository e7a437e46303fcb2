"""Draw the pictures of the README from the running program.

usage: python tools/readme_pictures.py [FOLDER]     (default docs/pictures)

Plays a reception of the complainer with a clock that moves by hand and writes home.svg, reception.svg and
scorecard.svg.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from stage import Stage, perform

from kefu_sim.base.clock import ManualClock
from kefu_sim.house import House
from kefu_sim.tui.app import KefuApp

STORY = "complainer"
SCRIPT = Path(__file__).resolve().parents[1] / "tests" / "scenarios" / STORY / "good-warm.jsonl"
SHOWN_AFTER = 5
"""Messages on the picture of the reception; the next one stands in the composer."""


def open_app(home: Path, clock: ManualClock) -> KefuApp:
    """Home."""
    return KefuApp(lambda: House(home), clock=clock, seed=3)


async def play(stage: Stage) -> None:
    """Play and draw."""
    app = stage.app
    await stage.until(lambda: app._home._loaded)  # noqa: SLF001 (no public sign of it)
    rows = app._home._rows  # noqa: SLF001
    await stage.press(*["down"] * next(i for i, row in enumerate(rows) if row.id == STORY))
    stage.draw("home")
    await stage.press("enter")
    await stage.until(lambda: app.reception is not None and app.reception.is_current)
    said = 0
    for row in map(json.loads, SCRIPT.read_text(encoding="utf-8").splitlines()):
        await stage.pass_time(row.get("wait", 0))
        if "say" not in row or app.reception is None:
            continue
        await stage.commit(row["say"])
        if said == SHOWN_AFTER:
            stage.draw("reception")
        await stage.press("enter")
        said += 1
    await stage.pass_time(10)
    await stage.press("enter")
    stage.draw("scorecard")


if __name__ == "__main__":
    sys.exit(perform(open_app, play))
