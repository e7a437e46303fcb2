"""The folder of receptions: logs of those that are going on, and below `finished/` those that are in the records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from kefu_sim.base.errors import BadLogError, UnwritableError
from kefu_sim.engine import events as ev
from kefu_sim.i18n import tr
from kefu_sim.store.drafts import DRAFT
from kefu_sim.store.hold import held
from kefu_sim.store.logs import LogWriter, read_log

_LOG = ".jsonl"
_RESULT = ".result.json"
"""Ending of summaries that earlier versions kept beside the logs."""


class Receptions:
    """All receptions below one folder. Nothing is created before something is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.finished = folder / "finished"

    def new_log(self, scenario: str, stamp: str) -> LogWriter[ev.Event]:
        """Start a log, named by time (`stamp`, sortable) and scenario. Raises UnwritableError."""
        for count in range(1000):
            name = f"{stamp}-{scenario}" + (f"-{count}" if count else "")
            if not any((folder / (name + _LOG)).exists() for folder in (self.folder, self.finished)):
                return LogWriter(self.folder / (name + _LOG), ev.to_line, fresh=True)
        raise UnwritableError(tr("{path}: too many receptions of one moment").format(path=self.folder))

    def continue_log(self, reception: str) -> LogWriter[ev.Event]:
        """Append to a log. Raises UnwritableError, and KefuError when another program is at it."""
        return LogWriter(self.path(reception), ev.to_line, fresh=False)

    def read(self, reception: str) -> list[ev.Event]:
        """Events of a reception. Raises BadLogError."""
        return read_log(self.path(reception))

    def exists(self, reception: str) -> bool:
        """Whether there is a log of this id."""
        return self.path(reception).is_file()

    def path(self, reception: str) -> Path:
        """Where the log of a reception is."""
        name = Path(reception).name + _LOG
        filed = self.finished / name
        return filed if filed.is_file() else self.folder / name

    def going_on(self, reception: str) -> bool:
        """Whether a program is writing it now."""
        return held(self.path(reception))

    def unfinished(self) -> Iterator[str]:
        """Ids of receptions without an ending that nobody is at, newest first; unreadable ones come last."""
        unreadable = []
        for reception in self.open_ids():
            if self.going_on(reception):
                continue
            try:
                log = self.read(reception)
            except BadLogError:
                unreadable.append(reception)
                continue
            if log and not isinstance(log[-1], ev.Ended):
                yield reception
        yield from unreadable

    def open_ids(self) -> list[str]:
        """Ids of the logs that are not filed away, newest first."""
        return _ids(self.folder)

    def filed_ids(self) -> list[str]:
        """Ids of the logs that are, newest first."""
        return _ids(self.finished)

    def finished_ids(self) -> list[str]:
        """Ids of the logs that have come to their end, filed away or not, newest first."""
        ended = [reception for reception in self.open_ids() if self._ended(reception)]
        return sorted({*ended, *self.filed_ids()}, reverse=True)

    def any_finished(self) -> bool:
        """Whether a log has come to its end; reads no more of them than it must."""
        return bool(self.filed_ids()) or any(map(self._ended, self.open_ids()))

    def _ended(self, reception: str) -> bool:
        try:
            log = self.read(reception)
        except BadLogError:
            return False
        return bool(log) and isinstance(log[-1], ev.Ended)

    def old_total(self, reception: str) -> float | None:
        """The total in the summary that an earlier version kept beside the log; None without one."""
        try:
            found = json.loads((self.folder / (reception + _RESULT)).read_text(encoding="utf-8"))
            total = found["total"]
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None
        return float(total) if isinstance(total, int | float) and 0 <= total <= 100 else None

    def file_away(self, reception: str) -> None:
        """Put a log that is in the records out of the way. A disk that refuses is no reason to stop."""
        try:
            self.finished.mkdir(exist_ok=True)
            (self.folder / (reception + _LOG)).replace(self.finished / (reception + _LOG))
            for left in (_RESULT, DRAFT):
                (self.folder / (reception + left)).unlink(missing_ok=True)
        except OSError:
            return


def _ids(folder: Path) -> list[str]:
    try:
        return sorted((path.name.removesuffix(_LOG) for path in folder.glob("*" + _LOG)), reverse=True)
    except OSError:
        return []
