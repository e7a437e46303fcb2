"""The use cases of the class demo: find demos and lessons, make films of them and of stored receptions."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from kefu_sim.base.errors import BadLogError, KefuError, Problem
from kefu_sim.demo.film import Film, Moment, film_of
from kefu_sim.demo.lane import Cue, Lane, Opinion, Role
from kefu_sim.demo.load import load_demo, load_playlist
from kefu_sim.demo.masking import mask
from kefu_sim.demo.model import NO_WORDS, Demo, DemoTurn, Playlist, Show, Side, phrase
from kefu_sim.demo.stage import act, model_turns, said_by_class, story_goes_on
from kefu_sim.engine import events as ev
from kefu_sim.engine.program import Program
from kefu_sim.house import House
from kefu_sim.i18n import tr
from kefu_sim.language.verdict import STEPS
from kefu_sim.programs import program_for
from kefu_sim.scenario.collection import Collection, read_collection
from kefu_sim.scenario.library import shipped
from kefu_sim.scenario.model import Scenario
from kefu_sim.scores import rubric_version, score_log
from kefu_sim.scoring.ledger import Phrase

SIDES: dict[Show, tuple[Side, ...]] = {"compare": ("bad", "good"), "good": ("good",), "bad": ("bad",)}

CARELESS = ("在", "嗯", "自己看详情", "不知道", "哦")
"""What an agent says who does not care …"""
CARELESS_WAIT = 25.0
"""… and how long that takes, seconds."""


@dataclass(frozen=True)
class Showing:
    """A film with what is told around it."""

    film: Film
    title: Phrase
    watch: Phrase = NO_WORDS
    """What the class should watch."""
    step: str = ""
    """The step it is about; empty for none."""
    anonymous: bool = False
    """Names are left out."""

    @property
    def compares(self) -> bool:
        """Whether two receptions stand side by side."""
        return len(self.film.lanes) > 1


class DemoRoom:
    """Demos, lessons and replays of one house."""

    def __init__(self, house: House | None = None) -> None:
        self.house = house or House()

    @cached_property
    def demos(self) -> Collection[Demo]:
        """All demos by id; the user's own stand in for shipped ones of the same id."""
        scenarios = self.house.library.entries
        return read_collection(self._folders("demos"), lambda text, source: load_demo(text, source, scenarios))

    @cached_property
    def playlists(self) -> Collection[Playlist]:
        """All lessons by id."""
        demos = self.demos.items
        return read_collection(self._folders("playlists"), lambda text, source: load_playlist(text, source, demos))

    def _folders(self, name: str) -> list[Path]:
        return [folder for folder in (self.house.folder / name, shipped(name)) if folder.is_dir()]

    @property
    def problems(self) -> list[Problem]:
        """What is wrong in files of demos and lessons."""
        return [*self.demos.problems, *self.playlists.problems]

    def in_order(self) -> list[Demo]:
        """Demos of the steps in their order, then those of the buyers."""
        steps = [step.value for step in STEPS]
        return sorted(
            self.demos.items.values(),
            key=lambda demo: (steps.index(demo.step) if demo.step in steps else len(steps), demo.id),
        )

    def find(self, name: str) -> Demo:
        """The demo of an id, of a step (问好), or of a buyer. Raises KefuError that names the nearest ids.

        A buyer without a demo is answered by the model answers of the story, and by an agent who does not care.
        """
        demos = self.demos.items
        if name in demos:
            return demos[name]
        for demo in self.in_order():
            if name in {demo.step, demo.scenario if not demo.step else None}:
                return demo
        if name in self.house.library.entries:
            return self._improvised(self.house.library.get(name))
        ids = [*demos, *self.playlists.items]
        near = ", ".join(difflib.get_close_matches(name, ids, 3, 0.4) or ids[:5]) or tr("none")
        raise KefuError(
            tr("no demo and no lesson has the id `{id}`").format(id=name),
            hint=tr("nearest: {ids} — `kefu-sim demo --list` shows all").format(ids=near),
        )

    @staticmethod
    def _improvised(scenario: Scenario) -> Demo:
        good = model_turns(program_for(scenario), seed=1, rubric=rubric_version())
        bad = [DemoTurn(wait=CARELESS_WAIT, say=text) for text in CARELESS]
        return Demo(
            schema_=1,
            id=scenario.id,
            title=scenario.title[:60],
            title_en=scenario.title_en[:80],
            scenario=scenario.id,
            bad=tuple(bad),
            good=tuple(good),
        )

    @staticmethod
    def way(demo: Demo, show: Show | None = None) -> Show:
        """How a demo is shown: as wanted, or else as it is best shown. Raises KefuError when it cannot be."""
        shows = demo.shows()
        if show is not None and show not in shows:
            raise KefuError(
                tr("the demo `{id}` has no `{show}`").format(id=demo.id, show=show),
                hint=tr("it can be shown as: {shows}").format(shows=", ".join(shows)),
            )
        return show or shows[0]

    def show(self, demo: Demo, show: Show | None = None, *, asks: bool = True) -> Showing:
        """Make the film of a demo; without `asks` it runs through. Raises KefuError."""
        way = self.way(demo, show)
        program = program_for(self.house.library.get(demo.scenario))
        lanes = [self._acted(demo, side, program) for side in SIDES[way]]
        return Showing(film_of(lanes, asks=asks), demo.name, demo.watch, demo.step)

    def _acted(self, demo: Demo, side: Side, program: Program) -> Lane:
        turns = demo.turns(side)
        acted = act(program, demo.before, turns, seed=demo.seed, rubric=rubric_version())
        spoken = [turn for turn in turns if turn.say is not None]
        cues = {acted.messages + n: Cue(turn.told, turn.ask) for n, turn in enumerate(spoken)}
        return self._lane(side, program, acted.log, lead=acted.lead, cues=cues)

    @staticmethod
    def _lane(
        role: Role, program: Program, log: Sequence[ev.Event], *, lead: int, cues: dict[int, Cue] | None = None
    ) -> Lane:
        return Lane(role, program, tuple(log), partial(score_log, program), lead, cues or {})

    def replay(self, reception: str | None = None, *, anonymous: bool = False) -> Showing:
        """Make a film of a stored reception, the newest finished one by default. Raises KefuError, BadLogError."""
        from kefu_sim.history.kept import kept_name, kept_reception  # noqa: PLC0415 (demos need no records)

        kept = kept_reception(self.house, kept_name(self.house, reception))
        first = next((i for i, event in enumerate(kept.log) if isinstance(event, ev.BuyerSaid)), None)
        if first is None:
            raise BadLogError(tr("the log of {id} is empty").format(id=kept.name))
        lane = self._lane("replay", kept.program, kept.log, lead=first)
        if anonymous:
            lane = replace(lane, mask=mask)
        watch = NO_WORDS if anonymous else phrase(kept.started[:16].replace("T", " "), "")
        return Showing(film_of([lane]), _title(kept.program.scenario), watch, anonymous=anonymous)

    def opinion(self, showing: Showing, moment: Moment, answer: str) -> Opinion:
        """What the judge says of an answer of the class at a moment of a film."""
        lane = showing.film.lanes[moment.lane]
        log = said_by_class(lane.program, lane.log[: moment.count], answer)
        index = max(i for i, event in enumerate(log) if isinstance(event, ev.AgentSent))
        said = self._lane("class", lane.program, log, lead=moment.count)
        return said.opinion(index, moment.count)

    def go_on(self, showing: Showing, moment: Moment, answer: str) -> Showing:
        """The story from a moment on, with the answer of the class and the buyer's reaction to it."""
        lane = showing.film.lanes[moment.lane]
        log = story_goes_on(lane.program, lane.log[: moment.count], answer)
        live = self._lane("class", lane.program, log, lead=moment.count)
        known = {at: opinion for at, opinion in showing.film.opinions(moment.lane) if at < moment.count}
        live = replace(live, known=known)
        return Showing(film_of([live], title=False), showing.title, showing.watch, showing.step)


def _title(scenario: Scenario) -> Phrase:
    return phrase(scenario.title, scenario.title_en)
