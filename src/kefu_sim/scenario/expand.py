"""Taking in fragments: every `use:` of a story is replaced by what it stands for.

A fragment holds keys of a story (`always`, `nodes`, `intents`, `cards` …), keys of a node (`replies`, `silence`,
`unclear` …), or both. `use:` stands in three places, and each takes what fits there:

* in the story: mappings are joined, the story's own entries win; rows of `always` follow the story's own;
* in a node: keys the node lacks are filled in; rows of `replies` follow the node's own;
* as a row `{use: …}` of `always`, `replies` or `silence`: the fragment's rows take its place.

An intent of the story with `extends: true` is joined with the one of its name that a fragment or the program has.

`$name` stands for a parameter, `${name}` for one inside a text. Everything happens on the parsed file, before the model
is made, and every value remembers where it was written.

Last, what stands on cards is put back as it was typed: trainees read it, and 1.10 is not 1.1 to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kefu_sim.base.errors import BadFileError, Problem
from kefu_sim.base.yamlfile import Foreign, LeftOut, Path, YamlFile
from kefu_sim.i18n import tr
from kefu_sim.scenario.fragments import NODE_KEYS, STORY_KEYS, Fragment, Place, Shelf, fragments_of, laid_over
from kefu_sim.scenario.names import did_you_mean

ROWS = frozenset(("always", "replies", "silence"))
"""Keys whose lists may hold rows `{use: …}`."""
JOINED = frozenset(("always", "replies", "flags"))
"""Lists to which a fragment adds; any other list is the story's own or the fragment's."""
EXTENDED = frozenset(("any", "unless", "say", "not"))
"""Lists of an intent that `extends:` joins."""
_SECTIONS: tuple[Path, ...] = ((), ("cards",))
"""Where what both write is a mapping on either side or on neither; further in there are short forms."""
MAX_DEPTH = 8
"""Fragments within fragments."""
MOST_USES = 500
"""Fragments taken in by one story, those within fragments counted; no story comes near."""

_WHOLE = re.compile(r"\$([a-z][a-z0-9_]*)")
_INSIDE = re.compile(r"\$(?:\{(?P<braced>[a-z][a-z0-9_]*)\}|(?P<bare>[a-z][a-z0-9_]*))")
_USES = re.compile(r"\b(?:use|fragments|extends)\s*:")


def expand(file: YamlFile, shelf: Shelf | None = None) -> YamlFile:
    """The file with every `use:` replaced by what it stands for. Raises BadFileError that lists every problem."""
    told, problems = expand_leniently(file, shelf)
    if problems:
        missing = any(problem.code == "KS122" for problem in problems)
        raise BadFileError([*(shelf.problems() if shelf and missing else ()), *problems])
    return told


def expand_leniently(file: YamlFile, shelf: Shelf | None = None) -> tuple[YamlFile, list[Problem]]:
    """The file with every `use:` replaced as far as that goes, and what is wrong."""
    if not isinstance(file.data, dict) or not _USES.search(file.text):
        _put_back(file)
        return file, []
    problems: list[Problem] = []
    known: Mapping[str, Fragment] = shelf.fragments() if shelf else {}
    try:
        known = laid_over(known, fragments_of(file))
    except BadFileError as error:
        problems += error.problems
    work = _Expansion(file, known, dict(file.positions), dict(file.written), _touched(file.data))
    data = {key: value for key, value in file.data.items() if key != "fragments"}
    told = work.copy(data, _Scope(Place(file, ())), ())
    work.extend_intents(told, shelf)
    whole = YamlFile(file.source, told, work.positions, file.text, work.foreign, work.written, work.left_out)
    _put_back(whole)
    return whole, [*problems, *work.problems]


def _put_back(file: YamlFile) -> None:
    """Let the entries of cards be what was typed."""
    for path, text in file.written.items():
        if _on_card(path):
            holder: Any = file.data
            for part in path[:-1]:
                holder = holder[part]
            holder[path[-1]] = text


def _on_card(path: Path) -> bool:
    """Whether an entry of a card stands at a path, be it the story's or one that a notice changes."""
    match path:
        case ("cards", _, _, *_) | ("notices", _, "cards", _, _, *_):
            return True
    return False


def _touched(value: object) -> frozenset[int]:
    """Identities of the mappings and lists that hold a `use:`, however deep."""
    found: set[int] = set()

    def visit(value: object) -> bool:
        match value:
            case dict():
                inside = [visit(item) for item in value.values()]
                holds = "use" in value or any(inside)
            case list():
                inside = [visit(item) for item in value]
                holds = any(inside)
            case _:
                return False
        if holds:
            found.add(id(value))
        return holds

    visit(value)
    return frozenset(found)


_UNBOUND: Mapping[str, tuple[Any, _Scope]] = {}


class _Scope(NamedTuple):
    """Where a value was written, and what the parameters stand for there."""

    place: Place
    bound: Mapping[str, tuple[Any, _Scope]] = _UNBOUND
    """Parameter → value and its own scope."""
    used: Path | None = None
    """Path of the `use:` in the story; None outside fragments."""
    within: tuple[str, ...] = ()
    """Names of the fragments being taken in, outermost first."""

    def to(self, *more: str | int) -> _Scope:
        return _Scope(self.place.to(*more), self.bound, self.used, self.within)


@dataclass
class _Expansion:
    file: YamlFile
    known: Mapping[str, Fragment]
    positions: dict[Path, tuple[int, int]]
    written: dict[Path, str]
    touched: frozenset[int]
    """Identities of the file's own values within which something is taken in; all others stay as they are."""
    taken: int = 0
    foreign: dict[Path, Foreign] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    left_out: dict[str, LeftOut] = field(default_factory=dict)
    """Names that a fragment which stands in for another does not hold, though the other one does."""

    def copy(self, value: Any, scope: _Scope, at: Path) -> Any:
        """A value as it stands in the finished story at a path."""
        if scope.used is None and at == scope.place.path and at and id(value) not in self.touched:
            return value
        if isinstance(value, str) and scope.bound:
            value, scope = self.filled(value, scope)
        self.mark(scope, at)
        if isinstance(value, dict):
            return self.mapping(value, scope, at)
        if isinstance(value, list):
            told: list[Any] = []
            self.extend(told, value, scope, at)
            return told
        return value

    def mark(self, scope: _Scope, at: Path) -> None:
        place = scope.place
        self.written.pop(at, None)
        if place.path in place.file.written:
            self.written[at] = place.file.written[place.path]
        line, column = place.file.where(place.path)
        if scope.used is None:
            self.positions[at] = (line, column)
            return
        self.positions[at] = self.file.where(scope.used)
        self.foreign[at] = Foreign(place.file.source, line, column)

    def filled(self, text: str, scope: _Scope) -> tuple[Any, _Scope]:
        """A text with parameters put in; a lone `$name` becomes the value itself, wherever that was written."""
        if whole := _WHOLE.fullmatch(text):
            return self.parameter(whole[1], scope)
        return _INSIDE.sub(lambda match: self.inserted(match, scope), text), scope

    def inserted(self, match: re.Match[str], scope: _Scope) -> str:
        """What a parameter within a text becomes; a bare `$name` that is none is text."""
        name = match["braced"] or match["bare"]
        return match.group() if match["bare"] and name not in scope.bound else self.typed(name, scope)

    def typed(self, name: str, scope: _Scope) -> str:
        """A parameter as a piece of text."""
        value, own = self.parameter(name, scope)
        return own.place.file.written.get(own.place.path, str(value))

    def parameter(self, name: str, scope: _Scope) -> tuple[Any, _Scope]:
        if name in scope.bound:
            value, own = scope.bound[name]
            return self.filled(value, own) if isinstance(value, str) and own.bound else (value, own)
        what = tr("the fragment `{fragment}` has no parameter `{name}`").format(fragment=scope.within[-1], name=name)
        self.problems.append(scope.place.problem("KS123", what, did_you_mean(name, sorted(scope.bound))))
        return "", scope

    def mapping(self, value: dict[str, Any], scope: _Scope, at: Path) -> dict[str, Any]:
        told: dict[str, Any] = {}
        for key, item in value.items():
            if key == "use" and _takes(at):
                continue
            name = str(self.filled(key, scope)[0]) if scope.bound else key
            told[name] = self.copy(item, scope.to(key), (*at, name))
        if "use" in value and (keys := _takes(at)):
            for body, inner in self.uses(value["use"], scope.to("use"), at):
                fit = {key: item for key, item in body.items() if key in keys}
                if not fit and "use" not in body:
                    self.unfit(scope.to("use"), inner.within[-1])
                self.join(told, fit, inner, at)
        return told

    def join(self, own: dict[str, Any], more: Mapping[str, Any], scope: _Scope, at: Path) -> None:
        """Add what a fragment has: mappings are joined key by key, rows are appended, all else stays as it is."""
        extending = _is_intent(at) and own.get("extends") is True
        if extending and more.get("extends") is not True:
            del own["extends"]
        for key, item in more.items():
            name, spot = str(self.filled(key, scope)[0]), scope.to(key)
            if _is_intent(at) and name == "extends":
                continue
            if extending and name in own and name in EXTENDED:
                own[name] = _listed(own[name])
                self.extend(own[name], _listed(item), spot, (*at, name))
            elif name not in own:
                own[name] = self.copy(item, spot, (*at, name))
            elif at in _SECTIONS and isinstance(own[name], dict) != isinstance(item, dict):
                what = tr("`{key}` is no list of `name: …` lines here, and one elsewhere").format(key=name)
                self.problems.append(spot.place.problem("KS120", what, tr("write it as it stands there")))
            elif isinstance(own[name], dict) and isinstance(item, dict):
                own[name] = dict(own[name])
                self.join(own[name], item, spot, (*at, name))
            elif isinstance(own[name], list) and isinstance(item, list) and name in JOINED:
                own[name] = list(own[name])
                self.extend(own[name], item, spot, (*at, name))

    def extend_intents(self, told: dict[str, Any], shelf: Shelf | None) -> None:
        """Join what no fragment had with the intents of the program."""
        written = told.get("intents")
        if not isinstance(written, dict):
            return
        waiting = [name for name, row in written.items() if _extends(row)]
        intents = told["intents"] = dict(written)
        shared = shelf.intents() if shelf else {}
        for name in waiting:
            at = ("intents", name)
            own = intents[name] = dict(intents[name])
            if name in shared:
                place = shared[name]
                self.join(own, _value_at(place), _Scope(place, used=at), at)
                continue
            del own["extends"]
            what = tr("`{name}` extends nothing: neither a fragment nor the program has an intent of this name")
            what, place = what.format(name=name), Place(self.file, (*at, "extends"))
            if name in self.left_out:
                self.problems.append(self.left_out[name].problem("KS131", what, place.shown))
                continue
            fix = did_you_mean(name, sorted(shared)) or tr("take in its fragment with `use:`, or delete `extends:`")
            self.problems.append(place.problem("KS131", what, fix))

    def extend(self, told: list[Any], items: list[Any], scope: _Scope, at: Path) -> None:
        """Append items; `{use: …}` rows and parameters that are lists take the place of one item."""
        for i, item in enumerate(items):
            spot, value = scope.to(i), item
            if isinstance(item, str) and spot.bound and _WHOLE.fullmatch(item):
                value, spot = self.filled(item, spot)
                if isinstance(value, list):
                    self.extend(told, value, spot, at)
                    continue
            if isinstance(value, dict) and "use" in value and at and at[-1] in ROWS:
                self.rows(told, value, spot, at)
            else:
                told.append(self.copy(value, spot, (*at, len(told))))

    def rows(self, told: list[Any], row: dict[str, Any], scope: _Scope, at: Path) -> None:
        if len(row) > 1:
            what, fix = tr("a row with `use` holds nothing else"), tr("write `use: {name: {parameter: value}}`")
            self.problems.append(scope.place.problem("KS124", what, fix))
        wanted = ("silence",) if at[-1] == "silence" else ("always", "replies")
        for body, inner in self.uses(row["use"], scope.to("use"), (*at, len(told))):
            keys = [key for key in wanted if key in body]
            if not keys and "use" not in body:
                self.unfit(scope.to("use"), inner.within[-1])
            for key in keys:
                if isinstance(body[key], list):
                    self.extend(told, body[key], inner.to(key), at)

    def uses(self, value: Any, scope: _Scope, at: Path) -> Iterator[tuple[Mapping[str, Any], _Scope]]:
        """Bodies of the fragments named by a `use:`, those that a fragment uses itself after it, with their scopes."""
        for name, given, spot in self.named(value, scope):
            known = self.known.get(name)
            if known is None:
                what = tr("unknown {kind} `{name}`").format(kind=tr("fragment"), name=name)
                self.problems.append(spot.place.problem("KS122", what, did_you_mean(name, sorted(self.known))))
                continue
            self.taken += 1
            if self.taken > MOST_USES:
                if self.taken == MOST_USES + 1:
                    what = tr("more than {n} fragments are taken in").format(n=MOST_USES)
                    self.problems.append(spot.place.problem("KS125", what, tr("split it")))
                return
            depth = scope.within.count(name)
            fragment = _below(known, depth)
            if fragment is None or len(scope.within) == MAX_DEPTH:
                what = tr("the fragment `{name}` uses itself").format(name=name)
                self.problems.append(spot.place.problem("KS125", what, tr("remove one of them")))
                continue
            used = scope.used if scope.used is not None else spot.place.path
            inner = _Scope(
                fragment.place,
                self.bindings(fragment, {**_passed_on(fragment, depth), **given}, spot),
                used,
                (*scope.within, name),
            )
            if depth == 0:
                self.leave_out(fragment, inner)
            yield fragment.body, inner
            if "use" in fragment.body:
                yield from self.uses(fragment.body["use"], inner.to("use"), at)

    def leave_out(self, fragment: Fragment, scope: _Scope) -> None:
        """Keep in mind what those hold that a fragment stands in for, should the story look for it in vain."""
        line, column = fragment.place.file.where(fragment.place.path)
        here, below = Foreign(fragment.place.file.source, line, column), fragment.below
        while below is not None:
            for key in _names_in(below.body):
                name = str(self.filled(key, scope)[0])
                fix = tr("`{fragment}` stands in for the one of {place} here: add `{name}`, or `use: {fragment}`")
                fix = fix.format(fragment=fragment.name, place=below.place.shown, name=name)
                self.left_out.setdefault(name, LeftOut(here, fix))
            below = below.below

    def named(self, value: Any, scope: _Scope) -> Iterator[tuple[str, dict[str, Any], _Scope]]:
        match value:
            case str():
                yield str(self.filled(value, scope)[0]), {}, scope
            case dict():
                for name, given in value.items():
                    if given is None or isinstance(given, dict):
                        yield name, given or {}, scope.to(name)
                    else:
                        self.problems.append(scope.to(name).place.problem("KS124", *_how_to_use(name)))
            case list():
                for i, item in enumerate(value):
                    yield from self.named(item, scope.to(i))
            case _:
                self.problems.append(scope.place.problem("KS124", *_how_to_use("name")))

    def bindings(self, fragment: Fragment, given: dict[str, Any], scope: _Scope) -> dict[str, tuple[Any, _Scope]]:
        params, home = fragment.params, _Scope(fragment.place.to("params"), used=scope.place.path)
        for name in given.keys() - params.keys():
            what = tr("the fragment `{fragment}` has no parameter `{name}`").format(fragment=fragment.name, name=name)
            self.problems.append(scope.to(name).place.problem("KS123", what, did_you_mean(name, sorted(params))))
        for name, default in params.items():
            if default is None and name not in given:
                what = tr("the fragment `{fragment}` needs `{name}`").format(fragment=fragment.name, name=name)
                fix = tr("write `use: {example}`").format(example=f"{{{fragment.name}: {{{name}: …}}}}")
                self.problems.append(scope.place.problem("KS126", what, fix))
        return {
            name: (given[name], scope.to(name)) if name in given else (default, home.to(name))
            for name, default in params.items()
        }

    def unfit(self, scope: _Scope, name: str) -> None:
        what = tr("the fragment `{name}` has nothing that fits here").format(name=name)
        self.problems.append(scope.place.problem("KS127", what, tr("use it in another place, or another one")))


def _names_in(body: Mapping[str, Any]) -> Iterator[str]:
    """Names that a fragment gives to a story."""
    for key in STORY_KEYS & body.keys():
        if isinstance(body[key], dict):
            yield from body[key]
        elif key == "flags":
            yield from (name for name in _listed(body[key]) if isinstance(name, str))


def _passed_on(fragment: Fragment, depth: int) -> dict[str, Any]:
    """What the one below is given by itself: every parameter as the one above it has it."""
    return {key: f"${key}" for key in fragment.params} if depth else {}


def _below(fragment: Fragment, depth: int) -> Fragment | None:
    """The one so many layers further down."""
    found: Fragment | None = fragment
    for _ in range(depth):
        found = found.below if found else None
    return found


def _takes(at: Path) -> frozenset[str]:
    """Keys that `use:` fills in at a path: of the story, of a node, or none."""
    if not at:
        return STORY_KEYS
    return NODE_KEYS if len(at) == 2 and at[0] == "nodes" else frozenset()


def _is_intent(at: Path) -> bool:
    return len(at) == 2 and at[0] == "intents"


def _extends(row: object) -> bool:
    return isinstance(row, dict) and row.get("extends") is True


def _listed(value: Any) -> list[Any]:
    """One item where a list may stand."""
    return [] if value is None else list(value) if isinstance(value, list) else [value]


def _value_at(place: Place) -> Any:
    value: Any = place.file.data
    for key in place.path:
        value = value[key]
    return value


def _how_to_use(name: str) -> tuple[str, str]:
    return tr("`use` names a fragment"), tr("write `use: {example}`").format(example=f"{{{name}: {{goto: leave}}}}")
