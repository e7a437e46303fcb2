"""`kefu-sim export`: receptions and progress as Markdown, HTML, CSV, JSON or xAPI."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kefu_sim.base.errors import Exit, KefuError
from kefu_sim.cli.filters import add_filters, open_records, wanted_of
from kefu_sim.i18n import tr

if TYPE_CHECKING:
    from kefu_sim.cli import Commands

KINDS = ("md", "html", "csv", "chat", "ledger", "json", "xapi")
IN_FULL = ("chat", "ledger")
"""Kinds that have nothing to tell without whole receptions."""


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("export", help=tr("hand out receptions and progress as documents"))
    parser.add_argument(
        "receptions", nargs="*", metavar="ID", help=tr("these receptions in full (`last`: the newest); none: a range")
    )
    parser.add_argument(
        "--format",
        choices=KINDS,
        help=tr("kind of document (default: by the file's ending, else md); chat, ledger: CSV"),
    )
    parser.add_argument("--output", "-o", metavar="FILE", default="-", help=tr("file to write; `-`: stdout (default)"))
    parser.add_argument("--force", action="store_true", help=tr("replace the file if it is there"))
    parser.add_argument("--details", action="store_true", help=tr("of a range: every reception in full"))
    parser.add_argument("--anonymous", action="store_true", help=tr("numbers in place of names"))
    add_filters(parser, kinds=True)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write one document."""
    from datetime import date

    from kefu_sim.history import exporting
    from kefu_sim.house import House
    from kefu_sim.store.textfiles import write_text_file

    kind = args.format or _kind_of(args.output)
    house, today = House(), date.today()  # noqa: DTZ011 (the trainee's own calendar)
    wanted = wanted_of(args, house)
    open_records(house)
    if args.receptions:
        sheet = exporting.sheet_of_receptions(house, args.receptions, today)
    else:
        sheet = exporting.sheet_of_range(house, wanted, today, details=args.details or kind in IN_FULL)
    if args.anonymous:
        sheet = exporting.without_names(sheet)
    text = exporting.document(sheet, kind)
    if args.output == "-":
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    else:
        write_text_file(Path(args.output), text, force=args.force)
        print(tr("written: {path}").format(path=args.output), file=sys.stderr)
    return Exit.OK


def _kind_of(output: str) -> str:
    """By the ending of a file's name. Raises KefuError for one that says nothing."""
    if output == "-":
        return "md"
    ending = Path(output).suffix.lower()
    kinds = {".md": "md", ".html": "html", ".htm": "html", ".csv": "csv", ".json": "json"}
    if ending not in kinds:
        raise KefuError(
            tr("{path}: its ending does not tell the kind of document").format(path=output),
            hint=tr("end it in .md, .html, .csv or .json, or say --format"),
        )
    return kinds[ending]
