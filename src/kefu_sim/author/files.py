"""Which files of scenarios an author means: paths, folders or ids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from kefu_sim.base.errors import BadFileError, KefuError
from kefu_sim.base.paths import as_argument
from kefu_sim.i18n import tr
from kefu_sim.scenario.library import read_text, yaml_files
from kefu_sim.scenario.names import did_you_mean

ID = re.compile(r"^id\s*:\s*[\"']?([a-z][a-z0-9-]*)", re.MULTILINE)
"""The line of a file that gives its id."""
_SUFFIXES = {".yaml", ".yml"}


def scenario_files(wanted: Sequence[str], folders: Sequence[Path]) -> list[Path]:
    """The files named: paths, folders or ids; without any name all files of the folders. Raises KefuError."""
    return [path for path, _ in named_files(wanted, folders)] if wanted else _Shelves(folders).files


def named_files(wanted: Sequence[str], folders: Sequence[Path]) -> list[tuple[Path, str]]:
    """The files named, sound or not, each with what names it on a command line. Raises KefuError."""
    shelves = _Shelves(folders)
    return [found for name in wanted for found in _named(name, shelves)]


class _Shelves:
    """The files of some folders; an id belongs to the first that bears it."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders

    @cached_property
    def files(self) -> list[Path]:
        return [path for folder in self._folders for path in sorted(yaml_files(folder))]

    @cached_property
    def ids(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for path in self.files:
            found.setdefault(_id_of(path), path)
        return found


def _named(name: str, shelves: _Shelves) -> Iterator[tuple[Path, str]]:
    path = Path(name)
    if path.is_dir():
        yield from ((file, as_argument(short(file))) for file in sorted(yaml_files(path)))
    elif path.is_file():
        yield path, as_argument(short(path))
    elif "/" in name or "\\" in name or path.suffix in _SUFFIXES:
        raise KefuError(tr("there is no file {path}").format(path=name))
    elif name in shelves.ids:
        yield shelves.ids[name], name
    else:
        what = tr("`{name}` is neither a file nor the id of a scenario").format(name=name)
        raise KefuError(what, hint=did_you_mean(name, sorted(shelves.ids)))


def _id_of(path: Path) -> str:
    """The id a file gives itself, as far as it can be read; else its name."""
    try:
        match = ID.search(read_text(path))
    except BadFileError:
        match = None
    return match.group(1) if match else path.stem


def short(path: Path) -> str:
    """A file as seen from where the author is, when it is below."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
