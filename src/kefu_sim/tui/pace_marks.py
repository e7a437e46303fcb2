"""The marks of the pace ghosts on one line of a drill: ▾60 ▾80 ▾100."""

from __future__ import annotations

from collections.abc import Sequence

MARK = "▾"
LOOKS = ("slowest", "middle", "fastest")

Marked = tuple[int, str, str]
"""Cell, character, look."""


def pace_marks(ghosts: Sequence[tuple[int, int, str]], width: int) -> list[Marked]:
    """Place each ghost (cell, speed, look), the slowest first, on a line of so many cells.

    Those too near to each other for labels of their own share one behind the foremost, in the order in which they
    stand: `▾ ▾60·80   ▾100`. A label that would go over the edge is left out.
    """
    groups: list[list[tuple[int, int, str]]] = []
    for ghost in ghosts:
        if groups and _end(groups[-1]) >= ghost[0]:
            groups[-1].append(ghost)
        else:
            groups.append([ghost])
    return [marked for group in groups for marked in _placed(group, width)]


def _label(group: Sequence[tuple[int, int, str]]) -> list[tuple[str, str]]:
    """The speeds of a group: characters and looks."""
    text: list[tuple[str, str]] = []
    for _, speed, look in group:
        text += [("·", "blank")] if text else []
        text += [(digit, look) for digit in str(speed)]
    return text


def _end(group: Sequence[tuple[int, int, str]]) -> int:
    """The cell behind a group's label."""
    return group[-1][0] + 1 + len(_label(group))


def _placed(group: Sequence[tuple[int, int, str]], width: int) -> list[Marked]:
    marks = [(cell, MARK, look) for cell, _, look in group if cell < width]
    if _end(group) > width:
        return marks
    return marks + [(group[-1][0] + 1 + at, char, look) for at, (char, look) in enumerate(_label(group))]
