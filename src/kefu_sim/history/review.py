"""复盘: a finished reception opened again, with its ledger and with advice for every reply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kefu_sim.base.errors import BadLogError, KefuError
from kefu_sim.engine import events as ev
from kefu_sim.house import House
from kefu_sim.i18n import tr
from kefu_sim.language.study import Study
from kefu_sim.play import stranger
from kefu_sim.programs import program_for, study_of_turn
from kefu_sim.progress.record import Kind, Record
from kefu_sim.rulebook.rubric import load_rubric
from kefu_sim.scenario.model import Scenario
from kefu_sim.scoring.asides import Beside, beside
from kefu_sim.scoring.coaching import Advice, Coaching, coach
from kefu_sim.scoring.ledger import Row, Score
from kefu_sim.scoring.score import Case, case_of
from kefu_sim.scoring.transcript import Turn, from_events, unread
from kefu_sim.store.scores import score_from_text


@dataclass(frozen=True, slots=True)
class Review:
    """Everything there is to see of a finished reception."""

    record: Record
    log: tuple[ev.Event, ...]
    turns: tuple[Turn, ...]
    """As the ledger counts them."""
    score: Score
    """As it was given."""
    coaching: Coaching
    story: Scenario | None
    """None when it cannot be found any more."""
    beside: Beside
    """Order notes, promises and notices."""

    @property
    def in_shift(self) -> bool:
        """Whether it is one of the receptions of a shift, which cannot be re-entered."""
        return "/" in self.record.id

    def rows_at(self, turn: int) -> list[Row]:
        """Rows of the ledger that point to a turn."""
        return [row for row in self.score.ledger if row.turn == turn]

    def advice_at(self, turn: int) -> Advice | None:
        """What to tell about a reply; None for lines of the buyer."""
        return next((advice for advice in self.coaching.replies if advice.turn == turn), None)


class Reading(NamedTuple):
    """A reply of a finished reception, read once more."""

    study: Study
    same_rules: bool
    """Whether story and recogniser are still those that the reception was held with."""


def reading_at(review: Review, turn: int) -> Reading:
    """What the reply of a turn is understood as, where it stood; takes the story. Raises KefuError."""
    opened = review.log[0]
    assert isinstance(opened, ev.Opened)
    assert review.story is not None
    program = program_for(review.story, opened.level)
    then, now = (opened.fingerprint, opened.recogniser), (program.fingerprint, program.understand.version)
    return Reading(study_of_turn(program, review.log, turn), then == now)


def find_reception(house: House, name: str) -> Record:
    """The reception of an id, of the beginning of one, or the newest for `last`. Raises KefuError."""
    return _found(house, name, ("reception",))


def find_finished(house: House, name: str) -> Record:
    """The same for receptions and shifts; `last` is a reception. Raises KefuError."""
    return _found(house, name, ("reception", "shift"))


def _found(house: House, name: str, kinds: Sequence[Kind]) -> Record:
    trainee = house.desk.trainee
    if name in {"last", ""}:
        found = house.records.latest(trainee)
    else:
        found = house.records.find(name, trainee) or house.records.find(name)
    others, found = found, [record for record in found if record.kind in kinds]
    if not found and others and others[0].kind == "shift":
        raise KefuError(
            tr("{id} is a shift").format(id=others[0].id),
            hint=tr("all its receptions: kefu-sim export {id}; one of them: kefu-sim review {id}/b1").format(
                id=others[0].id
            ),
        )
    if not found:
        raise KefuError(
            tr("no finished reception has the id `{id}`").format(id=name) if name else tr("no reception finished yet"),
            hint=tr("`kefu-sim history` lists them"),
        )
    if len({record.key for record in found}) > 1:
        raise KefuError(
            tr("`{id}` fits several receptions").format(id=name),
            hint=tr("name one of them: {names}").format(names=", ".join(record.id for record in found[:5])),
        )
    return found[0]


def review_of(house: House, record: Record) -> Review:
    """Open a reception again. Raises KefuError when it has no score or cannot be read."""
    document = house.records.document(record.key)
    if document is None or document.score is None:
        raise KefuError(
            tr("the reception {id} has no score: its story could not be found").format(id=record.id),
            hint=tr("put the story `{id}` back, then: kefu-sim rescore --apply").format(id=record.scenario),
        )
    try:
        log = tuple(ev.from_line(line) for line in document.log.splitlines())
        score = score_from_text(document.score)
    except ValueError as error:
        raise BadLogError(tr("the reception {id} cannot be read: {why}").format(id=record.id, why=error)) from None
    story = _story(house, log, record.scenario)
    case = Case(from_events(log, unread)) if story is None else case_of(log, story, unread)
    aside = beside(log, case.turns, story, score.ledger)
    return Review(record, log, case.turns, score, coach(case, score, load_rubric()), story, aside)


def _story(house: House, log: Sequence[ev.Event], scenario: str) -> Scenario | None:
    try:
        story = house.library.get(scenario)
    except KefuError:
        return None
    return None if stranger(log, story) else story


def other_way(house: House, record: Record) -> Record | None:
    """The reception that this one re-entered, or the newest that re-entered it; None without either."""
    if record.branch_of:
        found = house.records.find(record.branch_of, record.trainee)
    else:
        found = house.records.branches(record.id, record.trainee)
    return next((other for other in found if other.steps), None)
