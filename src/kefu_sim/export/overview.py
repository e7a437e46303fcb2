"""The tables of a document as plain cells: what Markdown and HTML have in common."""

from __future__ import annotations

from dataclasses import dataclass

from kefu_sim import shift_words
from kefu_sim.export.sheet import Chapter, Sheet, trainee_name
from kefu_sim.i18n import language, tr
from kefu_sim.progress.record import Record
from kefu_sim.progress.wording import cause_title, ending_of, result_of, step_figures
from kefu_sim.rush.figures import NAMES
from kefu_sim.rush.report import Report
from kefu_sim.scoring.ledger import DIMENSIONS
from kefu_sim.words import (
    clock,
    dimension_title,
    duration,
    mode_title,
    part_points,
    promise_outcome,
    seconds,
    step_title,
)

CAUSES = 10
"""Reasons for lost points that are told."""


@dataclass(frozen=True, slots=True)
class Table:
    """Cells that are text of anybody, not made harmless yet."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    """Columns of figures."""
    shares: tuple[float | None, ...] = ()
    """What a bar beside each row would show, 0 to 1; empty for a table without bars."""


def class_table(sheet: Sheet) -> Table:
    """The trainees of a class."""
    head = (
        tr("Trainee"), tr("Receptions"), tr("Mean"), tr("Best"), tr("Mean reply"), tr("Practised"), tr("Weakest step"),
    )  # fmt: skip
    rows = tuple(
        (trainee_name(m.name), str(m.receptions), figure(m.mean), figure(m.best), seconds(m.reply_s),
         duration(m.seconds), step_title(m.weakest.step) if m.weakest else "–")
        for m in sheet.members
    )  # fmt: skip
    return Table(tr("The class"), head, rows, frozenset((1, 2, 3, 4, 5)))


def days_table(sheet: Sheet) -> Table:
    """Scores day by day."""
    head = (tr("Day"), tr("Receptions"), tr("Mean"), tr("Best"), tr("Mean reply"))
    rows = tuple(
        (day.day, str(day.receptions), figure(day.total), figure(day.best), seconds(day.reply_s)) for day in sheet.days
    )
    return Table(tr("Scores over time"), head, rows, frozenset((1, 2, 3, 4)))


def steps_table(sheet: Sheet) -> Table:
    """How the eight steps went."""
    rows = tuple(
        (step_title(bar.step), "–" if bar.share is None else f"{bar.share:.0%}", step_figures(bar))
        for bar in sheet.steps
    )
    head = (tr("Step"), tr("Share"), tr("How often"))
    return Table(tr("Eight steps"), head, rows, frozenset((1,)), tuple(bar.share for bar in sheet.steps))


def causes_table(sheet: Sheet) -> Table:
    """What cost most."""
    rows = tuple((cause_title(one), f"{one.lost:.1f}", str(one.times)) for one in sheet.causes[:CAUSES])
    return Table(
        tr("Where the points went"), (tr("Lost by"), tr("Points lost"), tr("Receptions")), rows, frozenset((1, 2))
    )


def records_table(sheet: Sheet) -> Table:
    """Every record; the last column is its id."""
    head = (tr("When"), tr("Trainee"), tr("What"), tr("Mode"), tr("Score"), tr("Mean reply"), tr("Id"))
    rows = tuple(
        (r.started[:16].replace("T", " "), trainee_name(r.trainee), sheet.title(r), mode_title(r.mode), result_of(r),
         seconds(r.mean_reply_s), r.id)
        for r in sheet.records
    )  # fmt: skip
    return Table(tr("Records"), head, rows, frozenset((4, 5)))


def parts_table(chapter: Chapter) -> Table:
    """The dimensions of one score."""
    parts = [(dimension_title(name), chapter.score.dimensions[name]) for name in DIMENSIONS]
    rows = tuple((title, part_points(part)) for title, part in parts)
    shares = tuple(part.points / part.max if part.max else None for _, part in parts)
    return Table("", (tr("Part"), tr("Points")), rows, frozenset((1,)), shares)


def coaching_words(chapter: Chapter) -> tuple[tuple[str, str], ...]:
    """What to keep, to start and to stop, each under its title."""
    words, lang = chapter.coaching, language()
    rows = ((tr("Keep doing"), words.keep), (tr("Start doing"), words.start), (tr("Stop doing"), words.stop))
    return tuple((title, phrase.pick(lang) or "–") for title, phrase in rows)


def facts(record: Record) -> str:
    """Who, when, how, with what end, and the id."""
    told = (trainee_name(record.trainee), record.started[:16].replace("T", " "), mode_title(record.mode))
    return " · ".join(fact for fact in (*told, ending_of(record), record.id) if fact)


def vows_table(chapter: Chapter) -> Table:
    """Every promise of a reception, and what became of it."""
    head = (tr("Promise"), tr("Message"), tr("Until"), tr("Outcome"))
    rows = tuple(
        (vow.about, str(vow.turn + 1), "–" if vow.due is None else clock(vow.due), promise_outcome(vow.outcome))
        for vow in chapter.beside.vows
    )
    return Table(tr("Promises"), head, rows, frozenset((1, 2)))


def shift_tables(report: Report) -> tuple[Table, ...]:
    """A shift: its figures, its promises, its points; those that have rows."""
    tables = (_figures_table(report), _pledges_table(report), _points_table(report))
    return tuple(table for table in tables if table.rows)


def _figures_table(report: Report) -> Table:
    rows = tuple((shift_words.figure_title(n), shift_words.figure(n, report.figures.value(n))) for n in NAMES)
    return Table(tr("Figures"), (tr("Figure"), tr("Value")), rows, frozenset((1,)))


def _pledges_table(report: Report) -> Table:
    names = {one.buyer: one.name for one in report.everybody}
    rows = tuple(
        (names.get(pledge.buyer, pledge.buyer), shift_words.pledge_about(pledge), clock(pledge.made),
         "–" if pledge.due is None else clock(pledge.due), shift_words.pledge_status(pledge.status))
        for pledge in report.pledges
    )  # fmt: skip
    head = (tr("Buyer"), tr("Promise"), tr("When"), tr("Until"), tr("Outcome"))
    return Table(tr("Promises"), head, rows, frozenset((2, 3)))


def _points_table(report: Report) -> Table:
    lang = language()
    rows = tuple(
        (f"{row.points:+g}", f"{row.of:g}" if row.of else "", row.reason.pick(lang)) for row in report.score.rows
    )
    return Table(tr("Every point"), (tr("Points"), tr("Of"), tr("Reason")), rows, frozenset((0, 1)))


def figure(value: float | None) -> str:
    """A figure to one decimal."""
    return "–" if value is None else f"{value:.1f}"
