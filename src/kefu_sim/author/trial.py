"""Trying a story out: from any node, with any numbers, and going on in place when it is saved.

A trial is not saved, so it can count for nothing; its log says that it is one.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from kefu_sim.author.files import one_file
from kefu_sim.author.watch import written
from kefu_sim.base.clock import Clock
from kefu_sim.base.errors import BadFileError, KefuError, Problem
from kefu_sim.base.paths import cache_folder
from kefu_sim.base.wallclock import WallClock
from kefu_sim.engine import events as ev
from kefu_sim.engine.session import Session
from kefu_sim.engine.state import State
from kefu_sim.engine.step import Trial
from kefu_sim.house import House, fresh_seed
from kefu_sim.i18n import tr
from kefu_sim.play import Play
from kefu_sim.programs import program_for
from kefu_sim.rulebook.known import known_ids
from kefu_sim.scenario.check import Known
from kefu_sim.scenario.library import Library, read_text
from kefu_sim.scenario.load import load_scenario
from kefu_sim.scenario.model import Scenario
from kefu_sim.scenario.names import did_you_mean
from kefu_sim.scores import rubric_version


@dataclass
class TrialHouse(House):
    """A house in which one story, named by id or file, is tried out."""

    what: str = ""
    at: str = ""
    settings: Iterable[str] = ()
    """`NAME=VALUE`, as typed."""
    path: Path = field(init=False)
    story: Scenario = field(init=False)

    def __post_init__(self) -> None:
        """Read the story. Raises KefuError and BadFileError about the file, the node and the variables."""
        self.path, _ = one_file(self.what, self.library.folders)
        self.story = self.read()
        self.trial_of(self.story)

    @cached_property
    def library(self) -> Library:
        """As ever, with the story tried out wherever its file is."""
        usual = House(self.folder).library
        return _WithTrial(usual.folders, known_ids(self.folder), cache_folder(self.folder) / "library.json", self)

    def read(self) -> Scenario:
        """The story as its file is now. Raises BadFileError."""
        return load_scenario(read_text(self.path), str(self.path), known_ids(self.folder))

    def trial_of(self, story: Scenario) -> Trial:
        """Where to begin. Raises KefuError that names what there is."""
        if self.at and self.at not in story.nodes:
            what = tr("unknown {kind} `{name}`").format(kind=tr("node"), name=self.at)
            raise KefuError(what, hint=did_you_mean(self.at, list(story.nodes)))
        return Trial(self.at, dict(_setting(text, story) for text in self.settings))

    def begin(
        self, scenario: Scenario, *, mode: ev.Mode = "practice", seed: int | None = None, clock: Clock | None = None
    ) -> Play:
        """Open a trial of the story; any other one begins as ever."""
        if scenario.id != self.story.id:
            return super().begin(scenario, mode=mode, seed=seed, clock=clock)
        story = self.read()
        session = Session(program_for(story, self.level), fresh_seed() if seed is None else seed, clock or WallClock())
        play = Play(session, self.desk)
        play.follow = Follower(self, play).look
        session.open(mode, rubric_version(), trial=self.trial_of(story))
        return play


class _WithTrial(Library):
    def __init__(self, folders: Sequence[Path], known: Known, kept: Path, house: TrialHouse) -> None:
        super().__init__(folders, known, kept)
        self._house = house

    def get(self, scenario_id: str) -> Scenario:
        return self._house.story if scenario_id == self._house.story.id else super().get(scenario_id)


def _setting(text: str, story: Scenario) -> tuple[str, float]:
    name, _, given = text.partition("=")
    meter = story.vars.get(name.strip())
    if meter is None:
        what = tr("unknown {kind} `{name}`").format(kind=tr("variable"), name=name.strip())
        raise KefuError(what, hint=did_you_mean(name.strip(), sorted(story.vars)))
    try:
        value = float(given)
    except ValueError:
        what = tr("`{text}` sets nothing").format(text=text)
        raise KefuError(what, hint=tr("write for example patience=10")) from None
    if not meter.min <= value <= meter.max:
        what = tr("`{name}` goes from {min:g} to {max:g}").format(name=name.strip(), min=meter.min, max=meter.max)
        raise KefuError(what, hint=tr("write for example patience=10"))
    return name.strip(), value


@dataclass
class Follower:
    """Watches the file of a trial, and the fragments it can take in, and takes what was saved into the reception."""

    house: TrialHouse
    play: Play
    _seen: str = field(init=False)

    def __post_init__(self) -> None:
        self._seen = self._written()

    def _written(self) -> str:
        return written(self.house.path, self.house.folder)

    def look(self) -> str:
        """Take in what was saved since the last look; returns what to tell, empty when nothing."""
        now = self._written()
        if now in {self._seen, ""} or self.play.session.state.over:
            return ""
        self._seen = now
        try:
            story = self.house.read()
        except BadFileError as error:
            return _refused(error.problems, self.house.path)
        if gone := _gone(self.play.session.state, story):
            what = tr("Saved, but the {kind} `{name}`, which this reception has met, is gone; it goes on as it was.")
            return what.format(kind=gone.kind, name=gone.name)
        self.play.session.edited(program_for(story, self.house.level))
        return tr("Saved: the reception goes on with the new story.")


class _Gone(NamedTuple):
    kind: str
    """As a person calls it."""
    name: str


def _gone(state: State, story: Scenario) -> _Gone | None:
    """What a reception has met and the story no longer has: it could neither go on nor be scored."""
    met: Sequence[tuple[str, Iterable[str], Container[str]]] = (
        (tr("node"), state.visits, story.nodes),
        (tr("promise"), state.pledges, story.promises),
        (tr("notice"), state.noticed, story.notices),
    )
    return next((_Gone(kind, name) for kind, names, there in met for name in names if name not in there), None)


def _refused(problems: list[Problem], story: Path) -> str:
    first = problems[0]
    what = tr("Saved, but it cannot be played; the reception goes on with the story as it was.")
    more = tr("… and {n} more in this file").format(n=len(problems) - 1) if len(problems) > 1 else ""
    where = "" if first.file == str(story) else f"{first.file}:"
    told = f"{where}{first.line}:{first.column} {first.code} {first.message}" + (f" → {first.fix}" if first.fix else "")
    return "\n".join(filter(None, (what, told, more)))
