"""Lines of an indented text: how far in each stands, and which others it hangs on."""

from __future__ import annotations

import re
from collections.abc import Sequence

KEY = re.compile(r"([A-Za-z_][\w.-]{0,60})[ ]?[:：]")
"""Begins an entry, in English or Chinese marks."""


def indent_of(line: str) -> int:
    """Blanks before a line begins."""
    return len(line) - len(line.lstrip())


def is_bare(line: str) -> bool:
    """Whether it says nothing: blank, or a comment."""
    return not line.strip() or line.lstrip().startswith("#")


def line_above(lines: Sequence[str], at: int) -> int:
    """The next line above that says something; the line itself at the top."""
    return next((i for i in range(at - 1, -1, -1) if not is_bare(lines[i])), at)


def line_owning(lines: Sequence[str], at: int) -> int:
    """The next line above that is indented less; the line itself at the top."""
    for other in range(at - 1, -1, -1):
        if not is_bare(lines[other]) and indent_of(lines[other]) < indent_of(lines[at]):
            return other
    return at


def line_holding(lines: Sequence[str], at: int) -> int:
    """The next line above that is not indented more; the line itself at the top."""
    return next(
        (i for i in range(at - 1, -1, -1) if not is_bare(lines[i]) and indent_of(lines[i]) <= indent_of(lines[at])), at
    )
