"""`kefu-sim history`: what was finished, newest first."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from kefu_sim.base.errors import Exit
from kefu_sim.cli.filters import add_filters, open_records, tell_elsewhere, wanted_of
from kefu_sim.i18n import tr, trn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kefu_sim.cli import Commands
    from kefu_sim.progress.record import Record

LIMIT = 20
TITLE = 26
"""Most cells of a title."""


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("history", help=tr("list finished receptions and drills"))
    parser.add_argument("--limit", type=int, default=LIMIT, metavar="N", help=tr("at most N; 0: all (default 20)"))
    parser.add_argument("--json", action="store_true", help=tr("as one JSON object a line"))
    add_filters(parser, kinds=True)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print one record a line."""
    from kefu_sim.history.look import rows_of
    from kefu_sim.history.titles import titles_of
    from kefu_sim.house import House

    house = House()
    wanted = wanted_of(args, house)
    open_records(house)
    rows, count = rows_of(house, wanted, args.limit if args.limit > 0 else None)
    if args.json:
        for row in rows:
            print(json.dumps(row._asdict(), ensure_ascii=False))
        return Exit.OK
    if not rows:
        print(tr("Nothing finished yet, or nothing that fits."), file=sys.stderr)
        tell_elsewhere(house, wanted)
        return Exit.OK
    show(rows, titles_of(house), everybody=wanted.trainee is None)
    if count > len(rows):
        more = count - len(rows)
        line = trn("… and {n} more; --limit 0 shows all", "… and {n} more; --limit 0 shows all", more)
        print(line.format(n=more), file=sys.stderr)
    return Exit.OK


def show(rows: Sequence[Record], titles: Mapping[str, str], *, everybody: bool = False) -> None:
    """Print rows in columns."""
    from rich.cells import cell_len
    from rich.cells import set_cell_size as pad

    from kefu_sim.base.text import clean
    from kefu_sim.progress.wording import record_title, result_of
    from kefu_sim.words import mode_title, seconds

    table = [
        [
            row.started[:16].replace("T", " "),
            *([clean(row.trainee) or "–"] if everybody else []),
            clean(record_title(row, titles)),
            mode_title(row.mode),
            result_of(row),
            seconds(row.mean_reply_s),
            ("↳ " if row.branch_of else "") + clean(row.id),
        ]
        for row in rows
    ]
    head = [tr("When"), *([tr("Who")] if everybody else []), tr("What"), tr("Mode"), tr("Score"), tr("Reply"), tr("Id")]
    widths = [min(max(cell_len(line[i]) for line in [head, *table]), TITLE) for i in range(len(head) - 1)]
    for line in [head, *table]:
        print("  ".join([*map(pad, line, widths), line[-1]]))
