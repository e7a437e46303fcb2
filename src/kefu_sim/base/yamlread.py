"""Turns the events of a YAML parser into plain values with their positions, and lists what is not welcome.

Reading the events, not the tree that YAML libraries build of them, costs half the time, and nesting without end cannot
exhaust a stack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from kefu_sim.base.errors import BadFileError, Problem
from kefu_sim.base.text import CONTROL
from kefu_sim.i18n import tr

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_DEPTH = 40
LONGEST_NUMBER = 30
"""Characters; longer runs of digits are text."""

INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_SEXAGESIMAL = re.compile(r"[-+]?[0-9]+(:[0-5]?[0-9])+")
OCTAL = re.compile(r"[-+]?0[0-9]+")
_BOOL_TRAPS = {"on": "true", "off": "false", "yes": "true", "no": "false"}
_CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}
_WORDS = frozenset((*_BOOL_TRAPS, *_CONSTANTS))
_NUMERIC = frozenset("0123456789+-")
"""First characters of plain words that may be more than text."""
TAG = "tag:yaml.org,2002:"
_TAGS = frozenset(("map", "seq", "str", "int", "float", "bool", "null", "timestamp", "merge", "value"))

_TAG_NAME = re.compile("[A-Za-z]")
_Tagged = yaml.ScalarEvent | yaml.CollectionStartEvent

Path = tuple[str | int, ...]
Positions = dict[Path, tuple[int, int]]


class Reader:
    """Reads one document, collecting traps instead of stopping at the first."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.positions: Positions = {}
        self.written: dict[Path, str] = {}
        """Plain values that would be shown otherwise than they were written: 1.10, 1e3, ~, true."""
        self.empty = True
        self.sunken: tuple[int, int, int] | None = None
        """A key that stands where what belongs to it stands: line (0-based), indentation, and that of its like."""
        self._anchors: dict[str, str] = {}
        """Anchor → the text it stands for; empty for a list or mapping."""

    def read(self, text: str) -> object:
        """Values of the document. Raises yaml.YAMLError, and BadFileError where nesting has no end."""
        events: Iterator[yaml.Event] = iter(LOADER(text).get_event, None)  # what yaml.parse does, a third of it spared
        data: object = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if not self.empty:
                    what = tr("a second document begins here")
                    self._report(event, "KS001", what, tr("delete the line `---`, or split the file"))
                    break
                self.empty = False
                data = self._value(next(events), events, (), 0)
        return data

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path, depth: int) -> object:
        if path not in self.positions:
            self.positions[path] = _place(event)
        if isinstance(event, yaml.ScalarEvent):
            self._check_node(event, event.value)
            value = self._scalar(event)
            if not isinstance(value, str) and event.value and str(value) != event.value:
                self.written[path] = event.value
            return value
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        assert isinstance(event, yaml.CollectionStartEvent)
        self._check_node(event, "")
        if depth == MAX_DEPTH + 1:
            self._report(event, "KS005", tr("nested deeper than {n} levels").format(n=MAX_DEPTH), tr("flatten it"))
        if depth == MAX_DEPTH * 2:
            raise BadFileError(self.problems)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(events, path, depth)
        return self._mapping(events, path, depth)

    def _list(self, events: Iterator[yaml.Event], path: Path, depth: int) -> list[object]:
        found: list[object] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            found.append(self._value(event, events, (*path, len(found)), depth + 1))
        return found

    def _mapping(self, events: Iterator[yaml.Event], path: Path, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        twice = 0
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event, events, path, depth)
            if key is not None and key in found:
                twice += 1
                if twice > 1 and self.sunken is None:
                    self.sunken = self._sunken(found, path, _place(event))
                self._report(event, "KS008", tr("the key `{key}` stands twice").format(key=key), tr("keep one of them"))
                key = None
            if key is None:
                self._skip(next(events), events, path, depth)
                continue
            at = (*path, key)
            self.positions[at] = _place(event)
            found[key] = self._value(next(events), events, at, depth + 1)
        return found

    def _sunken(self, found: dict[str, object], path: Path, again: tuple[int, int]) -> tuple[int, int, int] | None:
        """The last key of a mapping that holds nothing, when keys follow it that stood before it."""
        empty = next((key for key in reversed(found) if found[key] is None), "")
        (line, column), holder = self.positions.get((*path, empty), (0, 0)), self.positions.get(path)
        if holder is None or column != again[1] or column <= holder[1]:
            return None
        return line - 1, column - 1, holder[1] - 1

    def _skip(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path, depth: int) -> None:
        """Read past a value that has no place; what is wrong within it is told all the same."""
        known = self.positions, self.written
        self.positions, self.written = {}, {}
        self._value(event, events, path, depth + 1)
        self.positions, self.written = known

    def _check_node(self, event: _Tagged, text: str) -> None:
        if event.anchor:
            self._anchors[event.anchor] = text
        if event.tag and event.tag.removeprefix(TAG) not in _TAGS:
            name = event.tag.removeprefix(TAG)
            if not _TAG_NAME.search(name):
                what = tr("text cannot begin with {mark}").format(mark="`!`")
                self._report(event, "KS001", what, tr("put the text in quotes"))
                return
            what = tr("the tag {tag} is not used here").format(tag=event.tag)
            self._report(event, "KS007", what, tr("remove the tag; text that begins with `!` goes in quotes"))

    def _alias(self, event: yaml.AliasEvent) -> str | None:
        if event.anchor in self._anchors:
            self._report(event, "KS006", tr("aliases (*name) are not used here"), tr("write the value out"))
            return self._anchors[event.anchor] or None
        self._report(
            event, "KS001", tr("text cannot begin with {mark}").format(mark="`*`"), tr("put the text in quotes")
        )
        return f"*{event.anchor}"

    def _key(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path, depth: int) -> str | None:
        if not isinstance(event, yaml.ScalarEvent):
            self._report(event, "KS009", tr("a key must be plain text"), tr("check for a stray `?`, `[` or `{`"))
            if not isinstance(event, yaml.AliasEvent):
                self._skip(event, events, path, depth)
            return None
        self._check_node(event, event.value)
        text: str = event.value
        if not event.style and text.lower() in _BOOL_TRAPS:
            what = tr("`{key}` as a key reads as true/false in YAML 1.1").format(key=text)
            self._report(event, "KS010", what, tr('write "{text}" in quotes').format(text=text))
            return None
        if not event.style and text == "<<":
            self._report(event, "KS006", tr("merge keys (<<) are not used here"), tr("write the keys out"))
            return None
        return text

    def _scalar(self, event: yaml.ScalarEvent) -> object:
        text: str = event.value
        if event.style:
            if event.style == '"' and CONTROL.search(text):
                what = tr("an escape for a control or direction-changing character")
                self._report(event, "KS004", what, tr("delete it"))
            return text
        if text[:1] not in _NUMERIC and text.lower() not in _WORDS:
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if trap := _trap(text):
            code, what = trap
            fix, meant = tr('write "{text}" in quotes'), _BOOL_TRAPS.get(text.lower(), "")
            if meant:
                fix = tr('write "{text}" in quotes, or {meant} where a key takes true or false')
            self._report(event, code, what.format(text=text), fix.format(text=text, meant=meant))
            return text
        if len(text) > LONGEST_NUMBER:
            return text
        if INT.fullmatch(text):
            return int(text)
        if FLOAT.fullmatch(text):
            return float(text)
        return text

    def _report(self, event: yaml.Event, code: str, message: str, fix: str) -> None:
        self.problems.append(Problem(self.source, *_place(event), code, message, fix))


def _place(event: yaml.Event) -> tuple[int, int]:
    """Line and column, from 1."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _trap(text: str) -> tuple[str, str] | None:
    """Code and message for what YAML 1.1 reads as something else; None for all other words."""
    if text.lower() in _BOOL_TRAPS:
        return "KS010", tr("`{text}` reads as true/false in YAML 1.1")
    if _SEXAGESIMAL.fullmatch(text):
        return "KS011", tr("`{text}` reads as a base-60 number in YAML 1.1")
    if OCTAL.fullmatch(text):
        return "KS012", tr("`{text}` reads as an octal number in YAML 1.1")
    return None
