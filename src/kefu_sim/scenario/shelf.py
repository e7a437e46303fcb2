"""Shared fragments on disk: those shipped with the program and those of the user."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from kefu_sim.base.errors import BadFileError, Problem
from kefu_sim.base.yamlfile import read_yaml
from kefu_sim.i18n import tr
from kefu_sim.scenario.fragments import Fragment, Place, fragments_of, laid_over
from kefu_sim.scenario.library import read_text, yaml_files


class Folders:
    """Fragments of all YAML files in some folders, the program's first; a later name stands in for one further up.

    A file that cannot be read takes nothing else with it.
    """

    def __init__(self, *folders: Path, shared: Path | None = None) -> None:
        """`shared`: a file with the intents of the program."""
        self.folders = folders
        self.shared = shared

    @cached_property
    def _files(self) -> Sequence[Path]:
        return [path for folder in self.folders for path in sorted(yaml_files(folder))]

    @cached_property
    def stamp(self) -> str:
        """Changes whenever one of the files is touched."""
        files = [*self._files, *([self.shared] if self.shared else [])]
        states = [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files]
        return hashlib.sha256(repr(states).encode()).hexdigest()[:16]

    def fragments(self) -> Mapping[str, Fragment]:
        """All that can be read, by name; looked at when first asked for."""
        return self._read[0]

    def problems(self) -> Sequence[Problem]:
        """What is wrong with the files of others than the program."""
        own = any(next(yaml_files(folder), None) for folder in self.folders[1:])
        return self._read[1] if own else ()

    def intents(self) -> Mapping[str, Place]:
        """Those of the program, read when first asked for. Raises BadFileError."""
        return self._shared

    @cached_property
    def _shared(self) -> dict[str, Place]:
        if self.shared is None:
            return {}
        file = read_yaml(read_text(self.shared), str(self.shared))
        rows = file.data.get("intents") if isinstance(file.data, dict) else None
        return {name: Place(file, ("intents", name)) for name in rows or {}}

    @cached_property
    def _read(self) -> tuple[dict[str, Fragment], list[Problem]]:
        found: dict[str, Fragment] = {}
        problems: list[Problem] = []
        for folder in self.folders:
            fragments, wrong = _fragments_below(folder)
            found = laid_over(found, fragments)
            problems += wrong
        return found, problems


def _fragments_below(folder: Path) -> tuple[dict[str, Fragment], list[Problem]]:
    """The fragments of a folder and what is wrong with its files; of two of one name the first counts."""
    found: dict[str, Fragment] = {}
    problems: list[Problem] = []
    for path in sorted(yaml_files(folder)):
        try:
            fragments = _fragments_in(path)
        except BadFileError as error:
            problems += error.problems
            continue
        problems += (_taken(one, found[name]) for name, one in fragments.items() if name in found)
        found = {**fragments, **found}
    return found, problems


def _taken(fragment: Fragment, first: Fragment) -> Problem:
    what = tr("the fragment `{name}` stands in {place} too, and only that one counts")
    what = what.format(name=fragment.name, place=first.place.shown)
    return fragment.place.problem("KS116", what, tr("rename one, or put both together"))


def _fragments_in(path: Path) -> dict[str, Fragment]:
    """The fragments of a file; none of one in which nothing is written yet. Raises BadFileError."""
    text = read_text(path)
    if all(line.lstrip().startswith("#") for line in text.splitlines() if line.strip()):
        return {}
    file = read_yaml(text, str(path))
    if not isinstance(file.data, dict) or set(file.data) != {"fragments"}:
        what, fix = tr("a file of fragments holds the key `fragments` and no other"), tr("move the rest out")
        raise BadFileError([Problem(str(path), 1, 1, "KS120", what, fix)])
    return fragments_of(file)
