"""`kefu-sim profile`: under which name somebody practises on a shared machine."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from kefu_sim.base.errors import Exit, KefuError
from kefu_sim.cli.filters import open_records
from kefu_sim.i18n import tr, trn

if TYPE_CHECKING:
    from kefu_sim.cli import Commands


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("profile", help=tr("show or choose the name one practises under"))
    parser.add_argument("name", nargs="?", help=tr("practise under this name from now on; a new one needs no set-up"))
    parser.add_argument("--none", action="store_true", help=tr("practise without a name"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Choose a name, or list those there are."""
    from kefu_sim.house import House

    house = House()
    if args.name is not None or args.none:
        house.desk.choose("" if args.none else args.name)
        now = house.desk.trainee
        print(tr("Practising as {name}.").format(name=now) if now else tr("Practising without a name."))
        return Exit.OK
    now = house.desk.trainee
    try:
        open_records(house)
        known = dict(house.records.trainees())
    except KefuError as error:
        print(error, file=sys.stderr)
        known = {}
    for name in sorted({now, *known}):
        count = known.get(name, 0)
        mark = "*" if name == now else " "
        records = trn("{n} record", "{n} records", count).format(n=count)
        shown = name or tr("(no name)")
        print(f"{mark} {shown}  {records}")
    return Exit.OK
