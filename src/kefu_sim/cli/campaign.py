"""`kefu-sim campaign`: the buyers in stages, and which of them to receive next."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from kefu_sim.base.errors import Exit
from kefu_sim.i18n import tr

if TYPE_CHECKING:
    from kefu_sim.cli import Commands
    from kefu_sim.progress.campaign import Standing


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("campaign", help=tr("meet the buyers in stages; show how far you are"))
    parser.add_argument("--json", action="store_true", help=tr("print one JSON object"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the stages."""
    from kefu_sim.cli.filters import open_records
    from kefu_sim.history.campaign import standings_of
    from kefu_sim.history.titles import titles_of
    from kefu_sim.house import House
    from kefu_sim.progress.campaign import next_buyer

    house = House()
    open_records(house)
    stages = standings_of(house)
    after = next_buyer(stages)
    if args.json:
        data = {"stages": [to_data(stage) for stage in stages], "next": after}
        print(json.dumps(data, ensure_ascii=False, indent=1))
        return Exit.OK
    titles = titles_of(house)
    print("\n\n".join("\n".join(as_lines(stage, titles)) for stage in stages))
    print()
    print(
        tr("every buyer has been passed")
        if after is None
        else tr("next: {title}").format(title=titles[after]) + f"\n  kefu-sim practice {after}"
    )
    return Exit.OK


def as_lines(standing: Standing, titles: dict[str, str]) -> list[str]:
    """One stage, for reading."""
    from kefu_sim.progress.wording import stage_line, stage_title

    lines = [f"{stage_title(standing.stage)}  {stage_line(standing)}"]
    for met in standing.buyers:
        mark = "✓" if met.passed else "·" if standing.open else "×"
        best = f"{met.best:>4.0f}" if met.best is not None else "   –"
        lines.append(f"  {mark} {best}  {titles[met.id]}")
    return lines


def to_data(standing: Standing) -> dict[str, Any]:
    """Values for JSON; totals are points of 100."""
    from kefu_sim.progress.wording import stage_title

    return {
        "id": standing.stage.id,
        "title": stage_title(standing.stage),
        "open": standing.open,
        "passed": standing.passed,
        "unlock": standing.stage.unlock,
        "buyers": [{"scenario": met.id, "best": met.best, "passed": met.passed} for met in standing.buyers],
    }
