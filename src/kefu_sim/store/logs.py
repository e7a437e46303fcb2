"""Reception logs: JSON lines, appended event by event, so that a killed program loses at most the unsent draft."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TextIO, TypeVar

from kefu_sim.base.errors import BadLogError, KefuError, UnwritableError
from kefu_sim.engine import events as ev
from kefu_sim.i18n import tr
from kefu_sim.store.hold import hold

_Row = TypeVar("_Row")


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
    """Appends lines to a file that is kept from other programs. Raises KefuError when another one keeps it."""

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
    """Read a log back; empty when no whole line was written. A last line cut off by a crash is dropped.

    Raises BadLogError that names file and line.
    """
    return read_rows(path, ev.from_line, _check_header)


def read_rows(path: Path, read: Callable[[str], _Row], check_header: Callable[[Path, _Row], None]) -> list[_Row]:
    """Read a log row by row with a reader that raises ValueError. Raises BadLogError that names file and line."""
    rows: list[_Row] = []
    lines = whole_lines(path)
    if lines == [""]:
        return []
    for number, line in enumerate(lines, 1):
        try:
            row = read(line)
        except ValueError as error:
            why = tr("no JSON") if isinstance(error, json.JSONDecodeError) else error
            what = tr("{path}:{line}: not a readable log ({why})").format(path=path, line=number, why=why)
            raise BadLogError(what, hint=tr("the file was left as it is")) from None
        if number == 1:
            check_header(path, row)
        rows.append(row)
    return rows


def check_format(path: Path, theirs: int, ours: int) -> None:
    """Refuse a log of a later format. Raises BadLogError."""
    if theirs > ours:
        raise BadLogError(
            tr("{path}: written by a newer kefu-sim (log format {theirs}, this one reads up to {ours})").format(
                path=path, theirs=theirs, ours=ours
            ),
            hint=tr("update kefu-sim to open it; the file was left as it is"),
        )


def whole_lines(path: Path) -> list[str]:
    """Lines of a file, a last one without its end left out. Raises BadLogError."""
    try:
        text = path.read_bytes().decode("utf-8", errors="replace")
    except OSError as error:
        raise BadLogError(tr("{path} cannot be read: {why}").format(path=path, why=error.strerror or error)) from None
    whole, _, _ = text.rpartition("\n")
    return whole.split("\n")


def _check_header(path: Path, event: ev.Event) -> None:
    if not isinstance(event, ev.Opened):
        what = tr("{path}:1: not a reception log (the first row must be `opened`)").format(path=path)
        raise BadLogError(what, hint=tr("the file was left as it is"))
    check_format(path, event.format, ev.FORMAT)


def _drop_torn_line(path: Path) -> None:
    """Cut off a half-written last line, so that appending starts on a fresh one."""
    data = path.read_bytes()
    whole = data.rfind(b"\n") + 1
    if whole < len(data):
        with path.open("r+b") as file:
            file.truncate(whole)


def _unwritable(path: Path, error: Exception) -> UnwritableError:
    why = getattr(error, "strerror", None) or str(error)
    hint = tr("set KEFU_SIM_HOME to a folder you may write to")
    return UnwritableError(tr("{path} cannot be written: {why}").format(path=path, why=why), hint=hint)
