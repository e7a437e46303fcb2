"""`# lint: allow KS204`: complaints that the author has seen and wants to keep, on their line or the line above.

Lint keeps the comments with its own codes, verify those with `HEARD`: each knows which of them allow nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kefu_sim.author.codes import load_codes
from kefu_sim.base.errors import Problem
from kefu_sim.i18n import tr

PLAYABLE = "KS200"
"""Codes below are what keeps a story from being played."""
HEARD = frozenset({"HIJACK", "BLOCKED"})
"""Codes of verify that can be allowed where they are warnings."""
_UNHEARD = ("PATTERN", "FALSE", "MODEL", "SURVIVAL")
"""Codes of verify that are always errors."""
_COMMENT = re.compile(r"#\s*lint:\s*allow\b:?\s*([^#]*)")
_CODE = re.compile("|".join((r"[A-Za-z]+\d+", *sorted(HEARD), *_UNHEARD)))


@dataclass(frozen=True, slots=True)
class _Pardon:
    line: int
    """1-based, of the comment."""
    column: int
    code: str
    covers: int
    """The line it speaks of."""


@dataclass
class Pardons:
    """The comments of one file that one tool looks after."""

    source: str
    found: Sequence[_Pardon]
    used: set[_Pardon] = field(default_factory=set)

    def forgive(self, code: str, *lines: int) -> bool:
        """Whether a comment on one of some lines allows a code. What keeps a story from being played cannot be."""
        for pardon in self.found:
            if pardon.code == code and pardon.covers in lines and _allowable(code):
                self.used.add(pardon)
                return True
        return False

    def idle(self) -> Iterator[Problem]:
        """Comments that allow nothing."""
        for pardon in self.found:
            if pardon in self.used:
                continue
            if _allowable(pardon.code):
                what = tr("nothing here has {code} to be allowed").format(code=pardon.code)
                yield Problem(self.source, pardon.line, pardon.column, "KS262", what, tr("delete the comment"))
            else:
                what = tr("{code} cannot be allowed").format(code=pardon.code)
                fix = tr("only HIJACK, BLOCKED and codes from KS200 on can: `kefu-sim author lint --explain`")
                yield Problem(self.source, pardon.line, pardon.column, "KS261", what, fix)


def _allowable(code: str) -> bool:
    return code in HEARD or (code in load_codes() and code >= PLAYABLE and code not in {"KS261", "KS262"})


def lint_pardons(text: str, source: str) -> Pardons:
    """The comments of a file that lint looks after: all but those of verify."""
    return Pardons(source, [pardon for pardon in _read(text) if pardon.code not in HEARD])


def heard_pardons(text: str, source: str) -> Pardons:
    """The comments of a file that verify looks after."""
    return Pardons(source, [pardon for pardon in _read(text) if pardon.code in HEARD])


def _read(text: str) -> list[_Pardon]:
    """Find the comments of a file."""
    lines = text.split("\n")
    return [
        _Pardon(i + 1, match.start() + 1, code.upper(), _covered(lines, i))
        for i, line in enumerate(lines)
        if "lint:" in line and (match := _COMMENT.search(line))
        for code in _CODE.findall(match.group(1)) or ["?"]
    ]


def _covered(lines: Sequence[str], at: int) -> int:
    """The line of a comment, or the next one with something on it when the comment stands alone (1-based)."""
    if not lines[at].lstrip().startswith("#"):
        return at + 1
    below = (i for i in range(at + 1, len(lines)) if lines[i].strip() and not lines[i].lstrip().startswith("#"))
    return next(below, at) + 1
