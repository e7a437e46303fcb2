"""The parts that every face needs, and the use cases over them: list the buyers, begin a reception, go on with one."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kefu_sim.base.clock import Clock
from kefu_sim.base.errors import BadLogError, KefuError, UnwritableError
from kefu_sim.base.paths import cache_folder, data_folder, database_name
from kefu_sim.base.wallclock import WallClock
from kefu_sim.engine import events as ev
from kefu_sim.engine.session import Session
from kefu_sim.i18n import spelt, tr
from kefu_sim.play import Play, misfit, retold
from kefu_sim.programs import program_for
from kefu_sim.rulebook.flows import load_flows
from kefu_sim.rulebook.known import known_ids
from kefu_sim.rulebook.personas import load_personas
from kefu_sim.rulebook.recogniser import load_recogniser
from kefu_sim.rulebook.rubric import load_rubric
from kefu_sim.scenario.difficulty import AS_WRITTEN
from kefu_sim.scenario.library import Library, order, own_folder, scenario_folders
from kefu_sim.scenario.model import Scenario
from kefu_sim.store.address import address_of
from kefu_sim.store.desk import Desk
from kefu_sim.store.receptions import Receptions

if TYPE_CHECKING:
    from kefu_sim.store.drills import Drills
    from kefu_sim.store.inbox import Inbox
    from kefu_sim.store.records import Records


@dataclass(frozen=True, slots=True)
class Buyer:
    """One row of the list of buyers."""

    id: str
    title: str
    persona: str
    difficulty: int
    """1 to 5."""
    best: float | None
    """Best total so far; None when never finished."""

    def to_data(self) -> dict[str, object]:
        """Values for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An interrupted reception that can be resumed."""

    id: str
    scenario: str
    """Id of the scenario; empty when its log cannot be read."""
    started: str
    """ISO 8601."""
    messages: int
    """Messages so far, of both sides."""


@dataclass
class House:
    """The parts every face needs, each loaded when first asked for."""

    folder: Path = field(default_factory=data_folder)
    level: int = AS_WRITTEN
    """Level of difficulty at which receptions begin, 1 to 5; AS_WRITTEN leaves each story its own numbers."""

    @property
    def own_scenarios(self) -> Path:
        """Where the user's own scenarios belong."""
        return own_folder(self.folder)

    @cached_property
    def library(self) -> Library:
        """All scenarios: the user's own first, then the shipped ones."""
        kept = cache_folder(self.folder) / "library.json"
        return Library(scenario_folders(self.folder), known_ids(self.folder), kept)

    @cached_property
    def receptions(self) -> Receptions:
        """The folder of logs."""
        return Receptions(self.folder / "receptions")

    @cached_property
    def drills(self) -> Drills:
        """The folder of drills."""
        from kefu_sim.store.drills import Drills  # noqa: PLC0415 (a reception needs none)

        return Drills(self.folder / "drills")

    @cached_property
    def desk(self) -> Desk:
        """Who practises here, and the best scores."""
        return Desk(self.folder)

    @cached_property
    def records(self) -> Records:
        """The database of what is finished; opened with the first question. Raises KefuError."""
        from kefu_sim.store.records import Records  # noqa: PLC0415 (SQLAlchemy is needed here only, and is slow to load)

        return Records(address_of(database_name(), self.folder))

    @cached_property
    def inbox(self) -> Inbox:
        """Disputes and what was not understood, in the same database. Raises KefuError."""
        from kefu_sim.store.inbox import Inbox  # noqa: PLC0415 (as above)

        return Inbox(self.records.database)

    @property
    def uncounted(self) -> bool:
        """Whether finished logs of earlier days lie here and the best scores were never gathered from them."""
        return self.desk.bests() is None and self.receptions.any_finished()

    def begin(
        self, scenario: Scenario, *, mode: ev.Mode = "practice", seed: int | None = None, clock: Clock | None = None
    ) -> Play:
        """Open a reception and save it as it goes. Without a seed one is drawn."""
        started = datetime.now().astimezone()
        program = program_for(scenario, self.level)
        play = Play(Session(program, fresh_seed() if seed is None else seed, clock or WallClock()), self.desk)
        try:
            play.writer = self.receptions.new_log(scenario.id, started.strftime("%Y%m%dT%H%M%S"))
            play.reception = play.writer.path.stem
        except UnwritableError as error:
            play.unsaved = error.message
        play.session.sink = play.keep
        play.session.open(mode, load_rubric().version, started.isoformat(timespec="seconds"), self.desk.trainee)
        return play

    def resume(self, reception: str | None = None, clock: Clock | None = None) -> Play:
        """Continue an unfinished reception, the newest by default. Raises KefuError, BadLogError, UnwritableError."""
        reception = self.unfinished(reception)
        writer = self.receptions.continue_log(reception)  # first: another window may write to it until then
        try:
            session = self._gone_on(reception, clock or WallClock())
        except BaseException:
            writer.close()
            raise
        play = Play(session, self.desk, reception, writer=writer)
        session.sink = play.keep
        session.resume()
        return play

    def _gone_on(self, reception: str, clock: Clock) -> Session:
        """A reception as its log tells it, to be gone on with. Raises KefuError, BadLogError."""
        log = self.receptions.read(reception)
        if not log:
            raise BadLogError(tr("the log of {id} is empty").format(id=reception))
        if isinstance(log[-1], ev.Ended):
            hint = tr("`kefu-sim practice` starts one")
            raise KefuError(tr("the reception {id} has ended").format(id=reception), hint=hint)
        opened = log[0]
        assert isinstance(opened, ev.Opened)
        program = program_for(self.library.get(opened.scenario), opened.level)
        if program.fingerprint != opened.fingerprint:
            log = retold(program, log)
        if strange := misfit(log, program.scenario):
            what = tr("{path}:{line}: not a readable log ({why})").format(path=reception, line=len(log), why=strange)
            raise BadLogError(what, hint=tr("the file was left as it is"))
        return Session.continued(program, log, clock)

    def unfinished(self, reception: str | None = None) -> str:
        """The id given, if there is such a log, or that of the newest unfinished reception. Raises KefuError."""
        waiting = list(self.receptions.unfinished())
        if reception is None and waiting:
            return waiting[0]
        if reception is not None and self.receptions.exists(reception):
            return reception
        if reception is None:
            hint = tr("`kefu-sim practice` starts one")
            raise KefuError(tr("there is no unfinished reception"), hint=hint)
        hint = tr("unfinished: {names}").format(names=", ".join(waiting[:5]) or tr("none"))
        raise KefuError(tr("no reception has the id `{id}`").format(id=reception), hint=hint)

    def buyers(self) -> list[Buyer]:
        """One row for each scenario, easiest first."""
        best, personas = self.desk.bests() or {}, load_personas()
        listed = [(entry, personas[entry.persona]) for entry in order(self.library.entries)]
        return [
            Buyer(
                entry.id,
                spelt(entry.title, entry.title_en),
                spelt(persona.title, persona.title_en),
                entry.difficulty,
                best.get(entry.id),
            )
            for entry, persona in listed
        ]

    def waiting(self) -> Waiting | None:
        """The newest unfinished reception, if there is one."""
        reception = next(self.receptions.unfinished(), None)
        if reception is None:
            return None
        try:
            log = self.receptions.read(reception)
        except BadLogError:
            return Waiting(reception, "", "", 0)
        opened = log[0]
        assert isinstance(opened, ev.Opened)
        said = sum(isinstance(event, ev.BuyerSaid | ev.AgentSent) for event in log)
        return Waiting(reception, opened.scenario, opened.started, said)

    def warm_up(self) -> None:
        """Load what the first reception needs, before it is needed."""
        load_recogniser()
        load_rubric()
        load_flows()

    def after(self, scenario_id: str) -> str:
        """Id of the next buyer in the list, round and round."""
        ids = [entry.id for entry in order(self.library.entries)]
        here = ids.index(scenario_id) if scenario_id in ids else -1
        return ids[(here + 1) % len(ids)]


def fresh_seed() -> int:
    """A seed short enough to be told to a colleague."""
    return int.from_bytes(os.urandom(8)) % 1_000_000
