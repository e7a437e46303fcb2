"""A document in Markdown: figures, table, then each reception with its ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kefu_sim.export.neutral import for_markdown as md
from kefu_sim.export.sheet import Chapter, Sheet, trainee_name
from kefu_sim.i18n import language, tr
from kefu_sim.progress.wording import cause_title, ending_of, result_of, step_figures
from kefu_sim.scoring.ledger import DIMENSIONS
from kefu_sim.words import clock, dimension_title, duration, mode_title, seconds, status_title, step_title

CAUSES = 10


def markdown(sheet: Sheet) -> str:
    """The whole document."""
    lines = [f"# {md(sheet.heading)}", "", md(sheet.made), ""]
    lines += _class(sheet)
    if len(sheet.records) > 1:
        lines += [*_days(sheet), *_steps(sheet), *_causes(sheet), *_records(sheet)]
    for chapter in sheet.chapters:
        lines += _chapter(sheet, chapter)
    return "\n".join(lines).rstrip() + "\n"


def _head(level: int, title: str) -> list[str]:
    return [f"{'#' * level} {md(title)}", ""]


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    lines = [[md(cell) for cell in head], ["---"] * len(head), *([md(cell) for cell in row] for row in rows)]
    return ["| " + " | ".join(cells) + " |" for cells in lines] + [""]


def _class(sheet: Sheet) -> list[str]:
    if not sheet.members:
        return []
    head = (
        tr("Trainee"),
        tr("Receptions"),
        tr("Mean"),
        tr("Best"),
        tr("Mean reply"),
        tr("Practised"),
        tr("Weakest step"),
    )
    rows = [
        (trainee_name(m.name), m.receptions, _figure(m.mean), _figure(m.best), seconds(m.reply_s), duration(m.seconds),
         step_title(m.weakest.step) if m.weakest else "–")
        for m in sheet.members
    ]  # fmt: skip
    return [*_head(2, tr("The class")), *_table(head, rows)]


def _days(sheet: Sheet) -> list[str]:
    rows = [(d.day, d.receptions, _figure(d.total), _figure(d.best), seconds(d.reply_s)) for d in sheet.days]
    if not rows:
        return []
    head = (tr("Day"), tr("Receptions"), tr("Mean"), tr("Best"), tr("Mean reply"))
    return [*_head(2, tr("Scores over time")), *_table(head, rows)]


def _steps(sheet: Sheet) -> list[str]:
    rows = [(step_title(b.step), "–" if b.share is None else f"{b.share:.0%}", step_figures(b)) for b in sheet.steps]
    if not rows:
        return []
    return [*_head(2, tr("Eight steps")), *_table((tr("Step"), tr("Share"), tr("How often")), rows)]


def _causes(sheet: Sheet) -> list[str]:
    rows = [(cause_title(cause), f"{cause.lost:.1f}", cause.times) for cause in sheet.causes[:CAUSES]]
    if not rows:
        return []
    head = (tr("Lost by"), tr("Points"), tr("Receptions"))
    return [*_head(2, tr("Where the points went")), *_table(head, rows)]


def _records(sheet: Sheet) -> list[str]:
    head = (tr("When"), tr("Trainee"), tr("What"), tr("Mode"), tr("Score"), tr("Mean reply"), tr("Id"))
    rows = [
        (r.started[:16].replace("T", " "), trainee_name(r.trainee), sheet.title(r), mode_title(r.mode), result_of(r),
         seconds(r.mean_reply_s), r.id)
        for r in sheet.records
    ]  # fmt: skip
    return [*_head(2, tr("Records")), *_table(head, rows)]


def _chapter(sheet: Sheet, chapter: Chapter) -> list[str]:
    record, lang = chapter.record, language()
    facts = [trainee_name(record.trainee), record.started[:16].replace("T", " "), mode_title(record.mode)]
    facts += [ending_of(record), record.id]
    lines = [f"## {md(sheet.title(record))}: {_figure(chapter.score.total)}", "", md(" · ".join(facts)), ""]
    parts = [(dimension_title(n), chapter.score.dimensions[n]) for n in DIMENSIONS]
    rows = [(name, f"{p.points:.1f} / {round(p.max, 1):g}" if p.max else tr("not judged")) for name, p in parts]
    lines += _table((tr("Part"), tr("Points")), rows)
    rows = [(mark.title.pick(lang), status_title(mark.status)) for mark in chapter.score.marks]
    lines += _table((tr("Step"), tr("Status")), rows)
    advice = {one.turn: one for one in chapter.coaching.replies}
    lines += _head(3, tr("Chat"))
    for at, turn in enumerate(chapter.turns):
        who = tr("Agent") if turn.role == "agent" else tr("Buyer")
        lines.append(f"{at + 1}. **{md(who)}** {clock(turn.t)} {md(turn.text)}")
        one = advice.get(at)
        if one is not None and (better := one.better.pick(lang)):
            told = ((tr("Better"), better), (tr("Why"), one.why.pick(lang)))
            lines += [f"   - {md(title)}: {md(text)}" for title, text in told]
    lines += ["", *_head(3, tr("For next time"))]
    words = chapter.coaching
    for title, phrase in (
        (tr("Keep doing"), words.keep),
        (tr("Start doing"), words.start),
        (tr("Stop doing"), words.stop),
    ):
        lines.append(f"- {md(title)}: {md(phrase.pick(lang) or '–')}")
    lines += ["", *_head(3, tr("Every point"))]
    head = (tr("Points"), tr("Of"), tr("Message"), tr("Reason"))
    ledger = [
        (
            f"{row.points:+g}",
            f"{row.of:g}" if row.of else "",
            "" if row.turn is None else row.turn + 1,
            row.reason.pick(lang),
        )
        for row in chapter.score.ledger
    ]
    return [*lines, *_table(head, ledger)]


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
