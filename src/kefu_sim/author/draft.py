"""Reads a scenario file as far as it can be read: what is wrong is listed, set aside, and the rest looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from kefu_sim.base.errors import Problem
from kefu_sim.base.yamlfile import Path, Survey, YamlFile, survey_yaml
from kefu_sim.i18n import tr
from kefu_sim.scenario.expand import expand_leniently
from kefu_sim.scenario.fragments import Shelf
from kefu_sim.scenario.load import examine
from kefu_sim.scenario.model import Scenario
from kefu_sim.scenario.names import nearest
from kefu_sim.scenario.slips import name_before_colon
from kefu_sim.scenario.violations import Violation, keys_at

Spot = TypeVar("Spot")
ROUNDS = 40
"""Parts within parts that may have to be set aside before the rest fits the schema."""
UNKNOWN = "unknown"
_STAND_INS: dict[str, Any] = {
    "schema": 1, "id": UNKNOWN, "title": UNKNOWN, "persona": UNKNOWN, "start": UNKNOWN, "shop": {"name": UNKNOWN},
}  # fmt: skip
"""For top-level keys that are missing or wrong."""
_HOLDERS = frozenset({"model_type", "model_attributes_type", "dict_type"})
"""Kinds of violation by a value that should hold keys."""
_DECIDING = frozenset({"nodes", "always", "vars"})
"""Top-level keys that decide where a story leads."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A scenario file as it stands, finished or not."""

    source: str
    text: str
    file: YamlFile | None = None
    story: Scenario | None = None
    """What of it fits the schema; None where too little does."""
    problems: tuple[Problem, ...] = ()
    """Everything up to the schema."""
    lost: frozenset[str] = frozenset()
    """Names that may be defined in parts that had to be set aside."""
    unnamed: Mapping[str, Problem] = field(default_factory=dict)
    """Top-level key → what is wrong with a name below it: what is asked for in vain may be meant by it."""
    hurt: frozenset[str] = frozenset()
    """Nodes that lack something for that reason."""
    whole: bool = True
    """Whether nothing was set aside that decides where the story leads."""
    named: bool = True
    """Whether every fragment was found: else any name may be defined in one that was not."""


def read_draft(text: str, source: str, shelf: Shelf | None = None) -> Draft:
    """Read a file past everything that is wrong with it; `shelf` holds the shared fragments."""
    survey = survey_yaml(text, source)
    if survey.file is None or not isinstance(survey.file.data, dict):
        problems = survey.problems
        if survey.file is not None:
            problems = [*problems, *(violation.problem for violation in examine(survey.file, Scenario)[1])]
        return Draft(source, text, survey.file, problems=tuple(sorted(problems)), whole=False)
    file, unfit = expand_leniently(survey.file, shelf)
    work = _Work(file, set(survey.lost), set(survey.torn), unsound=bool(unfit))
    story, found = work.fit(survey)
    torn = {path[1] for path, (line, _) in work.file.positions.items() if line in survey.torn and _is_node(path)}
    return Draft(
        source,
        text,
        work.file,
        story,
        tuple(sorted({*survey.problems, *unfit, *found})),
        frozenset(work.lost),
        work.unnamed,
        frozenset(map(str, torn | work.hurt)),
        not (work.broken or survey.torn or survey.lost or unfit),
        not unfit,
    )


def _is_node(path: Path) -> bool:
    return len(path) == 2 and path[0] == "nodes"


@dataclass
class _Work:
    file: YamlFile
    lost: set[str]
    torn: set[int]
    unsound: bool = False
    """Whether a fragment could not be taken in as it should: what it left behind is no further fault."""
    unnamed: dict[str, Problem] = field(default_factory=dict)
    hurt: set[str | int] = field(default_factory=set)
    broken: bool = False

    def fit(self, survey: Survey) -> tuple[Scenario | None, list[Problem]]:
        """Set aside what does not fit until the rest does. Only the first round finds faults of the author."""
        found: list[Problem] = []
        for count in range(ROUNDS):
            story, violations = examine(self.file, Scenario)
            if story is not None:
                return story, found
            if count == 0 and (tucked := self._tuck_in(violations)):
                found += tucked
                story, violations = examine(self.file, Scenario)
                if story is not None:
                    return story, found
            if count == 0:
                meant = {(*v.path[:-1], v.meant) for v in violations if v.meant}
                told = (v for v in violations if v.kind != "missing" or (*v.path, v.key) not in meant)
                found += [violation.problem for violation in told if not self._torn(violation, survey)]
            if not self._set_aside(violations):
                break
        return None, found

    def _tuck_in(self, violations: Sequence[Violation]) -> list[Problem]:
        """Put what belongs to a key, and stands beside it, where it belongs; one problem for each such key."""
        found: list[Problem] = []
        wrong, tucked = {violation.path for violation in violations}, set[Path]()
        for path in sorted((v.path for v in violations if v.kind in _HOLDERS), key=self.file.where):
            if path in self.file.foreign or path in tucked or _at(self.file.data, path) is not None:
                continue
            if beside := list(_beside(self.file, path, wrong)):
                found.append(_not_indented(self.file, path, beside))
                _at(self.file.data, path[:-1])[path[-1]] = {}
                tucked |= {(*path[:-1], key) for key in beside}
                for key in beside:
                    move(self.file, (*path[:-1], key), (*path, key))
        return found

    def _torn(self, violation: Violation, survey: Survey) -> bool:
        """Whether something is wrong only because of what was told before."""
        if self.unsound and violation.path in self.file.foreign:
            return True
        if violation.kind == "missing" and violation.key in survey.lost:
            return True
        return violation.problem.line in survey.torn and violation.kind not in {"extra_forbidden", "literal_error"}

    def _set_aside(self, violations: Iterable[Violation]) -> bool:
        """Take out, rename or fill in what is wrong; False when nothing can be done."""
        gone: set[Path] = set()
        done = False
        for violation in _innermost_last(violations):
            if violation.path not in gone:
                done = self._mend(violation, gone) or done
        return done

    def _mend(self, violation: Violation, gone: set[Path]) -> bool:
        path, data = violation.path, self.file.data
        assert isinstance(data, dict)
        top = violation.key if violation.kind == "missing" and not path else path[0] if len(path) == 1 else ""
        if violation.meant and violation.meant not in _at(data, path[:-1]):
            rename(self.file, path, violation.meant)
        elif top in _STAND_INS:
            data[top] = _STAND_INS[str(top)]
            self.lost.add(UNKNOWN)
            self.broken = self.broken or top == "start"
        elif path:
            if name := name_before_colon(str(path[-1])):
                self.lost.add(name)
            elif violation.kind == "string_pattern_mismatch" and len(path) == 2:
                self.unnamed[str(path[0])] = violation.problem
            self._take_out(path)
            gone.add(path)
        else:
            return False
        return True

    def _take_out(self, path: Path) -> None:
        if path[0] == "nodes" and len(path) > 1:
            self.hurt.add(path[1])
        self.broken = self.broken or path[0] in _DECIDING
        self.lost.update(map(str, path[-1:]), _names(_at(self.file.data, path)))
        remove(self.file, path)


def _innermost_last(violations: Iterable[Violation]) -> list[Violation]:
    """In an order in which no mend moves what another one points at: from the end of the file, parts before wholes."""

    def place(violation: Violation) -> list[tuple[bool, str | int]]:
        return [(isinstance(part, int), part) for part in violation.path]

    return sorted(violations, key=place, reverse=True)


def _at(data: Any, path: Sequence[str | int]) -> Any:
    for part in path:
        data = data[part]
    return data


def _names(value: Any) -> Iterator[str]:
    """All keys within a value."""
    match value:
        case dict():
            for key, item in value.items():
                yield str(key)
                yield from _names(item)
        case list():
            for item in value:
                yield from _names(item)
        case _:
            return


def remove(file: YamlFile, path: Path) -> None:
    """Take a value out; positions of the items after it are kept right."""
    *above, last = path
    del _at(file.data, above)[last]
    if isinstance(last, int):
        file.positions = _without(file.positions, tuple(above), last)
        file.foreign = _without(file.foreign, tuple(above), last)


def _without(spots: Mapping[Path, Spot], holder: Path, gone: int) -> dict[Path, Spot]:
    depth, kept = len(holder), {}
    for at, spot in spots.items():
        index = at[depth] if at[:depth] == holder and len(at) > depth else None
        if isinstance(index, int) and index > gone:
            kept[*at[:depth], index - 1, *at[depth + 1 :]] = spot
        elif index != gone:
            kept[at] = spot
    return kept


def rename(file: YamlFile, path: Path, name: str) -> None:
    """Call a key otherwise."""
    move(file, path, (*path[:-1], name))


def move(file: YamlFile, path: Path, to: Path) -> None:
    """Let a value stand under another key, in a mapping that there is."""
    _at(file.data, to[:-1])[to[-1]] = _at(file.data, path[:-1]).pop(path[-1])
    file.positions = _moved(file.positions, path, to)
    file.foreign = _moved(file.foreign, path, to)


def _moved(spots: Mapping[Path, Spot], path: Path, to: Path) -> dict[Path, Spot]:
    length = len(path)
    return {(*to, *at[length:]) if at[:length] == path else at: spot for at, spot in spots.items()}


def _beside(file: YamlFile, path: Path, wrong: Collection[Path]) -> Iterator[str]:
    """Keys right behind an empty one that have no place where they are, and one within it."""
    *above, empty = path
    beside = _at(file.data, above)
    if not isinstance(beside, dict):
        return
    own, inner = keys_at(Scenario, tuple(above)), keys_at(Scenario, path)
    keys = list(beside)
    for key in keys[keys.index(empty) + 1 :]:
        at = (*above, key)
        fits = key in inner if inner else at in wrong
        if not fits or key in own or nearest(key, sorted(own), 0.8) or file.where(at)[1] != file.where(path)[1]:
            return
        yield key


def _not_indented(file: YamlFile, path: Path, beside: Sequence[str]) -> Problem:
    first = file.where((*path[:-1], beside[0]))[0]
    holder = (*path[:-1], beside[-1])
    last = max(line for at, (line, _) in file.positions.items() if at[: len(path)] == holder)
    column, lines = file.where(path)[1], file.text.split("\n")
    while last < len(lines) and lines[last][:column].isspace() and lines[last].strip():
        last += 1
    what = tr("what belongs to `{key}` is not indented under it").format(key=path[-1])
    fix = tr("indent it by 2 more spaces")
    if last > first:
        fix = tr("indent the lines {first} to {last} by 2 more spaces").format(first=first, last=last)
    return file.problem((*path[:-1], beside[0]), "KS001", what, fix)
