"""A document as one HTML file that needs nothing else: style and charts inside, no script, made to be printed too."""

from __future__ import annotations

from kefu_sim.export import svg
from kefu_sim.export.chapter import chapter_html, shift_html
from kefu_sim.export.grid import grid
from kefu_sim.export.neutral import for_html as esc
from kefu_sim.export.overview import Table, causes_table, class_table, figure, records_table, steps_table
from kefu_sim.export.sheet import Sheet
from kefu_sim.i18n import language, tr
from kefu_sim.words import seconds

POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(sheet: Sheet, style: str) -> str:
    """The whole document; `style` is the style sheet to put into it."""
    lang = "zh-CN" if language() == "zh" else "en"
    body = [
        f"<header><h1>{esc(sheet.heading)}</h1><p>{esc(sheet.made)} · kefu-sim</p></header>",
        _told(class_table(sheet)),
    ]
    if len(sheet.records) > 1:
        body += [_tiles(sheet), _days(sheet), _told(steps_table(sheet)), _told(causes_table(sheet))]
        body += [_told(records_table(sheet), columns=6)]
    body += [chapter_html(sheet, chapter) for chapter in sheet.chapters]
    body += [shift_html(sheet, shift) for shift in sheet.shifts]
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{esc(sheet.heading)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        + "\n".join(part for part in body if part)
        + "\n</body>\n</html>\n"
    )


def _told(table: Table, columns: int | None = None) -> str:
    """A table under its title, or its first columns; nothing without rows."""
    return _section(table.title, grid(table, columns)) if table.rows else ""


def _section(title: str, *parts: str) -> str:
    return f"<section>\n<h2>{esc(title)}</h2>\n" + "\n".join(parts) + "\n</section>"


def _tiles(sheet: Sheet) -> str:
    whole = [r for r in sheet.records if r.kind == "reception" and not r.branch_of]
    totals = [r.total for r in whole if r.total is not None]
    replies = [r.mean_reply_s for r in whole if r.mean_reply_s is not None]
    tiles = [
        (tr("Receptions"), str(len(whole))),
        (tr("Mean score"), figure(sum(totals) / len(totals) if totals else None)),
        (tr("Best"), figure(max(totals, default=None))),
        (tr("Mean reply"), esc(seconds(sum(replies) / len(replies) if replies else None))),
    ]
    return '<div class="tiles">' + "".join(f"<div><b>{value}</b>{esc(name)}</div>" for name, value in tiles) + "</div>"


def _days(sheet: Sheet) -> str:
    days = [(day.day, day.total) for day in sheet.days if day.total is not None]
    return _section(tr("Scores over time"), svg.scores(days, tr("Score, mean of each day"))) if days else ""
