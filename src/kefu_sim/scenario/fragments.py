"""Fragments as written: parts of stories with parameters, shared by stories or of one file alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol

from kefu_sim.base.errors import BadFileError, Problem
from kefu_sim.base.yamlfile import Path, YamlFile
from kefu_sim.i18n import tr
from kefu_sim.scenario.names import did_you_mean

STORY_KEYS = frozenset(
    (
        *("always", "nodes", "intents", "facts", "promises", "vars", "flags", "hidden", "cards", "limits"),
        *("unclear", "silence", "notes", "notices"),
    )
)
NODE_KEYS = frozenset(
    ("title", "buyer", "steps", "asks", "replies", "unclear", "silence", "model", "hint", "reveal", "end")
)
OWN_KEYS = frozenset(("about", "params", "use"))


class Place(NamedTuple):
    """A value of a parsed file."""

    file: YamlFile
    path: Path

    def to(self, *more: str | int) -> Place:
        """A value within it."""
        return Place(self.file, (*self.path, *more))

    @property
    def shown(self) -> str:
        """File, line and column, as a message names them."""
        line, column = self.file.where(self.path)
        return f"{self.file.source}:{line}:{column}"

    def problem(self, code: str, message: str, fix: str = "") -> Problem:
        """Make a problem that points here."""
        return self.file.problem(self.path, code, message, fix)


@dataclass(frozen=True, slots=True)
class Fragment:
    """One fragment as written."""

    name: str
    body: Mapping[str, Any]
    place: Place
    below: Fragment | None = None
    """The one of the same name that it stands in for; what it means when it uses its own name."""

    @property
    def params(self) -> Mapping[str, Any]:
        """Parameters and their defaults, those of the one it stands in for too; None for one that must be given."""
        return {**(self.below.params if self.below else {}), **(self.body.get("params") or {})}


def laid_over(known: Mapping[str, Fragment], more: Mapping[str, Fragment]) -> dict[str, Fragment]:
    """Fragments by name, where the second stand in for those of the first that they share a name with."""
    return {**known, **{name: replace(one, below=known.get(name, one.below)) for name, one in more.items()}}


class Shelf(Protocol):
    """Where fragments shared by stories are kept."""

    @property
    def stamp(self) -> str:
        """Changes whenever one of them may have changed."""
        ...

    def fragments(self) -> Mapping[str, Fragment]:
        """All that can be read, by name."""
        ...

    def problems(self) -> Sequence[Problem]:
        """What is wrong with files that somebody else than the program wrote."""
        ...

    def intents(self) -> Mapping[str, Place]:
        """Intents that every story may test without taking anything in. Raises BadFileError."""
        ...


def fragments_of(file: YamlFile) -> dict[str, Fragment]:
    """The fragments under `fragments:` of a parsed file. Raises BadFileError that lists every problem."""
    written = file.data.get("fragments") if isinstance(file.data, dict) else None
    found = {} if written is None else written
    whole = Place(file, ("fragments",))
    if not isinstance(found, dict):
        raise BadFileError([whole.problem("KS120", tr("`fragments` must be a list of `name: …`"))])
    problems: list[Problem] = []
    for name, body in found.items():
        problems.extend(_misshapen(body, whole.to(name)))
    if problems:
        raise BadFileError(problems)
    return {name: Fragment(name, body, whole.to(name)) for name, body in found.items()}


def _misshapen(body: object, place: Place) -> Iterator[Problem]:
    if not isinstance(body, dict):
        yield place.problem("KS120", tr("a fragment must be a list of `key: value` lines"))
        return
    known = STORY_KEYS | NODE_KEYS | OWN_KEYS
    for key in body.keys() - known:
        yield place.to(key).problem(
            "KS021", tr("unknown key `{key}`").format(key=key), did_you_mean(key, sorted(known))
        )
    if not isinstance(body.get("params") or {}, dict):
        yield place.to("params").problem("KS120", tr("`params` must be a list of `name: default`"))
