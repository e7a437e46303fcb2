"""Stories as they were read when they were found sound: while text, fragments and program stay, nobody parses again.

What stands where is kept apart from what is said: only tools for authors ask for places.
"""

from __future__ import annotations

import hashlib
import pathlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from pydantic import ValidationError

from kefu_sim.base.kept import Kept, sources
from kefu_sim.base.yamlfile import Foreign, Path, YamlFile
from kefu_sim.scenario.check import Known
from kefu_sim.scenario.index import stamp_of
from kefu_sim.scenario.load import load_with_places
from kefu_sim.scenario.model import Scenario

_FORM = "scenario/sound.py"
"""What decides how places are written down."""
_Spot = tuple[int, int]
"""Line and column."""


class SoundStories:
    """Stories kept in a folder. What is not kept is read as `load` reads it, and kept from then on."""

    def __init__(self, folder: pathlib.Path, known: Known) -> None:
        """`known` is what stories may refer to."""
        self._folder, self._known, self._stamp = folder, known, stamp_of(known)

    def load(self, text: str, source: str) -> Scenario:
        """The story of a text and the file it stands in. Raises BadFileError."""
        story = self._story(text, source)
        if story is None:
            story, file = load_with_places(text, source, self._known)
            self._data(text, source).write(file.data)
        return story

    def load_with_places(self, text: str, source: str) -> tuple[Scenario, YamlFile]:
        """The same, together with the parsed file that tells where each part stands."""
        places: Any = self._places(text, source).read()
        data = self._data(text, source).read() if places else None
        with suppress(ValidationError):
            if data is not None:
                return Scenario.model_validate(data), _file(text, source, data, places)
        story, file = load_with_places(text, source, self._known)
        self.keep(file)
        return story, file

    def keep(self, file: YamlFile) -> None:
        """Keep a story that was found sound, fragments taken in."""
        self._data(file.text, file.source).write(file.data)
        foreign: dict[str, dict[Path, _Spot]] = defaultdict(dict)
        for path, spot in file.foreign.items():
            foreign[spot.source][path] = spot.line, spot.column
        places = _packed(file.positions), {source: _packed(spots) for source, spots in foreign.items()}
        self._places(file.text, file.source).write(places)

    def _story(self, text: str, source: str) -> Scenario | None:
        with suppress(ValidationError):
            if (data := self._data(text, source).read()) is not None:
                return Scenario.model_validate(data)
        return None

    def _data(self, text: str, source: str) -> Kept:
        return Kept(self._folder / "stories" / _name(source), self._stamp, text)

    def _places(self, text: str, source: str) -> Kept:
        return Kept(self._folder / "places" / _name(source), self._stamp, sources(_FORM), source, text)


def _name(source: str) -> str:
    whole = str(pathlib.Path(source).absolute()).encode("utf-8", "surrogateescape")
    return f"{hashlib.sha256(whole).hexdigest()[:16]}.json"


def _file(text: str, source: str, data: object, places: Any) -> YamlFile:
    own, others = places
    foreign = {path: Foreign(other, *spot) for other, rows in others.items() for path, spot in _unpacked(rows)}
    return YamlFile(source, data, dict(_unpacked(own)), text, foreign)


def _packed(spots: Mapping[Path, _Spot]) -> list[tuple[Any, ...]]:
    """Rows of line, column, how many names a path shares with the one before, and its other names.

    Most paths share all but their last name: they come in the order of the file.
    """
    rows: list[tuple[Any, ...]] = []
    before: Path = ()
    for path, (line, column) in spots.items():
        above = len(path) - 1
        shared = above if path[:above] == before[:above] else 0
        rows.append((line, column, shared, *path[shared:]))
        before = path
    return rows


def _unpacked(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[Path, _Spot]]:
    before: Path = ()
    for line, column, shared, *names in rows:
        before = (*before[:shared], *names)
        yield before, (line, column)
