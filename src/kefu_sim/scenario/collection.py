"""YAML files of one kind below some folders, all of them read: small sets, such as demos and lessons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from kefu_sim.base.errors import BadFileError, Problem
from kefu_sim.i18n import tr
from kefu_sim.scenario.library import read_text, yaml_files


class Named(Protocol):
    """What a collection holds."""

    @property
    def id(self) -> str:
        """Name that files refer to it by."""
        ...


_Item = TypeVar("_Item", bound=Named)


@dataclass(slots=True)
class Collection(Generic[_Item]):
    """What could be read, and the problems of the files that could not."""

    items: dict[str, _Item] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    """Id → its file."""
    problems: list[Problem] = field(default_factory=list)


def read_collection(folders: Sequence[Path], load: Callable[[str, str], _Item]) -> Collection[_Item]:
    """Read every YAML file below the folders with `load` (text, name of the file), which may raise BadFileError.

    Of two with one id the one in the earlier folder is taken; two in one folder are a problem.
    """
    found: Collection[_Item] = Collection()
    for folder in folders:
        for path in sorted(yaml_files(folder)):
            try:
                item = load(read_text(path), str(path))
            except BadFileError as error:
                found.problems.extend(error.problems)
                continue
            taken = found.files.get(item.id)
            if taken is None:
                found.items[item.id] = item
                found.files[item.id] = path
            elif taken.is_relative_to(folder):
                what = tr("the id `{id}` is taken by {file}").format(id=item.id, file=taken)
                found.problems.append(Problem(str(path), 1, 1, "KS116", what, tr("rename one")))
    return found
