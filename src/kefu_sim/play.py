"""The use cases that every face shares: begin, continue and finish a reception, run a script, list the buyers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kefu_sim.base.clock import Clock
from kefu_sim.base.errors import BadLogError, KefuError, UnwritableError
from kefu_sim.base.paths import cache_folder, data_folder, database_name, package_file
from kefu_sim.base.text import clean
from kefu_sim.engine import events as ev
from kefu_sim.engine.program import Program, reply_at
from kefu_sim.engine.replay import Divergence, replay
from kefu_sim.engine.session import Session
from kefu_sim.engine.state import rebuild
from kefu_sim.i18n import spelt, tr
from kefu_sim.language.intents import CompiledIntent
from kefu_sim.language.recognise import Recogniser
from kefu_sim.language.verdict import Recognition
from kefu_sim.rulebook.difficulty import load_levels
from kefu_sim.rulebook.flows import load_flows
from kefu_sim.rulebook.personas import load_persona, load_personas, persona_ids
from kefu_sim.rulebook.recogniser import compile_story, load_recogniser, shared_intent_ids
from kefu_sim.rulebook.rubric import load_rubric
from kefu_sim.scenario.answers import Asked, answered_by_number, with_answers
from kefu_sim.scenario.check import Known
from kefu_sim.scenario.difficulty import AS_WRITTEN, at_level
from kefu_sim.scenario.library import Library, order, shipped_folder
from kefu_sim.scenario.model import Scenario
from kefu_sim.scenario.shelf import Folders
from kefu_sim.scoring.ledger import Score
from kefu_sim.scoring.score import case_of, score, score_reception
from kefu_sim.store.address import address_of
from kefu_sim.store.desk import Desk
from kefu_sim.store.logs import LogWriter
from kefu_sim.store.receptions import Receptions

if TYPE_CHECKING:
    from kefu_sim.scoring.coaching import Coaching
    from kefu_sim.store.drills import Drills
    from kefu_sim.store.inbox import Inbox
    from kefu_sim.store.records import Records

MEMORY = 256
"""Replies of a story whose recognition is kept."""


@dataclass(frozen=True, slots=True)
class BoundRecogniser:
    """The recogniser together with one story's own intents."""

    recogniser: Recogniser
    intents: Sequence[CompiledIntent]
    asked: Asked = ()
    """Facts that a number may answer."""
    _read: dict[tuple[str, tuple[str, ...], tuple[str, ...]], Recognition] = field(
        default_factory=dict, repr=False, compare=False
    )
    """What was read lately: buyer, screen and score ask about the same replies."""

    @property
    def version(self) -> str:
        """Version of rules and model."""
        return self.recogniser.version

    def __call__(self, reply: str, context: Sequence[str], previous: Sequence[str]) -> Recognition:
        """Recognise one reply."""
        key = (reply, tuple(context), tuple(previous))
        found = self._read.get(key)
        if found is None:
            if len(self._read) >= MEMORY:
                self._read.clear()
            read = self.recogniser.recognise(reply, context, intents=self.intents, previous=previous)
            found = with_answers(read, self.asked)
            self._read[key] = found
        return found

    def ahead(self, asked: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Read replies, each with its context, at once: cheaper than when they are asked about one by one."""
        self.recogniser.ahead(asked)


def program_for(scenario: Scenario, level: int = AS_WRITTEN) -> Program:
    """Make a scenario ready to run, at a level of difficulty, 1 to 5, or with its own numbers."""
    bound = BoundRecogniser(load_recogniser(), compile_story(scenario), answered_by_number(scenario))
    story, persona = at_level(scenario, load_persona(scenario.persona), level, load_levels())
    return Program(story, persona, bound, scenario.fingerprint(), level)


def known_ids(folder: Path | None = None) -> Known:
    """What scenarios may refer to beyond themselves: of the package, and fragments of the user's data folder."""
    shelf = Folders(package_file("rules", "fragments"), *([folder / "fragments"] if folder else []))
    return Known(persona_ids(), frozenset(load_flows()), shared_intent_ids(), shelf)


@dataclass(frozen=True, slots=True)
class ModeRules:
    """What a mode lets the trainee see and do."""

    live: bool
    """Steps, meters and figures are shown while chatting, and replies can be explained."""
    help: bool
    """Hints and model answers."""
    pause: bool


MODES: Mapping[ev.Mode, ModeRules] = {
    "practice": ModeRules(live=True, help=False, pause=True),
    "guided": ModeRules(live=True, help=True, pause=True),
    "exam": ModeRules(live=False, help=False, pause=False),
}


@dataclass
class Play:
    """One reception being played: the session, where it is saved, and what it is worth so far."""

    session: Session
    desk: Desk
    reception: str = ""
    """Id of the log; empty when nothing is saved."""
    unsaved: str = ""
    """Why nothing is saved any more; empty while saving works."""
    writer: LogWriter | None = None
    follow: Callable[[], str] | None = None
    """Called now and then while an author tries a story out: takes an edited file in, and tells about it."""

    @property
    def kept(self) -> bool:
        """Whether it can be gone on with later: trials are not saved, nor what a full disk refused."""
        return self.writer is not None

    @property
    def opened(self) -> ev.Opened:
        """The first row of the log."""
        first = self.session.log[0]
        assert isinstance(first, ev.Opened)
        return first

    @property
    def scenario(self) -> Scenario:
        """The story."""
        return self.session.program.scenario

    @property
    def rules(self) -> ModeRules:
        """What the mode of this reception allows."""
        return MODES[self.opened.mode]

    def last_reply(self) -> tuple[ev.AgentSent, Recognition] | None:
        """The agent's last message and what it was understood as, where it stood; None before the first."""
        log = self.session.log
        index = next((i for i in range(len(log) - 1, -1, -1) if isinstance(log[i], ev.AgentSent)), None)
        return None if index is None else reply_at(self.session.program, log, index)

    def keep(self, new: Sequence[ev.Event]) -> None:
        """Append to the log; when the disk refuses, say so once and play on."""
        if self.writer is None:
            return
        try:
            self.writer.write(new)
            if any(isinstance(event, ev.Ended) for event in new):
                self.finish()
        except UnwritableError as error:
            self.unsaved = error.message
            self.writer = None

    def finish(self) -> None:
        """Close the log of a finished reception, and keep its total for the list of buyers."""
        if self.writer is not None:
            self.writer.close()
        if not self.opened.branch_of:
            self.desk.note_best(self.opened.trainee, self.opened.scenario, self.score().total)

    def close(self) -> None:
        """Stop for now; the log stays open-ended and can be resumed."""
        if self.writer is not None:
            self.writer.close()

    def score(self) -> Score:
        """What the reception is worth, as far as it went."""
        return score_log(self.session.program, self.session.log)

    def debrief(self) -> tuple[Score, Coaching]:
        """The score together with what to tell the trainee about each reply."""
        return debrief(self.session.program, self.session.log)


def retold(program: Program, log: Sequence[ev.Event]) -> list[ev.Event]:
    """A log as the story tells it that was edited since. Raises BadLogError where it goes another way now."""
    told = replay(program, log)
    if told.divergence is None:
        return list(told.log)
    scenario, where = program.scenario.id, _where(log, told.divergence)
    raise BadLogError(
        tr("the scenario `{id}` was changed after this reception began: {where}").format(id=scenario, where=where),
        hint=tr("begin anew: kefu-sim practice {id} (the old log was left as it is)").format(id=scenario),
    )


def _where(log: Sequence[ev.Event], divergence: Divergence) -> str:
    """Where an edited story goes another way, for a person."""
    said = sum(isinstance(event, ev.BuyerSaid | ev.AgentSent) for event in log[: divergence.index])
    was, now = (clean(e.text) if isinstance(e, ev.BuyerSaid) else "" for e in (divergence.was, divergence.now))
    if was and now:
        return tr("after message {n} the buyer said “{was}”, now “{now}”").format(n=said, was=was, now=now)
    return tr("it goes another way after message {n}").format(n=said)


def misfit(log: Sequence[ev.Event], scenario: Scenario) -> str:
    """What a log that went wrong on disk lacks to be gone on with in its story; empty when nothing."""
    state = rebuild(log)
    if state.node not in scenario.nodes:
        return f"no node {state.node!r}"
    if strange := stranger(log, scenario):
        return strange
    return next((f"no {meter!r}" for meter in scenario.vars if meter not in state.meters), "")


def stranger(log: Sequence[ev.Event], scenario: Scenario) -> str:
    """What a log speaks of and its story does not have: it cannot be scored by it then; empty when nothing."""
    state = rebuild(log)
    spoken = (event.node for event in log if isinstance(event, ev.BuyerSaid))
    for node in (*state.visits, *spoken):
        if node not in scenario.nodes:
            return f"no node {node!r}"
    names = (*state.pledges, *state.noticed)
    return next((f"no {n!r}" for n in names if n not in scenario.promises and n not in scenario.notices), "")


def debrief(program: Program, log: Sequence[ev.Event]) -> tuple[Score, Coaching]:
    """Score a reception from its log, and say what to tell the trainee about each reply."""
    from kefu_sim.scoring.coaching import coach  # noqa: PLC0415 (a bare score needs none)

    case = case_of(log, program.scenario, program.understand)
    result = score(case, load_rubric(), load_flows()[program.scenario.flow])
    return result, coach(case, result, load_rubric())


def score_log(program: Program, log: Sequence[ev.Event]) -> Score:
    """Score a reception from its log."""
    flow = load_flows()[program.scenario.flow]
    return score_reception(log, program.scenario, program.understand, load_rubric(), flow)


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
        return self.folder / "scenarios"

    @cached_property
    def library(self) -> Library:
        """All scenarios: the user's own first, then the shipped ones."""
        folders = [f for f in (self.own_scenarios, shipped_folder()) if f.is_dir()]
        return Library(folders, known_ids(self.folder), cache_folder(self.folder) / "library.json")

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
        play = Play(Session(program, fresh_seed() if seed is None else seed, clock), self.desk)
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
        log = self.receptions.read(reception)
        if not log:
            raise BadLogError(tr("the log of {id} is empty").format(id=reception))
        opened = log[0]
        assert isinstance(opened, ev.Opened)
        program = program_for(self.library.get(opened.scenario), opened.level)
        if program.fingerprint != opened.fingerprint:
            log = retold(program, log)
        if isinstance(log[-1], ev.Ended):
            hint = tr("`kefu-sim practice` starts one")
            raise KefuError(tr("the reception {id} has ended").format(id=reception), hint=hint)
        if strange := misfit(log, program.scenario):
            what = tr("{path}:{line}: not a readable log ({why})").format(path=reception, line=len(log), why=strange)
            raise BadLogError(what, hint=tr("the file was left as it is"))
        play = Play(Session.continued(program, log, clock), self.desk, reception)
        play.writer = self.receptions.continue_log(reception)
        play.session.sink = play.keep
        play.session.resume()
        return play

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


def rubric_version() -> str:
    """Version of the scoring rules in force."""
    return load_rubric().version


def fresh_seed() -> int:
    """A seed short enough to be told to a colleague."""
    return int.from_bytes(os.urandom(8)) % 1_000_000
