"""Gathers what a document holds from the records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from kefu_sim.base.errors import KefuError
from kefu_sim.base.paths import package_file
from kefu_sim.export.data import as_json, as_xapi
from kefu_sim.export.markdown import markdown
from kefu_sim.export.page import page
from kefu_sim.export.sheet import Chapter, Sheet, ShiftPart, aliases, members
from kefu_sim.export.tables import chat_csv, ledger_csv, records_csv
from kefu_sim.history.review import find_finished, review_of
from kefu_sim.history.shift_review import shift_part
from kefu_sim.history.titles import titles_of
from kefu_sim.house import House
from kefu_sim.i18n import tr
from kefu_sim.progress.days import by_day
from kefu_sim.progress.record import Point, Record, Wanted
from kefu_sim.progress.steps import step_bars
from kefu_sim.rulebook.progress import load_progress_rules


def sheet_of_receptions(house: House, names: Sequence[str], today: date) -> Sheet:
    """Single receptions in full. Raises KefuError when one cannot be found."""
    records = [find_finished(house, name) for name in names]
    titles = titles_of(house)
    heading = tr("Reception report")
    sheet = _figured(Sheet(heading, today.isoformat(), tuple(records), titles=titles))
    shifts = tuple(shift_part(house, record) for record in records if record.kind == "shift")
    return replace(sheet, chapters=_chapters(house, records), shifts=shifts)


def sheet_of_range(house: House, wanted: Wanted, today: date, *, details: bool) -> Sheet:
    """Everything that fits, with the figures over it; `details`: every reception in full. Raises KefuError."""
    records = house.records.rows(wanted)
    if not records:
        raise KefuError(tr("there is nothing to export"), hint=tr("`kefu-sim history` with the same options lists it"))
    who = tr("Class report") if wanted.trainee is None else wanted.trainee or tr("Progress")
    sheet = _figured(Sheet(who, today.isoformat(), tuple(records), titles=titles_of(house)))
    causes = tuple(house.records.causes(replace(wanted, kind="reception", whole=True)))
    group = tuple(members(records, load_progress_rules())) if wanted.trainee is None else ()
    full = [record for record in records if record.kind != "reception" or record.steps] if details else []
    sheet = replace(sheet, causes=causes, members=group, chapters=_chapters(house, full))
    return replace(sheet, shifts=tuple(_shifts(house, full)))


def without_names(sheet: Sheet) -> Sheet:
    """The same document with trainees called by numbers."""
    names = aliases(record.trainee for record in sheet.records)
    return replace(
        sheet,
        heading=tr("Progress") if sheet.heading in names else sheet.heading,
        records=tuple(_nameless(record, names) for record in sheet.records),
        chapters=_nameless_chapters(sheet.chapters, names),
        shifts=tuple(
            replace(one, record=_nameless(one.record, names), chapters=_nameless_chapters(one.chapters, names))
            for one in sheet.shifts
        ),
        members=tuple(replace(member, name=names[member.name]) for member in sheet.members),
    )


def document(sheet: Sheet, kind: str) -> str:
    """The text of a document."""
    if kind == "html":
        return page(sheet, package_file("data", "page.css").read_text(encoding="utf-8"))
    makers = {
        "md": markdown, "csv": records_csv, "chat": chat_csv, "ledger": ledger_csv, "json": as_json, "xapi": as_xapi,
    }  # fmt: skip
    return makers[kind](sheet)


def _shifts(house: House, records: Sequence[Record]) -> Iterator[ShiftPart]:
    """Shifts that can still be counted; of others the row must do."""
    for record in records:
        if record.kind == "shift":
            with suppress(KefuError):
                yield shift_part(house, record)


def _chapters(house: House, records: Sequence[Record]) -> tuple[Chapter, ...]:
    reviews = [review_of(house, record) for record in records if record.kind == "reception"]
    return tuple(Chapter(one.record, one.turns, one.score, one.coaching, one.beside, one.story) for one in reviews)


def _figured(sheet: Sheet) -> Sheet:
    """With the figures that come from the rows alone."""
    points = [Point(*(getattr(record, name) for name in Point._fields)) for record in reversed(sheet.records)]
    whole = [record for record in sheet.records if record.kind == "reception" and not record.branch_of]
    return replace(sheet, days=tuple(by_day(points)), steps=tuple(step_bars(whole, load_progress_rules())))


def _nameless_chapters(chapters: Sequence[Chapter], names: dict[str, str]) -> tuple[Chapter, ...]:
    return tuple(replace(one, record=_nameless(one.record, names)) for one in chapters)


def _nameless(record: Record, names: dict[str, str]) -> Record:
    return record._replace(trainee=names[record.trainee])
