"""Rows of a log: timed events as JSON lines, and back. Equal events give equal bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, fields
from typing import Any, ClassVar, TypeVar

from kefu_sim.base.fields import misfit
from kefu_sim.base.text import clean
from kefu_sim.i18n import tr

_LONG = 40
"""Characters of a strange value that are shown."""


@dataclass(frozen=True, slots=True)
class Row:
    """Base of every event that is kept."""

    kind: ClassVar[str]
    t: float


_Row = TypeVar("_Row", bound=Row)


def to_data(row: Row) -> dict[str, Any]:
    """Plain JSON-ready mapping of an event, `kind` first."""
    return {"kind": row.kind, **asdict(row)}


def to_line(row: Row) -> str:
    """One line of a log file, without the line break."""
    return written(to_data(row))


def written(data: Mapping[str, Any]) -> str:
    """A mapping as one line."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def parsed(line: str) -> dict[str, Any]:
    """The mapping a line holds. Raises ValueError."""
    try:
        data = json.loads(line)
    except RecursionError:
        raise ValueError(tr("nested too deep")) from None
    if not isinstance(data, dict):
        raise ValueError(tr("a row that is no object in {braces}").format(braces="{ }"))
    return data


class Kinds(dict[str, type[_Row]]):
    """The events that can stand in a log, by their kind: what reads its lines."""

    def __init__(self, *classes: type[_Row]) -> None:
        super().__init__((cls.kind, cls) for cls in classes)
        self._needed = {cls: _needed(cls) for cls in classes}

    def from_line(self, line: str) -> _Row:
        """Read one line of a log file. Raises ValueError that says to a person what is wrong with it."""
        return self.from_data(parsed(line))

    def from_data(self, data: dict[str, Any]) -> _Row:
        """Read an event back. Raises ValueError that says to a person what is wrong with it."""
        kind = data.get("kind")
        cls = self.get(kind) if isinstance(kind, str) else None
        if cls is None:
            raise ValueError(tr("unknown kind of event {kind}").format(kind=_shown(kind)))
        given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k != "kind"}
        needed = self._needed[cls]
        if unknown := sorted(given.keys() - needed.keys()):
            raise ValueError(
                tr("an event of kind `{kind}` has no `{field}`").format(kind=kind, field=clean(unknown[0])[:_LONG])
            )
        if missing := [name for name, must in needed.items() if must and name not in given]:
            fields = " ".join(f"`{name}`" for name in missing)
            raise ValueError(tr("an event of kind `{kind}` lacks {fields}").format(kind=kind, fields=fields))
        if strange := misfit(cls, given):
            what = tr("`{field}` of an event of kind `{kind}` cannot be {value}")
            raise ValueError(what.format(field=strange, kind=kind, value=_shown(data[strange])))
        return cls(**given)


def _needed(cls: type[Row]) -> dict[str, bool]:
    """The fields of an event, and whether each must be given."""
    return {f.name: f.default is MISSING and f.default_factory is MISSING for f in fields(cls)}


def _shown(value: object) -> str:
    """A value of a file as it may stand there, in short."""
    match value:
        case dict():
            return "{…}"
        case list():
            return "[…]"
        case _:
            text = clean(json.dumps(value, ensure_ascii=False))
            return text if len(text) <= _LONG else text[:_LONG] + "…"
