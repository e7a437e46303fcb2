"""Logs: JSON lines, appended event by event, so that a killed program loses nothing that was sent."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO, Generic, Protocol, TypeVar

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


class LogWriter(Generic[_Row]):
    """Appends rows to one log and keeps it to itself until it is closed: what is read meanwhile stays true.

    Each batch is flushed before `write` returns. A last line torn by a crash is cut off before the first of them, and
    not before: a log that turns out to be none is left as it was.
    """

    def __init__(self, path: Path, to_line: Callable[[_Row], str], *, fresh: bool) -> None:
        """Raises UnwritableError, and KefuError when another program is writing it."""
        self.path = path
        self._to_line = to_line
        self._may_be_torn = not fresh
        try:
            if fresh:
                path.parent.mkdir(parents=True, exist_ok=True)
            else:
                path.stat()  # opening would make one that is gone anew
            self._file: BinaryIO = path.open("xb" if fresh else "a+b")
        except OSError as error:
            raise _unwritable(path, error) from None
        if not hold(self._file):
            self.close()
            raise KefuError(
                tr("{id} is going on in another window").format(id=path.stem),
                hint=tr("go on there, or leave it there first"),
            )

    def write(self, new: Iterable[_Row]) -> None:
        """Append rows. Raises UnwritableError (disk full, folder gone)."""
        try:
            if self._may_be_torn:
                _drop_torn_line(self._file)
                self._may_be_torn = False
            self._file.write("".join(self._to_line(row) + "\n" for row in new).encode())
            self._file.flush()
        except (OSError, ValueError) as error:
            raise _unwritable(self.path, error) from None

    def close(self) -> None:
        """Close the file; a failing disk is no reason to stop now."""
        try:
            self._file.close()
        except OSError:
            return


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


def _drop_torn_line(file: BinaryIO) -> None:
    """Cut off a half-written last line, so that appending starts on a fresh one."""
    file.seek(0)
    data = file.read()
    whole = data.rfind(b"\n") + 1
    if whole < len(data):
        file.truncate(whole)
    file.seek(whole)


def _unwritable(path: Path, error: Exception) -> UnwritableError:
    return unwritable(path, error, hint=tr("set KEFU_SIM_HOME to a folder you may write to"))
