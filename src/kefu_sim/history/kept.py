"""Any stored reception by its name, wherever it is kept: as a log of this data folder, in the records, on a shift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kefu_sim.base.clock import to_ms
from kefu_sim.base.errors import BadLogError, KefuError
from kefu_sim.engine import events as ev
from kefu_sim.engine.program import Program
from kefu_sim.history.intake import take_in
from kefu_sim.history.review import find_finished
from kefu_sim.history.shift_review import shift_again
from kefu_sim.house import House
from kefu_sim.i18n import tr
from kefu_sim.play import misfit
from kefu_sim.programs import program_for

NEAREST = 5
"""Names that a hint gives."""


@dataclass(frozen=True, slots=True)
class KeptReception:
    """A log and what it was played with."""

    name: str
    program: Program
    log: tuple[ev.Event, ...]
    started: str
    """ISO 8601; empty on a virtual clock."""


def kept_name(house: House, name: str | None) -> str:
    """The whole name of a reception: the one given, the one that begins so, or the trainee's newest for None.

    Receptions of a shift are called `<shift>/<buyer>`. Raises KefuError.
    """
    done = house.receptions.finished_ids()
    if name is None:
        newest = next((one for one in done if _mine(house, one)), None)
        if newest is None:
            hint = tr("`kefu-sim practice` starts one")
            raise KefuError(tr("no reception has been finished yet"), hint=hint)
        return newest
    if house.receptions.exists(name):
        return name
    shift, _, buyer = name.partition("/")
    fitting = [one for one in done if one.startswith(name)] if name else []
    if len(fitting) == 1:
        return fitting[0]
    take_in(house)
    record = find_finished(house, shift)
    if record.kind == "reception":
        return record.id
    buyers = list(shift_again(house, record).floor.seats)
    if buyer in buyers:
        return f"{record.id}/{buyer}"
    names = ", ".join(f"{record.id}/{one}" for one in buyers[:NEAREST])
    what = tr("{id} is a shift").format(id=record.id)
    raise KefuError(what, hint=tr("name one of its receptions: {names}").format(names=names))


def kept_reception(house: House, name: str) -> KeptReception:
    """The reception of a whole name. Raises KefuError, BadLogError."""
    if house.receptions.exists(name):
        return _alone(house, name, house.receptions.read(name))
    shift, _, buyer = name.partition("/")
    record = find_finished(house, shift)
    if buyer:
        seat = shift_again(house, record).floor.seats[buyer]
        return KeptReception(name, seat.program, _from_zero(seat.log), record.started)
    document = house.records.document(record.key)
    try:
        log = [ev.from_line(line) for line in document.log.splitlines()] if document is not None else []
    except ValueError as error:
        raise BadLogError(tr("the reception {id} cannot be read: {why}").format(id=name, why=error)) from None
    return _alone(house, name, log)


def _alone(house: House, name: str, log: Sequence[ev.Event]) -> KeptReception:
    opened = log[0] if log else None
    if not isinstance(opened, ev.Opened):
        raise BadLogError(tr("the log of {id} is empty").format(id=name))
    scenario = house.library.get(opened.scenario)
    if misfit(log, scenario):
        raise BadLogError(
            tr("the scenario `{id}` was changed after this reception began").format(id=scenario.id),
            hint=tr("its chat can still be read: kefu-sim review {id} --plain").format(id=name),
        )
    return KeptReception(name, program_for(scenario, opened.level), tuple(log), opened.started)


def _mine(house: House, name: str) -> bool:
    """Whether the trainee in use played it; a log that cannot be read is nobody's."""
    try:
        opened = next(iter(house.receptions.read(name)), None)
    except BadLogError:
        return False
    return isinstance(opened, ev.Opened) and opened.trainee == house.desk.trainee


def _from_zero(log: Sequence[ev.Event]) -> tuple[ev.Event, ...]:
    """The part of a shift's log that is one reception, its own clock beginning at 0."""
    began = log[0].t
    moved = (replace(event, t=to_ms(event.t - began)) for event in log)
    return tuple(
        replace(event, due=to_ms(event.due - began))
        if isinstance(event, ev.Understood | ev.Promised) and event.due is not None
        else event
        for event in moved
    )
