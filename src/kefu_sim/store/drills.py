"""The folder of drills: one JSON-lines file for each run, with every commit."""

from __future__ import annotations

from pathlib import Path

from kefu_sim.base.errors import BadLogError, UnwritableError
from kefu_sim.drill import events as ev
from kefu_sim.i18n import tr
from kefu_sim.store.hold import held
from kefu_sim.store.logs import LogWriter, read_rows

_LOG = ".jsonl"


class Drills:
    """All drills below one folder. Nothing is created before something is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def new_log(self, stamp: str) -> LogWriter[ev.Event]:
        """Start a log, named by time (`stamp`, sortable). Raises UnwritableError."""
        for count in range(1000):
            path = self.folder / (stamp + (f"-{count}" if count else "") + _LOG)
            if not path.exists():
                return LogWriter(path, ev.to_line, fresh=True)
        raise UnwritableError(tr("{path}: too many drills of one moment").format(path=self.folder))

    def ids(self) -> list[str]:
        """Ids of all drills, oldest first."""
        try:
            return sorted(path.name.removesuffix(_LOG) for path in self.folder.glob("*" + _LOG))
        except OSError:
            return []

    def path(self, drill: str) -> Path:
        """Where the log of a drill is."""
        return self.folder / (Path(drill).name + _LOG)

    def going_on(self, drill: str) -> bool:
        """Whether a program is writing it now."""
        return held(self.path(drill))

    def read(self, drill: str) -> list[ev.Event]:
        """Events of a drill. Raises BadLogError that names file and line; a torn last line is dropped."""
        path = self.path(drill)
        kind = tr("{path}:1: not a drill's log (the first row must be `opened`)").format(path=path)
        if rows := read_rows(path, ev.from_line, ev.Opened, ev.FORMAT, kind):
            return rows
        raise BadLogError(kind, hint=tr("the file was left as it is"))
