"""`kefu-sim progress`: scores and speed over time, weak steps, lost points, bests, and what to practise next."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from kefu_sim.base.errors import Exit
from kefu_sim.cli.filters import add_filters, open_records, tell_elsewhere, wanted_of
from kefu_sim.i18n import tr, trn

if TYPE_CHECKING:
    from kefu_sim.cli import Commands
    from kefu_sim.history.look import Look
    from kefu_sim.progress.days import Change

WIDTH = 60
"""Cells of the chart."""
HEIGHT = 5
CAUSES = 5
BAR = 16


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("progress", help=tr("show progress, weak steps and what to practise next"))
    parser.add_argument("--json", action="store_true", help=tr("print one JSON object"))
    add_filters(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the figures."""
    from datetime import date

    from kefu_sim.history.look import look_back
    from kefu_sim.history.titles import titles_of
    from kefu_sim.house import House

    house = House()
    wanted = wanted_of(args, house)
    open_records(house)
    look = look_back(house, wanted, date.today())  # noqa: DTZ011 (the trainee's own calendar)
    if args.json:
        print(json.dumps(to_data(look), ensure_ascii=False, indent=1))
    else:
        print("\n".join(as_lines(look, titles_of(house))))
        tell_elsewhere(house, wanted)
    return Exit.OK


def to_data(look: Look) -> dict[str, Any]:
    """All figures as plain values; times are seconds, paces characters a minute, shares 0 to 1."""
    from dataclasses import asdict

    from kefu_sim.progress.wording import advice_command, advice_reason, cause_title

    data = asdict(look)
    data |= {
        "receptions": look.receptions,
        "drills": look.drills,
        "shifts": look.shifts,
        "seconds": look.seconds,
        "steps": {bar.step.value: {**asdict(bar), "judged": bar.judged} for bar in look.steps},
        "causes": [{**cause._asdict(), "title": cause_title(cause)} for cause in look.causes],
        "advice": [{**asdict(a), "reason": advice_reason(a), "command": advice_command(a)} for a in look.advice],
    }
    return data


def as_lines(look: Look, titles: dict[str, str]) -> list[str]:
    """Lay the figures out for reading."""
    from kefu_sim.base.text import clean
    from kefu_sim.progress import wording
    from kefu_sim.words import duration, named

    who = look.wanted.trainee
    head = tr("Progress of everybody") if who is None else tr("Progress of {who}").format(who=who) if who else ""
    counted = [
        trn("{n} reception", "{n} receptions", look.receptions).format(n=look.receptions),
        trn("{n} drill", "{n} drills", look.drills).format(n=look.drills),
        *([trn("{n} shift", "{n} shifts", look.shifts).format(n=look.shifts)] if look.shifts else []),
        duration(look.seconds),
    ]
    lines = [" · ".join([*([head] if head else [tr("Progress")]), *counted]), wording.streak_line(look.streak)]
    if any(day.total is not None for day in look.days):
        lines += ["", tr("Score, mean of each day"), *_chart(look)]
    lines += ["", *_changes(look), "", *_steps(look), *_causes(look), *_bests(look, titles)]
    lines += ["", tr("Next")]
    for advice in look.advice:
        lines.append("  " + named(wording.advice_title(advice, titles), wording.advice_reason(advice)))
        lines.append(f"    {wording.advice_command(advice)}")
    if not look.advice:
        lines.append("  " + tr("nothing is weak: take an exam, or a buyer you have not met for long"))
    return [clean(line) for line, before in zip(lines, ["", *lines], strict=False) if line or before]


def _chart(look: Look) -> list[str]:
    from kefu_sim.base import chart

    days = [day for day in look.days if day.total is not None]
    columns = chart.spread([day.total or 0.0 for day in days], WIDTH)
    labels = ["100", "", " 60", "", "  0"]
    rows = chart.rows(columns, HEIGHT, 0, 100)
    lines = [f"  {label:>3} |{row}".rstrip() for label, row in zip(labels, rows, strict=True)]
    ends = days[0].day if len(days) == 1 else f"{days[0].day}{days[-1].day:>{max(len(columns) - 10, 12)}}"
    return [*lines, "      +" + "-" * len(columns), "       " + ends]


def _changes(look: Look) -> list[str]:
    rows = [
        (tr("Score, last receptions"), look.totals, "{:.1f}"),
        (tr("Mean reply time"), look.replies, tr("{:.0f} s")),
        (tr("Typing, net"), look.hands, tr("{:.0f} a minute")),
    ]
    return ["  " + _change(name, change, form) for name, change, form in rows if change.now is not None]


def _change(name: str, change: Change, form: str) -> str:
    from kefu_sim.words import named

    line = named(name, form.format(change.now))
    return line if change.before is None else line + tr(" (before: {value})").format(value=form.format(change.before))


def _steps(look: Look) -> list[str]:
    from kefu_sim.progress.wording import step_figures
    from kefu_sim.words import step_title

    if not look.window:
        return []
    lines = [trn("The eight steps in the last reception", "The eight steps in the last {n} receptions", look.window)]
    lines[0] = lines[0].format(n=look.window)
    for bar in look.steps:
        share = bar.share or 0.0
        full = round(share * BAR)
        percent = f"{share:4.0%}" if bar.share is not None else "   –"
        lines.append(
            f"  {_padded(step_title(bar.step), 10)} {'#' * full}{'.' * (BAR - full)} {percent}  {step_figures(bar)}"
        )
    return [*lines, ""]


def _causes(look: Look) -> list[str]:
    from kefu_sim.progress.wording import cause_title
    from kefu_sim.words import named

    if not look.causes:
        return []
    lines = [tr("Where the points went")]
    for cause in look.causes[:CAUSES]:
        times = tr("−{lost:.1f} points in {n} receptions").format(lost=cause.lost, n=cause.times)
        lines.append("  " + named(cause_title(cause), times))
    return [*lines, ""]


def _bests(look: Look, titles: dict[str, str]) -> list[str]:
    from kefu_sim.words import named

    best = look.bests
    rows = [
        (tr("Score"), best.total, "{:.0f}"),
        (tr("Mean reply time"), best.reply, tr("{:.0f} s")),
        (tr("Typing, net"), best.pace, tr("{:.0f} a minute")),
    ]
    found = []
    for name, one, form in rows:
        if one is not None:
            where = " · ".join([one.day, *([titles.get(one.scenario, one.scenario)] if one.scenario else [])])
            found.append(f"  {named(name, form.format(one.value))} ({where})")
    return [tr("Personal bests"), *found] if found else []


def _padded(text: str, width: int) -> str:
    from rich.cells import set_cell_size

    return set_cell_size(text, width)
