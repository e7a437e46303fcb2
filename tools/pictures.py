"""A running Textual screen as SVG, each character set on its own cell.

Textual's own export relies on `textLength`, which many viewers ignore, and on a font whose wide characters are twice
as wide as its narrow ones; here the picture looks the same with any font. Frames are drawn, not typeset.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from rich.cells import cell_len, split_graphemes
from rich.terminal_theme import DIMMED_MONOKAI

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.segment import Segment
    from rich.style import Style
    from textual.app import App

CELL, ROW, PAD = 8.0, 20.0, 14.0
SIZE = 2 * CELL
"""A wide character of a CJK monospace font is one em, a narrow one half of it."""
FONT = "'Sarasa Mono SC','Noto Sans Mono CJK SC','Microsoft YaHei Mono','PingFang SC',monospace"
_BLOCKS = " ▁▂▃▄▅▆▇█"
_ARMS = {
    "─": "lr", "│": "tb", "╭": "rb", "╮": "lb", "╰": "rt", "╯": "lt", "┌": "rb", "┐": "lb", "└": "rt", "┘": "lt",
    "├": "trb", "┤": "tlb", "┬": "lrb", "┴": "lrt", "┼": "lrtb",
}  # fmt: skip
_HEAVY = {
    "━": "lr", "┃": "tb", "┏": "rb", "┓": "lb", "┗": "rt", "┛": "lt", "┣": "trb", "┫": "tlb", "┳": "lrb", "┻": "lrt",
    "╋": "lrtb", "╸": "l", "╺": "r", "╹": "t", "╻": "b",
}  # fmt: skip


def screen_svg(app: App[Any]) -> str:
    """The screen of an app as an SVG document."""
    strips = app.screen._compositor.render_strips()  # noqa: SLF001 (what App.export_screenshot draws from)
    columns, rows = app.size
    width, height = columns * CELL + 2 * PAD, rows * ROW + 2 * PAD
    ground = _ground(strips[len(strips) // 2])
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.1f} {height:.1f}" width="{width:.0f}">',
        f'<rect width="100%" height="100%" rx="10" fill="{ground}"/>',
        f'<g font-family="{FONT}" font-size="{SIZE}" xml:space="preserve">',
    ]
    for row, strip in enumerate(strips):
        out.extend(_row(strip, PAD + row * ROW))
    return "\n".join([*out, "</g></svg>\n"])


def _row(strip: Iterable[Segment], top: float) -> list[str]:
    out: list[str] = []
    letters: list[str] = []
    column = 0
    for segment in strip:
        style, text = segment.style, segment.text
        ink, ground = _colours(style)
        cells = cell_len(text)
        if ground:
            x, wide = PAD + column * CELL, cells * CELL
            out.append(_box(x, top, wide + 0.3, ROW + 0.3, ground))
        letters.extend(_letters(text, column, top, ink, style))
        column += cells
    return out + letters


def _letters(text: str, column: int, top: float, ink: str, style: Style | None) -> list[str]:
    out: list[str] = []
    run: list[tuple[float, str]] = []
    for start, end, cells in split_graphemes(text)[0]:
        char, x = text[start:end], PAD + column * CELL
        column += cells
        drawn = _drawn(char, cells, x, top, ink)
        if drawn is None and char.strip():
            run.append((x, char))
            continue
        out.extend(_typeset(run, top, ink, style))
        run = []
        if drawn is not None:
            out.append(drawn)
    return out + _typeset(run, top, ink, style)


def _typeset(run: list[tuple[float, str]], top: float, ink: str, style: Style | None) -> list[str]:
    """One piece of text without blanks, each character at its place."""
    if not run:
        return []
    weight = ' font-weight="bold"' if style is not None and style.bold else ""
    under = ' text-decoration="underline"' if style is not None and style.underline else ""
    places = " ".join(f"{x:.1f}" for x, char in run for _ in char)
    text = escape("".join(char for _, char in run))
    return [f'<text x="{places}" y="{top + ROW * 0.77:.1f}" fill="{ink}"{weight}{under}>{text}</text>']


def _drawn(char: str, cells: int, x: float, top: float, ink: str) -> str | None:
    """Characters that fonts do not agree on: frames, bars, marks of one cell."""
    if char in _ARMS:
        return _frame(_ARMS[char], x, top, ink)
    if char in _HEAVY:
        return _frame(_HEAVY[char], x, top, ink, 2.6)
    if char in _BLOCKS and char != " ":
        share = _BLOCKS.index(char) / 8
        return _box(x, top + ROW * (1 - share), CELL, ROW * share, ink)
    if char in "▰▱":
        paint = f'fill="{ink}"' if char == "▰" else f'fill="none" stroke="{ink}"'
        left, wide = x + 0.8, CELL - 1.6
        return f'<rect x="{left:.1f}" y="{top + 6:.1f}" width="{wide:.1f}" height="8" rx="1" {paint}/>'
    if cells == 1 and (char > "\u2000" or char in "×·") and char.strip():
        middle = f'x="{x + CELL / 2:.1f}" y="{top + ROW * 0.72:.1f}"'
        return f'<text {middle} fill="{ink}" font-size="{SIZE * 0.7:.1f}" text-anchor="middle">{escape(char)}</text>'
    return None


def _box(x: float, top: float, width: float, height: float, ink: str) -> str:
    return f'<rect x="{x:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{ink}"/>'


def _frame(arms: str, x: float, top: float, ink: str, weight: float = 1.0) -> str:
    cx, cy = x + CELL / 2, top + ROW / 2
    ends = {"l": (x, cy), "r": (x + CELL, cy), "t": (cx, top), "b": (cx, top + ROW)}
    if weight == 1.0 and len(arms) == 2 and arms not in {"lr", "tb"}:
        (ax, ay), (bx, by) = (ends[arm] for arm in arms)
        path = f"M{ax:.1f} {ay:.1f}Q{cx:.1f} {cy:.1f} {bx:.1f} {by:.1f}"
    else:
        path = "".join(f"M{cx:.1f} {cy:.1f}L{ends[arm][0]:.1f} {ends[arm][1]:.1f}" for arm in arms)
    return f'<path d="{path}" stroke="{ink}" stroke-width="{weight}" stroke-linecap="round" fill="none"/>'


def _colours(style: Style | None) -> tuple[str, str]:
    ink, ground = "#dddddd", ""
    if style is not None:
        if style.color is not None:
            ink = style.color.get_truecolor(DIMMED_MONOKAI).hex
        if style.bgcolor is not None:
            ground = style.bgcolor.get_truecolor(DIMMED_MONOKAI, foreground=False).hex
        if style.reverse:
            ink, ground = ground or "#111111", ink
    return ink, ground


def _ground(strip: Iterable[Segment]) -> str:
    return next((ground for segment in strip if (ground := _colours(segment.style)[1])), "#111111")
