"""`kefu-sim author soak`: bots receive the buyers, on a virtual clock."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kefu_sim.base.errors import Exit
from kefu_sim.base.refusals import unwritable
from kefu_sim.cli import author_lint
from kefu_sim.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kefu_sim.author.exhaustive import Walked
    from kefu_sim.author.soak import Record, Soaked
    from kefu_sim.author.verify_subject import Finding, Subject
    from kefu_sim.cli import Commands

RUNS = 200
SECONDS = 0.01
"""That a reception takes, about."""
MOVES = 20_000
BARS = " ▁▂▃▄▅▆▇█"


def add(tools: Commands[argparse.ArgumentParser]) -> None:
    """Register the tool."""
    parser = tools.add_parser(
        "soak",
        help=tr("let bots receive the buyers and see what breaks and what nobody meets"),
        epilog=tr("Exit code: 0 nothing, 1 warnings, 2 errors."),
    )
    parser.add_argument("what", nargs="*", metavar=tr("FILE|ID"), help=tr("files, folders or ids; all without any"))
    parser.add_argument(
        "--runs",
        type=count,
        default=RUNS,
        metavar="N",
        help=tr("receptions of each scenario (default: {n})").format(n=RUNS),
    )
    parser.add_argument(
        "--seed", type=int, default=0, metavar="S", help=tr("seed of the first receptions (default: 0)")
    )
    parser.add_argument("--bot", metavar=tr("NAME"), help=tr("only this bot; `--bot list` names all"))
    parser.add_argument(
        "--transcript", action="store_true", help=tr("print what was said in each reception, and every point of it")
    )
    parser.add_argument(
        "--exhaustive",
        nargs="?",
        type=count,
        const=MOVES,
        metavar=tr("MOVES"),
        help=tr(
            "also walk every state that labels and silence can lead to, by so many moves at most (default: {n})"
        ).format(n=MOVES),
    )
    parser.add_argument("--json", metavar=tr("FILE"), help=tr("write everything to this file, - for stdout"))
    parser.add_argument(
        "--coverage", metavar=tr("FILE"), help=tr("write the coverage to this file, for `author graph`")
    )
    parser.set_defaults(run=run)


def count(text: str) -> int:
    """A number of 1 or more, for argparse."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(tr("must be 1 or more"))
    return number


def run(args: argparse.Namespace) -> int:
    """Soak the stories; what comes of each is printed in their order."""
    from kefu_sim.author.bots import BOTS
    from kefu_sim.author.subjects import look_at
    from kefu_sim.cli.author_verify import exit_code
    from kefu_sim.house import House

    if args.bot == "list":
        for name in BOTS:
            print(f"{name:<9} {about(name)}")
        return Exit.OK
    bots = chosen(args.bot)
    house, rows, found = House(), [], []
    for told, row, findings in look_at(house, args.what, partial(_one, args, bots), SECONDS * args.runs):
        print(told, end="")
        rows.append(row)
        found += findings
    if args.coverage:
        _write(args.coverage, "".join(row["coverage_line"] for row in rows))
    if args.json:
        data = [{key: value for key, value in row.items() if key != "coverage_line"} for row in rows]
        _write(args.json, json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    author_lint.where_codes_are_told(found)
    if not found:
        print(tr("Nothing to complain about."), file=sys.stderr)
    return exit_code(found)


def about(bot: str) -> str:
    """What a bot does, in the language of the interface."""
    return {
        "model": tr("says the model answer of each moment"),
        "expert": tr("knows the trade, not the model answers: words of its own"),
        "disorder": tr("says the model answers from the last to the first"),
        "lazy": tr("types the least that can be typed"),
        "slow": tr("gives good plain answers, each long after the question"),
        "silent": tr("never says a word"),
        "rude": tr("insults the buyer, now and then around a right answer"),
        "stuffer": tr("piles up courtesy words and keywords of the story"),
        "paster": tr("pastes templates, cards and lists of phrases"),
        "echoer": tr("sends the buyer's own words back"),
    }[bot]


def chosen(name: str | None) -> tuple[str, ...]:
    """The bots of a name; all without one. Raises KefuError."""
    from kefu_sim.author.bots import BOTS
    from kefu_sim.base.errors import KefuError
    from kefu_sim.scenario.names import did_you_mean

    if name is None:
        return tuple(BOTS)
    if name not in BOTS:
        raise KefuError(tr("there is no bot `{name}`").format(name=name), hint=did_you_mean(name, list(BOTS)))
    return (name,)


def _write(path: str, text: str) -> None:
    if path == "-":
        sys.stdout.write(text)
        return
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise unwritable(path, error) from None


def _one(args: argparse.Namespace, bots: Sequence[str], subject: Subject) -> tuple[str, dict[str, Any], list[Finding]]:
    """What to print about one story, its values for JSON, and what was found."""
    from kefu_sim.author.soak import Plan, soak
    from kefu_sim.author.soak_kit import kit_for
    from kefu_sim.reception_text import scorecard, transcript

    told: list[str] = []
    kit = kit_for(subject.story)
    quiet = args.json == "-"

    def show(bot: str, seed: int, log: Sequence[Any], total: float) -> None:
        head = tr("{bot}, seed {seed}: {total:.1f} points").format(bot=bot, seed=seed, total=total)
        told.extend((head, transcript(log), "", scorecard(kit.score(log), log), ""))

    shown = show if args.transcript and not quiet else None
    soaked = soak(subject, kit, Plan(args.runs, args.seed, bots), shown)
    walked = None
    if args.exhaustive:
        from kefu_sim.author.exhaustive import walk_all

        walked = walk_all(subject, args.exhaustive, soaked.coverage.counts)
    if not quiet:
        told.append(report(soaked, subject, walked))
    found = [*soaked.findings, *(walked.findings if walked else ())]
    return "".join(f"{lines}\n" for lines in told), to_data(soaked, subject, walked), found


def report(soaked: Soaked, subject: Subject, walked: Walked | None) -> str:
    """What came of one story, for reading."""
    story = subject.story
    lines = [tr("{id}: {n} receptions").format(id=story.id, n=soaked.coverage.receptions)]
    shares = soaked.coverage.shares(story)
    met = "  ".join(f"{kind_title(kind)} {met}/{there}" for kind, (met, there) in shares.items())
    lines.append("  " + tr("met: {kinds}").format(kinds=met))
    lines.append(
        "  "
        + tr("{bot:<10}{n:>6}  {low:>5} {median:>6} {high:>5}  points 0 to 100").format(
            bot=tr("bot"), n=tr("runs"), low=tr("least"), median=tr("median"), high=tr("most")
        )
    )
    lines += [f"  {name:<10}" + _figures(record) for name, record in soaked.records.items() if record.totals]
    if walked is not None:
        lines.append("  " + walked.summary)
    lines += [str(finding) for finding in (*soaked.findings, *(walked.findings if walked else ()))]
    return "\n".join(lines)


def kind_title(kind: str) -> str:
    """A kind of place in the language of the interface."""
    return {
        "node": tr("nodes"),
        "reply": tr("replies"),
        "silence": tr("silences"),
        "unclear": tr("unclear"),
        "missed": tr("promises missed"),
        "notice": tr("notices"),
        "out": tr("run out"),
        "ending": tr("endings"),
        "line": tr("wordings"),
    }[kind]


def _figures(record: Record) -> str:
    from statistics import median

    totals = record.totals
    bins = Counter(min(int(total // 10), 9) for total in totals)
    most = max(bins.values())
    bars = "".join(BARS[-(-bins[i] * (len(BARS) - 1) // most)] for i in range(10))
    return f"{len(totals):>6}  {min(totals):>5.1f} {median(totals):>6.1f} {max(totals):>5.1f}  |{bars}|"


def to_data(soaked: Soaked, subject: Subject, walked: Walked | None) -> dict[str, Any]:
    """Values for JSON."""
    from kefu_sim.cli.author_verify import finding_data

    coverage = soaked.coverage
    found = [*soaked.findings, *(walked.findings if walked else ())]
    return {
        "scenario": soaked.scenario,
        "receptions": coverage.receptions,
        "met": {kind: list(share) for kind, share in coverage.shares(subject.story).items()},
        "unmet": [place.id for place in coverage.unmet(subject.story)],
        "bots": {
            name: {"totals": record.totals, "endings": dict(record.endings), "messages": record.messages}
            for name, record in soaked.records.items()
        },
        "exhaustive": None
        if walked is None
        else {"states": walked.states, "moves": walked.moves, "capped": walked.capped},
        "findings": [finding_data(finding) for finding in found],
        "coverage_line": coverage.to_line(),
    }
