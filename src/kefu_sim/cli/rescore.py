"""`kefu-sim rescore`: finished receptions under the rules in force; what moved and why."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from kefu_sim.base.errors import Exit
from kefu_sim.cli.filters import add_filters, open_records, wanted_of
from kefu_sim.i18n import language, tr, trn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kefu_sim.cli import Commands
    from kefu_sim.history.rescore import Rescored

MOVES = 6
"""Rows that are told of each reception."""


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("rescore", help=tr("score finished receptions by the rules in force: what moved, why"))
    parser.add_argument("--apply", action="store_true", help=tr("keep the new scores; without it nothing is changed"))
    parser.add_argument("--every", action="store_true", help=tr("also those scored by the same version of the rules"))
    parser.add_argument("--json", action="store_true", help=tr("as one JSON object a line"))
    add_filters(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Score anew and tell what moved."""
    from kefu_sim.history.intake import refresh_bests
    from kefu_sim.history.rescore import keep, rescored, to_rescore
    from kefu_sim.house import House

    house = House()
    wanted = wanted_of(args, house)
    open_records(house)
    differences: list[float | None] = []
    for one in rescored(house, to_rescore(house, wanted, every=args.every)):
        if args.json:
            print(json.dumps(_data(one), ensure_ascii=False))
        else:
            _show(one)
        if args.apply:
            keep(house, one)
        differences.append(one.by)
    _sum_up(differences)
    if args.apply:
        refresh_bests(house)
        print(tr("the new scores are kept"), file=sys.stderr)
    elif any(differences):
        print(tr("nothing was changed; --apply keeps the new scores"), file=sys.stderr)
    return Exit.OK


def _data(one: Rescored) -> dict[str, Any]:
    lang = language()
    return {
        "id": one.record.id,
        "scenario": one.record.scenario,
        "old": one.record.total,
        "new": one.new.total if one.new is not None else None,
        "rubric": one.record.rubric,
        "moved": [{"by": m.by, "rule": m.row.rule, "reason": m.row.reason.pick(lang)} for m in one.moved],
    }


def _show(one: Rescored) -> None:
    from kefu_sim.base.text import clean
    from kefu_sim.progress.wording import rule_reason

    record = one.record
    if one.new is None:
        print(clean(f"{record.id}  " + tr("not scored: its story cannot be found, or does not fit its log")))
    elif record.total is None:
        print(clean(f"{record.id}  – → {one.new.total:.2f}"))
    elif one.moved:
        print(clean(f"{record.id}  {record.total:.2f} → {one.new.total:.2f}  ({one.by:+.2f})"))
        for move in one.moved[:MOVES]:
            print(clean(f"  {move.by:+6.2f}  {rule_reason(move)}"))
        if len(one.moved) > MOVES:
            print("  " + tr("… and {n} more").format(n=len(one.moved) - MOVES))


def _sum_up(differences: Sequence[float | None]) -> None:
    from kefu_sim.rulebook.rubric import load_rubric

    changed = [by for by in differences if by]
    line = trn("{n} reception scored by rubric {v}", "{n} receptions scored by rubric {v}", len(differences))
    told = [line.format(n=len(differences), v=load_rubric().version)]
    told.append(trn("{n} total moved", "{n} totals moved", len(changed)).format(n=len(changed)))
    if changed:
        told.append(tr("by {mean:+.2f} on average").format(mean=sum(changed) / len(changed)))
    print(" · ".join(told), file=sys.stderr)
