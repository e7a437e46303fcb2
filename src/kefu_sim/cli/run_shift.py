"""`kefu-sim run-shift`: a whole shift on a virtual clock, from a script or by a simulated agent."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kefu_sim.base.errors import Exit, KefuError
from kefu_sim.cli import jsonl
from kefu_sim.i18n import language, tr

if TYPE_CHECKING:
    from kefu_sim.cli import Commands
    from kefu_sim.rush.run import Plan, Run
    from kefu_sim.rush.script import Refused
    from kefu_sim.shifts import ShiftRoom

SLOWEST, FASTEST = 20, 300
"""Characters a minute of a simulated agent."""


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("run-shift", help=tr("play a whole shift from a script, or let a simulated agent"))
    parser.add_argument("shift", help=tr("id of the shift; `kefu-sim rush --list` shows them"))
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument(
        "--script",
        metavar="FILE",
        help=tr('JSON lines such as {"wait": 8} and {"to": "b3", "say": text}; the guide lists all; - reads stdin'),
    )
    who.add_argument("--bot", type=int, metavar="CPM", help=tr("an agent who types so many characters a minute"))
    parser.add_argument("--by-hand", action="store_true", help=tr("with --bot: no quick replies"))
    parser.add_argument("--seed", type=int, help=tr("number that fixes who comes when (default: the shift's own)"))
    parser.add_argument("--ranking", action="store_true", help=tr("also compare with nine simulated colleagues"))
    parser.add_argument("--json", action="store_true", help=tr("print report and events as one JSON object"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Play the shift and print what came of it."""
    from kefu_sim.cli.practice import show_problems
    from kefu_sim.rush.events import to_data
    from kefu_sim.scoring.ledger import Phrase
    from kefu_sim.shifts import ShiftRoom, ranking, report_of

    room = ShiftRoom()
    show_problems(room.library.problems)
    plan = room.plan(room.library.get(args.shift), args.seed)
    played, refused = _play(args, room, plan)
    report = report_of(plan, played)
    standings = ranking(plan, report.figures, Phrase("您", "You")) if args.ranking else []
    if args.json:
        result: dict[str, Any] = {
            **report.to_data(language()),
            "ranking": [
                {"name": one.name.pick(language()), "mine": one.mine, **one.figures.to_data()} for one in standings
            ],
            "refused": [{"line": one.line, "why": one.why} for one in refused],
            "events": [to_data(entry) for entry in played.log],
        }
        sys.stdout.buffer.write(jsonl.to_line(result))
    else:
        from kefu_sim.shift_text import report_text

        print(report_text(plan, played, report, standings))
        for one in refused:
            print(tr("{file}:{line}: {why}").format(file=args.script, line=one.line, why=one.why), file=sys.stderr)
    return Exit.PARTIAL if refused else Exit.OK


def _play(args: argparse.Namespace, room: ShiftRoom, plan: Plan) -> tuple[Run, list[Refused]]:
    from kefu_sim.quick_replies import QuickRoom
    from kefu_sim.rush.agents import work
    from kefu_sim.rush.script import play_script, read_script
    from kefu_sim.rush.skills import Skill
    from kefu_sim.scenario.library import read_text
    from kefu_sim.scoring.ledger import Phrase

    if args.bot is not None:
        if not SLOWEST <= args.bot <= FASTEST:
            raise KefuError(tr("--bot takes {least} to {most}").format(least=SLOWEST, most=FASTEST))
        return work(plan, Skill(id="bot", title=Phrase(), typing=args.bot, quick=0.0 if args.by_hand else 0.9)), []
    given = args.script
    text = sys.stdin.buffer.read().decode("utf-8-sig", "replace") if given == "-" else read_text(Path(given))
    book = QuickRoom(room.house.folder).book
    return play_script(plan, read_script(text.split("\n"), given, book))
