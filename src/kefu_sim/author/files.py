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
from kefu_sim.scenario.names import did_you_mean, nearest

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


def one_file(name: str, folders: Sequence[Path]) -> tuple[Path, str]:
    """The one file named, sound or not, with what names it on a command line. Raises KefuError."""
    found = list(_named(name, _Shelves(folders)))
    if len(found) > 1:
        what = tr("the folder {path} holds {n} scenarios, and this takes one").format(path=name, n=len(found))
        raise KefuError(what, hint=tr("name one of its files, such as {file}").format(file=found[0][1]))
    return found[0]


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
    if not name.strip():
        raise KefuError(tr("the name of a scenario is empty"), hint=tr("name a file, a folder or the id of a scenario"))
    if path.is_dir():
        yield from _in_folder(path, name)
    elif path.is_file():
        if path.suffix not in _SUFFIXES:
            what = tr("{path} is not named like a scenario: such files end in .yaml").format(path=name)
            raise KefuError(what, hint=tr("rename it to {name}").format(name=as_argument(f"{path.stem}.yaml")))
        yield path, as_argument(short(path))
    elif is_path(name):
        raise KefuError(tr("there is no file {path}").format(path=name), hint=_meant(path))
    elif name in shelves.ids:
        yield shelves.ids[name], name
    else:
        what = tr("`{name}` is neither a file nor the id of a scenario").format(name=name)
        raise KefuError(what, hint=did_you_mean(name, sorted(shelves.ids)))


def is_path(name: str) -> bool:
    """Whether a name is one of a file or folder, there or not; an id is not."""
    return "/" in name or "\\" in name or Path(name).suffix in _SUFFIXES


def _in_folder(path: Path, name: str) -> Iterator[tuple[Path, str]]:
    found = sorted(yaml_files(path))
    if not found:
        hint = tr("name another folder, or write a first scenario: kefu-sim author new --folder {path}")
        raise KefuError(
            tr("the folder {path} holds no .yaml file").format(path=name), hint=hint.format(path=as_argument(name))
        )
    yield from ((file, as_argument(short(file))) for file in found)


def _meant(path: Path) -> str:
    """What may have been meant by the path of a file that is not there."""
    try:
        beside = sorted(path.parent.iterdir())
    except OSError:
        return tr("the folder {path} is not there either; a path that holds a blank needs quotes").format(
            path=path.parent
        )
    if any(other.name.startswith(f"{path.name} ") for other in beside):
        return tr("the path holds a blank: put it in quotes, as in {path}").format(path=as_argument(f"{path} …"))
    stories = {other.stem: other.name for other in beside if other.suffix in _SUFFIXES}
    if near := nearest(path.stem, list(stories)):
        return tr("did you mean `{name}`?").format(name=as_argument(str(path.with_name(stories[near]))))
    return tr("look at the folder and the name of the file: {path}").format(path=path.absolute())


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
