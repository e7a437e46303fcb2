"""The folder of drills: one JSON-lines file for each run, with every commit, and a summary that can be made anew."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kefu_sim.base.errors import BadLogError, UnwritableError
from kefu_sim.base.fields import misfit
from kefu_sim.drill import events as ev
from kefu_sim.i18n import tr
from kefu_sim.store.logs import LineWriter, read_rows

_LOG = ".jsonl"
_RESULT = ".result.json"


@dataclass(frozen=True, slots=True)
class DrillRow:
    """Summary of a finished drill. Speeds are characters a minute, times seconds; None where it does not apply."""

    id: str
    started: str
    drill: ev.Kind
    mode: ev.Mode
    target: int
    seconds: float
    title: str
    source: str
    rules: str
    latin: bool
    """Mainly Latin text; its records stand apart."""
    record: bool
    """Whether it counts for the personal best."""
    complete: bool
    elapsed: float
    net: float | None = None
    gross: float | None = None
    accuracy: float | None = None
    typed: int = 0
    wrong: int = 0
    missed: int = 0
    extra: int = 0
    corrected: int = 0
    consistency: float | None = None
    level: str | None = None
    doubt: str | None = None
    asked: int = 0
    answered: int = 0
    mean_reply_s: float | None = None
    """Reply drill: mean seconds to an answer."""

    def to_data(self) -> dict[str, Any]:
        """Values for JSON and CSV, in a fixed order."""
        return asdict(self)


class Drills:
    """All drills below one folder. Nothing is created before something is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def new_log(self, stamp: str) -> LineWriter:
        """Start a log, named by time (`stamp`, sortable). Raises UnwritableError."""
        for count in range(1000):
            path = self.folder / (stamp + (f"-{count}" if count else "") + _LOG)
            if not path.exists():
                return LineWriter(path, fresh=True)
        raise UnwritableError(tr("{path}: too many drills of one moment").format(path=self.folder))

    def ids(self) -> list[str]:
        """Ids of all drills, oldest first."""
        try:
            return sorted(path.name.removesuffix(_LOG) for path in self.folder.glob("*" + _LOG))
        except OSError:
            return []

    def read(self, drill: str) -> list[ev.Event]:
        """Events of a drill. Raises BadLogError that names file and line; a torn last line is dropped."""
        path = self.folder / (Path(drill).name + _LOG)
        kind = tr("{path}:1: not a drill's log (the first row must be `opened`)").format(path=path)
        if rows := read_rows(path, ev.from_line, ev.Opened, ev.FORMAT, kind):
            return rows
        raise BadLogError(kind, hint=tr("the file was left as it is"))

    def save_row(self, row: DrillRow) -> None:
        """Keep the summary of a drill. Raises UnwritableError; never leaves half a file."""
        path = self.folder / (row.id + _RESULT)
        draft = path.with_suffix(".tmp")
        try:
            draft.write_text(json.dumps(row.to_data(), ensure_ascii=False), encoding="utf-8")
            draft.replace(path)
        except OSError as error:
            raise UnwritableError(
                tr("{path} cannot be written: {why}").format(path=path, why=error.strerror or error)
            ) from None

    def row(self, drill: str) -> DrillRow | None:
        """The summary kept of a drill; None when there is none that can be read."""
        try:
            row = DrillRow(**json.loads((self.folder / (drill + _RESULT)).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, RecursionError):
            return None
        return None if misfit(DrillRow, row.to_data()) else row


def best(rows: Sequence[DrillRow], target: int, *, latin: bool) -> DrillRow | None:
    """The fastest record of a level; None before the first."""
    records = [row for row in _records(rows) if row.target == target and row.latin == latin]
    return max(records, key=lambda row: row.net or 0.0, default=None)


def _records(rows: Sequence[DrillRow]) -> Iterator[DrillRow]:
    return (row for row in rows if row.record and row.drill == "copy" and row.net is not None)
