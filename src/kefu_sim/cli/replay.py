"""`kefu-sim replay`: a stored reception plays itself."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kefu_sim.base.errors import Exit
from kefu_sim.cli.showing import add_showing, full_screen, recorded
from kefu_sim.i18n import tr

if TYPE_CHECKING:
    from kefu_sim.cli import Commands


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("replay", help=tr("let a stored reception play itself"))
    parser.add_argument("reception", nargs="?", help=tr("id of the reception (default: the newest finished one)"))
    parser.add_argument("--anonymous", action="store_true", help=tr("leave out names, numbers and addresses"))
    add_showing(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print, record or show a reception."""
    from kefu_sim.demonstrations import DemoRoom

    room = DemoRoom()
    if args.record or args.plain:
        showing = room.replay(args.reception, anonymous=args.anonymous)
        if args.record:
            return recorded(room, args, showing)
        from kefu_sim.plain_demo import print_showing

        print_showing(showing)
        return Exit.OK
    from kefu_sim.history.kept import kept_name

    reception = kept_name(room.house, args.reception)
    plain = f"kefu-sim replay {reception} --plain"
    return full_screen(room, args, plain, lambda flow: flow.replay(reception, anonymous=args.anonymous))
