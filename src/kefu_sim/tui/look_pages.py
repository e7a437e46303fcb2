"""The pages of the progress screen as blocks of lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from kefu_sim.base import chart
from kefu_sim.history.look import Look
from kefu_sim.i18n import tr, trn
from kefu_sim.progress import wording
from kefu_sim.progress.bests import Best
from kefu_sim.progress.days import Day
from kefu_sim.scoring.ledger import DIMENSIONS
from kefu_sim.tui.render import Block, StyleOf, bar, fitted, indented, merit, plain, sides, wrapped
from kefu_sim.words import dimension_title, seconds, speed, step_title

HEIGHT = 5
"""Rows of the chart of scores."""
CELLS = 14
"""Of a bar."""
CAUSES = 12
Titles = Mapping[str, str]
"""Scenario id → how it is called."""


def overview_blocks(look: Look, titles: Titles) -> list[Block]:
    """Scores over time, what to practise next, speeds, personal bests."""
    return [_scores(look), _next(look, titles), _speeds(look), _bests(look, titles)]


def _scores(look: Look) -> Block:
    days = [day for day in look.days if day.total is not None]

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        title = plain(tr("Score, mean of each day"), style_of("title"))
        if not days:
            return [title, plain("  " + tr("no reception finished yet"), style_of("muted")), Content("")]
        columns = chart.spread([day.total or 0.0 for day in days], max(width - 8, 10))
        page = [title]
        for index, row in enumerate(chart.rows(columns, HEIGHT, 0, 100)):
            label = {0: "100", 2: "60", HEIGHT - 1: "0"}.get(index, "")
            page.append(Content.assemble((f"  {label:>3} │", style_of("faint")), (row, style_of("accent"))))
        page.append(plain("      └" + "─" * len(columns), style_of("faint")))
        page.append(_ends(days, max(len(columns), 24), style_of))
        return [*page, Content("")]

    return lines


def _ends(days: Sequence[Day], width: int, style_of: StyleOf) -> Content:
    """First and last day below a chart."""
    last = days[-1].day[5:] if len(days) > 1 else ""
    return Content.assemble(
        " " * 7, sides(plain(days[0].day[5:], style_of("faint")), plain(last, style_of("faint")), width)
    )


def _speeds(look: Look) -> Block:
    rows = (
        (tr("Mean reply"), [day.reply_s for day in look.days if day.reply_s is not None], seconds),
        (tr("Typing drills"), [day.pace for day in look.days if day.pace is not None], speed),
    )

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        page = []
        for name, values, told in rows:
            if not values:
                continue
            points = chart.resampled(values, max(min(width - 36, 40), 8))
            curve = chart.sparkline(points, 0, max(points) or 1.0)
            head = fitted(plain("  " + name, style_of("muted")), 16)
            first = fitted(plain(told(values[0]) if len(values) > 1 else ""), 9)
            page.append(Content.assemble(head, first, (curve, style_of("title")), "  ", plain(told(values[-1]))))
        return [plain(tr("Speed over time"), style_of("title")), *page, Content("")] if page else []

    return lines


def _next(look: Look, titles: Titles) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        page = [plain(tr("What to practise next"), style_of("title"))]
        for number, advice in enumerate(look.advice, 1):
            key = Content.assemble("  ", plain(f" {number} ", style_of("key")), " ")
            page += indented(plain(wording.advice_title(advice, titles), style_of("strong")), width, key)
            page += indented(plain(wording.advice_reason(advice), style_of("muted")), width, " " * key.cell_length)
        if not look.advice:
            text = tr("nothing is weak: take an exam, or a buyer you have not met for long")
            page += indented(plain(text, style_of("good")), width, "  ")
        return [*page, Content("")]

    return lines


def _bests(look: Look, titles: Titles) -> Block:
    rows: list[tuple[str, Best | None, str]] = [
        (tr("Score"), look.bests.total, "{:.0f}"),
        (tr("Mean reply"), look.bests.reply, tr("{:.0f} s")),
        (tr("Typing, net"), look.bests.pace, tr("{:.0f} a minute")),
    ]

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        page = []
        for name, best, form in rows:
            if best is None:
                continue
            head = fitted(plain("  " + name, style_of("muted")), 16)
            value = fitted(plain(form.format(best.value), style_of("strong")), 12)
            where = " · ".join([best.day, *([titles.get(best.scenario, best.scenario)] if best.scenario else [])])
            page.append(Content.assemble(head, value, plain(where, style_of("muted"))).truncate(width, ellipsis=True))
        if page:
            page.append(plain("  " + wording.streak_line(look.streak), style_of("muted")))
        return [plain(tr("Personal bests"), style_of("title")), *page] if page else []

    return lines


def step_blocks(look: Look) -> list[Block]:
    """The eight steps and the parts of the score over the last receptions."""
    return [_steps(look), _shares(look)]


def _steps(look: Look) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        title = trn(
            "The eight steps in the last reception", "The eight steps in the last {n} receptions", look.window
        ).format(n=look.window)
        page = [plain(title, style_of("title"))]
        for one in look.steps:
            head = fitted(plain("  " + step_title(one.step)), 14)
            page.append(_bar(head, one.share, wording.step_figures(one), width, style_of))
        legend = tr("a late step counts half; what was not called for does not count")
        return [*page, *indented(plain(legend, style_of("faint")), width, "  "), Content("")]

    return lines


def _shares(look: Look) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        page = [plain(tr("The parts of the score"), style_of("title"))]
        for name in DIMENSIONS:
            head = fitted(plain("  " + dimension_title(name)), 24)
            page.append(_bar(head, look.shares[name], "", width, style_of))
        return page

    return lines


def _bar(head: Content, share: float | None, remark: str, width: int, style_of: StyleOf) -> Content:
    if share is None:
        return Content.assemble(head, plain(remark or tr("not judged"), style_of("faint")))
    full, empty = bar(share, 0, 1, CELLS)
    style = style_of(merit(share))
    figures = plain(f" {share:4.0%}  ")
    line = Content.assemble(head, (full, style), (empty, style_of("faint")), figures, plain(remark, style_of("muted")))
    return line.truncate(width, ellipsis=True)


def cause_blocks(look: Look) -> list[Block]:
    """Where the points went, the costliest first."""

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        title = tr("Where the points went, in the last {n} receptions").format(n=look.window)
        page = [*wrapped(plain(title, style_of("title")), width)]
        most = max((cause.lost for cause in look.causes), default=1.0)
        for cause in look.causes[:CAUSES]:
            full, empty = bar(cause.lost, 0, most, CELLS)
            lost = f"−{cause.lost:.1f}"
            head = Content.assemble("  ", (full, style_of("bad")), (empty, style_of("faint")), f" {lost:>6}  ")
            times = trn("in {n} reception", "in {n} receptions", cause.times).format(n=cause.times)
            text = Content.assemble(plain(wording.cause_title(cause)), "  ", plain(times, style_of("muted")))
            page += indented(text, width, head)
        if not look.causes:
            page.append(plain("  " + tr("no points were lost yet"), style_of("muted")))
        return page

    return [lines]
