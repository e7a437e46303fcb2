"""Foreign text made into Content: the only place that does it.

Foreign is everything from scenario files, logs and people. It is cleaned of control characters and never read as
markup; Content drawn here is broken by cells with CJK rules, so that no widget wraps it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style

from kefu_sim.base.text import clean
from kefu_sim.base.wrap import breaks
from kefu_sim.words import grade

StyleOf = Callable[[str], Style]
"""Name of a meaning (`muted`, `good`, …) → how it looks now."""
Block = Callable[[int, StyleOf], Sequence[Content]]
"""Width in cells, styles → the lines of one piece of a page."""

Mark = tuple[int, int, str]
"""Half-open range of code points and the meaning it is shown in."""


def plain(text: object, style: Style | str = "") -> Content:
    """Text of any origin, as it is: one code point stays one code point wherever it is kept."""
    content = Content(clean(str(text)).replace("\t", " "))
    return content.stylize(style) if style else content


def marked(text: str, marks: Iterable[Mark], style_of: StyleOf, style: Style | str = "") -> Content:
    """Text with some of its words set off."""
    content = plain(text, style)
    for start, end, name in marks:
        content = content.stylize(style_of(name), start, end)
    return content


def wrapped(content: Content, width: int) -> list[Content]:
    """Lines of a piece of Content, broken by cells."""
    lines: list[Content] = []
    for paragraph in content.split("\n", allow_blank=True) or [content]:
        at = breaks(paragraph.plain, width, cell_len)
        edges = [0, *at, len(paragraph)]
        pieces = [paragraph[a:b] for a, b in pairwise(edges)]
        lines.extend(piece.rstrip() if piece is not pieces[-1] else piece for piece in pieces)
    return lines


def beginning(content: Content, width: int, most: int) -> Content:
    """As many lines as there is room for; … stands at the end when words are left out."""
    lines = wrapped(content, width)
    if len(lines) > most:
        last = lines[most - 1]
        lines[most - 1 :] = [Content.assemble(last.truncate(width - 1).rstrip(), "…")]
    return Content("\n").join(lines)


def indented(content: Content, width: int, first: Content | str, rest: int | None = None) -> list[Content]:
    """Lines of a piece of Content behind a label, the further lines set in as far as the label is wide."""
    label = first if isinstance(first, Content) else plain(first)
    indent = label.cell_length if rest is None else rest
    lines = wrapped(content, max(width - indent, 8))
    blank = Content(" " * indent)
    return [Content.assemble(label if i == 0 else blank, line) for i, line in enumerate(lines)]


def fitted(content: Content, width: int) -> Content:
    """Cut or fill to a width in cells."""
    short = content.cell_length
    return content.truncate(width, ellipsis=True) if short > width else content.pad_right(width - short)


def shortened(text: str, width: int) -> str:
    """Text on one line, cut to a width in cells."""
    return plain(" ".join(text.split())).truncate(width, ellipsis=True).plain


def sides(left: Content, right: Content, width: int) -> Content:
    """Two pieces at the two ends of a line, a blank between them; the left one gives way."""
    room = width - right.cell_length - bool(right)
    return Content.assemble(fitted(left, room), " " * bool(right), right) if room > 2 else fitted(left, width)


def chip(text: str) -> Content:
    """The name of a place or a thing, set off from what stands beside it."""
    return Content.styled(f" {clean(text)} ", "$key-text on $key-face bold")


def clickable(piece: Content, action: str) -> Content:
    """A piece that does an action when it is clicked: `screen.name(…)`, or `name(…)` of the widget it stands in."""
    return piece.stylize(Style.from_meta({"@click": action}))


def tabs(titles: Sequence[str], chosen: int) -> Content:
    """The pages of a screen in one line, one of them in hand, and the keys that turn them."""
    looks = [chip(title) if i == chosen else Content.styled(f" {title} ", "$muted") for i, title in enumerate(titles)]
    pieces = [clickable(look, f"screen.turn_to({i})") for i, look in enumerate(looks)]
    return Content.assemble(Content(" ").join(pieces), ("   ←→", "$faint"))


def bar(value: float, low: float, high: float, cells: int) -> tuple[str, str]:
    """Filled and empty part of a meter; the two shapes differ without colour."""
    share = 0.0 if high <= low else (value - low) / (high - low)
    full = max(0, min(cells, round(share * cells)))
    return "▰" * full, "▱" * (cells - full)


def merit(share: float) -> str:
    """The meaning in which a share of what could be reached is shown."""
    return {"good": "good", "fair": "warn", "poor": "bad"}[grade(share)]


def stars(level: int) -> str:
    """A difficulty from 1 to 5."""
    return "★" * level + "☆" * (5 - level)
