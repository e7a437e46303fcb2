"""The pages of the scorecard as blocks of lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from kefu_sim.base.text import within_clause
from kefu_sim.engine import events as ev
from kefu_sim.engine.program import Program
from kefu_sim.i18n import Lang, tr
from kefu_sim.progress.disputes import Dispute
from kefu_sim.scores import debrief
from kefu_sim.scoring.coaching import Advice, Coaching
from kefu_sim.scoring.ledger import DIMENSIONS, Row, Score, StepMark
from kefu_sim.tui.disputing import area, dispute_lines, figure
from kefu_sim.tui.render import Block, StyleOf, bar, fitted, indented, merit, plain, sides, wrapped
from kefu_sim.words import clock, dimension_title, part_points, seconds, speed, status_title

if TYPE_CHECKING:
    from kefu_sim.play import Play

Disputed = Mapping[int, Dispute]
"""Index of a row of the ledger → its dispute."""

POINTS = 10
"""Cells of the points of a row: `+14.75/15` and a blank."""

STATUS_MARKS = {"done": "✓", "late": "△", "missing": "×", "not_judged": "–"}
STATUS_STYLES = {"done": "good", "late": "warn", "missing": "bad", "not_judged": "faint"}


@dataclass(frozen=True, slots=True)
class Said:
    """One message."""

    mine: bool
    t: float
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that the pages show."""

    score: Score
    coaching: Coaching
    turns: tuple[Said, ...]
    """As the ledger counts them."""
    lang: Lang


def report_of(play: Play, lang: Lang) -> Report:
    """Score a reception and gather its words."""
    return report_of_log(play.session.program, play.session.log, lang)


def report_of_log(program: Program, log: Sequence[ev.Event], lang: Lang) -> Report:
    """Score a log and gather its words."""
    turns = tuple(
        Said(isinstance(event, ev.AgentSent), event.t, event.text)
        for event in log
        if isinstance(event, ev.BuyerSaid | ev.AgentSent)
    )
    score, coaching = debrief(program, log)
    return Report(score, coaching, turns, lang)


def overview_blocks(report: Report) -> list[Block]:
    """The six dimensions, the steps in time, what to keep, start and stop, the figures."""
    return [_dimensions(report), _steps(report), *_lists(report), _resolutions(report), _figures(report)]


def _lists(report: Report) -> list[Block]:
    """The same reception held against other lists of stages; none for flows without."""

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        page = [plain(tr("By other lists"), style_of("title"))]
        for held in report.score.lists:
            count = plain(f"  {held.title.pick(report.lang)}  {held.reached}/{len(held.stages)}")
            missed = [stage.title.pick(report.lang) for stage in held.stages if stage.turn is None]
            page.append(count)
            if missed:
                head = plain("    " + STATUS_MARKS["missing"] + " ", style_of("bad"))
                page += indented(
                    plain(("、" if report.lang == "zh" else "; ").join(missed), style_of("muted")), width, head
                )
        return [*page, Content("")]

    return [lines] if report.score.lists else []


def _steps(report: Report) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        page = [plain(tr("The steps"), style_of("title"))]
        page += [_step(mark, report, width, style_of) for mark in report.score.marks]
        legend = "  ".join(f"{STATUS_MARKS[s]} {status_title(s)}" for s in STATUS_MARKS)
        return [*page, plain("  " + legend, style_of("faint")), Content("")]

    return lines


def _step(mark: StepMark, report: Report, width: int, style_of: StyleOf) -> Content:
    style = style_of(STATUS_STYLES[mark.status])
    title = fitted(plain(mark.title.pick(report.lang)), 12)
    status = fitted(plain(status_title(mark.status), style), 8)
    head = Content.assemble((f"  {STATUS_MARKS[mark.status]} ", style), title, status)
    points = plain(f"{mark.points:.2g}/{mark.of:g}" if mark.of else "", style_of("muted"))
    room = width - head.cell_length - points.cell_length - 2
    quote = Content("")
    if mark.turn is not None and mark.turn < len(report.turns):
        said = report.turns[mark.turn]
        text = " ".join(said.text.split())
        quote = Content.assemble((clock(said.t), style_of("faint")), " ", plain(text)).truncate(room, ellipsis=True)
    return sides(Content.assemble(head, quote), points, width)


def _dimensions(report: Report) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        page = [plain(tr("The 100 points"), style_of("title"))]
        for name in DIMENSIONS:
            part = report.score.dimensions[name]
            label = fitted(plain("  " + dimension_title(name)), 24)
            if not part.max:
                page.append(Content.assemble(label, (tr("not judged"), style_of("faint"))))
                continue
            full, empty = bar(part.points, 0, part.max, 12)
            style = style_of(merit(part.points / part.max))
            page.append(Content.assemble(label, (full, style), (empty, style_of("faint")), "  ", part_points(part)))
        over = [row for row in report.score.ledger if row.dimension is None and row.points]
        for row in over:
            label = plain(f"  {row.points:+g}  ", style_of("warn"))
            page += indented(plain(row.reason.pick(report.lang)), width, label)
        return [*page, Content("")]

    return lines


def _resolutions(report: Report) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        coaching = report.coaching
        rows = [
            (tr("Keep doing"), coaching.keep, "good"),
            (tr("Start doing"), coaching.start, "warn"),
            (tr("Stop doing"), coaching.stop, "bad"),
        ]
        page = [plain(tr("For next time"), style_of("title"))]
        for title, phrase, style in rows:
            if text := phrase.pick(report.lang):
                page += indented(plain(text), width, fitted(plain(f"  {title}", style_of(style)), 15))
        return [*page, Content("")] if len(page) > 1 else []

    return lines


def _figures(report: Report) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        del width
        m = report.score.metrics
        rows = [
            (tr("First reply"), seconds(m.first_reply_s)),
            (tr("Mean reply"), seconds(m.mean_reply_s)),
            (tr("Longest reply"), seconds(m.max_reply_s)),
            (tr("Answered within 30 s"), f"{m.rounds_within_30s}/{m.rounds}"),
            (tr("Answered within 3 min"), f"{m.rounds_within_180s}/{m.rounds}"),
            (tr("Typing"), speed(m.typing_cpm)),
        ]
        page = [plain(tr("Figures"), style_of("title"))]
        page += [Content.assemble(fitted(plain("  " + name, style_of("muted")), 24), value) for name, value in rows]
        return page

    return lines


def ledger_blocks(report: Report, disputed: Disputed = MappingProxyType({}), head: str = "") -> list[Block]:
    """A heading, then every row: points, rule, the words, a better wording, and whether it is disputed.

    `head`: the heading where it is not the ledger of a whole reception.
    """
    head = head or tr("Every point there is, and why. The total is their sum.")
    ledger = report.score.ledger
    widest = max((plain(area(row)).cell_length for row in ledger), default=0)
    rows = [_row(row, report, disputed.get(i), widest + 2) for i, row in enumerate(ledger)]
    return [lambda width, style_of: [*wrapped(plain(head, style_of("muted")), width), Content("")], *rows]


def _row(row: Row, report: Report, dispute: Dispute | None, room: int) -> Block:
    """`room`: cells for what part of the score a row belongs to."""

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        lost = row.points < 0 or row.points < row.of
        style = style_of("bad" if row.points < 0 else "warn" if lost else "good")
        label = Content.assemble(
            fitted(plain(figure(row), style), POINTS), fitted(plain(area(row), style_of("muted")), room)
        )
        page = indented(plain(row.reason.pick(report.lang)), width, label)
        page += _cause(row, report, width, style_of)
        better = row.better.pick(report.lang)
        if better:
            page += indented(plain(better), width, plain(" " * POINTS + tr("Better") + "  ", style_of("good")))
        page += dispute_lines(dispute, width, style_of, POINTS)
        return [*page, Content("")]

    return lines


def _cause(row: Row, report: Report, width: int, style_of: StyleOf) -> list[Content]:
    if row.turn is None or row.turn >= len(report.turns):
        return []
    said = report.turns[row.turn]
    before, words, behind = within_clause(said.text, *row.span) if row.span else ("", said.text, "")
    short = " ".join(words.split())
    head = tr("message {n}").format(n=row.turn + 1)
    label = plain(" " * POINTS + head + "  ", style_of("faint"))
    around = style_of("muted")
    quote = Content.assemble(
        "“", plain(before, around), plain(f"{short[:120]}{'…' if len(short) > 120 else ''}"), plain(behind, around), "”"
    )
    return indented(quote, width, label)


def reply_blocks(report: Report, disputed: Disputed = MappingProxyType({})) -> list[Block]:
    """The conversation, and under each reply what could be better and why; a block for each turn."""
    advice = {item.turn: item for item in report.coaching.replies}
    blocks = []
    for index, said in enumerate(report.turns):
        rows = [one for at, one in disputed.items() if report.score.ledger[at].turn == index]
        blocks.append(_turn(said, advice.get(index), report, rows))
    return blocks


def _turn(said: Said, advice: Advice | None, report: Report, disputes: Sequence[Dispute]) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        time = f"{clock(said.t)} "
        if not said.mine:
            label = _label(time + tr("Buyer"), style_of("buyer"))
            page = indented(plain(said.text, style_of("muted")), width, label)
            return [*page, *_disputed(disputes, report, width, style_of)]
        page = indented(plain(said.text), width, _label(time + tr("You said"), style_of("agent")))
        if advice is not None and (better := advice.better.pick(report.lang)):
            page += indented(plain(better), width, _label(" " * 6 + tr("Better"), style_of("good")))
        if advice is not None and (why := advice.why.pick(report.lang)):
            page += indented(plain(why, style_of("muted")), width, _label(" " * 6 + tr("Why"), style_of("muted")))
        page += _disputed(disputes, report, width, style_of)
        return [*page, Content("")]

    return lines


def _disputed(disputes: Sequence[Dispute], report: Report, width: int, style_of: StyleOf) -> list[Content]:
    label = plain(" " * 6 + tr("! disputed") + "  ", style_of("warn"))
    reasons = [one.reason_zh if report.lang == "zh" else one.reason_en for one in disputes]
    return [line for reason in reasons for line in indented(plain(reason, style_of("muted")), width, label)]


def _label(text: str, style: Style) -> Content:
    return fitted(plain(text, style), 14)
