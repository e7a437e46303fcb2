"""`kefu-sim resume`: go on with the reception that was interrupted."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kefu_sim.i18n import tr

if TYPE_CHECKING:
    from kefu_sim.cli import Commands


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("resume", help=tr("go on with an interrupted reception"))
    parser.add_argument("reception", nargs="?", help=tr("id of the reception (default: the newest unfinished one)"))
    parser.add_argument("--plain", action="store_true", help=tr("line by line, for pipes and screen readers"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Continue at the same line; the clock stood still in the meantime."""
    from kefu_sim.cli.practice import open_screen
    from kefu_sim.house import House

    house = House()
    reception = house.unfinished(args.reception)
    if args.plain:
        from kefu_sim.plain import continue_plain

        return continue_plain(house, reception)
    return open_screen(house, reception=reception)
