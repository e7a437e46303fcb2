"""A document in Markdown: figures, table, then each reception with its ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kefu_sim.export.neutral import for_markdown as md
from kefu_sim.export.overview import (
    Table,
    causes_table,
    class_table,
    coaching_words,
    days_table,
    facts,
    figure,
    parts_table,
    records_table,
    shift_tables,
    steps_table,
    vows_table,
)
from kefu_sim.export.sheet import Chapter, Sheet, ShiftPart
from kefu_sim.i18n import language, tr
from kefu_sim.progress.record import Record
from kefu_sim.words import aside_line, clock, named, status_title


def markdown(sheet: Sheet) -> str:
    """The whole document."""
    lines = [f"# {md(sheet.heading)}", "", md(sheet.made), "", *_told(class_table(sheet))]
    if len(sheet.records) > 1:
        for table in (days_table(sheet), steps_table(sheet), causes_table(sheet), records_table(sheet)):
            lines += _told(table)
    for chapter in sheet.chapters:
        lines += _chapter(sheet, chapter)
    for shift in sheet.shifts:
        lines += _shift(sheet, shift)
    return "\n".join(lines).rstrip() + "\n"


def _head(level: int, title: str) -> list[str]:
    return [f"{'#' * level} {md(title)}", ""]


def _told(table: Table, level: int = 2) -> list[str]:
    """A table under its title; nothing without rows."""
    if not table.rows:
        return []
    return [*_head(level, table.title), *_table(table.head, table.rows)]


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    lines = [[md(cell) for cell in head], ["---"] * len(head), *([md(cell) for cell in row] for row in rows)]
    return ["| " + " | ".join(cells) + " |" for cells in lines] + [""]


def _title(title: str, record: Record) -> list[str]:
    return ["## " + named(md(title), figure(record.total)), "", md(facts(record)), ""]


def _shift(sheet: Sheet, shift: ShiftPart) -> list[str]:
    lines = _title(sheet.title(shift.record), shift.record)
    for table in shift_tables(shift.report):
        lines += _told(table, 3)
    for chapter in shift.chapters:
        lines += _chapter(sheet, chapter)
    return lines


def _chapter(sheet: Sheet, chapter: Chapter) -> list[str]:
    record, lang = chapter.record, language()
    lines = _title(sheet.title_of(chapter), record)
    parts = parts_table(chapter)
    lines += _table(parts.head, parts.rows)
    rows = [(mark.title.pick(lang), status_title(mark.status)) for mark in chapter.score.marks]
    lines += _table((tr("Step"), tr("Status")), rows)
    lines += [*_head(3, tr("Chat")), *_chat(chapter), "", *_told(vows_table(chapter), 3)]
    lines += [*_head(3, tr("For next time"))]
    lines += ["- " + named(md(title), md(text)) for title, text in coaching_words(chapter)]
    return [*lines, "", *_head(3, tr("Every point")), *_ledger(chapter)]


def _chat(chapter: Chapter) -> list[str]:
    lang = language()
    advice = {one.turn: one for one in chapter.coaching.replies}
    lines = _asides(chapter, -1)
    for at, turn in enumerate(chapter.turns):
        who = tr("Agent") if turn.role == "agent" else tr("Buyer")
        lines.append(f"{at + 1}. **{md(who)}** {clock(turn.t)} {md(turn.text)}")
        one = advice.get(at)
        if one is not None and (better := one.better.pick(lang)):
            told = ((tr("Better"), better), (tr("Why"), one.why.pick(lang)))
            lines += ["   - " + named(md(title), md(text)) for title, text in told]
        lines += _asides(chapter, at)
    return lines


def _ledger(chapter: Chapter) -> list[str]:
    lang = language()
    head = (tr("Points"), tr("Of"), tr("Message"), tr("Reason"))
    rows = [
        (
            f"{row.points:+g}",
            f"{row.of:g}" if row.of else "",
            "" if row.turn is None else row.turn + 1,
            row.reason.pick(lang),
        )
        for row in chapter.score.ledger
    ]
    return _table(head, rows)


def _asides(chapter: Chapter, turn: int) -> list[str]:
    """Notes, promises and notices that followed a message; indented below it."""
    told = [f"{clock(aside.event.t)} {md(aside_line(chapter.story, aside.event))}" for aside in chapter.beside.at(turn)]
    return [f"- {line}" for line in told] + [""] if turn < 0 and told else [f"   - {line}" for line in told]
