"""`kefu-sim rush`: a shift with many buyers at once, full screen; the list of shifts; resume."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kefu_sim.base.errors import Exit
from kefu_sim.i18n import tr

if TYPE_CHECKING:
    from kefu_sim.cli import Commands
    from kefu_sim.shifts import ShiftRoom


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("rush", help=tr("a shift: many buyers at once"))
    parser.add_argument("shift", nargs="?", help=tr("id of the shift; without it a list to choose from opens"))
    parser.add_argument("--seed", type=int, help=tr("number that fixes who comes when (default: the shift's own)"))
    other = parser.add_mutually_exclusive_group()
    other.add_argument(
        "--resume", nargs="?", const="", metavar="ID", help=tr("go on with an interrupted shift (default: the newest)")
    )
    other.add_argument("--read", metavar="FOLDER", help=tr("print report and chats of an archived shift"))
    other.add_argument("--list", action="store_true", help=tr("print the shifts"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Work a shift, choose one, go on with one, or list them."""
    if args.read:
        return _read(args.read)
    from kefu_sim.shifts import ShiftRoom

    room = ShiftRoom()
    if args.list:
        return _list(room)
    plain = f"kefu-sim run-shift {args.shift or 'tutorial'} --script FILE"
    name = None if args.resume is None else room.unfinished(args.resume or None)
    from kefu_sim.cli.practice import need_terminal, show_problems

    show_problems(room.library.problems)
    if args.shift is not None:
        room.library.get(args.shift)
    need_terminal(plain)
    from kefu_sim.house import House
    from kefu_sim.tui.app import KefuApp, run_app

    def opening(app: KefuApp) -> None:
        if name is not None:
            app.rush.resume(name)
        elif args.shift is not None:
            app.rush.begin(args.shift, args.seed)
        else:
            app.rush.open_menu()

    return run_app(KefuApp(House, opening=opening))


def _read(folder: str) -> int:
    from pathlib import Path

    from kefu_sim.base.text import clean
    from kefu_sim.shift_archive import read_archive

    report, chats = read_archive(Path(folder))
    print(clean(report))
    for chat in chats:
        print(f"== {chat.number} {chat.name}\n{chat.text}\n")
    return Exit.OK


def _list(room: ShiftRoom) -> int:
    from kefu_sim.cli.practice import show_problems
    from kefu_sim.shift_words import shift_title

    for shift in room.library.order():
        told = tr("{n} buyers · {minutes:g} min").format(n=shift.buyers, minutes=shift.minutes)
        print(f"{shift.id:<16} {told:<20} {shift_title(shift)}")
    show_problems(room.library.problems)
    return Exit.OK
