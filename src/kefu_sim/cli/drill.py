"""`kefu-sim drill`: type at 60, 80, 100 characters a minute; full screen or line by line; past results as data."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from kefu_sim.base.errors import Exit, KefuError
from kefu_sim.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from kefu_sim.cli import Commands
    from kefu_sim.drills import DrillRoom, Settings
    from kefu_sim.tui.drill_flow import DrillFlow

TARGETS = (60, 80, 100)
SHORTEST, LONGEST = 5, 3600
"""Seconds of a drill."""


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("drill", help=tr("practise typing at 60, 80, 100 characters a minute"))
    parser.add_argument("--target", type=int, choices=TARGETS, help=tr("characters a minute to reach (default 80)"))
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--seconds", type=int, metavar="N", help=tr("time limit (default 60)"))
    size.add_argument("--length", type=int, metavar="N", help=tr("no time limit: so many characters"))
    text = parser.add_mutually_exclusive_group()
    text.add_argument("--text", metavar="FILE", help=tr("type this UTF-8 text"))
    text.add_argument("--scenario", metavar="ID", help=tr("type the model answers of this buyer"))
    text.add_argument("--phrases", action="store_true", help=tr("type your worst phrases"))
    text.add_argument(
        "--reply", type=int, nargs="?", const=10, metavar="N", help=tr("answer N buyer lines (default 10)")
    )
    parser.add_argument("--exam", action="store_true", help=tr("exact punctuation, no pause, no hint"))
    parser.add_argument("--plain", action="store_true", help=tr("line by line, for pipes and screen readers"))
    parser.add_argument("--seed", type=int, help=tr("number that fixes the choice of sentences"))
    parser.add_argument("--ime-test", action="store_true", help=tr("check whether the input method gets through"))
    parser.add_argument("--export", choices=("json", "csv"), help=tr("print past drills, oldest first"))
    parser.add_argument("--id", help=tr("with --export json: one drill with all its commits"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Drill, check the input method, or export."""
    if args.export:
        return _export(args)
    from kefu_sim.drills import DrillRoom

    if args.ime_test:
        return _full_screen("", lambda flow: flow.check_input_method())
    room = DrillRoom()
    count = args.reply
    if count is not None and not 1 <= count <= 100:
        raise KefuError(tr("--reply takes 1 to 100"))
    settings = _settings(args)
    if args.plain:
        from kefu_sim import plain_drill

        return plain_drill.answer(room, settings, count) if count is not None else plain_drill.copy(room, settings)
    if count is not None:
        return _full_screen("--reply", lambda flow: flow.begin_reply(count))
    if not _named(args):
        return _full_screen("", lambda flow: flow.open_menu())
    _check(room, settings)
    return _full_screen("", lambda flow: flow.begin(settings))


def _named(args: argparse.Namespace) -> bool:
    """Whether anything was chosen; else the menu asks."""
    chosen = (args.target, args.seconds, args.length, args.text, args.scenario, args.seed)
    return any(value is not None for value in chosen) or args.phrases or args.exam


def _settings(args: argparse.Namespace) -> Settings:
    from kefu_sim.drill.texts import LONGEST_TEXT
    from kefu_sim.drills import Settings

    seconds, length = args.seconds, args.length
    if seconds is not None and not SHORTEST <= seconds <= LONGEST:
        raise KefuError(tr("--seconds takes {least} to {most}").format(least=SHORTEST, most=LONGEST))
    if length is not None and not 1 <= length <= LONGEST_TEXT:
        raise KefuError(tr("--length takes 1 to {most}").format(most=LONGEST_TEXT))
    source = "file" if args.text else "scenario" if args.scenario else "phrases" if args.phrases else "bank"
    usual = Settings()
    return Settings(
        target=args.target or usual.target,
        seconds=0.0 if length is not None else float(seconds or usual.seconds),
        length=length or usual.length,
        mode="exam" if args.exam else "practice",
        source=source,
        scenario=args.scenario or "",
        file=args.text or "",
        face="plain" if args.plain else "screen",
        seed=args.seed,
    )


def _check(room: DrillRoom, settings: Settings) -> None:
    """Say what is wrong with a text before the screen opens."""
    from kefu_sim.base.draws import seeded

    room.material(settings, seeded(0))


def _full_screen(option: str, what: Callable[[DrillFlow], None]) -> int:
    from kefu_sim.cli.practice import need_terminal

    need_terminal(f"kefu-sim drill {option + ' ' if option else ''}--plain")
    from kefu_sim.house import House
    from kefu_sim.tui.app import KefuApp, run_app

    return run_app(KefuApp(House, opening=lambda app: what(app.drills)))


def _export(args: argparse.Namespace) -> int:
    """Print past drills as data."""
    import csv
    import json
    from dataclasses import fields

    from kefu_sim.drill.events import to_data
    from kefu_sim.drill.row import DrillRow
    from kefu_sim.drills import DrillRoom
    from kefu_sim.export.neutral import for_cell

    room = DrillRoom()
    rows = [row for row in room.rows() if args.id in {None, row.id}]
    if args.id is not None and not rows:
        raise KefuError(
            tr("no drill has the id `{id}`").format(id=args.id), hint=tr("`kefu-sim drill --export csv` lists them")
        )
    if args.export == "csv":
        writer = csv.DictWriter(sys.stdout, [field.name for field in fields(DrillRow)], lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: for_cell(value) for key, value in row.to_data().items()} for row in rows)
    else:
        found = [row.to_data() for row in rows]
        if args.id is not None:
            found[0]["events"] = [to_data(event) for event in room.drills.read(args.id)]
        print(json.dumps(found, ensure_ascii=False, indent=1))
    return Exit.OK
