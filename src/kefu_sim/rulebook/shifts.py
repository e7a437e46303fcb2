"""Shift files: YAML → validated shift, every problem with its position; and the library of all of them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kefu_sim.base.errors import BadFileError, KefuError, Problem
from kefu_sim.base.yamlfile import Path as Spot
from kefu_sim.base.yamlfile import YamlFile, read_yaml
from kefu_sim.i18n import tr
from kefu_sim.language.patterns import BadPatternError, check_pattern
from kefu_sim.rulebook.shift_rest import Rest, rest_of
from kefu_sim.rush.figures import NAMES
from kefu_sim.rush.model import ANY, MOST_BUYERS, Arrival, Shift
from kefu_sim.scenario.conditions import COMPARISON
from kefu_sim.scenario.library import read_text
from kefu_sim.scenario.load import examine
from kefu_sim.scenario.model import PatternItem
from kefu_sim.scenario.names import did_you_mean


@dataclass(frozen=True, slots=True)
class Known:
    """What shifts may refer to."""

    stories: AbstractSet[str]
    """Scenarios and walk-ins."""
    personas: AbstractSet[str]


def load_shift(text: str, source: str, known: Known) -> Shift:
    """Read one shift. Raises BadFileError that lists what does not fit the schema and what is wrong with the rest."""
    file = read_yaml(text, source)
    shift, violations = examine(file, Shift)
    found = {violation.problem for violation in violations}
    rest = Rest(shift) if shift is not None else rest_of(file, violations)
    if rest.shift is not None:
        found.update(_Check(rest.shift, file, known, rest.torn).problems())
    if shift is None or found:
        raise BadFileError(sorted(found))
    return shift


@dataclass
class _Check:
    """Everything a schema cannot see. One code a rule, KS4xx."""

    shift: Shift
    file: YamlFile
    known: Known
    torn: AbstractSet[Spot] = frozenset()
    """Where something has been filled in; see `Rest`."""

    def problems(self) -> Iterator[Problem]:
        shift = self.shift
        yield from self.arrivals()
        if not self.torn & {("arrivals",), ("mix",)}:
            yield from self.buyers()
        for index, row in enumerate(shift.mix):
            yield from self.story(row.scenario, ("mix", index, "scenario"))
            for i, persona in enumerate(row.personas):
                yield from self.persona(persona, ("mix", index, "personas", i))
        for index, notice in enumerate(shift.notices):
            yield from self.within(notice.at, ("notices", index, "at"))
            yield from self.patterns(notice.wrong, ("notices", index, "wrong"))
            yield from self.patterns(notice.unless, ("notices", index, "unless"))
        for index, outage in enumerate(shift.outages):
            yield from self.within(outage.at, ("outages", index, "at"))
        for figure, test in shift.goal.items():
            yield from self.goal(figure, test)

    def arrivals(self) -> Iterator[Problem]:
        for index, arrival in enumerate(self.shift.arrivals):
            at = ("arrivals", index)
            if at not in self.torn:
                yield from self.arrival(arrival, at)
            if arrival.scenario is not None:
                yield from self.story(arrival.scenario, (*at, "scenario"))
            if arrival.persona is not None:
                yield from self.persona(arrival.persona, (*at, "persona"))

    def buyers(self) -> Iterator[Problem]:
        shift = self.shift
        if not shift.buyers:
            yield self.say(("arrivals",), "KS401", tr("no buyer ever comes"), tr("add `- {at: 0}` or a `count:`"))
        if shift.buyers > MOST_BUYERS:
            what = tr("{n} buyers are too many").format(n=shift.buyers)
            yield self.say(("arrivals",), "KS402", what, tr("keep to {most}").format(most=MOST_BUYERS))
        if not shift.mix and any(arrival.scenario is None for arrival in shift.arrivals):
            what = tr("some arrivals name no scenario and there is no mix to draw from")
            yield self.say(("mix",) if "mix" in self.keys else ("arrivals",), "KS403", what, tr("add `mix:`"))

    @property
    def keys(self) -> AbstractSet[str]:
        return self.file.data.keys() if isinstance(self.file.data, dict) else set()

    def arrival(self, given: Arrival, at: Spot) -> Iterator[Problem]:
        spans = given.from_ is not None or given.to is not None or given.count is not None
        if given.at is not None and spans:
            yield self.say(at, "KS404", tr("both one moment and a span"), tr("keep `at`, or `from`, `to` and `count`"))
        elif given.at is not None:
            yield from self.within(given.at, (*at, "at"))
        elif given.to is None or given.count is None:
            fix = tr("write `at:`, or `from:`, `to:` and `count:`")
            yield self.say(at, "KS405", tr("it is not said when these buyers come"), fix)
        elif given.to <= (given.from_ or 0.0):
            yield self.say(
                (*at, "to"), "KS406", tr("the span ends before it begins"), tr("make `to` later than `from`")
            )
        else:
            yield from self.within(given.to, (*at, "to"))
        if given.buyers > 1 and (given.name or given.tail):
            yield self.say(
                at, "KS407", tr("several buyers of one name"), tr("give `name` and `tail` to one buyer only")
            )

    def within(self, moment: float, at: Spot) -> Iterator[Problem]:
        if moment >= self.shift.seconds and ("minutes",) not in self.torn:
            what = tr("{moment:g} s is after the end of the shift").format(moment=moment)
            yield self.say(at, "KS408", what, tr("the shift lasts {n:g} s").format(n=self.shift.seconds))

    def story(self, name: str, at: Spot) -> Iterator[Problem]:
        known = {ANY, *self.known.stories}
        if name not in known:
            what = tr("unknown {kind} `{name}`").format(kind=tr("scenario"), name=name)
            yield self.say(at, "KS409", what, did_you_mean(name, sorted(known)))

    def persona(self, name: str, at: Spot) -> Iterator[Problem]:
        if name not in self.known.personas:
            what = tr("unknown {kind} `{name}`").format(kind=tr("persona"), name=name)
            yield self.say(at, "KS101", what, did_you_mean(name, sorted(self.known.personas)))

    def patterns(self, items: Sequence[str | PatternItem], at: Spot) -> Iterator[Problem]:
        for i, item in enumerate(items):
            if isinstance(item, PatternItem):
                try:
                    check_pattern(item.re)
                except BadPatternError as error:
                    what = tr("the pattern `{re}` cannot be used").format(re=item.re)
                    yield self.say((*at, i, "re"), "KS117", what, str(error))

    def goal(self, figure: str, test: str) -> Iterator[Problem]:
        if figure not in NAMES:
            what = tr("unknown {kind} `{name}`").format(kind=tr("figure"), name=figure)
            yield self.say(("goal", figure), "KS410", what, did_you_mean(figure, list(NAMES)))
        match = COMPARISON.fullmatch(test)
        if match is None or match[2][0].isalpha():
            what = tr("`{test}` is no comparison").format(test=test)
            yield self.say(("goal", figure), "KS113", what, tr("write for example '>= 95'"))

    def say(self, at: Spot, code: str, message: str, fix: str) -> Problem:
        return self.file.problem(at, code, message, fix)


@dataclass(slots=True)
class ShiftLibrary:
    """All shifts that could be read, and the problems of those that could not."""

    shifts: dict[str, Shift] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def get(self, shift_id: str) -> Shift:
        """The shift of an id. Raises KefuError that names the nearest ids, or says that its file is broken."""
        if shift_id in self.shifts:
            return self.shifts[shift_id]
        if any(Path(problem.file).stem == shift_id for problem in self.problems):
            what = tr("the shift `{id}` cannot be worked: its file has mistakes").format(id=shift_id)
            raise KefuError(what, hint=tr("mend what is listed, each with file, line and column, and try again"))
        near = difflib.get_close_matches(shift_id, self.shifts, 3, 0.4) or list(self.shifts)[:5]
        raise KefuError(
            tr("no shift has the id `{id}`").format(id=shift_id),
            hint=tr("nearest: {ids}").format(ids=", ".join(near) or tr("none")),
        )

    def order(self) -> list[Shift]:
        """Easiest first."""
        return sorted(self.shifts.values(), key=lambda shift: (shift.difficulty, shift.buyers, shift.id))


def shipped_shifts() -> Path:
    """Where the shifts of this installation are: inside the wheel, or at the top of a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "shifts"
    return inside if inside.is_dir() else package.parents[1] / "shifts"


def shift_titles(folders: Sequence[Path]) -> dict[str, tuple[str, str]]:
    """Id → Chinese and English title of every shift, an earlier folder's first; files that cannot be read say nothing.

    Nothing is checked, so that lists need not read the stories of shifts.
    """
    found: dict[str, tuple[str, str]] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            with suppress(BadFileError):
                data = read_yaml(read_text(path), str(path)).data
                if isinstance(data, dict) and "id" in data:
                    both = (str(data.get("title", "")), str(data.get("title_en", "")))
                    found.setdefault(str(data["id"]), both)
    return found


def read_shifts(folders: Sequence[Path], known: Known) -> ShiftLibrary:
    """Read the shift files that lie directly in the folders; an earlier folder's own stands in for one of its id."""
    library = ShiftLibrary()
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            try:
                shift = load_shift(read_text(path), str(path), known)
            except BadFileError as error:
                library.problems += error.problems
                continue
            if shift.id not in library.shifts:
                library.shifts[shift.id] = shift
                library.files[shift.id] = path
            elif library.files[shift.id].parent == folder:
                what = tr("the id `{id}` is taken by {file}").format(id=shift.id, file=library.files[shift.id])
                library.problems.append(Problem(str(path), 1, 1, "KS116", what, tr("rename one")))
    return library
