"""Finished receptions scored anew by the rules in force: which totals moved, and by which rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kefu_sim.base.errors import KefuError
from kefu_sim.engine import events as ev
from kefu_sim.engine.program import Program
from kefu_sim.house import House
from kefu_sim.play import stranger
from kefu_sim.programs import program_for
from kefu_sim.progress.moved import Move, moves
from kefu_sim.progress.record import Record, Wanted
from kefu_sim.rulebook.progress import load_progress_rules
from kefu_sim.rulebook.recogniser import load_recogniser
from kefu_sim.rulebook.rubric import load_rubric
from kefu_sim.scores import score_log
from kefu_sim.scoring.ledger import Score
from kefu_sim.store.entries import Entry, scored
from kefu_sim.store.scores import score_from_text


@dataclass(frozen=True, slots=True)
class Rescored:
    """One reception under the rules in force."""

    entry: Entry
    """As it stands in the records."""
    new: Score | None
    """None when its story cannot be found any more, or does not fit its log."""
    moved: tuple[Move, ...] = ()
    """Empty when it had no score before."""

    @property
    def record(self) -> Record:
        """As it stands in the records."""
        return self.entry.record

    @property
    def by(self) -> float | None:
        """What its total moved by; None where there is nothing to hold against each other."""
        old = self.record.total
        return None if self.new is None or old is None else round(self.new.total - old, 2)


def to_rescore(house: House, wanted: Wanted, *, every: bool = False) -> list[str]:
    """Keys of the receptions that were scored by other rules, or of every one; oldest first."""
    rules = None if every else (load_rubric().version, load_recogniser().version)
    return house.records.receptions_but(wanted, rules)


def rescored(house: House, keys: list[str]) -> Iterator[Rescored]:
    """Score each of them anew; nothing is changed."""
    programs: dict[tuple[str, int], Program | None] = {}
    for key in keys:
        for entry in house.records.entries([key]):
            log = [ev.from_line(line) for line in entry.log.splitlines()]
            opened = log[0]
            assert isinstance(opened, ev.Opened)
            story = (opened.scenario, opened.level)
            if story not in programs:
                programs[story] = _program(house, *story)
            yield _anew(entry, log, programs[story])


def keep(house: House, one: Rescored) -> None:
    """Put a new score into the records."""
    if one.new is not None:
        log = [ev.from_line(line) for line in one.entry.log.splitlines()]
        entry = scored(one.entry, log, one.new, load_progress_rules().failed)
        house.records.replace(replace(entry, recogniser=load_recogniser().version))


def _program(house: House, story: str, level: int) -> Program | None:
    try:
        return program_for(house.library.get(story), level)
    except KefuError:
        return None


def _anew(entry: Entry, log: Sequence[ev.Event], program: Program | None) -> Rescored:
    if program is None or stranger(log, program.scenario):
        return Rescored(entry, None)
    new = score_log(program, log)
    if entry.score is None:
        return Rescored(entry, new)
    return Rescored(entry, new, tuple(moves(score_from_text(entry.score).ledger, new.ledger)))
