"""A shift as lines of text: its report, and the chats of its log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kefu_sim import shift_words as words
from kefu_sim.base.text import clean
from kefu_sim.base.wrap import cell_width
from kefu_sim.engine import events as ev
from kefu_sim.i18n import language, tr
from kefu_sim.rush import events as rv
from kefu_sim.rush.figures import NAMES, Rates
from kefu_sim.rush.report import Report, Standing
from kefu_sim.rush.run import Plan, Run
from kefu_sim.words import clock


def report_text(plan: Plan, run: Run, report: Report, ranking: Sequence[Standing]) -> str:
    """Everything a trainee wants to know of a shift."""
    lines = [
        clean(words.shift_title(plan.shift)) + " · " + words.ended_line(run),
        tr("Total: {total:.0f} of 100").format(total=report.score.total),
        "",
        *_figures(report),
        *_bands(report.bands),
        *_goals(report),
        *_ledger(report),
        *_everybody(report),
        *_promises(report),
        *_handed(report),
        *_next_day(report),
        *_ranking(ranking),
    ]
    return "\n".join(lines)


def _figures(report: Report) -> Iterator[str]:
    counted = report.figures
    told = tr("{buyers} came, {received} were received, {sold} bought")
    yield told.format(buyers=counted.buyers, received=counted.received, sold=counted.sold)
    for name in (*NAMES, "typing_cpm"):
        extra = ""
        if name == "longest_wait_s" and counted.longest_wait_buyer:
            extra = "  " + _name(report, counted.longest_wait_buyer)
        yield f"  {_wide(words.figure_title(name), 24)}{words.figure(name, counted.value(name))}{extra}"
    if told := words.busy_line(counted):
        yield f"  {told}"
    yield f"  {words.slips_line(report.slips)}"


def _bands(bands: Sequence[tuple[int, int | None, Rates]]) -> Iterator[str]:
    yield from ("", tr("By the number of open chats:"))
    names = ("first_reply_s", "mean_reply_s", "replied_3min", "replied_30s")
    for low, high, rates in bands:
        cells = "  ".join(f"{words.figure_title(name)} {words.figure(name, getattr(rates, name))}" for name in names)
        yield f"  {_wide(words.band_title(low, high), 12)}{cells}"


def _goals(report: Report) -> Iterator[str]:
    if report.goals:
        yield from ("", tr("Goals:"))
    for goal in report.goals:
        mark = "–" if goal.met is None else "✓" if goal.met else "✗"
        yield f"  {mark} {words.goal_line(goal)}"


def _ledger(report: Report) -> Iterator[str]:
    yield from ("", tr("Every point, and why:"))
    lang = language()
    for row in report.score.rows:
        points = f"{row.points:+g}/{row.of:g}" if row.of else f"{row.points:+g}"
        better = tr(" Better: {text}").format(text=row.better.pick(lang)) if row.better.pick(lang) else ""
        yield clean(f"  {points}  {row.reason.pick(lang)}{better}")


def _everybody(report: Report) -> Iterator[str]:
    yield from ("", tr("Buyer by buyer:"))
    for one in report.everybody:
        longest = max((r.waited for r in one.rounds), default=0.0)
        yield (
            f"  {_wide(one.buyer, 5)}{_wide(clean(one.name), 16)}{_wide(words.outcome_title(one.outcome), 14)}"
            f"{_wide(words.figure('first_reply_s', one.first_reply_s), 10)}"
            f"{_wide(words.figure('longest_wait_s', longest), 10)}{report.scores[one.buyer].total:.0f}"
        )


def _promises(report: Report) -> Iterator[str]:
    if report.pledges:
        yield from ("", tr("Promised:"))
    for pledge in report.pledges:
        status, about = words.pledge_status(pledge.status), words.pledge_about(pledge)
        yield f"  {_wide(status, 8)}{_name(report, pledge.buyer)}  {about}"


def _handed(report: Report) -> Iterator[str]:
    if report.handed:
        yield from ("", tr("Handed over:"))
    for one in report.handed:
        yield f"  {_name(report, one.buyer)}  {words.handed_line(one)}"


def _next_day(report: Report) -> Iterator[str]:
    if report.next_day:
        yield from ("", tr("Found out the day after:"))
    for found in report.next_day:
        yield f"  {_name(report, found.buyer)}  {clean(found.what.pick(language()))}"


def _ranking(ranking: Sequence[Standing]) -> Iterator[str]:
    if ranking:
        yield from ("", tr("Ten agents, the same buyers:"))
    for place, one in enumerate(ranking, 1):
        cells = "  ".join(
            f"{words.figure_title(name)} {words.figure(name, one.figures.value(name))}"
            for name in ("sales", "conversion", "first_reply_s", "replied_3min", "satisfaction")
        )
        yield f"  {'▸' if one.mine else ' '}{place:>2}  {_wide(one.name.pick(language()), 20)}{cells}"


def _name(report: Report, buyer: str) -> str:
    return clean(next((one.name for one in report.everybody if one.buyer == buyer), buyer))


def _wide(text: str, cells: int) -> str:
    return text + " " * max(cells - cell_width(text), 1)


@dataclass(frozen=True, slots=True)
class Chat:
    """One chat of a shift, to be read."""

    number: int
    name: str
    text: str


def chats(log: Sequence[rv.Entry]) -> list[Chat]:
    """Every chat of a log, in the order of being received; nothing but the log is needed."""
    names: dict[str, str] = {}
    lines: dict[str, list[str]] = {}
    for entry in log:
        match entry.event:
            case rv.Came(buyer=buyer, name=name, tail=tail):
                names[buyer] = f"{clean(name)} {tail}"
            case ev.BuyerSaid(t=t, text=text):
                lines.setdefault(entry.buyer, []).append(clock(t) + "  " + tr("Buyer: {text}").format(text=clean(text)))
            case ev.AgentSent(t=t, text=text):
                lines.setdefault(entry.buyer, []).append(clock(t) + "  " + tr("You: {text}").format(text=clean(text)))
            case ev.Noted(t=t, text=text):
                told = tr("Order note: {text}").format(text=clean(text))
                lines.setdefault(entry.buyer, []).append(f"{clock(t)}  [{told}]")
            case ev.Ended(t=t, outcome=outcome):
                lines.setdefault(entry.buyer, []).append(f"{clock(t)}  ({words.outcome_title(outcome)})")
            case _:
                pass
    return [
        Chat(number, names.get(buyer, buyer), "\n".join(told)) for number, (buyer, told) in enumerate(lines.items(), 1)
    ]
