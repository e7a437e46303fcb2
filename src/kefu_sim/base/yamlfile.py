"""Strict YAML with positions: the only place in the house that parses YAML.

Values follow YAML 1.2 (only `true`/`false` are booleans, no sexagesimal numbers, no dates). What YAML 1.1 would
silently turn into something else, duplicate keys, aliases, tags and oversized or binary files are refused, each
with its line and column, all at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from kefu_sim.base.errors import BadFileError, Problem
from kefu_sim.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_CHARACTERS = 400_000
MAX_DEPTH = 40
MANY_INDICATORS = 2_000
LONGEST_NUMBER = 30
"""Characters; longer runs of digits are text."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_SEXAGESIMAL = re.compile(r"[-+]?[0-9]+(:[0-5]?[0-9])+")
_OCTAL = re.compile(r"[-+]?0[0-9]+")
_BOOL_TRAPS = frozenset(("on", "off", "yes", "no"))
_MAYBE_ALIAS = re.compile(r"(?:^|[\s\[{,:-])\*\w", re.MULTILINE)
_TAG = "tag:yaml.org,2002:"
_TAGS = frozenset(("map", "seq", "str", "int", "float", "bool", "null", "timestamp", "merge", "value"))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Foreign:
    """Where a value taken in from elsewhere was written."""

    source: str
    line: int
    column: int


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

    def where(self, path: Sequence[str | int]) -> tuple[int, int]:
        """Line and column of the path, or of its nearest ancestor that stands in the file."""
        return self.positions.get(self._nearest(path), (1, 1))

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
        used = tr("used at {place}").format(place=f"{self.source}:{line}:{column}")
        return Problem(written.source, written.line, written.column, code, f"{message} ({used})", fix)


def read_yaml(text: str, source: str) -> YamlFile:
    """Parse one YAML document. Raises BadFileError that lists every problem of the syntax and every trap."""
    if len(text) > MAX_CHARACTERS:
        message = tr("the file is too large ({n:,} characters, the limit is {most:,})")
        what = message.format(n=len(text), most=MAX_CHARACTERS)
        raise BadFileError([Problem(source, 1, 1, "KS003", what, tr("split it"))])
    hostile = _hostile_characters(text, source)
    if hostile:
        raise BadFileError(hostile)
    try:
        if abyss := _abyss(text, source):
            raise BadFileError([abyss])
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = error.problem or error.context or "not valid YAML"
        raise BadFileError([Problem(source, line, column, "KS001", _not_yaml(what), _syntax_fix(what))]) from None
    except yaml.YAMLError as error:
        raise BadFileError([Problem(source, 1, 1, "KS001", _not_yaml(str(error)))]) from None
    if root is None:
        raise BadFileError(
            [Problem(source, 1, 1, "KS002", tr("the file is empty"), tr("copy a shipped scenario to begin with"))]
        )
    reader = _Reader(source)
    reader.problems.extend(_aliases(text, source))
    data = reader.value(root, (), 0)
    if reader.problems:
        raise BadFileError(reader.problems)
    return YamlFile(source, data, reader.positions, text)


def _abyss(text: str, source: str) -> Problem | None:
    """Where nesting goes so deep that building the tree would exhaust the stack of the C library.

    Only indicators that nest without a new line can do that in a file of this size, and no story has so many.
    """
    if sum(map(text.count, "[{-?")) < MANY_INDICATORS:
        return None
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH * 2:
            line, column = (event.start_mark.line + 1, event.start_mark.column + 1) if event.start_mark else (1, 1)
            what = tr("nested deeper than {n} levels").format(n=MAX_DEPTH)
            return Problem(source, line, column, "KS005", what, tr("flatten it"))
    return None


def _not_yaml(why: str) -> str:
    return tr("not valid YAML ({why})").format(why=why)


def _hostile_characters(text: str, source: str) -> list[Problem]:
    problems = []
    for match in _CONTROL.finditer(text):
        before = text[: match.start()]
        line = before.count("\n") + 1
        column = match.start() - before.rfind("\n")
        what = tr("control or direction-changing character U+{code:04X}").format(code=ord(match.group()))
        problems.append(Problem(source, line, column, "KS004", what, tr("delete it")))
        if len(problems) == 20:
            break
    return problems


def _aliases(text: str, source: str) -> list[Problem]:
    if not _MAYBE_ALIAS.search(text):
        return []
    marks = [e.start_mark for e in yaml.parse(text, Loader=_LOADER) if isinstance(e, yaml.AliasEvent)]
    what, fix = tr("aliases (*name) are not used here"), tr("write the value out")
    return [Problem(source, mark.line + 1, mark.column + 1, "KS006", what, fix) for mark in marks if mark]


def _syntax_fix(what: str) -> str:
    if "tab" in what or "\\t" in what:
        return tr("indent with spaces, not tabs")
    if "mapping values are not allowed" in what:
        return tr("put text that contains `: ` in quotes")
    if "could not find expected ':'" in what:
        return tr("check that the line above ends with a colon, and the indentation")
    return tr("check quotes, colons and indentation here")


def _trap(text: str) -> tuple[str, str] | None:
    """Code and message for what YAML 1.1 reads as something else; None for all other words."""
    if text.lower() in _BOOL_TRAPS:
        return "KS010", tr("`{text}` reads as true/false in YAML 1.1")
    if _SEXAGESIMAL.fullmatch(text):
        return "KS011", tr("`{text}` reads as a base-60 number in YAML 1.1")
    if _OCTAL.fullmatch(text):
        return "KS012", tr("`{text}` reads as an octal number in YAML 1.1")
    return None


class _Reader:
    """Turns the node graph into plain values, collecting traps instead of stopping at the first."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.positions: dict[Path, tuple[int, int]] = {}
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, path: Path, depth: int) -> object:
        self.positions.setdefault(path, (node.start_mark.line + 1, node.start_mark.column + 1))
        if depth > MAX_DEPTH:
            self._report(node, "KS005", tr("nested deeper than {n} levels").format(n=MAX_DEPTH), tr("flatten it"))
            return None
        if id(node) in self._seen:
            return None  # an alias, already reported
        self._seen.add(id(node))
        if node.tag.removeprefix(_TAG) not in _TAGS:
            self._report(node, "KS007", tr("the tag {tag} is not used here").format(tag=node.tag), tr("remove the tag"))
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, i), depth + 1) for i, item in enumerate(node.value)]
        assert isinstance(node, yaml.MappingNode)
        return self._mapping(node, path, depth)

    def _mapping(self, node: yaml.MappingNode, path: Path, depth: int) -> dict[str, object]:
        result: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node)
            if key is None:
                continue
            if key in result:
                self._report(
                    key_node, "KS008", tr("the key `{key}` stands twice").format(key=key), tr("keep one of them")
                )
                continue
            at = (*path, key)
            self.positions[at] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            result[key] = self.value(value_node, at, depth + 1)
        return result

    def _key(self, node: yaml.Node) -> str | None:
        if not isinstance(node, yaml.ScalarNode):
            self._report(node, "KS009", tr("a key must be plain text"), tr("check for a stray `?`, `[` or `{`"))
            return None
        if not node.style and node.value.lower() in _BOOL_TRAPS:
            what = tr("`{key}` as a key reads as true/false in YAML 1.1").format(key=node.value)
            self._report(node, "KS010", what, tr('write "{text}" in quotes').format(text=node.value))
            return None
        if not node.style and node.value == "<<":
            self._report(node, "KS006", tr("merge keys (<<) are not used here"), tr("write the keys out"))
            return None
        return str(node.value)

    def _scalar(self, node: yaml.ScalarNode) -> object:
        text = node.value
        if _CONTROL.search(text):
            self._report(node, "KS004", tr("an escape for a control or direction-changing character"), tr("delete it"))
        if node.style:
            return text
        if text in {"", "~", "null"}:
            return None
        if text in {"true", "false"}:
            return text == "true"
        if trap := _trap(text):
            code, what = trap
            self._report(node, code, what.format(text=text), tr('write "{text}" in quotes').format(text=text))
            return text
        if len(text) > LONGEST_NUMBER:
            return text
        if _INT.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
        return text

    def _report(self, node: yaml.Node, code: str, message: str, fix: str) -> None:
        mark = node.start_mark
        self.problems.append(Problem(self.source, mark.line + 1, mark.column + 1, code, message, fix))


class _Dumper(yaml.SafeDumper):
    """Quotes text that `read_yaml` would take for a number: the library goes by YAML 1.1."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    number = _INT.fullmatch(value) or _FLOAT.fullmatch(value) or _OCTAL.fullmatch(value)
    return dumper.represent_scalar(_TAG + "str", value, style="'" if number else None)


_Dumper.add_representer(str, _text)


def write_yaml(data: object) -> str:
    """Plain values as YAML, keys in their order, readable by `read_yaml`."""
    return str(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120))
