"""Which records are meant: the options that `history`, `progress`, `rescore`, `export` and `archive` share."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kefu_sim.base.errors import KefuError
from kefu_sim.i18n import tr

if TYPE_CHECKING:
    from kefu_sim.house import House
    from kefu_sim.progress.record import Wanted

_AGO = re.compile(r"([1-9][0-9]{0,3})([dwmy])")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
TOLD_FROM = 20
"""Logs to be taken in from which on it is told that this takes a moment."""
NAMES = 5
"""Most names that are told."""


def add_filters(parser: argparse.ArgumentParser, *, kinds: bool = False) -> None:
    """Add the options."""
    group = parser.add_argument_group(tr("which records"))
    group.add_argument("--scenario", metavar="ID", default="", help=tr("only this buyer"))
    group.add_argument("--mode", choices=("practice", "guided", "exam"), default="", help=tr("only this mode"))
    group.add_argument("--since", metavar="DAY", help=tr("from this day on: 2026-03-01, today, or 7d, 2w, 3m ago"))
    group.add_argument("--until", metavar="DAY", help=tr("up to this day"))
    who = group.add_mutually_exclusive_group()
    who.add_argument("--trainee", metavar="NAME", help=tr("only this profile (default: the one in use)"))
    who.add_argument("--all", action="store_true", help=tr("all profiles"))
    if kinds:
        group.add_argument("--kind", choices=("reception", "drill", "shift"), help=tr("only this kind"))


def wanted_of(args: argparse.Namespace, house: House) -> Wanted:
    """What the options ask for. Raises KefuError for a day that is none."""
    from kefu_sim.progress.record import Wanted
    from kefu_sim.store.desk import tidy_name

    mine = house.desk.trainee if args.trainee is None else tidy_name(args.trainee)
    return Wanted(
        trainee=None if args.all else mine,
        kind=getattr(args, "kind", None),
        scenario=args.scenario,
        mode=args.mode,
        since=day_of(args.since),
        until=day_of(args.until),
    )


def day_of(given: str | None) -> str:
    """A day as it stands in the records; empty for None. Raises KefuError."""
    if given is None:
        return ""
    today = date.today()  # noqa: DTZ011 (the trainee's own calendar)
    if given == "today":
        return today.isoformat()
    if match := _AGO.fullmatch(given):
        return (today - timedelta(int(match[1]) * _DAYS[match[2]])).isoformat()
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        raise KefuError(
            tr("`{given}` is no day").format(given=given), hint=tr("write 2026-03-01, today, or 7d, 2w, 3m for ago")
        ) from None


def open_records(house: House) -> None:
    """Take in what has ended since. Raises KefuError when the database cannot be used."""
    from kefu_sim.history.intake import take_in

    def told(count: int) -> None:
        if count >= TOLD_FROM:
            print(tr("Taking {n} logs into the records…").format(n=count), file=sys.stderr, flush=True)

    take_in(house, told)


def tell_elsewhere(house: House, wanted: Wanted) -> None:
    """When nothing lies under the name that was asked for: say under which names something does."""
    known = dict(house.records.trainees())
    if wanted.trainee is None or wanted.trainee in known or not known:
        return
    names = [name or tr("(no name)") for name in known]
    listed = ", ".join([*names[:NAMES], *(["…"] if len(names) > NAMES else [])])
    what = tr("There are records of {names}: `--all` shows them, `kefu-sim profile NAME` practises under a name.")
    print(what.format(names=listed), file=sys.stderr)
