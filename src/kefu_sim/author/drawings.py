"""Drawings of a story's graph: a tree for the terminal, Mermaid, and DOT for Graphviz."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kefu_sim.author.graph import Arrow, Box, Graph, title_of
from kefu_sim.author.ways import EVERYWHERE
from kefu_sim.base.wrap import breaks, cell_width, wrap
from kefu_sim.i18n import tr

FONTS = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
UNMET = "#c62828"
MET = "#2e7d32"
HANGING = 3
"""Cells by which a broken line goes on further in."""
LEAST = 16
"""Cells that are worth breaking a line for."""


def as_tree(graph: Graph, width: int = 0) -> str:
    """A tree for the terminal: each node where it is first come by, then only named.

    Lines are broken between words to fit `width` cells; 0 breaks none.
    """
    lines = [*_fitted("", "", f"{graph.title} ({graph.id})", width), ""]
    if everywhere := graph.leaving(EVERYWHERE):
        for arrow in everywhere:
            told = f"{_anywhere()} → {arrow.target}  ← {arrow.label(9)}{_counted(arrow.count)}"
            lines += _fitted("", "", told, width)
        lines.append("")
    tree = _Tree(graph, {box.id: box for box in graph.boxes}, set(), width)
    for box in sorted(graph.boxes, key=lambda box: box.id != graph.start):
        if box.id not in tree.seen:
            tree.seen.add(box.id)
            lines += [_named(box), *tree.branches(box.id, "")]
    if left := _left_out(graph):
        lines += ["", *_fitted("", "", left, width)]
    return "\n".join(lines) + "\n"


def _fitted(lead: str, below: str, told: str, width: int) -> list[str]:
    """A line of the tree behind its lead, broken to fit; `below` leads the lines that follow from it."""
    room = width - cell_width(lead) - HANGING
    if not width or room < LEAST:
        return [lead + told]
    at = next(iter(breaks(told, width - cell_width(lead))), len(told))
    rest = wrap(told[at:].lstrip(), room) if at < len(told) else []
    return [lead + told[:at].rstrip(), *(below + " " * HANGING + line for line in rest)]


def _left_out(graph: Graph) -> str:
    """What nobody came by beside boxes and arrows; empty where there is nothing."""
    return tr("Nobody came by: {places}").format(places=", ".join(graph.unmet)) if graph.unmet else ""


@dataclass
class _Tree:
    """A tree being drawn."""

    graph: Graph
    boxes: Mapping[str, Box]
    seen: set[str]
    """Nodes that were told."""
    width: int

    def branches(self, node: str, indent: str) -> Iterator[str]:
        """The lines below a node."""
        arrows = self.graph.leaving(node)
        fresh = {arrow.target for arrow in arrows} - self.seen
        self.seen |= fresh
        for arrow in arrows:
            last = arrow is arrows[-1]
            target = self.boxes[arrow.target]
            first = arrow.target in fresh
            fresh.discard(arrow.target)
            name = _named(target) if first else f"{target.id} …"
            told = f"{name}  ← {arrow.label()}{_counted(arrow.count)}"
            below = indent + ("   " if last else "│  ")
            follows = below + ("│" if first and self.graph.leaving(target.id) else " ")
            yield from _fitted(indent + ("└─ " if last else "├─ "), follows, told, self.width)
            if first:
                yield from self.branches(target.id, below)


def _named(box: Box) -> str:
    return title_of(box) + _counted(box.count)


def _counted(count: int | None) -> str:
    if count is None:
        return ""
    return "  (" + (tr("never") + " ✗" if count == 0 else str(count)) + ")"


def _anywhere() -> str:
    return tr("anywhere")


def as_mermaid(graph: Graph) -> str:
    """A Mermaid flow chart."""
    number = {box.id: f"n{i}" for i, box in enumerate(graph.boxes)}
    number[EVERYWHERE] = "anywhere"
    lines = ["---", f"title: {_mermaid(graph.title)}", "---", "flowchart TD"]
    for box in graph.boxes:
        left, right = ("([", "])") if box.ending else ("[", "]")
        label = "<br/>".join(filter(None, (_mermaid(box.id), _mermaid(box.title), box.ending, _times(box.count))))
        lines.append(f'  {number[box.id]}{left}"{label}"{right}')
    if graph.leaving(EVERYWHERE):
        lines.append(f'  anywhere{{{{"{_anywhere()}"}}}}')
    for arrow in graph.arrows:
        line = "-->" if arrow.spoken else "-.->"
        label = "<br/>".join(filter(None, (_mermaid(arrow.label()), _times(arrow.count))))
        lines.append(f'  {number[arrow.source]} {line}|"{label}"| {number[arrow.target]}')
    if left := _left_out(graph):
        lines.append(f'  left_out["{_mermaid(left)}"]')
    if graph.covered:
        lines += _mermaid_colours(graph, number)
    return "\n".join(lines) + "\n"


def _mermaid_colours(graph: Graph, number: Mapping[str, str]) -> Iterator[str]:
    yield f"  classDef unmet stroke:{UNMET},stroke-width:3px,stroke-dasharray:4"
    yield f"  classDef met stroke:{MET},stroke-width:2px"
    for name, wanted in (("unmet", True), ("met", False)):
        if members := ",".join(number[box.id] for box in graph.boxes if box.unmet == wanted):
            yield f"  class {members} {name}"
    for colour, wanted in ((UNMET, True), (MET, False)):
        if links := ",".join(str(i) for i, arrow in enumerate(graph.arrows) if arrow.unmet == wanted):
            yield f"  linkStyle {links} stroke:{colour}"


def _times(count: int | None) -> str:
    return "" if count is None else "✗ 0" if count == 0 else f"× {count}"


def _mermaid(text: str) -> str:
    for mark, code in (("#", "#35;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;"), ("\n", " ")):
        text = text.replace(mark, code)
    return text


def as_dot(graph: Graph) -> str:
    """A graph for Graphviz."""
    title = "\n".join(filter(None, (graph.title, _left_out(graph))))
    lines = [
        "digraph story {",
        f"  graph [label={_dot(title)}, labelloc=t, rankdir=TB, fontname={_dot(FONTS)}]",
        f"  node [shape=box, style=rounded, fontname={_dot(FONTS)}]",
        f"  edge [fontname={_dot(FONTS)}, fontsize=10]",
    ]
    lines += [f"  {_dot(box.id)} [{_box(box)}]" for box in graph.boxes]
    if graph.leaving(EVERYWHERE):
        lines.append(f'  "" [label={_dot(_anywhere())}, shape=hexagon]')
    lines += [f"  {_dot(arrow.source)} -> {_dot(arrow.target)} [{_arrow(arrow)}]" for arrow in graph.arrows]
    return "\n".join([*lines, "}"]) + "\n"


def _box(box: Box) -> str:
    label = "\n".join(filter(None, (box.id, box.title, box.ending, _times(box.count))))
    shape = ", shape=oval" if box.ending else ", penwidth=2" if box.start else ""
    return f"label={_dot(label)}{shape}{_dot_colour(box.count)}"


def _arrow(arrow: Arrow) -> str:
    label = "\n".join(filter(None, (*arrow.label().split(" | "), _times(arrow.count))))
    style = "" if arrow.spoken else ", style=dashed"
    return f"label={_dot(label)}{style}{_dot_colour(arrow.count)}"


def _dot_colour(count: int | None) -> str:
    return "" if count is None else f', color="{UNMET if count == 0 else MET}"'


def _dot(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


DRAWINGS: Mapping[str, Callable[[Graph], str]] = {"tree": as_tree, "mermaid": as_mermaid, "dot": as_dot}
"""Forms that are text."""
