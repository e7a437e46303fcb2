"""`kefu-sim quick`: the trainee's quick replies: list, search, import, export."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kefu_sim.base.errors import Exit
from kefu_sim.i18n import tr, trn

if TYPE_CHECKING:
    from kefu_sim.cli import Commands


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("quick", help=tr("your quick replies: list, search, import, export"))
    parser.add_argument("query", nargs="?", default="", help=tr("words, code or pinyin initials to look for"))
    act = parser.add_mutually_exclusive_group()
    act.add_argument(
        "--import", dest="take", metavar="FILE", help=tr("add the replies of a YAML or CSV file (group, key, text)")
    )
    act.add_argument("--export", metavar="FILE", help=tr("write all replies to a .yaml or .csv file; - for stdout"))
    act.add_argument("--reset", action="store_true", help=tr("back to the replies everybody begins with"))
    parser.add_argument("--replace", action="store_true", help=tr("with --import: drop your present ones"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    from kefu_sim.base.text import clean
    from kefu_sim.quick.search import find
    from kefu_sim.quick_replies import QuickRoom
    from kefu_sim.rulebook.quick import starter_book
    from kefu_sim.store.textfiles import write_text_file

    room = QuickRoom()
    if args.take:
        count = room.take_in(Path(args.take), replace=args.replace)
        print(trn("{n} new quick reply", "{n} new quick replies", count).format(n=count))
    elif args.reset:
        room.keep(starter_book())
        print(tr("The replies everybody begins with are back: {file}").format(file=room.file))
    elif args.export == "-":
        sys.stdout.write(room.written("yaml"))
    elif args.export:
        path = Path(args.export)
        write_text_file(path, room.written("csv" if path.suffix.lower() == ".csv" else "yaml"), force=True)
        print(tr("{n} quick replies written to {file}").format(n=len(room.book), file=path))
    else:
        last = ""
        for hit in find(room.book, args.query, room.initials() if args.query.isascii() and args.query else None):
            if hit.group != last:
                print(f"[{clean(hit.group)}]")
                last = hit.group
            print(f"  {hit.reply.key:<6} {clean(hit.reply.text)}")
    return Exit.OK
