"""`kefu-sim author fairness`: whether good and bad agents are worth in a scenario what a trainer would say."""

from __future__ import annotations

import argparse
import json
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

from kefu_sim.base.errors import Exit
from kefu_sim.cli import author_lint
from kefu_sim.cli.author_soak import count
from kefu_sim.i18n import tr

if TYPE_CHECKING:
    from kefu_sim.author.fairness import Fairness
    from kefu_sim.author.verify_subject import Subject
    from kefu_sim.cli import Commands
    from kefu_sim.rulebook.bots import Gate

RECEPTIONS = 5
SECONDS = 0.5
"""That a reception of each bot takes with what is asked about it, about."""


def add(tools: Commands[argparse.ArgumentParser]) -> None:
    """Register the tool."""
    parser = tools.add_parser(
        "fairness",
        help=tr("see whether good and bad agents get the points they should"),
        epilog=tr("Exit code: 0 fair, 2 when something was found."),
    )
    parser.add_argument("what", nargs="*", metavar=tr("FILE|ID"), help=tr("files, folders or ids; all without any"))
    parser.add_argument(
        "--runs",
        type=count,
        default=RECEPTIONS,
        metavar="N",
        help=tr("receptions of each bot (default: {n})").format(n=RECEPTIONS),
    )
    parser.add_argument(
        "--seed", type=int, default=0, metavar="S", help=tr("seed of the first receptions (default: 0)")
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help=tr("form of the list (default: text)")
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Hold each scenario to the gates."""
    from kefu_sim.author.subjects import look_at
    from kefu_sim.house import House
    from kefu_sim.rulebook.bots import load_bot_words

    done: list[Fairness] = []
    for fairness in look_at(House(), args.what, partial(_examined, args.runs, args.seed), SECONDS * args.runs):
        done.append(fairness)
        if args.format == "text":
            print(report(fairness, load_bot_words().gates))
            sys.stdout.flush()
    if args.format == "json":
        print(json.dumps([to_data(fairness) for fairness in done], ensure_ascii=False, indent=2))
    else:
        author_lint.where_codes_are_told([finding for fairness in done for finding in fairness.findings])
    return Exit.OK if all(fairness.fair for fairness in done) else Exit.BAD_INPUT


def _examined(receptions: int, seed: int, subject: Subject) -> Fairness:
    from kefu_sim.author.fairness import examine
    from kefu_sim.author.soak_kit import kit_for

    return examine(subject, kit_for(subject.story), receptions=receptions, seed=seed)


def report(fairness: Fairness, gates: dict[str, Gate]) -> str:
    """What came of one story, for reading."""
    from statistics import median

    lines = [fairness.scenario]
    for name, totals in fairness.totals.items():
        gate = gates[name]
        due = f"≥ {gate.least:g}" if gate.least else f"≤ {gate.most:g}"
        mark = "✓" if min(totals) >= gate.least and max(totals) <= gate.most else "×"
        lines.append(f"  {mark} {name:<9}{min(totals):>6.1f} {median(totals):>6.1f} {max(totals):>6.1f}   {due}")
    for code, asked in fairness.asked.items():
        mark = "✓" if not any(finding.code == code for finding in fairness.findings) else "×"
        gain = fairness.worst[code] * (-1 if code == "STEP" else 1)
        what = change_title(code).format(n=asked, worst=gain or 0.0)
        lines.append(f"  {mark if code != 'READING' else ' '} {what}")
    return "\n".join([*lines, *map(str, fairness.findings)])


def change_title(code: str) -> str:
    """What was tried, with places for how often and how far it went wrong."""
    return {
        "STEP": tr("a missing step done: {n} times, never lowers the score ({worst:+.2f})"),
        "POLITE": tr("a polite word left out: {n} times, never raises it ({worst:+.2f})"),
        "LENGTH": tr("empty words added: {n} times, never raise it ({worst:+.2f})"),
        "READING": tr("a polite word left out and all read anew: {n} times, at most {worst:+.2f}"),
    }[code]


def to_data(fairness: Fairness) -> dict[str, Any]:
    """Values for JSON."""
    from kefu_sim.cli.author_verify import finding_data

    return {
        "scenario": fairness.scenario,
        "fair": fairness.fair,
        "bots": dict(fairness.totals),
        "changes": {code: {"tried": n, "worst": fairness.worst[code]} for code, n in fairness.asked.items()},
        "findings": [finding_data(finding) for finding in fairness.findings],
    }
