"""Logs: JSON lines, appended event by event, so that a killed program loses nothing that was sent."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol, TextIO, TypeVar

from kefu_sim.base.errors import BadLogError, KefuError, UnwritableError
from kefu_sim.base.refusals import unreadable, unwritable
from kefu_sim.engine import events as ev
from kefu_sim.i18n import tr
from kefu_sim.store.hold import hold

_Row = TypeVar("_Row")


class Header(Protocol):
    """The first row of a log."""

    @property
    def format(self) -> int:
        """Version of the log's format."""
        ...


class LineWriter:
    """Appends lines to one file. Each batch is flushed before `write_lines` returns."""

    def __init__(self, path: Path, *, fresh: bool) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not fresh:
                _drop_torn_line(path)
            self._file: TextIO = path.open("x" if fresh else "a", encoding="utf-8", newline="\n")
        except OSError as error:
            raise _unwritable(path, error) from None

    def write_lines(self, lines: Iterable[str]) -> None:
        """Append lines given without their ends. Raises UnwritableError (disk full, folder gone)."""
        try:
            self._file.write("".join(line + "\n" for line in lines))
            self._file.flush()
        except (OSError, ValueError) as error:
            raise _unwritable(self.path, error) from None

    def close(self) -> None:
        """Close the file; a failing disk is no reason to stop now."""
        try:
            self._file.close()
        except OSError:
            return


class HeldWriter(LineWriter):
    """Keeps the file to itself until it is closed. Raises KefuError when another program is writing it."""

    def __init__(self, path: Path, *, fresh: bool) -> None:
        super().__init__(path, fresh=fresh)
        if not hold(self._file):
            self.close()
            raise KefuError(
                tr("{id} is going on in another window").format(id=path.stem),
                hint=tr("go on there, or leave it there first"),
            )


class LogWriter(HeldWriter):
    """Appends events of a reception."""

    def write(self, new: Sequence[ev.Event]) -> None:
        """Append events. Raises UnwritableError."""
        self.write_lines(ev.to_line(event) for event in new)


def read_log(path: Path) -> list[ev.Event]:
    """Read a reception's log back; empty when no whole line was written. Raises BadLogError."""
    kind = tr("{path}:1: not a reception log (the first row must be `opened`)").format(path=path)
    return read_rows(path, ev.from_line, ev.Opened, ev.FORMAT, kind)


def read_rows(path: Path, read: Callable[[str], _Row], header: type[Header], ours: int, stranger: str) -> list[_Row]:
    """Read the rows of a log; none when no whole line was written. A last line cut off by a crash is dropped.

    The first row must be a `header` of a format up to `ours`; `stranger` is said of a log that begins otherwise.
    Raises BadLogError that names file and line.
    """
    rows: list[_Row] = []
    for number, line in enumerate(whole_lines(path), 1):
        try:
            row = read(line)
        except ValueError as error:
            why = tr("no JSON") if isinstance(error, json.JSONDecodeError) else error
            what = tr("{path}:{line}: not a readable log ({why})").format(path=path, line=number, why=why)
            raise BadLogError(what, hint=tr("the file was left as it is")) from None
        if number == 1:
            _check_header(path, row, header, ours, stranger)
        rows.append(row)
    return rows


def _check_header(path: Path, row: object, header: type[Header], ours: int, stranger: str) -> None:
    if not isinstance(row, header):
        raise BadLogError(stranger, hint=tr("the file was left as it is"))
    if row.format > ours:
        raise BadLogError(
            tr("{path}: written by a newer kefu-sim (log format {theirs}, this one reads up to {ours})").format(
                path=path, theirs=row.format, ours=ours
            ),
            hint=tr("update kefu-sim to open it; the file was left as it is"),
        )


def whole_lines(path: Path) -> list[str]:
    """Lines of a file, a last one without its end left out. Raises BadLogError."""
    try:
        text = path.read_bytes().decode("utf-8", errors="replace")
    except OSError as error:
        raise BadLogError(str(unreadable(path, error))) from None
    whole, end, _ = text.rpartition("\n")
    return whole.split("\n") if end else []


def _drop_torn_line(path: Path) -> None:
    """Cut off a half-written last line, so that appending starts on a fresh one."""
    data = path.read_bytes()
    whole = data.rfind(b"\n") + 1
    if whole < len(data):
        with path.open("r+b") as file:
            file.truncate(whole)


def _unwritable(path: Path, error: Exception) -> UnwritableError:
    return unwritable(path, error, hint=tr("set KEFU_SIM_HOME to a folder you may write to"))
