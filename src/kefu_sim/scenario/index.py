"""The words of each scenario that lists need, kept between runs for files that have not changed since."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from kefu_sim.base.kept import sources, write_kept
from kefu_sim.base.yamlfile import YAML_SOURCES
from kefu_sim.scenario.check import Known
from kefu_sim.scenario.model import Scenario

_SOURCES = (
    *YAML_SOURCES,
    "scenario/model.py",
    "scenario/check.py",
    "scenario/parts.py",
    "scenario/agreements.py",
    "scenario/load.py",
    "scenario/fragments.py",
    "scenario/expand.py",
    "language/patterns.py",
)
"""What decides whether a file is sound; when one of these changes, every file is read again."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What lists tell of a scenario. Field names are the keys of the scenario file."""

    id: str
    title: str
    title_en: str
    brief: str
    brief_en: str
    persona: str
    difficulty: int
    """1 to 5."""
    shop: str
    """The shop's name."""
    covers: tuple[str, ...]
    """Rows of the training syllabus."""
    file: str


_FIELDS = {field.name for field in fields(Entry)}


def entry_of(scenario: Scenario, file: Path) -> Entry:
    """Take the words from a scenario read whole."""
    own = {name: getattr(scenario, name) for name in _FIELDS - {"shop", "file"}}
    return Entry(**own, shop=scenario.shop.name, file=str(file))


class Index:
    """Entries by file. A file counts as unchanged while its time and size stay; sound files only are kept."""

    def __init__(self, kept: Path | None, known: Known) -> None:
        """Read what was kept; anything unreadable or of another version counts as nothing."""
        self._kept = kept
        self._stamp = stamp_of(known)
        self._old = self._read()
        self._rows: dict[str, dict[str, Any]] = {}

    def entry(self, path: Path) -> Entry | None:
        """Give the entry of a file that has not changed since it was found sound; else None."""
        row = self._old.get(str(path))
        try:
            if row is None or row["state"] != _state(path):
                return None
            words = row["words"]
            entry = Entry(**{**words, "covers": tuple(words["covers"])})
        except (KeyError, TypeError, OSError):
            return None
        self._rows[str(path)] = row
        return entry

    def add(self, path: Path, scenario: Scenario) -> Entry:
        """Take in a file just found sound."""
        entry = entry_of(scenario, path)
        try:
            self._rows[str(path)] = {"state": _state(path), "words": asdict(entry)}
        except OSError:
            self._rows.pop(str(path), None)
        return entry

    def keep(self) -> None:
        """Write the index where something changed; a disk that refuses costs time on the next start, no more."""
        if self._kept is None or self._rows == self._old:
            return
        data = json.dumps({"stamp": self._stamp, "files": self._rows}, ensure_ascii=False)
        write_kept(self._kept, data.encode())

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            data = json.loads(self._kept.read_text(encoding="utf-8")) if self._kept else {}
        except (OSError, ValueError):
            return {}
        sound = isinstance(data, dict) and data.get("stamp") == self._stamp and isinstance(data.get("files"), dict)
        return data["files"] if sound else {}


def _state(path: Path) -> list[int]:
    found = path.stat()
    return [found.st_mtime_ns, found.st_size]


def stamp_of(known: Known) -> str:
    """Changes with the program, and with whatever stories may refer to."""
    told = [
        sorted(known.personas),
        sorted(known.flows),
        sorted(known.intents),
        known.shelf.stamp if known.shelf else "",
    ]
    return hashlib.sha256(json.dumps([sources(*_SOURCES), told]).encode()).hexdigest()[:16]
