"""Finds scenario files: those shipped with the program and those of the user, side by side.

Lists need a few words of each scenario, a reception needs one scenario whole. The words are kept in an index beside the
user's data, so that a file is read again only when it was changed; a scenario is read whole when it is asked for.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from kefu_sim.base.encodings import not_utf8
from kefu_sim.base.errors import BadFileError, KefuError, Problem
from kefu_sim.base.refusals import reason
from kefu_sim.i18n import tr
from kefu_sim.language.patterns import compile_pattern
from kefu_sim.scenario.check import Known
from kefu_sim.scenario.index import Entry, Index
from kefu_sim.scenario.load import load_scenario
from kefu_sim.scenario.model import Scenario
from kefu_sim.scenario.sound import SoundStories

_SUFFIXES = {".yaml", ".yml"}
_ID = re.compile(r"[a-z][a-z0-9-]*")
MOST_BYTES = 16_000_000
"""Larger files are not even read."""


class Library:
    """The scenarios of some folders; an earlier folder's own stands in for one of the same id further on."""

    def __init__(self, folders: Sequence[Path], known: Known, kept: Path | None = None) -> None:
        """Nothing is read yet. `kept` is where the index is kept between runs; None keeps none."""
        self.folders = tuple(folders)
        self._known = known
        self._kept = kept
        self._whole: dict[str, Scenario] = {}

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Id → what lists tell of the scenario."""
        return self._found[0]

    @property
    def problems(self) -> Sequence[Problem]:
        """What is wrong with the files that cannot be played."""
        return self._found[1]

    def get(self, scenario_id: str) -> Scenario:
        """The scenario of an id. Raises KefuError that names the nearest ids, BadFileError when its file is broken."""
        if scenario_id not in self._whole:
            self._whole[scenario_id] = self._straight(scenario_id) or self._by_index(scenario_id)
        return self._whole[scenario_id]

    def all(self) -> list[Scenario]:
        """Every scenario, whole, in the order of the list."""
        return [self.get(entry.id) for entry in order(self.entries)]

    def _straight(self, scenario_id: str) -> Scenario | None:
        """Read the shipped file that bears the id, where there are none of the user; else None.

        Among the user's files several may claim an id, and which one plays hangs on all of them.
        """
        path = shipped_folder() / f"{scenario_id}.yaml"
        if "_found" in self.__dict__ or not _ID.fullmatch(scenario_id) or not path.is_file():
            return None
        own = [folder for folder in self.folders if folder != path.parent]
        if len(own) == len(self.folders) or any(next(yaml_files(folder), None) for folder in own):
            return None
        try:
            scenario = self._read_kept(path)
        except BadFileError:
            return None
        return scenario if scenario.id == scenario_id else None

    def _by_index(self, scenario_id: str) -> Scenario:
        entry = self.entries.get(scenario_id)
        if entry is not None:
            scenario = self._read_kept(Path(entry.file))
            if scenario.id == scenario_id:
                return scenario
        broken = [problem for problem in self.problems if Path(problem.file).stem == scenario_id]
        if broken:
            raise BadFileError(broken)
        near = difflib.get_close_matches(scenario_id, self.entries, 3, 0.4) or list(self.entries)[:5]
        raise KefuError(
            tr("no scenario has the id `{id}`").format(id=scenario_id),
            hint=tr("nearest: {ids} — `kefu-sim list` shows all").format(ids=", ".join(near)),
        )

    def _read(self, path: Path) -> Scenario:
        return load_scenario(read_text(path), str(path), self._known)

    def _read_kept(self, path: Path) -> Scenario:
        """Read a scenario whole; what its file came to when it was found sound is kept beside the index."""
        if self._kept is None:
            return self._read(path)
        return SoundStories(self._kept.parent, self._known).load(read_text(path), str(path))

    @cached_property
    def _found(self) -> tuple[dict[str, Entry], list[Problem]]:
        entries: dict[str, Entry] = {}
        problems = list(self._known.shelf.problems()) if self._known.shelf else []
        index = Index(self._kept, self._known)
        for folder in self.folders:
            for path in sorted(yaml_files(folder)):
                entry = index.entry(path)
                if entry is None:
                    try:
                        entry = index.add(path, self._read(path))
                    except BadFileError as error:
                        problems.extend(error.problems)
                        continue
                taken = entries.get(entry.id)
                if taken is None:
                    entries[entry.id] = entry
                elif Path(taken.file).is_relative_to(folder):
                    what = tr("the id `{id}` is taken by {file}").format(id=entry.id, file=taken.file)
                    problems.append(Problem(str(path), 1, 1, "KS116", what, tr("rename one")))
        index.keep()
        compile_pattern.cache_clear()  # patterns of every story that was read; one reception needs those of one
        return entries, list(dict.fromkeys(problems))


def yaml_files(folder: Path) -> Iterator[Path]:
    """The YAML files below a folder, in no order. Hidden folders (`.git`, `.venv`) are the programs' own."""
    return (
        path
        for path in folder.rglob("*")
        if path.suffix in _SUFFIXES
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts[:-1])
    )


def scenario_folders(data: Path) -> list[Path]:
    """Where scenarios are looked for, given the user's data folder: the user's own first, then the shipped ones."""
    return [folder for folder in (own_folder(data), shipped_folder()) if folder.is_dir()]


def own_folder(data: Path) -> Path:
    """Where the user's own scenarios belong."""
    return data / "scenarios"


def shipped_folder() -> Path:
    """Where the scenarios of this installation are."""
    return shipped("scenarios")


def shipped(name: str) -> Path:
    """A folder of files that travel with the program: inside the wheel, or at the top of a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / name
    return inside if inside.is_dir() else package.parents[1] / name


def read_text(path: Path) -> str:
    """Text of a UTF-8 file. Raises BadFileError when it is not UTF-8 or cannot be read."""
    try:
        if path.stat().st_size > MOST_BYTES:
            what = tr("the file is too large ({n:,} characters, the limit is {most:,})")
            what = what.format(n=path.stat().st_size, most=MOST_BYTES)
            raise BadFileError([Problem(str(path), 1, 1, "KS003", what, tr("split it"))])
        data = path.read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        unknown = tr("byte {n} is not UTF-8").format(n=error.start + 1), tr("save the file as UTF-8")
        raise BadFileError([Problem(str(path), 1, 1, "KS013", *(not_utf8(data) or unknown))]) from None
    except OSError as error:
        what = tr("cannot be read: {why}").format(why=reason(error))
        raise BadFileError([Problem(str(path), 1, 1, "KS014", what, tr("check the file"))]) from None


def order(entries: Mapping[str, Entry]) -> list[Entry]:
    """In the order of the list and of "next buyer": easiest first, then by id."""
    return sorted(entries.values(), key=lambda entry: (entry.difficulty, entry.id))
