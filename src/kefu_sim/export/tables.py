"""Tables for spreadsheets: CSV with a byte order mark and CRLF, as Excel wants it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from kefu_sim.export.neutral import for_cell
from kefu_sim.export.sheet import Chapter, Sheet
from kefu_sim.i18n import language, tr
from kefu_sim.language.verdict import STEPS
from kefu_sim.scoring.ledger import DIMENSIONS
from kefu_sim.words import aside_line, dimension_title, kind_title, mode_title, outcome_title, status_title, step_title

BOM = "\ufeff"


def records_csv(sheet: Sheet) -> str:
    """One row for each record."""
    head = [tr("Id"), tr("Kind"), tr("Trainee"), tr("Buyer"), tr("Mode"), tr("Seed"), tr("Started"), tr("Ended"),
            tr("Active seconds"), tr("Outcome"), tr("Total"), tr("First reply, s"), tr("Mean reply, s"),
            tr("Characters a minute"), *(step_title(step) for step in STEPS),
            *(tr("{part}, %").format(part=dimension_title(name)) for name in DIMENSIONS), tr("Rubric"),
            tr("Re-entered")]  # fmt: skip
    rows = []
    for r in sheet.records:
        statuses = r.statuses
        shares = [getattr(r, name) for name in DIMENSIONS]
        rows.append([
            r.id, kind_title(r.kind), r.trainee, sheet.title(r), mode_title(r.mode), r.seed, r.started, r.ended,
            r.seconds, outcome_title(r.outcome) if r.kind == "reception" else r.outcome, r.total, r.first_reply_s,
            r.mean_reply_s, r.pace, *(status_title(statuses[step]) if step in statuses else "" for step in STEPS),
            *(None if share is None else round(share * 100, 1) for share in shares), r.rubric, r.branch_of,
        ])  # fmt: skip
    return table([head, *rows])


def ledger_csv(sheet: Sheet) -> str:
    """One row for each row of a ledger."""
    lang = language()
    head = [tr("Id"), tr("Trainee"), tr("Message"), tr("Said"), tr("Part"), tr("Rule"), tr("Points"), tr("Of"),
            tr("Reason"), tr("Better")]  # fmt: skip
    rows = []
    for chapter in sheet.every_chapter:
        for row in chapter.score.ledger:
            said = chapter.turns[row.turn].text if row.turn is not None and row.turn < len(chapter.turns) else ""
            rows.append([
                chapter.record.id, chapter.record.trainee, None if row.turn is None else row.turn + 1, said,
                dimension_title(row.dimension) if row.dimension else tr("Whole score"), row.rule, row.points, row.of,
                row.reason.pick(lang), row.better.pick(lang),
            ])  # fmt: skip
    return table([head, *rows])


def chat_csv(sheet: Sheet) -> str:
    """One row for each message, note, promise and notice of each reception, in the order of time."""
    head = [tr("Id"), tr("Trainee"), tr("Message"), tr("Seconds"), tr("Speaker"), tr("Text"), tr("Points lost")]
    return table([head, *(row for chapter in sheet.every_chapter for row in _said(chapter))])


def _said(chapter: Chapter) -> Iterator[list[object]]:
    whose = [chapter.record.id, chapter.record.trainee]
    yield from _beside(chapter, whose, -1)
    for at, turn in enumerate(chapter.turns):
        lost = round(sum(row.lost for row in chapter.score.ledger if row.turn == at), 2)
        who = tr("Agent") if turn.role == "agent" else tr("Buyer")
        yield [*whose, at + 1, turn.t, who, turn.text, lost]
        yield from _beside(chapter, whose, at)


def _beside(chapter: Chapter, whose: list[str], turn: int) -> Iterator[list[object]]:
    for aside in chapter.beside.at(turn):
        yield [*whose, None, aside.event.t, "", aside_line(chapter.story, aside.event), None]


def table(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV, made harmless."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in rows:
        writer.writerow([for_cell(value) for value in row])
    return BOM + buffer.getvalue()
