"""Records handed over or put away: into an archive, and back out of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kefu_sim.base.errors import BadLogError, KefuError
from kefu_sim.base.refusals import unwritable
from kefu_sim.engine.events import Opened
from kefu_sim.history.intake import refresh_bests, remade
from kefu_sim.house import House
from kefu_sim.i18n import tr
from kefu_sim.progress.record import Wanted
from kefu_sim.store.archive import OpenLog, read_archive, write_archive
from kefu_sim.store.entries import Entry
from kefu_sim.store.logs import whole_lines
from kefu_sim.store.textfiles import write_text_file


@dataclass(frozen=True, slots=True)
class Restored:
    """What came out of an archive."""

    new: int
    known: int
    """Records that were there already."""
    opened: tuple[str, ...]
    """Ids of unfinished receptions that can be gone on with."""
    left_out: tuple[str, ...]
    """Ids of unfinished receptions whose name another one has here."""


def put_away(house: House, path: Path, wanted: Wanted, *, unfinished: bool) -> tuple[int, int]:
    """Write an archive; returns the numbers of records and of unfinished receptions. Raises KefuError."""
    keys = [record.key for record in reversed(house.records.rows(wanted))]
    logs = list(_open_logs(house, wanted)) if unfinished else []
    if not keys and not logs:
        raise KefuError(tr("there is nothing to archive"), hint=tr("`kefu-sim history` with the same options lists it"))
    made = datetime.now().astimezone().isoformat(timespec="seconds")
    return write_archive(path, _entries(house, keys), logs, made), len(logs)


def check(path: Path) -> tuple[int, int]:
    """Read an archive through; the numbers of records and of unfinished receptions. Raises KefuError."""
    parts = [isinstance(part, Entry) for part in read_archive(path)]
    return sum(parts), len(parts) - sum(parts)


def take_back(house: House, path: Path) -> Restored:
    """Take an archive in. All of it is checked before anything is written. Raises KefuError."""
    for part in read_archive(path):
        if isinstance(part, Entry):
            _remade(house, part, path)
    new = known = 0
    opened, left_out = [], []
    for part in read_archive(path):
        if isinstance(part, Entry):
            added = house.records.add([_remade(house, part, path)])
            new, known = new + added, known + 1 - added
            house.inbox.put(part.disputes, over=False)
        elif _reopened(house, part):
            opened.append(part.id)
        else:
            left_out.append(part.id)
    refresh_bests(house)
    return Restored(new, known, tuple(opened), tuple(left_out))


def same_disk(house: House, path: Path) -> bool:
    """Whether an archive lies where the records lie, so that one broken disk takes both."""
    try:
        return path.resolve().parent.stat().st_dev == house.folder.stat().st_dev
    except OSError:
        return False


def _entries(house: House, keys: Sequence[str]) -> Iterator[Entry]:
    for key in keys:
        for entry in house.records.entries([key]):
            yield replace(entry, disputes=tuple(house.inbox.disputes(entry.desk, entry.record.id)))


def _open_logs(house: House, wanted: Wanted) -> Iterator[OpenLog]:
    """Unfinished receptions of whoever is wanted; one that cannot be read belongs to nobody."""
    for name in house.receptions.unfinished():
        try:
            opened = house.receptions.read(name)[0]
        except BadLogError:
            continue
        if isinstance(opened, Opened) and wanted.trainee in {None, opened.trainee}:
            yield OpenLog(name, "\n".join([*whole_lines(house.receptions.path(name)), ""]))


def _remade(house: House, entry: Entry, path: Path) -> Entry:
    try:
        return remade(house, entry)
    except ValueError as error:
        what = tr("{where}: the archive is damaged ({why})").format(where=path, why=error)
        raise KefuError(what, hint=tr("nothing of it was taken; use another copy")) from None


def _reopened(house: House, part: OpenLog) -> bool:
    """Lay an unfinished reception where it can be gone on with; False when another one has its name."""
    path = house.receptions.path(part.id)
    if path.exists():
        return "\n".join([*whole_lines(path), ""]) == part.log
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(path.parent, error) from None
    write_text_file(path, part.log)
    return True
