"""`kefu-sim archive` and `restore`: records put away or handed over, checked by hash, never overwritten."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kefu_sim.base.errors import Exit
from kefu_sim.cli.filters import add_filters, open_records, wanted_of
from kefu_sim.i18n import tr, trn

if TYPE_CHECKING:
    from kefu_sim.cli import Commands


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Register both commands."""
    parser = commands.add_parser("archive", help=tr("put records away into one file, to keep or to hand over"))
    parser.add_argument("file", metavar="FILE", help=tr("zip file to write; never one that is there already"))
    parser.add_argument("--finished-only", action="store_true", help=tr("leave out receptions that are still open"))
    add_filters(parser, kinds=True)
    parser.set_defaults(run=run)
    back = commands.add_parser("restore", help=tr("take the records of an archive in"))
    back.add_argument("file", metavar="FILE", help=tr("archive to read"))
    back.add_argument("--check", action="store_true", help=tr("only check it; nothing is written"))
    back.set_defaults(run=run_restore)


def run(args: argparse.Namespace) -> int:
    """Write an archive."""
    from kefu_sim.history.archiving import put_away, same_disk
    from kefu_sim.house import House
    from kefu_sim.words import named

    house, path = House(), Path(args.file)
    wanted = wanted_of(args, house)
    open_records(house)
    records, logs = put_away(house, path, wanted, unfinished=not args.finished_only)
    print(named(str(path), _counted(records, logs)), file=sys.stderr)
    if same_disk(house, path):
        print(tr("It lies on the same disk as the records: keep a copy elsewhere."), file=sys.stderr)
    return Exit.OK


def run_restore(args: argparse.Namespace) -> int:
    """Take an archive in, or only check it."""
    from kefu_sim.history.archiving import check, take_back
    from kefu_sim.house import House

    house, path = House(), Path(args.file)
    if args.check:
        print(tr("{path} is whole: {what}").format(path=path, what=_counted(*check(path))), file=sys.stderr)
        return Exit.OK
    open_records(house)
    done = take_back(house, path)
    told = trn("{n} record taken in", "{n} records taken in", done.new).format(n=done.new)
    if done.known:
        told += " · " + trn("{n} was here already", "{n} were here already", done.known).format(n=done.known)
    print(told, file=sys.stderr)
    for name in done.opened:
        print(tr("still open: kefu-sim resume {id}").format(id=name), file=sys.stderr)
    for name in done.left_out:
        print(tr("left out: another reception is called {id} here").format(id=name), file=sys.stderr)
    return Exit.PARTIAL if done.left_out else Exit.OK


def _counted(records: int, logs: int) -> str:
    told = trn("{n} record", "{n} records", records).format(n=records)
    return told + (" · " + trn("{n} open reception", "{n} open receptions", logs).format(n=logs) if logs else "")
