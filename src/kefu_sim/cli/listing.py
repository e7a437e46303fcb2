"""`kefu-sim list`: the buyers, with temperament, difficulty and best score."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from kefu_sim.base.errors import Exit
from kefu_sim.i18n import tr

if TYPE_CHECKING:
    from kefu_sim.cli import Commands


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("list", help=tr("list the buyers"))
    parser.add_argument("--json", action="store_true", help=tr("as one JSON object a line"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print one buyer a line; problems of broken files go to stderr, and the exit code tells of them."""
    from rich.cells import cell_len
    from rich.cells import set_cell_size as pad

    from kefu_sim.cli.practice import show_problems
    from kefu_sim.house import House

    house = House()
    if house.uncounted:
        from kefu_sim.history.intake import try_to_take_in

        try_to_take_in(house)
    rows = house.buyers()
    if args.json:
        for row in rows:
            print(json.dumps(row.to_data(), ensure_ascii=False))
    else:
        width = max((len(row.id) for row in rows), default=0)
        titles = max((cell_len(row.title) for row in rows), default=0)
        personas = max((cell_len(row.persona) for row in rows), default=0)
        for row in rows:
            best = tr("best {total:.0f}").format(total=row.best) if row.best is not None else tr("not played yet")
            stars = "★" * row.difficulty + "☆" * (5 - row.difficulty)
            print(f"{row.id:<{width}}  {stars}  {pad(row.title, titles)}  {pad(row.persona, personas)}  {best}")
    show_problems(house.library.problems)
    return Exit.BAD_INPUT if house.library.problems else Exit.OK
