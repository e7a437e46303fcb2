"""Strict YAML with positions: the only place in the house that parses YAML.

Values follow YAML 1.2 (only `true`/`false` are booleans, no sexagesimal numbers, no dates). What YAML 1.1 would
silently turn into something else, duplicate keys, aliases, tags and oversized or binary files are refused, each
with its line and column, all at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from kefu_sim.base.errors import BadFileError, Problem
from kefu_sim.base.paths import package_file
from kefu_sim.base.text import CONTROL
from kefu_sim.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_CHARACTERS = 400_000
_OTHER_BREAKS = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
"""End a line in YAML, of old systems and pasted pages: lines are counted by it."""
YAML_SOURCES = tuple(f"base/yaml{part}.py" for part in ("file", "lines", "mend", "moves", "read"))
"""What decides how a text is read."""

Path = tuple[str | int, ...]


class Foreign(NamedTuple):
    """Where a value taken in from elsewhere was written."""

    source: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A name that something taken in from elsewhere does not hold, though it might be expected there."""

    place: Foreign
    """Where it was expected."""
    fix: str

    def problem(self, code: str, message: str, used: str) -> Problem:
        """Make a problem that points there; `used` is the place that asks for the name."""
        where = self.place
        return Problem(where.source, where.line, where.column, code, _used_at(message, used), self.fix)


@dataclass(slots=True)
class YamlFile:
    """A parsed file: plain values and where each of them stands."""

    source: str
    data: object
    positions: dict[Path, tuple[int, int]] = field(default_factory=dict)
    """Path of keys and indexes → 1-based line and column of the value's key (or of the item)."""
    text: str = ""
    foreign: dict[Path, Foreign] = field(default_factory=dict)
    """Path → where it was written, for values taken in from elsewhere; their position is where they are taken in."""
    written: dict[Path, str] = field(default_factory=dict, compare=False)
    """Path → what was typed, for plain values that would be shown otherwise: 1.10, 1e3, ~; of a file just read."""
    left_out: dict[str, LeftOut] = field(default_factory=dict, compare=False)
    """Name → what might have held it; of a file just read."""

    def where(self, path: Sequence[str | int]) -> tuple[int, int]:
        """Line and column of the path, or of its nearest ancestor that stands in the file."""
        at = tuple(path)
        while at:
            if (spot := self.positions.get(at)) is not None:
                return spot
            at = at[:-1]
        return self.positions.get((), (1, 1))

    def _nearest(self, path: Sequence[str | int]) -> Path:
        at = tuple(path)
        while at and at not in self.positions:
            at = at[:-1]
        return at

    def problem(self, path: Sequence[str | int], code: str, message: str, fix: str = "") -> Problem:
        """Make a problem that points at a path."""
        line, column = self.where(path)
        written = self.foreign.get(self._nearest(path))
        if written is None:
            return Problem(self.source, line, column, code, message, fix)
        if _is_shipped(written.source):  # sound by itself: what is wrong is how it is taken in
            where = tr("in the fragment file {file}, taken in here").format(file=PurePath(written.source).name)
            return Problem(self.source, line, column, code, f"{message} ({where})", fix, written.source)
        used = _used_at(message, f"{self.source}:{line}:{column}")
        return Problem(written.source, written.line, written.column, code, used, fix)


def _is_shipped(source: str) -> bool:
    return source.startswith(_shipped_rules())


@cache
def _shipped_rules() -> str:
    return str(package_file("rules"))


def _used_at(message: str, place: str) -> str:
    used = tr("used at {place}").format(place=place)
    return f"{message} ({used})"


@dataclass(frozen=True, slots=True)
class Survey:
    """What could be read of a file, faults and all."""

    file: YamlFile | None
    """None where nothing could be read."""
    problems: list[Problem] = field(default_factory=list)
    lost: frozenset[str] = frozenset()
    """Keys on lines that had to be left out."""
    torn: frozenset[int] = frozenset()
    """Lines whose contents are incomplete for that reason."""


def read_yaml(text: str, source: str) -> YamlFile:
    """Parse one YAML document. Raises BadFileError that lists every problem of the syntax and every trap."""
    survey = survey_yaml(text, source)
    if survey.problems or survey.file is None:
        raise BadFileError(survey.problems)
    return survey.file


def survey_yaml(text: str, source: str) -> Survey:
    """Parse one YAML document past every fault."""
    if len(text) > MAX_CHARACTERS:
        message = tr("the file is too large ({n:,} characters, the limit is {most:,})")
        what = message.format(n=len(text), most=MAX_CHARACTERS)
        return Survey(None, [Problem(source, 1, 1, "KS003", what, tr("split it"))])
    text = _OTHER_BREAKS.sub("\n", text)
    if hostile := _hostile_characters(text, source):
        return Survey(None, hostile)
    from kefu_sim.base.yamlmend import read_leniently  # noqa: PLC0415 (what was kept of a file needs no parser)

    try:
        mended = read_leniently(text, source)
    except BadFileError as abyss:
        return Survey(None, abyss.problems)
    reader = mended.reader
    if reader is None or reader.empty:
        empty = Problem(source, 1, 1, "KS002", tr("the file is empty"), tr("copy a shipped scenario to begin with"))
        return Survey(None, mended.problems or [empty])
    file = YamlFile(source, mended.data, reader.positions, text, written=reader.written)
    return Survey(file, sorted({*mended.problems, *reader.problems}), frozenset(mended.lost), frozenset(mended.torn))


def chinese_bracket(mark: str) -> tuple[str, str]:
    """Message and mend of a bracket or quote that YAML does not take for one."""
    what = tr("a Chinese bracket or quote {mark}").format(mark=mark)
    return what, tr("type brackets and quotes with the English keyboard")


def _hostile_characters(text: str, source: str) -> list[Problem]:
    problems = []
    for match in CONTROL.finditer(text):
        before = text[: match.start()]
        line = before.count("\n") + 1
        column = match.start() - before.rfind("\n")
        what = tr("control or direction-changing character U+{code:04X}").format(code=ord(match.group()))
        problems.append(Problem(source, line, column, "KS004", what, tr("delete it")))
        if len(problems) == 20:
            break
    return problems
