"""The use cases of shifts that every face shares: prepare, begin, continue, report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from kefu_sim.base.clock import Clock, StopWatch
from kefu_sim.base.errors import BadLogError, KefuError, Problem, UnwritableError
from kefu_sim.base.wallclock import WallClock
from kefu_sim.engine.program import Program
from kefu_sim.engine.step import Input
from kefu_sim.house import House
from kefu_sim.i18n import tr
from kefu_sim.language.intents import compile_intents, match_intents
from kefu_sim.programs import program_for
from kefu_sim.rulebook.known import known_ids
from kefu_sim.rulebook.normaliser import load_normaliser
from kefu_sim.rulebook.personas import load_personas
from kefu_sim.rulebook.rush import load_rush_rules
from kefu_sim.rulebook.shifts import Known, ShiftLibrary, read_shifts, shipped_shifts
from kefu_sim.rulebook.walkins import WalkIn, read_folder
from kefu_sim.rush import events as rv
from kefu_sim.rush import ledger
from kefu_sim.rush.agents import work
from kefu_sim.rush.figures import Figures, by_load, figures, served
from kefu_sim.rush.floor import Floor
from kefu_sim.rush.handover import SLOTS, Slot, graded, sound_folder
from kefu_sim.rush.model import ANY, Shift
from kefu_sim.rush.pledges import book
from kefu_sim.rush.report import Report, Standing, goals, ranked
from kefu_sim.rush.run import Plan, Run
from kefu_sim.rush.slips import slips
from kefu_sim.rush.traffic import Cast, Visit, visits
from kefu_sim.scenario.check import Known as StoryKnown
from kefu_sim.scenario.model import IntentSpec, Scenario
from kefu_sim.scores import rubric_version, score_log
from kefu_sim.scoring.ledger import Phrase, Score
from kefu_sim.store.logs import LogWriter
from kefu_sim.store.shifts import ShiftLogs, ShiftResult

GONE_WRONG = (KeyError, ValueError, AssertionError)
"""What a log raises that went wrong on disk, when the shift is made from it."""


def shift_folders(data: Path) -> list[Path]:
    """Where shifts are found: the trainee's own below the data folder first, then the shipped ones."""
    return [folder for folder in (data / "shifts", shipped_shifts()) if folder.is_dir()]


@dataclass
class ShiftRoom:
    """The parts every face needs, each loaded when first asked for."""

    house: House = field(default_factory=House)

    def __post_init__(self) -> None:
        self._made: dict[str, Program] = {}

    @cached_property
    def walk_ins(self) -> dict[str, WalkIn]:
        """Short stories by id; the trainee's own first."""
        found: dict[str, WalkIn] = {}
        for folder in self._folders:
            walk_ins, problems = read_folder(folder, self._known)
            self._problems += problems
            found = {**walk_ins, **found}
        return found

    @cached_property
    def library(self) -> ShiftLibrary:
        """All shifts: the trainee's own first, then the shipped ones."""
        names = {*self.house.library.entries, *self.walk_ins}
        library = read_shifts(self._folders, Known(names, self._known.personas))
        library.problems[:0] = self._problems
        return library

    @cached_property
    def _folders(self) -> list[Path]:
        return shift_folders(self.house.folder)

    @cached_property
    def _known(self) -> StoryKnown:
        return known_ids(self.house.folder)

    @cached_property
    def _problems(self) -> list[Problem]:
        return []

    @cached_property
    def cast(self) -> Cast:
        """Who can come."""
        entries = self.house.library.entries
        stories: dict[str, tuple[str, ...]] = {name: (name,) for name in entries}
        stories |= {name: walk_in.stories for name, walk_in in self.walk_ins.items()}
        personas = {name: entry.persona for name, entry in entries.items()}
        personas |= {story: walk_in.persona for walk_in in self.walk_ins.values() for story in walk_in.stories}
        return Cast({ANY: tuple(sorted(entries)), **stories}, personas, load_rush_rules().names)

    def plan(self, shift: Shift, seed: int | None = None) -> Plan:
        """Make a shift ready to be worked; without a seed with its own. Raises BadFileError for a broken story."""
        seed = shift.seed if seed is None else seed
        traffic = visits(shift, self.cast, seed)
        programs = self._programs(traffic)
        return Plan(shift, seed, traffic, programs, load_rush_rules(), rubric_version(), _forbids(shift))

    def begin(self, shift: Shift, seed: int | None = None, clock: Clock | None = None) -> ShiftPlay:
        """Begin a shift and save it as it goes. Raises BadFileError for a broken story."""
        plan, started = self.plan(shift, seed), datetime.now().astimezone()
        play = ShiftPlay(Run(plan), self.logs, clock)
        try:
            play.writer = self.logs.new_log(shift.id, started.strftime("%Y%m%dT%H%M%S"))
            play.name = play.writer.path.stem
        except UnwritableError as error:
            play.unsaved = error.message
        play.begin(started.isoformat(timespec="seconds"), self.house.desk.trainee)
        return play

    def resume(self, name: str | None = None, clock: Clock | None = None) -> ShiftPlay:
        """Continue an interrupted shift, the newest by default. Raises KefuError, BadLogError, UnwritableError."""
        name = self.unfinished(name)
        writer = self.logs.continue_log(name)  # first: another window may write to it until then
        try:
            run = self._gone_on(name)
        except BaseException:
            writer.close()
            raise
        play = ShiftPlay(run, self.logs, clock, name, writer=writer)
        play.resume()
        return play

    def _gone_on(self, name: str) -> Run:
        """A shift as its log tells it, to be gone on with. Raises KefuError, BadLogError."""
        log = self.logs.read(name)
        if not log:
            raise BadLogError(tr("the log of {id} is empty").format(id=name))
        opened = log[0].event
        assert isinstance(opened, rv.Opened)
        plan = self.plan(self.library.get(opened.shift), opened.seed)
        if plan.fingerprint != opened.fingerprint:
            what = tr("the shift `{id}` or one of its stories was changed after it began")
            hint = tr("begin anew: kefu-sim rush {id} (the old log was left as it is)").format(id=opened.shift)
            raise BadLogError(what.format(id=opened.shift), hint=hint)
        if rv.rung(log):
            raise KefuError(tr("the shift {id} is over").format(id=name), hint=tr("`kefu-sim rush` starts one"))
        try:
            return Run.continued(plan, log)
        except GONE_WRONG:
            why = tr("its rows do not follow from each other")
            what = tr("{path}:{line}: not a readable log ({why})").format(path=name, line=len(log), why=why)
            raise BadLogError(what, hint=tr("the file was left as it is")) from None

    def as_it_was(self, log: Sequence[rv.Entry]) -> Run | None:
        """The shift of a log, to be counted again; None when it, or one of its stories, is another one now."""
        opened = log[0].event
        assert isinstance(opened, rv.Opened)
        try:
            plan = self.plan(self.library.get(opened.shift), opened.seed)
            return Run.continued(plan, log) if plan.fingerprint == opened.fingerprint else None
        except (KefuError, *GONE_WRONG):
            return None

    def unfinished(self, name: str | None = None) -> str:
        """The id given, if there is such a log, or that of the newest unfinished shift. Raises KefuError."""
        if name is not None and self.logs.exists(name):
            return name
        waiting = list(self.logs.unfinished())
        if name is None and waiting:
            return waiting[0]
        if name is None:
            raise KefuError(tr("there is no unfinished shift"), hint=tr("`kefu-sim rush` starts one"))
        hint = tr("unfinished: {names}").format(names=", ".join(waiting[:5]) or tr("none"))
        raise KefuError(tr("no shift has the log `{id}`").format(id=name), hint=hint)

    @cached_property
    def logs(self) -> ShiftLogs:
        """The folder of logs."""
        return ShiftLogs(self.house.folder / "shift-logs")

    def _programs(self, traffic: Iterable[Visit]) -> dict[tuple[str, str], Program]:
        personas = load_personas()
        return {
            (visit.scenario, visit.persona): replace(self._program(visit.scenario), persona=personas[visit.persona])
            for visit in traffic
        }

    def _program(self, story: str) -> Program:
        if story not in self._made:
            self._made[story] = program_for(self._story(story))
        return self._made[story]

    def _story(self, story: str) -> Scenario:
        for walk_in in self.walk_ins.values():
            if story in walk_in.stories:
                return walk_in.story(story.removeprefix(f"{walk_in.id}-"), self._known)
        return self.house.library.get(story)


@dataclass
class ShiftPlay:
    """One shift being worked: the run, its clock, where it is saved."""

    run: Run
    logs: ShiftLogs
    clock: Clock | None = None
    name: str = ""
    """Id of the log; empty when nothing is saved."""
    unsaved: str = ""
    """Why nothing is saved any more; empty while saving works."""
    writer: LogWriter[rv.Entry] | None = None

    def __post_init__(self) -> None:
        self._watch = StopWatch(self.clock or WallClock(), self.run.floor.t)
        if self.run.floor.paused:
            self._watch.pause()

    @property
    def plan(self) -> Plan:
        """What is being worked."""
        return self.run.plan

    @property
    def floor(self) -> Floor:
        """Where it stands."""
        return self.run.floor

    @property
    def now(self) -> float:
        """Seconds of active shift."""
        return self._watch.now()

    @property
    def over(self) -> bool:
        """Whether the bell has rung."""
        return self.floor.over

    def begin(self, started: str = "", trainee: str = "") -> None:
        """Let the first buyer come."""
        self._keep(self.run.open(started, trainee))

    def advance(self) -> Sequence[rv.Entry]:
        """Let time pass; returns what happened."""
        return self._keep(self.run.advance(self.now))

    def feed(self, buyer: str, given: Input) -> Sequence[rv.Entry]:
        """Do something in the window of a buyer; nothing happens when that cannot be now."""
        return self._keep(self.run.feed(buyer, given, self.now))

    def turn(self, buyer: str) -> Sequence[rv.Entry]:
        """Look at the window of a buyer."""
        return self._keep(self.run.turn(buyer, self.now))

    def read_notice(self, index: int) -> Sequence[rv.Entry]:
        """Read a notice."""
        return self._keep(self.run.read_notice(index, self.now))

    def pause(self) -> Sequence[rv.Entry]:
        """Stop the clock."""
        new = self._keep(self.run.pause(self.now))
        if self.floor.paused:
            self._watch.pause()
        return new

    def resume(self) -> Sequence[rv.Entry]:
        """Let it run again."""
        new = self._keep(self.run.resume(self.now))
        self._watch.resume()
        return new

    def set_busy(self, *, busy: bool) -> Sequence[rv.Entry]:
        """Receive nobody new for a while, or again."""
        return self._keep(self.run.set_busy(self.now, busy=busy))

    def leave(self) -> Sequence[rv.Entry]:
        """Go before the end."""
        return self._keep(self.run.leave(self.now))

    def hand_over(self, buyer: str, slots: Mapping[Slot, str]) -> Sequence[rv.Entry]:
        """Write the hand-over form of a buyer, also after the bell."""
        form = rv.HandedOver(self.now, buyer, *(slots[name] for name in SLOTS))
        return self._keep(self.run.hand_over(form))

    def archive(self, folder: Path) -> Sequence[rv.Entry]:
        """Remember that the chats were put into a folder. Raises UnwritableError."""
        if self.writer is None and self.name and not self.unsaved:
            self.writer = self.logs.continue_log(self.name)
        return self._keep(self.run.archive(self.now, sound=sound_folder(str(folder))))

    def close(self) -> None:
        """Stop for now; the log stays open-ended and can be resumed."""
        if self.writer is not None:
            self.writer.close()
            self.writer = None

    def report(self) -> Report:
        """Everything about the shift as far as it went."""
        return report_of(self.plan, self.run)

    def finish(self, report: Report) -> None:
        """Keep the summary of a shift that is over. Raises UnwritableError."""
        opened = self.run.log[0].event
        assert isinstance(opened, rv.Opened)
        if self.name and self.over:
            counted = report.figures
            self.logs.save_result(
                ShiftResult(
                    self.name, report.shift, report.seed, opened.started, report.ended, report.score.total,
                    counted.sales, counted.buyers, counted.sold,
                )
            )  # fmt: skip

    def _keep(self, new: Sequence[rv.Entry]) -> Sequence[rv.Entry]:
        """Append to the log; when the disk refuses, say so once and play on."""
        if self.writer is not None and new:
            try:
                self.writer.write(new)
            except UnwritableError as error:
                self.unsaved = error.message
                self.writer = None
        return new


def report_of(plan: Plan, run: Run) -> Report:
    """Everything about a shift, as far as it went."""
    floor = run.floor
    everybody = served(floor, run.log)
    counted = figures(floor, everybody)
    found = slips(floor, run.log, plan.shift.notices, plan.forbids)
    scores = {buyer: score_log(seat.program, seat.log) for buyer, seat in floor.seats.items()}
    handed = graded(floor, run.log)
    case = ledger.ShiftCase(
        counted,
        {buyer: score.total for buyer, score in scores.items()},
        {buyer: visit.name for buyer, visit in floor.visits.items()},
        found,
        handed if plan.shift.handover else None,
        floor.archived,
        next_day(scores),
        len(plan.visits) - len(floor.visits) if floor.ended == "left" else 0,
    )
    return Report(
        plan.shift.id,
        plan.seed,
        floor.ended or "",
        floor.lasted,
        counted,
        by_load(everybody, plan.rules.bands),
        everybody,
        found,
        scores,
        ledger.score(case, plan.rules),
        goals(counted, everybody, plan.shift.goal),
        book(floor),
        handed if plan.shift.handover else (),
        case.next_day,
    )


WRONG_NOTES = frozenset(("promise.elsewhere", "promise.open", "note.elsewhere", "note.missing", "note.never"))
"""Rules of receptions that speak of an order note somebody else finds wrong, or finds nothing in, the day after."""


def next_day(scores: Mapping[str, Score]) -> list[ledger.Finding]:
    """What a colleague who opens the orders the next morning finds."""
    return [
        ledger.Finding(buyer, row.reason)
        for buyer, score in scores.items()
        for row in score.ledger
        if row.rule in WRONG_NOTES
    ]


def ranking(plan: Plan, mine: Figures, title: Phrase) -> list[Standing]:
    """The agent among nine colleagues who worked the same traffic; takes some seconds."""
    standings = [Standing(title, mine, mine=True)]
    for skill in plan.rules.colleagues:
        run = work(plan, skill)
        standings.append(Standing(skill.title, figures(run.floor, served(run.floor, run.log))))
    return ranked(standings)


def _forbids(shift: Shift) -> Callable[[str], frozenset[int]]:
    """Notices that a message would go against, found as the intents of stories are."""
    rules = {str(i): IntentSpec(any=n.wrong, unless=n.unless) for i, n in enumerate(shift.notices) if n.wrong}
    normaliser = load_normaliser()
    compiled = compile_intents(rules, normaliser)
    return lambda text: frozenset(int(name) for name, _, _ in match_intents(normaliser(text), compiled))
