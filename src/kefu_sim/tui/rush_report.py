"""The pages of a shift's report as blocks of lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from textual.content import Content

from kefu_sim import shift_words as words
from kefu_sim.i18n import language, tr
from kefu_sim.progress.disputes import Dispute
from kefu_sim.rush.figures import Figures, Rates, Served
from kefu_sim.rush.ledger import ShiftRow
from kefu_sim.rush.pledges import Pledged
from kefu_sim.rush.report import Goal, Report, Standing
from kefu_sim.tui.disputing import dispute_lines
from kefu_sim.tui.render import Block, StyleOf, bar, fitted, indented, plain, wrapped
from kefu_sim.words import clock

_MAIN = (
    "first_reply_s", "mean_reply_s", "replied_3min", "replied_30s", "conversion", "basket", "sales", "answer_ratio",
    "satisfaction", "longest_wait_s", "promises_kept", "unanswered", "gave_up", "typing_cpm",
)  # fmt: skip
_SPEED = ("rounds", "first_reply_s", "mean_reply_s", "replied_3min", "replied_30s")
_COMPARED = ("sales", "conversion", "basket", "first_reply_s", "replied_3min", "satisfaction")
_NAMES = 26
"""Cells of the names of colleagues; figures that find no room beside them are left out."""
_LABEL = 26
"""Cells of the names of figures."""


def overview_blocks(report: Report) -> list[Block]:
    """Goals, figures, bands, what went wrong, promises and what came of them."""
    figures = [_goals(report.goals), _figures(report), _bands(report.bands)]
    return [*figures, _slips(report), _handed(report), _promised(report), _next_day(report)]


def _goals(goals: Sequence[Goal]) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        if not goals:
            return []
        page = [plain(tr("Goals"), style_of("title"))]
        for goal in goals:
            mark, style = ("–", "faint") if goal.met is None else ("✓", "good") if goal.met else ("×", "bad")
            page += indented(plain(words.goal_line(goal)), width, plain(f"  {mark} ", style_of(style)))
        return [*page, Content("")]

    return lines


def _figures(report: Report) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        counted = report.figures
        told = tr("{buyers} came, {received} were received, {sold} bought")
        head = told.format(buyers=counted.buyers, received=counted.received, sold=counted.sold)
        page = [plain(tr("Figures"), style_of("title")), plain("  " + head, style_of("muted"))]
        cells = [_cell(counted, name, style_of) for name in _MAIN]
        columns = 2 if width >= 2 * (_LABEL + 11) else 1
        for at in range(0, len(cells), columns):
            row = [fitted(cell, width // columns) for cell in cells[at : at + columns]]
            page.append(Content.assemble(*row))
        if counted.longest_wait_buyer:
            who = next((one.name for one in report.everybody if one.buyer == counted.longest_wait_buyer), "")
            what = tr("Longest kept waiting: {name}, {time}").format(
                name=who, time=words.figure("longest_wait_s", counted.longest_wait_s)
            )
            page += indented(plain(what, style_of("warn")), width, "  ")
        if told := words.busy_line(counted):
            page += indented(plain(told, style_of("warn")), width, "  ")
        return [*page, Content("")]

    return lines


def _slips(report: Report) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        style = style_of("warn" if report.slips else "text")
        page = [plain(tr("Slips under load"), style_of("title"))]
        return [*page, *indented(plain(words.slips_line(report.slips), style), width, "  "), Content("")]

    return lines


def _handed(report: Report) -> Block:
    names = {one.buyer: one.name for one in report.everybody}

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        if not report.handed:
            return []
        page = [plain(tr("Handed over"), style_of("title"))]
        for one in report.handed:
            page.append(plain("  " + names.get(one.buyer, one.buyer), style_of("strong")))
            page += indented(plain(words.handed_line(one)), width, "    ")
        return [*page, Content("")]

    return lines


def _promised(report: Report) -> Block:
    names = {one.buyer: one.name for one in report.everybody}

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        if not report.pledges:
            return []
        page = [plain(tr("What was promised"), style_of("title"))]
        page += [line for pledge in report.pledges for line in _promise(pledge, names, 0.0, width, style_of)]
        return [*page, Content("")]

    return lines


def _next_day(report: Report) -> Block:
    names = {one.buyer: one.name for one in report.everybody}

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        if not report.next_day:
            return []
        page = [plain(tr("Found out the day after"), style_of("title"))]
        for found in report.next_day:
            text = f"{names.get(found.buyer, found.buyer)}  {found.what.pick(language())}"
            page += indented(plain(text, style_of("warn")), width, plain("  × ", style_of("bad")))
        return [*page, Content("")]

    return lines


def _cell(counted: Figures, name: str, style_of: StyleOf) -> Content:
    label = fitted(plain("  " + words.figure_title(name), style_of("muted")), _LABEL)
    return Content.assemble(label, plain(words.figure(name, counted.value(name)), style_of("strong")))


def _bands(bands: Sequence[tuple[int, int | None, Rates]]) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        del width
        page = [plain(tr("By the number of open chats"), style_of("title"))]
        heads = [words.figure_head(name) for name in _SPEED]
        page.append(_columns("", heads, style_of("muted")))
        for low, high, rates in bands:
            cells = [words.figure(name, getattr(rates, name)) for name in _SPEED]
            page.append(_columns(words.band_title(low, high), cells, style_of("text")))
        return [*page, Content("")]

    return lines


def _columns(label: str, cells: Sequence[str], style: object) -> Content:
    row = [fitted(plain(cell), 12) for cell in cells]
    return Content.assemble(fitted(plain("  " + label), 15), *row).stylize(style)  # type: ignore[arg-type]


def point_blocks(report: Report, disputed: Mapping[int, Dispute] = MappingProxyType({})) -> list[Block]:
    """A heading, then every point, and why, and whether it is disputed; the total is their sum."""
    head = tr("Every point there is, and why. The total is their sum.")
    names = {one.buyer: one.name for one in report.everybody}
    blocks: list[Block] = [lambda width, style_of: [*wrapped(plain(head, style_of("muted")), width), Content("")]]
    return blocks + [_row(row, names, disputed.get(at)) for at, row in enumerate(report.score.rows)]


def _row(row: ShiftRow, names: dict[str, str], dispute: Dispute | None) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        lang = language()
        lost = row.points < 0 or row.points < row.of
        style = style_of("bad" if row.points < 0 else "warn" if lost else "good")
        figure = f"{row.points:+g}" + (f"/{row.of:g}" if row.of else "")
        page = indented(plain(row.reason.pick(lang)), width, fitted(plain(figure, style), 10))
        if row.buyer and row.t is not None:
            page.append(plain(" " * 10 + f"{clock(row.t)}  {names.get(row.buyer, row.buyer)}", style_of("faint")))
        if better := row.better.pick(lang):
            page += indented(plain(better), width, plain(" " * 10 + tr("Better") + "  ", style_of("good")))
        return [*page, *dispute_lines(dispute, width, style_of, 10), Content("")]

    return lines


def buyer_blocks(report: Report) -> list[Block]:
    """One line for each buyer."""
    return [_head, *(_buyer(number, one, report) for number, one in enumerate(report.everybody, 1))]


def _head(width: int, style_of: StyleOf) -> Sequence[Content]:
    del width
    heads = (tr("First"), tr("Longest"), tr("Rounds"), tr("Score"))
    cells = [fitted(plain(head), 9) for head in heads]
    line = Content.assemble(fitted(plain("     " + tr("Buyer")), 24), fitted(plain(tr("Outcome")), 13), *cells)
    return [line.stylize(style_of("muted"))]


def _buyer(number: int, one: Served, report: Report) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        longest = max((r.waited for r in one.rounds), default=None)
        total = report.scores[one.buyer].total
        good = one.outcome in {"sold", "kept", "later"}
        full, empty = bar(total, 0, 100, 8)
        style = "good" if total >= 85 else "warn" if total >= 60 else "bad"
        row = Content.assemble(
            fitted(plain(f"{number:>3}  ", style_of("muted")), 5),
            fitted(plain(one.name), 19),
            fitted(plain(words.outcome_title(one.outcome), style_of("good" if good else "bad")), 13),
            fitted(plain(words.figure("first_reply_s", one.first_reply_s)), 9),
            fitted(plain(words.figure("longest_wait_s", longest)), 9),
            fitted(plain(len(one.rounds)), 9),
            (f"{total:3.0f} ", style_of(style)),
            (full, style_of(style)),
            (empty, style_of("faint")),
        )
        return [fitted(row, width)]

    return lines


def promise_blocks(pledges: Sequence[Pledged], names: Mapping[str, str], now: float) -> list[Block]:
    """Every promise, those to be kept first."""
    ordered = sorted(pledges, key=lambda pledge: (pledge.status != "open", pledge.due or pledge.made))

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        if not ordered:
            return [plain(tr("Nothing has been promised."), style_of("muted"))]
        return [line for pledge in ordered for line in _promise(pledge, names, now, width, style_of)]

    return [lines]


_PLEDGED = {"open": ("◇", "accent"), "kept": ("✓", "good"), "late": ("△", "warn"), "missed": ("×", "bad")}


def _promise(pledge: Pledged, names: Mapping[str, str], now: float, width: int, style_of: StyleOf) -> Sequence[Content]:
    mark, style = _PLEDGED[pledge.status]
    when = tr("by {time}").format(time=clock(pledge.due)) if pledge.due is not None else ""
    if pledge.status == "open" and pledge.due is not None:
        left = pledge.due - now
        when += " · " + (tr("{n:.0f} s left").format(n=left) if left >= 0 else tr("{n:.0f} s over").format(n=-left))
    status = words.pledge_status(pledge.status)
    text = f"{names.get(pledge.buyer, pledge.buyer)}  {words.pledge_about(pledge)}  {when}"
    return indented(plain(text), width, fitted(plain(f"{mark} {status}", style_of(style)), 10))


def colleague_blocks(ranking: Sequence[Standing] | None) -> list[Block]:
    """Ten agents who worked the same buyers; None while they are still at it."""

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        page = [plain(tr("Ten agents, the same buyers; ranked by sales"), style_of("title"))]
        if ranking is None:
            return [*page, plain("  " + tr("The colleagues are still at work…"), style_of("muted"))]
        compared = _COMPARED[: max((width - _NAMES) // 13, 2)]
        heads = [fitted(plain(words.figure_head(name)), 13) for name in compared]
        page.append(Content.assemble(fitted(plain(""), _NAMES), *heads).stylize(style_of("muted")))
        for place, one in enumerate(ranking, 1):
            cells = [fitted(plain(words.figure(name, one.figures.value(name))), 13) for name in compared]
            label = fitted(plain(f" {'▸' if one.mine else ' '}{place:>2}  {one.name.pick(language())}"), _NAMES)
            line = fitted(Content.assemble(label, *cells), width)
            page.append(line.stylize(style_of("accent")) if one.mine else line)
        return page

    return [lines]
