"""`kefu-sim` and `kefu-sim practice`: receive a buyer, full screen or line by line."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kefu_sim.base.errors import KefuError, NoTerminalError, Problem
from kefu_sim.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kefu_sim.author.trial import TrialHouse
    from kefu_sim.cli import Commands
    from kefu_sim.engine.events import Mode
    from kefu_sim.house import House

MOST_PROBLEMS = 10
"""Problems shown of one file before a session; the rest is counted."""


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("practice", help=tr("receive a buyer"))
    parser.add_argument(
        "scenario",
        nargs="?",
        help=tr("id of the buyer; `kefu-sim list` shows them; a YAML file is tried out: nothing is saved"),
    )
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--guided", action="store_true", help=tr("hints at the next step, model answers on demand"))
    mode.add_argument("--exam", action="store_true", help=tr("nothing is shown until the end, no pause"))
    parser.add_argument("--plain", action="store_true", help=tr("line by line, for pipes and screen readers"))
    parser.add_argument("--seed", type=int, help=tr("number that fixes the buyer's wordings and delays"))
    add_level(parser)
    trial = parser.add_argument_group(tr("trying a scenario out"), tr("A trial is not saved and follows its file."))
    trial.add_argument("--trial", action="store_true", help=tr("try the scenario out from its start"))
    trial.add_argument("--at", metavar=tr("NODE"), default="", help=tr("begin at this node"))
    trial.add_argument(
        "--set",
        metavar=tr("NAME=VALUE"),
        dest="settings",
        action="append",
        default=[],
        help=tr("begin with this value of a variable, for example patience=10; may be repeated"),
    )
    parser.set_defaults(run=run)


def add_level(parser: argparse.ArgumentParser) -> None:
    """Add the option for the level of difficulty."""
    parser.add_argument(
        "--level",
        type=int,
        choices=range(1, 6),
        default=0,
        help=tr("difficulty, 1 easy to 5 hard; without it every story has its own numbers"),
    )


def run(args: argparse.Namespace) -> int:
    """Receive the named buyer, or choose one on the home screen."""
    from kefu_sim.house import House

    mode: Mode = "guided" if args.guided else "exam" if args.exam else "practice"
    house = _house_of_trial(args) or House(level=args.level)
    if args.scenario is not None:
        show_problems(house.library.problems)
        house.library.get(args.scenario)
    if args.plain:
        from kefu_sim.plain import practise

        return practise(house, args.scenario, mode=mode, seed=args.seed)
    return open_screen(house, scenario=args.scenario, mode=mode, seed=args.seed)


def _house_of_trial(args: argparse.Namespace) -> House | None:
    """A house in which the scenario is tried out, when that is asked for; names the scenario by its id then."""
    named = args.scenario or ""
    if not (args.trial or args.at or args.settings or _is_file(named)):
        return None
    if not named:
        raise KefuError(tr("which scenario is to be tried out?"), hint=tr("name it: kefu-sim practice ID --at NODE"))
    from kefu_sim.author.trial import TrialHouse

    house = TrialHouse(level=args.level, what=named, at=args.at, settings=args.settings)
    args.scenario = house.story.id
    _say_trial(house)
    return house


def _say_trial(house: TrialHouse) -> None:
    """Say what a trial does not do, and how the buyer is received in earnest."""
    from kefu_sim.base.paths import as_argument
    from kefu_sim.scenario.library import scenario_folders

    print(tr("A trial of {file}: nothing is saved, nothing counts, can be disputed or comes to the inbox.").format(
        file=house.path), file=sys.stderr)  # fmt: skip
    usual = scenario_folders(house.folder)
    way = tr("In earnest: kefu-sim practice {id}")
    if not any(house.path.resolve().is_relative_to(folder.resolve()) for folder in usual):
        way = tr("In earnest: put the file into {folder}, then kefu-sim practice {id}")
    print(way.format(folder=as_argument(str(house.own_scenarios)), id=house.story.id), file=sys.stderr)


def _is_file(named: str) -> bool:
    """Whether a file or folder is named; an id may be called like one that lies about."""
    from kefu_sim.author.files import is_path
    from kefu_sim.house import House

    return is_path(named) or (bool(named) and Path(named).exists() and named not in House().library.entries)


def run_home(args: argparse.Namespace) -> int:
    """Open the home screen; the rooms behind it are loaded once it is painted."""
    del args
    return open_screen(_house)


def _house() -> House:
    from kefu_sim.house import House

    return House()


def open_screen(
    house: House | Callable[[], House],
    *,
    scenario: str | None = None,
    mode: Mode = "practice",
    seed: int | None = None,
    reception: str | None = None,
) -> int:
    """Start the full-screen program. Raises NoTerminalError without a terminal."""
    plain = f"kefu-sim practice {scenario or 'bargainer'} --plain"
    if reception is not None:
        plain = "kefu-sim resume --plain"
    need_terminal(plain)
    from kefu_sim.tui.app import run as run_app

    return run_app(house, scenario=scenario, mode=mode, seed=seed, reception=reception)


def need_terminal(plain: str) -> None:
    """Raise NoTerminalError, which names the command line by line, without a terminal that can draw a full screen."""
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):  # Textual draws on stderr
        raise NoTerminalError(
            tr("This command draws a full screen and needs a terminal."),
            hint=tr("Line by line: {command}").format(command=plain),
        )
    if os.environ.get("TERM") == "dumb":
        raise NoTerminalError(
            tr("This terminal cannot draw a full screen (TERM=dumb)."),
            hint=tr("Line by line: {command}").format(command=plain),
        )


def show_problems(found: Iterable[Problem]) -> None:
    """List what is wrong in files, the first few of each; the other files stay usable."""
    by_file: dict[str, list[Problem]] = {}
    for problem in found:
        by_file.setdefault(problem.file, []).append(problem)
    for listed in by_file.values():
        for problem in listed[:MOST_PROBLEMS]:
            print(problem, file=sys.stderr)
        more = len(listed) - MOST_PROBLEMS
        if more > 0:
            print(tr("… and {n} more in this file").format(n=more), file=sys.stderr)
