"""Which stories an author means: files, folders or ids, each read together with where its parts stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kefu_sim.author.files import named_files, short
from kefu_sim.author.spread import spread
from kefu_sim.author.verify_subject import Subject
from kefu_sim.base.paths import cache_folder
from kefu_sim.base.yamlfile import YamlFile
from kefu_sim.programs import BoundRecogniser, program_for
from kefu_sim.rulebook.known import known_ids
from kefu_sim.rulebook.recogniser import load_listener
from kefu_sim.scenario.check import Known
from kefu_sim.scenario.library import order, read_text, scenario_folders
from kefu_sim.scenario.model import Scenario
from kefu_sim.scenario.sound import SoundStories

if TYPE_CHECKING:
    from kefu_sim.house import House

_Result = TypeVar("_Result")


def look_at(
    house: House, names: Sequence[str], look: Callable[[Subject], _Result], seconds: float
) -> Iterator[_Result]:
    """What a look at each of the stories named brings to light, at all of the library without any; see `spread`.

    Raises KefuError, BadFileError.
    """
    return spread(partial(_look, look, house.folder), _stories(house, names), seconds)


def _look(look: Callable[[Subject], _Result], folder: Path, story: tuple[Path, str]) -> _Result:
    path, called = story
    return look(replace(read_subject(path, known_ids(folder)), called=called))


def story_files(house: House, names: Sequence[str]) -> list[Path]:
    """Files of the stories named. Raises KefuError that names the nearest ids."""
    return [path for path, _ in _stories(house, names)]


def _stories(house: House, names: Sequence[str]) -> list[tuple[Path, str]]:
    """Files of the stories named, each with what names it on a command line. Raises KefuError."""
    if not names:
        return [(Path(entry.file), entry.id) for entry in order(house.library.entries)]
    return named_files(names, scenario_folders(house.folder))


def read_subject(path: Path, known: Known | None = None) -> Subject:
    """Read one story. Raises BadFileError."""
    return subject_of(read_text(path), short(path), known)


def subject_of(text: str, source: str, known: Known | None = None) -> Subject:
    """Make a subject of the text of a file. Raises BadFileError."""
    known = known or known_ids()
    return made_ready(*SoundStories(cache_folder(), known).load_with_places(text, source))


def made_ready(story: Scenario, file: YamlFile) -> Subject:
    """Make a subject of a sound story and the file it was read from."""
    program = program_for(story, recogniser=load_listener())
    assert isinstance(program.understand, BoundRecogniser)
    return Subject(file, program, program.understand.intents)
