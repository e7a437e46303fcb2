"""The pages of a finished drill: verdict, speed curve, bill, phrases."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from kefu_sim import drill_words as words
from kefu_sim.base.chart import block, resampled, smoothed
from kefu_sim.drill.measure import Figures
from kefu_sim.drill.phrases import Phrase
from kefu_sim.drill.standards import Standards, phrase_goal
from kefu_sim.drills import Report
from kefu_sim.i18n import tr
from kefu_sim.tui.render import Block, StyleOf, fitted, indented, plain, sides, wrapped

HEIGHT = 6
"""Rows of the speed curve."""
SMOOTH = 3
"""Seconds that a point of the curve is the mean of: single seconds flicker."""
WORST_SHOWN = 8


def blocks(report: Report, standards: Standards) -> list[Block]:
    """The whole page."""
    found = [_verdict(report, standards.record_least), _curve(report, standards), _bill(report)]
    silent = report.figures.per_commit is None and not report.next  # nothing was typed: no goal was met either
    return found if silent else [*found, _phrases(report), _next(report)]


def _verdict(report: Report, least: int) -> Block:
    found = report.figures

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        good = found.counts and found.net >= report.opened.target
        style = "good" if good else "bad" if found.counts and found.level is None else "warn"
        page = [plain(words.verdict(found, report.opened.target), style_of(style)).stylize("bold")]
        best = words.best_line(report.before, found.net, record=report.record, counts=found.counts)
        page.append(plain(best, style_of("accent" if report.record else "muted")))
        if why := words.why_no_level(found, least):
            page += wrapped(plain(why, style_of("warn")), width)
        page += wrapped(plain(words.error_line(found)), width)
        page.append(plain(_commits(found), style_of("muted")))
        page.append(plain(words.grade_line(report.opened.mode), style_of("muted")))
        if report.latin:
            page.append(plain(words.words_a_minute(found.net), style_of("muted")))
        return [*page, Content("")]

    return lines


def _commits(found: Figures) -> str:
    if found.per_commit is None:
        return tr("nothing was typed")
    line = tr("{n} commits, {mean:.1f} characters each, {share:.0f}% of several characters")
    return line.format(n=found.commits, mean=found.per_commit, share=found.phrases or 0.0)


def _curve(report: Report, standards: Standards) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        title = plain(tr("Speed, characters a minute"), style_of("title"))
        points = resampled(smoothed(report.curve, SMOOTH), min(width - 8, 100))
        if not points:
            return []
        levels, target = standards.levels.speeds(), report.opened.target
        faint = style_of("faint")

        def cell(point: float, low: float, high: float, *, lined: bool) -> Content:
            if point <= low and lined:
                return plain("┈", faint)
            style = "good" if point >= target else "title" if point >= levels[0] else "warn"
            return plain(block(point, low, high), style_of(style))

        top = max(*points, levels[-1] * 1.15)
        page = [title]
        for row in range(HEIGHT, 0, -1):
            low, high = top * (row - 1) / HEIGHT, top * row / HEIGHT
            here = [speed for speed in levels if low <= speed < high]
            level = target if target in here else here[0] if here else None
            label = plain(f"{level:>5} ┤" if level else "      │", style_of("accent" if level else "faint"))
            page.append(Content.assemble(label, *(cell(p, low, high, lined=level is not None) for p in points)))
        begin, end = (tr("{s:.0f} s").format(s=s) for s in (0, report.figures.elapsed))
        page.append(plain("      └" + "─" * len(points), style_of("faint")))
        page.append(
            sides(plain("       " + begin, style_of("faint")), plain(end, style_of("faint")), 7 + max(len(points), 12))
        )
        return [*page, Content("")]

    return lines


def _bill(report: Report) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        page = [plain(tr("Speed bill: what it cost, characters a minute"), style_of("title"))]
        for row in report.bill:
            lost = row.lost >= 0.05
            label = fitted(plain(f"  {words.reason_title(row.reason)}"), 20)
            cost = f"{-row.lost:6.1f}".replace("-", "−") if lost else "     –"
            figure = plain(cost, style_of("bad" if lost else "muted"))
            detail = plain("   " + words.loss_line(row), style_of("text" if lost else "muted"))
            page += indented(Content.assemble(fitted(figure, 8), detail), width, label)
        return [*page, Content("")]

    return lines


def _phrases(report: Report) -> Block:
    goal = phrase_goal(report.opened.target)

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        heads = (
            (tr("Slow phrases (goal {ms:.0f} ms a character)").format(ms=goal), report.slow),
            (tr("Wrong phrases"), report.wrong),
        )
        page: list[Content] = []
        for title, found in heads:
            if not found:
                continue
            page.append(plain(title, style_of("title")))
            page += [_phrase_line(p, goal, width, style_of) for p in found[:WORST_SHOWN]]
            if len(found) > WORST_SHOWN:
                page.append(plain("  " + tr("… and {n} more").format(n=len(found) - WORST_SHOWN), style_of("muted")))
            page.append(Content(""))
        return page

    return lines


def _phrase_line(phrase: Phrase, goal: float, width: int, style_of: StyleOf) -> Content:
    pace = plain(f"{phrase.ms:5.0f} ms", style_of("warn" if phrase.ms > goal else "text"))
    sign = plain(f" ×{phrase.errors}" if phrase.errors else "   ", style_of("bad"))
    left = Content.assemble(
        fitted(Content.assemble("  ", plain(phrase.text, style_of("strong"))), 20), pace, sign, "  "
    )
    return Content.assemble(left, plain(phrase.sentence, style_of("muted"))).truncate(width, ellipsis=True)


def _next(report: Report) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        if not report.next:
            text = tr("No phrase is waiting to be practised: all beat their goal.")
            return wrapped(plain(text, style_of("good")), width)
        title = plain(tr("Next: your worst phrases (F2)"), style_of("title"))
        goal = phrase_goal(report.opened.target)
        return [title, *(_phrase_line(phrase, goal, width, style_of) for phrase in report.next)]

    return lines
