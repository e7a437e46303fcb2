"""The folder of receptions: which are unfinished, which are done and how well they went."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from kefu_sim.base.errors import BadLogError, UnwritableError
from kefu_sim.base.fields import misfit
from kefu_sim.engine import events as ev
from kefu_sim.i18n import tr
from kefu_sim.store.hold import held
from kefu_sim.store.logs import LogWriter, read_log

_LOG = ".jsonl"
_RESULT = ".result.json"


@dataclass(frozen=True, slots=True)
class Result:
    """Summary of a finished reception, kept beside its log; can be made anew from it."""

    id: str
    scenario: str
    mode: str
    started: str
    outcome: str
    total: float
    rubric: str


class Receptions:
    """All receptions below one folder. Nothing is created before something is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def new_log(self, scenario: str, stamp: str) -> LogWriter:
        """Start a log, named by time (`stamp`, sortable) and scenario. Raises UnwritableError."""
        for count in range(1000):
            name = f"{stamp}-{scenario}" + (f"-{count}" if count else "")
            path = self.folder / (name + _LOG)
            if not path.exists():
                return LogWriter(path, fresh=True)
        raise UnwritableError(tr("{path}: too many receptions of one moment").format(path=self.folder))

    def continue_log(self, reception: str) -> LogWriter:
        """Append to a log. Raises UnwritableError, and KefuError when another program is at it."""
        return LogWriter(self._path(reception), fresh=False)

    def read(self, reception: str) -> list[ev.Event]:
        """Events of a reception. Raises BadLogError."""
        return read_log(self._path(reception))

    def exists(self, reception: str) -> bool:
        """Whether there is a log of this id."""
        return self._path(reception).is_file()

    def unfinished(self) -> Iterator[str]:
        """Ids of receptions without an ending that nobody is at, newest first; unreadable ones come last."""
        unreadable = []
        for reception in self._ids():
            if (self.folder / (reception + _RESULT)).exists() or held(self._path(reception)):
                continue
            try:
                log = self.read(reception)
            except BadLogError:
                unreadable.append(reception)
                continue
            if log and not isinstance(log[-1], ev.Ended):
                yield reception
        yield from unreadable

    def save_result(self, result: Result) -> None:
        """Keep the summary of a finished reception. Raises UnwritableError; never leaves half a file."""
        path = self.folder / (result.id + _RESULT)
        draft = path.with_suffix(".tmp")
        try:
            draft.write_text(json.dumps(asdict(result), ensure_ascii=False), encoding="utf-8")
            draft.replace(path)
        except OSError as error:
            raise UnwritableError(
                tr("{path} cannot be written: {why}").format(path=path, why=error.strerror or error)
            ) from None

    def results(self) -> Iterator[Result]:
        """Summaries of finished receptions, newest first; damaged ones are passed over."""
        for path in sorted(self._files("*" + _RESULT), reverse=True):
            try:
                result = Result(**json.loads(path.read_text(encoding="utf-8")))
            except (OSError, ValueError, TypeError, RecursionError):
                continue
            if not misfit(Result, asdict(result)):
                yield result

    def best_totals(self) -> dict[str, float]:
        """Scenario id → best total so far."""
        best: dict[str, float] = {}
        for result in self.results():
            best[result.scenario] = max(best.get(result.scenario, 0.0), result.total)
        return best

    def _ids(self) -> list[str]:
        return [p.name.removesuffix(_LOG) for p in sorted(self._files("*" + _LOG), reverse=True)]

    def _files(self, pattern: str) -> list[Path]:
        try:
            return list(self.folder.glob(pattern))
        except OSError:
            return []

    def _path(self, reception: str) -> Path:
        return self.folder / (Path(reception).name + _LOG)
