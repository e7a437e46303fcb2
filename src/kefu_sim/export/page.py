"""A document as one HTML file that needs nothing else: style and charts inside, no script, made to be printed too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kefu_sim.export import svg
from kefu_sim.export.chapter import chapter_html
from kefu_sim.export.neutral import for_html as esc
from kefu_sim.export.sheet import Sheet, trainee_name
from kefu_sim.i18n import language, tr
from kefu_sim.progress.wording import cause_title, result_of, step_figures
from kefu_sim.words import duration, mode_title, seconds, step_title

CAUSES = 10
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(sheet: Sheet, style: str) -> str:
    """The whole document; `style` is the style sheet to put into it."""
    lang = "zh-CN" if language() == "zh" else "en"
    body = [f"<header><h1>{esc(sheet.heading)}</h1><p>{esc(sheet.made)} · kefu-sim</p></header>", _class(sheet)]
    if len(sheet.records) > 1:
        body += [_tiles(sheet), _days(sheet), _steps(sheet), _causes(sheet), _records(sheet)]
    body += [chapter_html(sheet, chapter) for chapter in sheet.chapters]
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{esc(sheet.heading)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        + "\n".join(part for part in body if part)
        + "\n</body>\n</html>\n"
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]], numbers: Iterable[int] = ()) -> str:
    """A table of cells that are HTML already; `numbers` are the columns set to the right."""
    right = set(numbers)
    heads = "".join(f"<th{_right(at, right)}>{esc(cell)}</th>" for at, cell in enumerate(head))
    body = "\n".join(
        "<tr>" + "".join(f"<td{_right(at, right)}>{cell}</td>" for at, cell in enumerate(row)) + "</tr>" for row in rows
    )
    return f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _right(at: int, right: set[int]) -> str:
    return ' class="n"' if at in right else ""


def _section(title: str, *parts: str) -> str:
    return f"<section>\n<h2>{esc(title)}</h2>\n" + "\n".join(parts) + "\n</section>"


def _class(sheet: Sheet) -> str:
    if not sheet.members:
        return ""
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
        (
            esc(trainee_name(m.name)), str(m.receptions), _figure(m.mean), _figure(m.best), esc(seconds(m.reply_s)),
            esc(duration(m.seconds)), esc(step_title(m.weakest.step)) if m.weakest else "–",
        )
        for m in sheet.members
    ]  # fmt: skip
    return _section(tr("The class"), table(head, rows, (1, 2, 3, 4, 5)))


def _tiles(sheet: Sheet) -> str:
    whole = [r for r in sheet.records if r.kind == "reception" and not r.branch_of]
    totals = [r.total for r in whole if r.total is not None]
    replies = [r.mean_reply_s for r in whole if r.mean_reply_s is not None]
    tiles = [
        (tr("Receptions"), str(len(whole))),
        (tr("Mean score"), _figure(sum(totals) / len(totals) if totals else None)),
        (tr("Best"), _figure(max(totals, default=None))),
        (tr("Mean reply"), esc(seconds(sum(replies) / len(replies) if replies else None))),
    ]
    return '<div class="tiles">' + "".join(f"<div><b>{value}</b>{esc(name)}</div>" for name, value in tiles) + "</div>"


def _days(sheet: Sheet) -> str:
    days = [(day.day, day.total) for day in sheet.days if day.total is not None]
    return _section(tr("Scores over time"), svg.scores(days, tr("Score, mean of each day"))) if days else ""


def _steps(sheet: Sheet) -> str:
    rows = [
        (
            esc(step_title(bar.step)),
            "" if bar.share is None else svg.bar(bar.share, step_title(bar.step)),
            "–" if bar.share is None else f"{bar.share:.0%}",
            esc(step_figures(bar)),
        )
        for bar in sheet.steps
    ]
    head = (tr("Step"), "", tr("Share"), tr("How often"))
    return _section(tr("Eight steps"), table(head, rows, (2,))) if rows else ""


def _causes(sheet: Sheet) -> str:
    rows = [(esc(cause_title(one)), f"{one.lost:.1f}", str(one.times)) for one in sheet.causes[:CAUSES]]
    head = (tr("Lost by"), tr("Points"), tr("Receptions"))
    return _section(tr("Where the points went"), table(head, rows, (1, 2))) if rows else ""


def _records(sheet: Sheet) -> str:
    head = (tr("When"), tr("Trainee"), tr("What"), tr("Mode"), tr("Score"), tr("Mean reply"))
    rows = [
        tuple(
            map(esc, (r.started[:16].replace("T", " "), trainee_name(r.trainee), sheet.title(r), mode_title(r.mode),
                      result_of(r), seconds(r.mean_reply_s)))
        )
        for r in sheet.records
    ]  # fmt: skip
    return _section(tr("Records"), table(head, rows, (4, 5)))


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
