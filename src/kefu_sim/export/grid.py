"""Tables of HTML."""

from __future__ import annotations

from kefu_sim.export import svg
from kefu_sim.export.neutral import for_html as esc
from kefu_sim.export.overview import Table


def grid(table: Table, columns: int | None = None) -> str:
    """A table, or its first columns, with a bar behind the first one where it has shares."""
    heads = _cells("th", table.head[:columns], table)
    rows = [_row(table, at, columns) for at in range(len(table.rows))]
    return f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody>\n</table>"


def _row(table: Table, at: int, columns: int | None) -> str:
    cells = table.rows[at][:columns]
    share = table.shares[at] if table.shares else None
    return f"<tr>{_cells('td', cells, table, '' if share is None else svg.bar(share, cells[0]))}</tr>"


def _cells(tag: str, cells: tuple[str, ...], table: Table, chart: str = "") -> str:
    right = [' class="n"' if at in table.numbers else "" for at in range(len(cells))]
    made = [f"<{tag}{kind}>{esc(cell)}</{tag}>" for cell, kind in zip(cells, right, strict=True)]
    if table.shares:
        made.insert(1, f"<{tag}>{chart}</{tag}>")
    return "".join(made)
