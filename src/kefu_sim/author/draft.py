"""Reads a scenario file as far as it can be read: what is wrong is listed, set aside, and the rest looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kefu_sim.base.errors import Problem
from kefu_sim.base.yamlfile import Path, Survey, YamlFile, survey_yaml
from kefu_sim.scenario.load import Violation, examine
from kefu_sim.scenario.model import Scenario

ROUNDS = 40
"""Parts within parts that may have to be set aside before the rest fits the schema."""
UNKNOWN = "unknown"
_STAND_INS: dict[str, Any] = {
    "schema": 1, "id": UNKNOWN, "title": UNKNOWN, "persona": UNKNOWN, "start": UNKNOWN, "shop": {"name": UNKNOWN},
}  # fmt: skip
"""For top-level keys that are missing or wrong."""


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
    hurt: frozenset[str] = frozenset()
    """Nodes that lack something for that reason."""
    whole: bool = True
    """Whether nothing was set aside that decides where the story leads."""


def read_draft(text: str, source: str) -> Draft:
    """Read a file past everything that is wrong with it."""
    survey = survey_yaml(text, source)
    if survey.file is None or not isinstance(survey.file.data, dict):
        problems = survey.problems
        if survey.file is not None:
            problems = [*problems, *(violation.problem for violation in examine(survey.file, Scenario)[1])]
        return Draft(source, text, survey.file, problems=tuple(sorted(problems)), whole=False)
    work = _Work(survey.file, set(survey.lost), set(survey.torn))
    story, found = work.fit(survey)
    torn = {path[1] for path, (line, _) in work.file.positions.items() if line in survey.torn and _is_node(path)}
    return Draft(
        source,
        text,
        work.file,
        story,
        tuple(sorted({*survey.problems, *found})),
        frozenset(work.lost),
        frozenset(map(str, torn | work.hurt)),
        not (work.broken or survey.torn or survey.lost),
    )


def _is_node(path: Path) -> bool:
    return len(path) == 2 and path[0] == "nodes"


@dataclass
class _Work:
    file: YamlFile
    lost: set[str]
    torn: set[int]
    hurt: set[str | int] = field(default_factory=set)
    broken: bool = False

    def fit(self, survey: Survey) -> tuple[Scenario | None, list[Problem]]:
        """Set aside what does not fit until the rest does. Only the first round finds faults of the author."""
        found: list[Problem] = []
        for count in range(ROUNDS):
            story, violations = examine(self.file, Scenario)
            if story is not None:
                return story, found
            if count == 0:
                meant = {(*v.path[:-1], v.meant) for v in violations if v.meant}
                told = (v for v in violations if v.kind != "missing" or (*v.path, v.key) not in meant)
                found = [violation.problem for violation in told if not self._torn(violation, survey)]
            if not self._set_aside(violations):
                break
        return None, found

    def _torn(self, violation: Violation, survey: Survey) -> bool:
        """Whether something is wrong only because lines of the file had to be left out."""
        if violation.kind == "missing" and violation.key in survey.lost:
            return True
        return violation.problem.line in survey.torn and violation.kind not in {"extra_forbidden", "literal_error"}

    def _set_aside(self, violations: Iterable[Violation]) -> bool:
        """Take out, rename or fill in what is wrong; False when nothing can be done."""
        data: Any = self.file.data
        done = False
        gone: set[Path] = set()
        for violation in violations:
            path = violation.path
            if violation.meant and violation.meant not in _at(data, path[:-1]):
                self.file = renamed(self.file, path, violation.meant)
            elif violation.kind == "missing" and not path and violation.key in _STAND_INS:
                data[violation.key] = _STAND_INS[violation.key]
                self.lost.add(UNKNOWN)
            elif len(path) == 1 and path[0] in _STAND_INS:
                data[path[0]] = _STAND_INS[str(path[0])]
                self.lost.add(UNKNOWN)
            elif path:
                gone.add(path)
                continue
            else:
                continue
            done = True
        for path in sorted(gone, key=lambda path: [(isinstance(part, int), part) for part in path], reverse=True):
            self._take_out(path)
        return done or bool(gone)

    def _take_out(self, path: Path) -> None:
        if path[0] == "nodes" and len(path) > 1:
            self.hurt.add(path[1])
        self.broken = self.broken or path[0] in {"nodes", "always", "vars", "unclear", "silence"}
        self.lost.update(map(str, path[-1:]), _names(_at(self.file.data, path)))
        self.file = without(self.file, path)


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


def without(file: YamlFile, path: Path) -> YamlFile:
    """A file without one of its values; positions of the items after it are kept right."""
    *above, last = path
    holder = _at(file.data, above)
    del holder[last]
    if isinstance(last, str):
        return file
    depth = len(above)
    moved = {}
    for at, spot in file.positions.items():
        inside = at[:depth] == tuple(above) and len(at) > depth
        index = at[depth] if inside else None
        if index == last:
            continue
        shifted = isinstance(index, int) and index > last
        moved[(*above, index - 1, *at[depth + 1 :]) if shifted and isinstance(index, int) else at] = spot
    file.positions = moved
    return file


def renamed(file: YamlFile, path: Path, name: str) -> YamlFile:
    """A file with one key called otherwise."""
    *above, old = path
    holder = _at(file.data, above)
    holder[name] = holder.pop(old)
    depth = len(above)
    file.positions = {
        (*above, name, *at[depth + 1 :]) if at[: depth + 1] == path else at: spot for at, spot in file.positions.items()
    }
    return file
