"""The use cases of shifts that every face shares: prepare, begin, continue, report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from kefu_sim.base.errors import Problem
from kefu_sim.engine.program import Program
from kefu_sim.language.intents import compile_intents, match_intents
from kefu_sim.play import House, known_ids, program_for, rubric_version, score_log
from kefu_sim.rulebook.normaliser import load_normaliser
from kefu_sim.rulebook.personas import load_personas
from kefu_sim.rulebook.rush import load_rush_rules
from kefu_sim.rulebook.shifts import Known, ShiftLibrary, read_shifts, shipped_shifts
from kefu_sim.rulebook.walkins import WalkIn, read_folder
from kefu_sim.rush import ledger
from kefu_sim.rush.agents import work
from kefu_sim.rush.figures import Figures, by_load, figures, served
from kefu_sim.rush.model import ANY, Shift
from kefu_sim.rush.report import Report, Standing, goals, ranked
from kefu_sim.rush.run import Plan, Run
from kefu_sim.rush.slips import slips
from kefu_sim.rush.traffic import Cast, Visit, visits
from kefu_sim.scenario.model import IntentSpec, Scenario
from kefu_sim.scoring.ledger import Phrase


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
            walk_ins, problems = read_folder(folder, known_ids())
            self._problems += problems
            found = {**walk_ins, **found}
        return found

    @cached_property
    def library(self) -> ShiftLibrary:
        """All shifts: the trainee's own first, then the shipped ones."""
        names = {*self.house.library.scenarios, *self.walk_ins}
        library = read_shifts(self._folders, Known(names, known_ids().personas))
        library.problems[:0] = self._problems
        return library

    @cached_property
    def _folders(self) -> list[Path]:
        return [folder for folder in (self.house.folder / "shifts", shipped_shifts()) if folder.is_dir()]

    @cached_property
    def _problems(self) -> list[Problem]:
        return []

    @cached_property
    def cast(self) -> Cast:
        """Who can come."""
        scenarios = self.house.library.scenarios
        stories: dict[str, tuple[str, ...]] = {name: (name,) for name in scenarios}
        stories |= {name: walk_in.stories for name, walk_in in self.walk_ins.items()}
        personas = {name: scenario.persona for name, scenario in scenarios.items()}
        personas |= {story: walk_in.persona for walk_in in self.walk_ins.values() for story in walk_in.stories}
        return Cast({ANY: tuple(sorted(scenarios)), **stories}, personas, load_rush_rules().names)

    def plan(self, shift: Shift, seed: int | None = None) -> Plan:
        """Make a shift ready to be worked; without a seed with its own. Raises BadFileError for a broken story."""
        seed = shift.seed if seed is None else seed
        traffic = visits(shift, self.cast, seed)
        programs = self._programs(traffic)
        return Plan(shift, seed, traffic, programs, load_rush_rules(), rubric_version(), _forbids(shift))

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
        scenarios = self.house.library.scenarios
        if story in scenarios:
            return scenarios[story]
        walk_in = next(walk_in for walk_in in self.walk_ins.values() if story in walk_in.stories)
        return walk_in.story(story.removeprefix(f"{walk_in.id}-"), known_ids())


def report_of(plan: Plan, run: Run) -> Report:
    """Everything about a shift, as far as it went."""
    floor = run.floor
    everybody = served(floor, run.log)
    counted = figures(floor, everybody)
    found = slips(floor, run.log, plan.shift.notices, plan.forbids)
    scores = {buyer: score_log(seat.program, seat.log) for buyer, seat in floor.seats.items()}
    names = {buyer: visit.name for buyer, visit in floor.visits.items()}
    totals = {buyer: score.total for buyer, score in scores.items()}
    return Report(
        plan.shift.id,
        plan.seed,
        floor.ended or "",
        floor.t,
        counted,
        by_load(everybody, plan.rules.bands),
        everybody,
        found,
        scores,
        ledger.score(counted, totals, found, names, plan.rules),
        goals(counted, plan.shift.goal),
    )


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
