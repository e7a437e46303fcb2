"""Finished logs are taken into the records: at the end of a reception or drill, and whatever was missed before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from kefu_sim.base.errors import BadLogError, KefuError
from kefu_sim.drill import events as dr
from kefu_sim.drill.reply import answers
from kefu_sim.drill.row import summary
from kefu_sim.engine import events as ev
from kefu_sim.engine.program import Program
from kefu_sim.house import House
from kefu_sim.play import stranger
from kefu_sim.programs import program_for
from kefu_sim.reply_questions import judge
from kefu_sim.rulebook.drill import load_standards
from kefu_sim.rulebook.progress import load_progress_rules
from kefu_sim.rush import events as rv
from kefu_sim.scenario.model import Scenario
from kefu_sim.scores import score_log
from kefu_sim.shifts import ShiftRoom, report_of
from kefu_sim.store.entries import (
    Entry,
    Kept,
    Tried,
    drill_entry,
    measured,
    reception_entry,
    scored,
    shift_entry,
    worked,
)
from kefu_sim.store.logs import whole_lines
from kefu_sim.store.scores import score_from_text

Told = Callable[[int], None]
"""Receives the number of logs that are about to be taken in."""


def take_in(house: House, told: Told | None = None) -> int:
    """Put every finished log that the records lack into them; returns how many there were.

    Raises KefuError when the database cannot be used: the logs stay where they are and are taken in another time.
    """
    known = house.records.ids(house.desk.id)
    for reception in house.receptions.open_ids():
        if reception in known:
            house.receptions.file_away(reception)
    drills = [drill for drill in house.drills.ids() if drill not in known]
    receptions = [name for name in (*house.receptions.open_ids(), *house.receptions.filed_ids()) if name not in known]
    if told is not None and (drills or receptions):
        told(len(drills) + len(receptions))
    new = sum(house.records.add([entry]) for entry in _drills(house, drills))
    for entry in _receptions(house, receptions):
        new += house.records.add([entry])
        house.receptions.file_away(entry.record.id)
    new += _shifts(house)
    _read_anew(house)
    if new or house.desk.bests() is None:
        refresh_bests(house)
    return new


def _read_anew(house: House) -> None:
    """What an earlier version made of a log is made anew, from the log and the score that it was given."""
    for entry in house.records.entries(house.records.outdated(house.desk.id, load_standards().version)):
        house.records.replace(remade(house, entry))


def remade(house: House, entry: Entry) -> Entry:
    """An entry with all that hangs on it made from its log and its score. Raises ValueError when they are none."""
    lines = entry.log.splitlines()
    if entry.record.kind == "drill":
        rows = [dr.from_line(line) for line in lines]
        return measured(entry, summary(entry.record.id, rows, load_standards()), _tries(house, rows))
    if entry.record.kind == "reception" and entry.score is not None:
        log = [ev.from_line(line) for line in lines]
        return scored(entry, log, score_from_text(entry.score), load_progress_rules().failed)
    return entry


def try_to_take_in(house: House) -> str:
    """Take in what can be; why the records cannot be used, or nothing. Practice goes on without them."""
    try:
        take_in(house)
    except KefuError as error:
        return str(error)
    return ""


def refresh_bests(house: House) -> None:
    """Gather the best scores for the home screen; they are only saved work."""
    bests = house.records.bests()
    with suppress(KefuError):
        house.desk.keep_bests(bests)


def _receptions(house: House, ids: list[str]) -> Iterator[Entry]:
    programs: dict[tuple[str, int], Program] = {}
    for reception in ids:
        path = house.receptions.path(reception)
        try:
            log = house.receptions.read(reception)
            if not log or not isinstance(log[-1], ev.Ended):
                continue
            kept = _kept(house, path)
        except BadLogError:
            continue
        opened = log[0]
        assert isinstance(opened, ev.Opened)
        story = _story(house, opened.scenario)
        if story is None or stranger(log, story):
            yield _with_total(reception_entry(kept, log), house.receptions.old_total(reception))
            continue
        if (story.id, opened.level) not in programs:
            programs[story.id, opened.level] = program_for(story, opened.level)
        score = score_log(programs[story.id, opened.level], log)
        yield scored(reception_entry(kept, log, story.title), log, score, load_progress_rules().failed)


def _shifts(house: House) -> int:
    """Shifts whose bell has rung: new ones, and those that forms or an archive were added to since."""
    room, new = ShiftRoom(house), 0
    names = room.logs.ids()
    known = house.records.shifts(house.desk.id) if names else {}
    for name in names:
        path, old = room.logs.path(name), known.get(name)
        if old is not None and not _changed_since(path, old.ended):
            continue
        try:
            log = room.logs.read(name)
            kept = _kept(house, path)
        except BadLogError:
            continue
        if not rv.rung(log) or (old is not None and old.key == kept.key):
            continue
        entry = _worked(room, shift_entry(kept, log), log)
        if old is None:
            new += house.records.add([entry])
        else:
            house.records.replace(entry, old.key)
    return new


def _changed_since(path: Path, ended: str) -> bool:
    """Whether a log was written to after the second in which it was last read."""
    try:
        return int(path.stat().st_mtime) > datetime.fromisoformat(ended).timestamp()
    except OSError:
        return False


def _worked(room: ShiftRoom, entry: Entry, log: Sequence[rv.Entry]) -> Entry:
    """With the figures of the shift; with the total it was given then, where it or its stories are other ones now."""
    played = room.as_it_was(log)
    if played is not None:
        return worked(entry, report_of(played.plan, played), played.plan.shift.title)
    given = next((result.total for result in room.logs.results() if result.id == entry.record.id), None)
    return _with_total(entry, given)


def _story(house: House, scenario: str) -> Scenario | None:
    try:
        return house.library.get(scenario)
    except KefuError:
        return None


def _drills(house: House, ids: list[str]) -> Iterator[Entry]:
    for drill in ids:
        if house.drills.going_on(drill):
            continue
        try:
            log = house.drills.read(drill)
            kept = _kept(house, house.drills.path(drill))
        except BadLogError:
            continue
        opened = log[0]
        assert isinstance(opened, dr.Opened)
        yield drill_entry(kept, opened, summary(drill, log, load_standards()), _tries(house, log))


def _tries(house: House, log: Sequence[dr.Event]) -> list[Tried]:
    """Answers to moments of stories that still are, and whether the buyer would have gone on because of them."""
    found = []
    for answer in answers(log):
        story = _story(house, answer.question.scenario)
        if story is not None and answer.question.node in story.nodes:
            passed = bool(answer.text) and judge(program_for(story), answer).good
            found.append(Tried(story.id, answer.question.node, passed))
    return found


def _kept(house: House, path: Path) -> Kept:
    """Raises BadLogError."""
    text = "\n".join(whole_lines(path)) + "\n"
    try:
        changed = path.stat().st_mtime
    except OSError:
        changed = 0.0
    return Kept(path.stem, text, house.desk.id, datetime.fromtimestamp(changed, UTC).astimezone())


def _with_total(entry: Entry, total: float | None) -> Entry:
    """A reception that cannot be scored any more keeps the total it was given when it ended."""
    return replace(entry, record=entry.record._replace(total=total))
