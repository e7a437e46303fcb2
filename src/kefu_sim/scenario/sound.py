"""Stories as they were read when they were found sound: while text, fragments and program stay, nobody parses again.

What stands where is kept apart from what is said: only tools for authors ask for places.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kefu_sim.base.kept import Kept
from kefu_sim.base.yamlfile import Foreign, YamlFile
from kefu_sim.scenario.check import Known
from kefu_sim.scenario.index import stamp_of
from kefu_sim.scenario.load import load_with_places
from kefu_sim.scenario.model import Scenario


class SoundStories:
    """Stories kept in a folder. What is not kept is read as `load` reads it, and kept from then on."""

    def __init__(self, folder: Path, known: Known) -> None:
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
        foreign: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for path, spot in file.foreign.items():
            foreign[spot.source].append((spot.line, spot.column, *path))
        own = [(line, column, *path) for path, (line, column) in file.positions.items()]
        self._places(file.text, file.source).write((own, foreign))

    def _story(self, text: str, source: str) -> Scenario | None:
        with suppress(ValidationError):
            if (data := self._data(text, source).read()) is not None:
                return Scenario.model_validate(data)
        return None

    def _data(self, text: str, source: str) -> Kept:
        return Kept(self._folder / "stories" / _name(source), self._stamp, text)

    def _places(self, text: str, source: str) -> Kept:
        return Kept(self._folder / "places" / _name(source), self._stamp, source, text)


def _name(source: str) -> str:
    whole = str(Path(source).absolute()).encode("utf-8", "surrogateescape")
    return f"{hashlib.sha256(whole).hexdigest()[:16]}.json"


def _file(text: str, source: str, data: object, places: Any) -> YamlFile:
    own, foreign = places
    positions = {tuple(path): (line, column) for line, column, *path in own}
    spots = {
        tuple(path): Foreign(written, line, column) for written, rows in foreign.items() for line, column, *path in rows
    }
    return YamlFile(source, data, positions, text, spots)
