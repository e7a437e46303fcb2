"""Rows of a log: timed events as JSON lines, and back. Equal events give equal bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, TypeVar

from kefu_sim.base.fields import misfit


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
        raise ValueError("nested too deep") from None
    if not isinstance(data, dict):
        raise ValueError("a row that is not an object")
    return data


class Kinds(dict[str, type[_Row]]):
    """The events that can stand in a log, by their kind: what reads its lines."""

    def __init__(self, *classes: type[_Row]) -> None:
        super().__init__((cls.kind, cls) for cls in classes)

    def from_line(self, line: str) -> _Row:
        """Read one line of a log file. Raises ValueError that says what is wrong with it."""
        return self.from_data(parsed(line))

    def from_data(self, data: dict[str, Any]) -> _Row:
        """Read an event back. Raises ValueError that says what is wrong with it."""
        kind = data.get("kind")
        cls = self.get(kind) if isinstance(kind, str) else None
        if cls is None:
            raise ValueError(f"unknown kind of event {kind!r}")
        known = {f.name for f in fields(cls)}
        given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k != "kind"}
        if unknown := sorted(set(given) - known):
            raise ValueError(f"unknown field {unknown[0]!r} in a {kind!r} event")
        if not isinstance(given.get("t"), int | float):
            raise ValueError(f"a {kind!r} event without a time")
        if strange := misfit(cls, given):
            raise ValueError(f"{strange!r} of a {kind!r} event cannot be {data[strange]!r:.40}")
        try:
            return cls(**given)
        except TypeError as error:
            raise ValueError(f"a {kind!r} event that is not complete ({error})") from None
