"""Lines that do not stand under their neighbours: which one is to be moved, and how far in it belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import yaml

from kefu_sim.base.errors import BadFileError
from kefu_sim.base.yamllines import KEY, indent_of, is_bare, line_above, line_holding, line_owning
from kefu_sim.base.yamlread import Reader

_BEGINNING = re.compile(r"- |[^\s:：]+[:：]")
_HELD = re.compile(r": \{\w+")
_NEAR = 8
"""Lines on either side whose indentation a line that is out of line may have been meant to have."""
_SEEN = 200
"""Lines below a fault that are read to tell a good move from a bad one."""
Move = tuple[int, int]
"""Line (0-based), and how far it ought to be indented."""


def best_move(lines: Sequence[str], at: int) -> Move | None:
    """The move that lets most of a text be read where a line does not stand under its neighbours; None without one."""
    guess = _loner(lines, at) if lines[at].count(": ") < 2 else None
    moves = [*((guess,) if guess else ()), *_moves(lines, at)]
    reaches = {move: (*_reach(lines, at, move), *_looks(lines, move)) for move in dict.fromkeys(moves)}
    best = max(reaches, key=lambda move: reaches[move], default=None)
    return None if best is None or (best != guess and reaches[best][0] <= at) else best


def _loner(lines: Sequence[str], at: int) -> Move | None:
    """The line that is alone with its indentation, where a line does not fit those above."""
    width = indent_of(lines[at])
    holder = line_holding(lines, at)
    outer = indent_of(lines[holder])
    below = [indent_of(line) for line in lines[holder + 1 : at] if not is_bare(line)]
    if outer == width or (lines[holder].rstrip().endswith(":") and not below):
        return None
    alone = not _alike(lines[holder - 1 :: -1] if holder else (), outer)
    alone = alone and (_alike(lines[at + 1 :], width, outer) or outer % 2 > width % 2)
    if alone or _sibling(lines, holder, width):
        return holder, width
    return at, min((*below[:1], outer), key=lambda indent: abs(indent - width))


def _moves(lines: Sequence[str], at: int) -> Iterator[Move]:
    """Other ways to bring a line and its neighbours under one another, the smallest first."""
    holder, above = line_holding(lines, at), line_above(lines, at)
    first = next((i for i in range(holder + 1, at) if not is_bare(lines[i])), at)
    near = {indent_of(line) for line in lines[max(0, at - _NEAR) : at + _NEAR] if not is_bare(line)}
    owner = at
    while (further := line_owning(lines, owner)) < owner:
        owner = further
        near.add(indent_of(lines[owner]))
    wrong = dict.fromkeys((above, first, holder, at))
    moves = ((line, to) for line in wrong for to in near if to != indent_of(lines[line]))
    yield from sorted(moves, key=lambda move: abs(move[1] - indent_of(lines[move[0]])))


def _reach(lines: Sequence[str], at: int, move: Move) -> tuple[int, int]:
    """How far the part of the text around a line can be read after a move, and, negative, what is odd about it then.

    Odd are keys that stand twice, and keys with nothing behind them.
    """
    line, to = move
    begin = next(
        (i for i in range(min(at, line) - 1, -1, -1) if not is_bare(lines[i]) and not indent_of(lines[i])),
        0,
    )
    part = [*lines[begin:line], " " * to + lines[line].lstrip(), *lines[line + 1 : at + _SEEN]]
    reader = Reader("")
    try:
        data = reader.read("\n".join(part))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return begin + (mark.line if mark else 0), 0
    except (yaml.YAMLError, BadFileError):
        return 0, 0
    return len(lines), -sum(problem.code == "KS008" for problem in reader.problems) - _empties(data)


def _empties(data: object) -> int:
    match data:
        case dict():
            return sum(map(_empties, data.values()))
        case list():
            return sum(map(_empties, data))
    return data is None


def _has_kin(lines: Sequence[str], move: Move) -> bool:
    """Whether a line of the same beginning stands elsewhere as far in as a line would after a move."""
    line, to = move
    begun = _BEGINNING.match(lines[line].lstrip())
    kin = " " * to + begun.group() if begun else None
    return kin is not None and any(other.startswith(kin) for i, other in enumerate(lines) if i != line)


def _looks(lines: Sequence[str], move: Move) -> tuple[bool, bool, int, int, int]:
    """How natural a move looks, the weightiest reason first."""
    line, to = move
    return _has_kin(lines, move), to % 2 == 0, -abs(to - indent_of(lines[line])), _follows(lines, move), to


def _follows(lines: Sequence[str], move: Move) -> int:
    """How well a line would stand: 2 beside one that holds the same, 1 right under another, -1 above what it holds."""
    line, to = move
    above = lines[line_above(lines, line)]
    below = next((other for other in lines[line + 1 :] if not is_bare(other)), "")
    if lines[line].rstrip().endswith(":") and indent_of(below) <= to:
        return -1
    held = _HELD.search(lines[line])
    for other in (above, below):
        if held and indent_of(other) == to and (like := _HELD.search(other)) and like.group() == held.group():
            return 2
    return int(indent_of(above) == to and not above.rstrip().endswith(":"))


def _sibling(lines: Sequence[str], holder: int, width: int) -> bool:
    """Whether a line that holds others is of the kind of the last one above it that is indented by `width`."""
    above = next(
        (i for i in range(holder - 1, -1, -1) if not is_bare(lines[i]) and indent_of(lines[i]) <= width),
        holder,
    )
    if above == holder or indent_of(lines[above]) != width:
        return False
    return len(_held(lines, above) & _held(lines, holder)) > 1


def _held(lines: Sequence[str], holder: int) -> set[str]:
    """Keys directly below a line."""
    found: set[str] = set()
    deep: int | None = None
    for line in lines[holder + 1 :]:
        if is_bare(line):
            continue
        if indent_of(line) <= indent_of(lines[holder]):
            break
        deep = indent_of(line) if deep is None else deep
        if indent_of(line) == deep and (key := KEY.match(line.lstrip())):
            found.add(key.group(1))
        elif indent_of(line) < deep:
            break
    return found


def _alike(lines: Sequence[str], indent: int, least: int | None = None) -> bool:
    """Whether the lines that follow have one of the same indentation, before one of less, or of `least`."""
    for line in lines:
        if is_bare(line):
            continue
        if indent_of(line) == indent:
            return True
        if indent_of(line) <= (indent if least is None else least):
            return False
    return False
