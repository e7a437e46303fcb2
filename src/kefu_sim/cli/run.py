"""`kefu-sim run`: a whole reception from a script, on a virtual clock."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kefu_sim.base.errors import Exit
from kefu_sim.cli import jsonl
from kefu_sim.cli.practice import add_level
from kefu_sim.i18n import language, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kefu_sim.cli import Commands
    from kefu_sim.engine.events import Event
    from kefu_sim.scoring.ledger import Score


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("run", help=tr("play a whole reception from a script"))
    parser.add_argument("scenario", help=tr("id of the buyer; `kefu-sim list` shows them"))
    parser.add_argument(
        "--script",
        required=True,
        metavar="FILE",
        help=tr('JSON lines of {"wait": seconds}, {"say": text} and {"note": text}; - reads stdin'),
    )
    parser.add_argument("--seed", type=int, default=1, help=tr("number that fixes the buyer's wordings and delays"))
    add_level(parser)
    parser.add_argument("--json", action="store_true", help=tr("print events and score as one JSON object"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Play the script and print what happened and what it is worth."""
    from kefu_sim.engine.events import to_data
    from kefu_sim.engine.script import play_script, read_script
    from kefu_sim.house import House
    from kefu_sim.programs import program_for
    from kefu_sim.scenario.library import read_text
    from kefu_sim.scores import rubric_version, score_log

    house = House()
    scenario = house.library.get(args.scenario)
    given = args.script
    text = sys.stdin.buffer.read().decode("utf-8-sig", "replace") if given == "-" else read_text(Path(given))
    turns = read_script(text.split("\n"), given)
    program = program_for(scenario, args.level)
    log = play_script(program, turns, args.seed, rubric_version())
    score = score_log(program, log)
    if args.json:
        result: dict[str, Any] = {
            "scenario": scenario.id,
            "seed": args.seed,
            "ending": ending_of(log),
            "events": [to_data(event) for event in log],
            "score": score.to_data(language()),
        }
        sys.stdout.buffer.write(jsonl.to_line(result))
    else:
        show(log, score)
    return Exit.OK


def ending_of(log: Sequence[Event]) -> str:
    """The outcome in the last row of a finished log."""
    return str(getattr(log[-1], "outcome", ""))


def show(log: Sequence[Event], score: Score) -> None:
    """Print a transcript and the scorecard for a reader."""
    from kefu_sim.reception_text import scorecard, transcript

    print(transcript(log))
    print()
    print(scorecard(score, log))
