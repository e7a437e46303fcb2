"""The folder of shifts: one log for each, and a summary of those that are over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from kefu_sim.base.errors import BadLogError, UnwritableError
from kefu_sim.base.fields import misfit
from kefu_sim.i18n import tr
from kefu_sim.rush import events as rv
from kefu_sim.store.hold import held
from kefu_sim.store.logs import LogWriter, read_rows
from kefu_sim.store.textfiles import write_text_file

_LOG = ".jsonl"
_RESULT = ".result.json"


@dataclass(frozen=True, slots=True)
class ShiftResult:
    """Summary of a shift that is over, kept beside its log; can be made anew from it."""

    id: str
    shift: str
    seed: int
    started: str
    ended: str
    total: float
    sales: float
    buyers: int
    sold: int


class ShiftLogs:
    """All shifts below one folder. Nothing is created before something is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def new_log(self, shift: str, stamp: str) -> LogWriter[rv.Entry]:
        """Start a log, named by time (`stamp`, sortable) and shift. Raises UnwritableError."""
        for count in range(1000):
            path = self.path(f"{stamp}-{shift}" + (f"-{count}" if count else ""))
            if not path.exists():
                return LogWriter(path, rv.to_line, fresh=True)
        raise UnwritableError(tr("{path}: too many shifts of one moment").format(path=self.folder))

    def continue_log(self, name: str) -> LogWriter[rv.Entry]:
        """Append to a log. Raises UnwritableError, and KefuError when another program is at it."""
        return LogWriter(self.path(name), rv.to_line, fresh=False)

    def read(self, name: str) -> list[rv.Entry]:
        """Rows of a shift. Raises BadLogError."""
        return read_shift_log(self.path(name))

    def exists(self, name: str) -> bool:
        """Whether there is a log of this id."""
        return self.path(name).is_file()

    def unfinished(self) -> Iterator[str]:
        """Ids of shifts that are not over and that nobody is at, newest first; unreadable ones come last."""
        unreadable = []
        for name in self.ids():
            if (self.folder / (name + _RESULT)).exists() or held(self.path(name)):
                continue
            try:
                log = self.read(name)
            except BadLogError:
                unreadable.append(name)
                continue
            if log and not rv.rung(log):
                yield name
        yield from unreadable

    def ids(self) -> list[str]:
        """Ids of all shifts, newest first."""
        return [path.name.removesuffix(_LOG) for path in sorted(self._files("*" + _LOG), reverse=True)]

    def path(self, name: str) -> Path:
        """File of a log."""
        return self.folder / (Path(name).name + _LOG)

    def save_result(self, result: ShiftResult) -> None:
        """Keep the summary of a shift. Raises UnwritableError."""
        write_text_file(self.folder / (result.id + _RESULT), json.dumps(asdict(result), ensure_ascii=False), force=True)

    def results(self) -> Iterator[ShiftResult]:
        """Summaries, newest first; damaged ones are passed over."""
        for path in sorted(self._files("*" + _RESULT), reverse=True):
            try:
                result = ShiftResult(**json.loads(path.read_text(encoding="utf-8")))
            except (OSError, ValueError, TypeError, RecursionError):
                continue
            if not misfit(ShiftResult, asdict(result)):
                yield result

    def _files(self, pattern: str) -> list[Path]:
        try:
            return list(self.folder.glob(pattern))
        except OSError:
            return []


def read_shift_log(path: Path) -> list[rv.Entry]:
    """Rows of a shift's log; none when no whole line was written. Raises BadLogError."""
    stranger = tr("{path}:1: not the log of a shift (the first row must be `shift`)").format(path=path)
    rows = read_rows(path, rv.from_line, rv.Entry, rv.FORMAT, stranger)
    if rows and not isinstance(rows[0].event, rv.Opened):
        raise BadLogError(stranger, hint=tr("the file was left as it is"))
    return rows
