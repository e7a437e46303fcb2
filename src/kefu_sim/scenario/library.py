"""Finds scenario files: those shipped with the program and those of the user, side by side."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kefu_sim.base.errors import BadFileError, KefuError, Problem
from kefu_sim.i18n import tr
from kefu_sim.scenario.check import Known
from kefu_sim.scenario.load import load_scenario
from kefu_sim.scenario.model import Scenario

_SUFFIXES = {".yaml", ".yml"}
MOST_BYTES = 16_000_000
"""Larger files are not even read."""


@dataclass(slots=True)
class Library:
    """All scenarios that could be read, and the problems of those that could not."""

    scenarios: dict[str, Scenario] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    """Scenario id → its file."""
    problems: list[Problem] = field(default_factory=list)

    def get(self, scenario_id: str) -> Scenario:
        """The scenario of an id. Raises KefuError that names the nearest ids."""
        if scenario_id in self.scenarios:
            return self.scenarios[scenario_id]
        near = difflib.get_close_matches(scenario_id, self.scenarios, 3, 0.4) or list(self.scenarios)[:5]
        raise KefuError(
            tr("no scenario has the id `{id}`").format(id=scenario_id),
            hint=tr("nearest: {ids} — `kefu-sim list` shows all").format(ids=", ".join(near)),
        )


def shipped_folder() -> Path:
    """Where the scenarios of this installation are: inside the wheel, or at the top of a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "scenarios"
    return inside if inside.is_dir() else package.parents[1] / "scenarios"


def read_library(folders: Sequence[Path], known: Known) -> Library:
    """Read every scenario below the folders; an earlier folder's own stands in for one of the same id further on."""
    library = Library()
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.suffix in _SUFFIXES and p.is_file()):
            try:
                scenario = load_scenario(read_text(path), str(path), known)
            except BadFileError as error:
                library.problems.extend(error.problems)
                continue
            if (taken := library.files.get(scenario.id)) and not taken.is_relative_to(folder):
                continue
            if taken:
                what = tr("the id `{id}` is taken by {file}").format(id=scenario.id, file=taken)
                problem = Problem(str(path), 1, 1, "KS116", what, tr("rename one"))
                library.problems.append(problem)
                continue
            library.scenarios[scenario.id] = scenario
            library.files[scenario.id] = path
    return library


def read_text(path: Path) -> str:
    """Text of a UTF-8 file. Raises BadFileError when it is not UTF-8 or cannot be read."""
    try:
        if path.stat().st_size > MOST_BYTES:
            what = tr("the file is too large ({n:,} characters, the limit is {most:,})")
            what = what.format(n=path.stat().st_size, most=MOST_BYTES)
            raise BadFileError([Problem(str(path), 1, 1, "KS003", what, tr("split it"))])
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = tr("byte {n} is not UTF-8").format(n=error.start + 1)
        raise BadFileError([Problem(str(path), 1, 1, "KS013", what, tr("save the file as UTF-8"))]) from None
    except OSError as error:
        what = tr("cannot be read: {why}").format(why=error.strerror or error)
        raise BadFileError([Problem(str(path), 1, 1, "KS014", what, tr("check the file"))]) from None


def order(scenarios: Mapping[str, Scenario]) -> list[Scenario]:
    """In the order of the list and of "next buyer": easiest first, then by id."""
    return sorted(scenarios.values(), key=lambda s: (s.difficulty, s.id))
