"""What the schema does not allow, in words for an author: pydantic's errors with their place and a mend."""

from __future__ import annotations

import re
import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Union, cast, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from kefu_sim.base.errors import Problem
from kefu_sim.base.yamlfile import YamlFile
from kefu_sim.i18n import tr
from kefu_sim.scenario.names import did_you_mean, nearest
from kefu_sim.scenario.parts import REFUSED
from kefu_sim.scenario.slips import Told, is_piece_of_text, name_before_colon, number_meant, slip_of_key, slip_of_name

Path = tuple[str | int, ...]

_OF_KEYS = frozenset(("extra_forbidden", "string_pattern_mismatch"))
"""What is said of keys, not of what stands behind them."""
_MISPLACED = frozenset(("extra_forbidden", "model_type", "model_attributes_type", "dict_type"))
"""What is said of a key, too, that is known elsewhere."""
_EMPTY = frozenset(("string_type", "model_type", "model_attributes_type", "dict_type", "tuple_type"))
_LIMITS = ("ge", "gt", "le", "lt")
_OUT_OF_BOUNDS = frozenset(("greater_than_equal", "greater_than", "less_than_equal", "less_than"))


@dataclass(frozen=True, slots=True)
class Violation:
    """Something in a parsed file that the schema does not allow."""

    kind: str
    """As pydantic names it: `missing`, `extra_forbidden` …"""
    path: Path
    """The value at fault; of a missing key, what lacks it."""
    key: str
    """The key at fault; empty where none is."""
    meant: str
    """The known key that an unknown one comes nearest to; empty where none is near."""
    problem: Problem
    slip: bool = False
    """Whether it is no word of the author at all, but something that was typed wrong."""


def violations_of(file: YamlFile, model: type[BaseModel], details: Iterable[ErrorDetails]) -> list[Violation]:
    """One violation for each value at fault; those of one slip share their problem."""
    found: dict[tuple[Path, str], Violation] = {}
    for detail in details:
        path, key = _real_path(file.data, detail["loc"]), str(*detail["loc"][-1:])
        lacking = key if detail["type"] == "missing" else ""
        if (path, lacking) not in found:  # of a union each member complains
            found[path, lacking] = _violation(file, model, detail, path, key)
    misplaced = {(v.path[:-1], name) for v in found.values() if (name := name_before_colon(v.key))}
    texts = {v.path[:-1] for v in found.values() if v.slip and v.kind == "extra_forbidden" and _alone(file, v.path)}
    left = [
        v
        for v in found.values()
        if not (v.kind == "too_short" and _below(v.path, found.values()))
        and not (v.kind == "missing" and ((v.path, v.key) in misplaced or v.path in texts))
    ]
    return _told_once(file, list(_swapped(list(_misplaced_as_whole(file, model, left)))))


def _swapped(violations: Sequence[Violation]) -> Iterator[Violation]:
    """Where one key is missing and one stands that nobody knows, the one was meant by the other."""
    for v in violations:
        unknown = [w for w in violations if w.kind == "extra_forbidden" and w.path[:-1] == v.path[:-1] and not w.meant]
        missing = [w for w in violations if w.kind == "missing" and w.path == v.path[:-1]]
        if v.kind == "extra_forbidden" and not v.slip and unknown == [v] and len(missing) == 1:
            [lacking] = missing
            fix = tr("did you mean `{name}`?").format(name=lacking.key)
            yield replace(v, meant=lacking.key, problem=replace(v.problem, fix=fix))
        else:
            yield v


def _told_once(file: YamlFile, violations: Sequence[Violation]) -> list[Violation]:
    """Pieces of one sentence have one problem: that of the first."""
    first: dict[Path, Problem] = {}
    return [
        replace(v, problem=first.setdefault(v.path[:-1], v.problem))
        if v.kind == "extra_forbidden" and is_piece_of_text(v.key, _value_at(file.data, v.path))
        else v
        for v in violations
    ]


def _value_at(data: object, path: Path) -> object:
    at: Any = data
    for part in path:
        at = at[part]
    return at


def _alone(file: YamlFile, path: Path) -> bool:
    """Whether a key is all that its mapping holds."""
    holder = _value_at(file.data, path[:-1])
    return isinstance(holder, dict) and len(holder) == 1


def _below(path: Path, others: Iterable[Violation]) -> bool:
    """Whether something is wrong within a list: what is left out there made it too short."""
    return any(len(other.path) > len(path) and other.path[: len(path)] == path for other in others)


def _violation(file: YamlFile, model: type[BaseModel], detail: ErrorDetails, path: Path, key: str) -> Violation:
    meant, own, value = "", _key_of(path), detail["input"]
    slip: Told | None = None
    if path and path[-1] == own and (value is None or detail["type"] in _OF_KEYS):
        slip = slip_of_key(own, _value_at(file.data, path), alone=_alone(file, path))
    if detail["type"] == "extra_forbidden":
        known = list(keys_at(model, path[:-1]))
        meant = nearest(key.strip(), known) or ""
        told = "KS021", *(slip or (tr("unknown key `{key}`").format(key=key), did_you_mean(key, known)))
    elif detail["type"] == "missing":
        slip, told = None, ("KS022", tr("`{key}` is missing").format(key=key), tr("add `{key}: …`").format(key=key))
    elif detail["type"] == "string_pattern_mismatch":
        told = "KS024", *(slip or _bad_name(str(value), own, str(detail.get("ctx", {}).get("pattern", ""))))
    elif slip:
        told = "KS021", *slip
    elif value is None and detail["type"] in _EMPTY:
        told = "KS025", *_empty_value(file, path, own)
    else:
        told = _wrong_value(detail, own, file.written.get(path, ""), _limits_at(model, detail["loc"]))
    if slip is None and (value is None or detail["type"] in _MISPLACED):
        told = _out_of_place(file, model, path) or told
    return Violation(detail["type"], path, key, meant, file.problem(path, *told), slip is not None)


def _out_of_place(file: YamlFile, model: type[BaseModel], path: Path) -> tuple[str, str, str] | None:
    """Code, message and mend of a key that is known one level further out, or within the key before it."""
    holder = path[:-1]
    if not path or path in file.foreign or not isinstance(path[-1], str) or not _begins_line(file, path):
        return None
    if holder and isinstance(holder[-1], str) and path[-1] in keys_at(model, holder[:-1]):
        return _to_column(file, path, file.where(holder)[1])
    return _into_the_one_before(file, model, path)


def _into_the_one_before(file: YamlFile, model: type[BaseModel], path: Path) -> tuple[str, str, str] | None:
    """The same for a key that is known within the key before it, which holds others."""
    *holder, key = path
    beside = list(cast("dict[str, object]", _value_at(file.data, tuple(holder))))
    before = next(reversed(beside[: beside.index(str(key))]), "")
    within = _value_at(file.data, (*holder, before)) if before else None
    if not isinstance(within, dict) or not within or key in within:
        return None
    known, value = keys_at(model, (*holder, before)), _value_at(file.data, path)
    alike = isinstance(value, dict) and bool(value) and value.keys() <= keys_at(model, (*holder, before, key)).keys()
    if key in known or (not known and alike):
        return _to_column(file, path, file.where((*holder, before, next(iter(within))))[1])
    return None


def _to_column(file: YamlFile, path: Path, column: int) -> tuple[str, str, str]:
    what = tr("`{key}` is indented by {n}, and belongs {to} in")
    what = what.format(key=path[-1], n=file.where(path)[1] - 1, to=column - 1)
    return "KS001", what, tr("indent it by {to} spaces").format(to=column - 1)


def _misplaced_as_whole(file: YamlFile, model: type[BaseModel], violations: Sequence[Violation]) -> Iterator[Violation]:
    """What is wrong within or behind a key only because that key stands at the wrong depth has its problem."""
    moved = {v.path: v.problem for v in violations if v.problem.code == "KS001"}
    for v in violations:
        for end in range(2, len(v.path) + 1):
            at = v.path[:end]
            if at[-1] in keys_at(model, at) and not keys_at(model, at[:-1]) and at not in file.foreign:
                told = _into_the_one_before(file, model, at) if _begins_line(file, at) else None
                if told:
                    moved.setdefault(at, file.problem(at, *told))
        yield replace(v, problem=next((p for at, p in moved.items() if _behind(file, v.path, at)), v.problem))


def _behind(file: YamlFile, path: Path, moved: Path) -> bool:
    """Whether a path is within a misplaced key, or within one that follows an empty one."""
    depth = len(moved)
    if path[:depth] == moved:
        return True
    if path[: depth - 1] != moved[:-1] or len(path) < depth or _value_at(file.data, moved) is not None:
        return False
    beside = list(cast("dict[str, object]", _value_at(file.data, moved[:-1])))
    return isinstance(path[depth - 1], str) and beside.index(str(path[depth - 1])) > beside.index(str(moved[-1]))


def _begins_line(file: YamlFile, path: Path) -> bool:
    """Whether a key is the first of its line."""
    line, column = file.where(path)
    return not file.text.split("\n")[line - 1][: column - 1].strip()


def _empty_value(file: YamlFile, path: Path, key: str) -> Told:
    """Message and mend where nothing stands behind a key."""
    line = file.text.split("\n")[file.where(path)[0] - 1] if path not in file.foreign else ""
    if re.search(rf"{re.escape(key)}:\s+#\S", line):
        return tr("what follows ` #` is a comment, and so `{key}` is empty").format(key=key), tr(
            "put the text in quotes"
        )
    return tr("nothing stands behind `{key}:`").format(key=key), tr("write what belongs there, or delete the line")


def _bad_name(value: str, key: str, pattern: str) -> Told:
    if slip := slip_of_name(value):
        return slip
    what = tr("`{value}` is not a valid `{key}`").format(value=value, key=key)
    if value == key:
        what = tr("`{name}` cannot be a name").format(name=value) if value else tr("a name is empty")
    return what, _pattern_fix(pattern)


def _key_of(path: Path) -> str:
    """The key a value stands under, also when it is an item of a list."""
    return next((part for part in reversed(path) if isinstance(part, str)), "")


def _wrong_value(detail: ErrorDetails, key: str, written: str, limits: Mapping[str, Any]) -> tuple[str, str, str]:
    """Code, message and mend; `written` is what was typed where it reads as something else."""
    value, bounds = detail["input"], {**limits, **detail.get("ctx", {})}
    match detail["type"]:
        case "literal_error":
            what = tr("`{value}` is not possible for `{key}`").format(value=value, key=key)
            return "KS023", what, tr("write {choices}").format(choices=_choices(bounds))
        case "float_parsing" | "int_parsing" | "float_type" | "int_type" | "int_from_float":
            return "KS025", *_no_number(key, value, why(detail, limits))
        case "string_type" if isinstance(value, bool | int | float):
            return (
                "KS025",
                tr("`{key}` must be text").format(key=key),
                tr('write "{text}" in quotes').format(text=written or value),
            )
        case _:
            what = why(detail, limits)
            return "KS025", f"`{key}`: {what}" if key else what, _shape(detail["type"], key)


def _shape(kind: str, key: str) -> str:
    """How a value of another kind is written; empty where the message says it."""
    match kind:
        case "dict_type" | "model_type" | "model_attributes_type":
            words = tr("write `{key}: {{name: value}}`, or lines `name: value` below it, 2 spaces further in")
        case "tuple_type":
            words = tr("write `{key}: [one, another]`")
        case "string_type":
            words = tr("write one text without brackets, or all of it in quotes")
        case _:
            return ""
    return words.format(key=key)


def _no_number(key: str, value: object, must: str) -> Told:
    """Message and mend of what should be a number and is something else."""
    if isinstance(value, list | dict):
        return f"`{key}`: {must}", tr("write one number, such as `{key}: 5`").format(key=key)
    number = number_meant(value)
    what = tr("`{key}`: {must}, and `{value}` is none").format(key=key, must=must, value=value)
    if not number:
        return what, tr("write it in digits, such as `{key}: 5`").format(key=key)
    return what, tr("write `{key}: {number}`: digits of the English keyboard, no unit").format(key=key, number=number)


def why(detail: ErrorDetails, limits: Mapping[str, Any] | None = None) -> str:
    """What is wrong with a value, or what it must be; `limits` are all that hold for it, as pydantic names them."""
    kind, bounds = detail["type"], {**(limits or {}), **detail.get("ctx", {})}
    if kind == REFUSED:
        return detail["msg"]
    return _must_be(kind, bounds) or tr("it does not fit here ({why})").format(why=detail["msg"])


def _choices(bounds: Mapping[str, Any]) -> str:
    return str(bounds.get("expected", "")).replace("'", "").replace(" or ", " / ").replace(", ", " / ")


def _pattern_fix(pattern: str) -> str:
    if "A" in pattern:
        return tr("write A and three digits, such as A026")
    if "_" in pattern:
        return tr("use a-z, digits and _, starting with a letter")
    return tr("use a-z, digits and -, starting with a letter")


def _must_be(kind: str, bounds: Mapping[str, Any]) -> str:
    """What a value must be; empty for the rare kinds, which pydantic's own words explain."""
    if kind in _OUT_OF_BOUNDS:
        return _within(bounds)
    bound: Any = next((bounds[name] for name in ("max_length", "min_length") if name in bounds), 0)
    words = {
        "string_type": tr("must be text"),
        "int_type": tr("must be a whole number"),
        "int_from_float": tr("must be a whole number"),
        "float_type": tr("must be a number"),
        "bool_type": tr("must be true or false"),
        "dict_type": tr("must be a list of `key: value` lines"),
        "model_type": tr("must be a list of `key: value` lines"),
        "tuple_type": tr("must be a list"),
        "too_short": tr("must not be empty"),
        "string_too_short": tr("must not be empty"),
        "string_too_long": tr("must have at most {n} characters").format(n=bound),
        "finite_number": tr("must be a number"),
        "too_long": tr("must have at most {n} items").format(n=bound),
        "missing": tr("is missing"),
        "extra_forbidden": tr("is no known key"),
    }
    return words.get(kind.replace("_parsing", "_type").replace("_attributes", ""), "")


def _within(bounds: Mapping[str, Any]) -> str:
    """What a number must be within all its limits."""
    match bounds:
        case {"ge": low, "le": high}:
            words = tr("must be {low:g} to {high:g}")
        case {"gt": low, "le": high}:
            words = tr("must be more than {low:g} and at most {high:g}")
        case {"ge": low}:
            words, high = tr("must be at least {low:g}"), 0
        case {"gt": low}:
            words, high = tr("must be more than {low:g}"), 0
        case _:
            words, low, high = tr("must be at most {high:g}"), 0, bounds.get("le", bounds.get("lt", 0))
    return words.format(low=low, high=high)


def _real_path(data: object, loc: tuple[int | str, ...]) -> Path:
    """Drop what pydantic adds to a location (names of union members, the word `[key]`)."""
    path: list[str | int] = []
    at: Any = data
    for part in loc:
        match at:
            case dict() if part in at:
                at = at[part]
            case list() if isinstance(part, int) and part < len(at):
                at = at[part]
            case _:
                continue
        path.append(part)
    return tuple(path)


def keys_at(model: type[BaseModel], path: Path) -> dict[str, None]:
    """Keys that the model at a path knows, in its order."""
    kind: Any = model
    for part in path:
        found = _model_in(kind)
        if found is not None and isinstance(part, str):
            fields = {f.alias or name: f.annotation for name, f in found.model_fields.items()}
            kind = fields.get(part)
        else:
            kind = _inner(kind)
    found = _model_in(kind)
    return dict.fromkeys(f.alias or name for name, f in found.model_fields.items()) if found else {}


def _limits_at(model: type[BaseModel], loc: Path) -> dict[str, Any]:
    """Limit → number for the value at a location, which may name members of unions on its way."""
    kind: Any = model
    marks: list[Any] = []
    for part in loc:
        found = _model_in(kind)
        if found is None:
            kind, marks = _inner(kind), []
        else:
            field = next((f for name, f in found.model_fields.items() if part in {name, f.alias}), None)
            kind, marks = (field.annotation, list(field.metadata)) if field else (kind, marks)
    return dict(_limits([*marks, kind]))


def _limits(marks: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Limits among the marks of an annotation, and among those of its members."""
    for mark in marks:
        if isinstance(mark, FieldInfo):
            yield from _limits(mark.metadata)
        elif get_args(mark):
            yield from _limits(get_args(mark))
        else:
            limits = ((name, getattr(mark, name, None)) for name in _LIMITS)
            yield from ((name, limit) for name, limit in limits if isinstance(limit, int | float))


def _inner(kind: Any) -> Any:
    """Type of the items of a container."""
    arguments = [a for a in get_args(_unwrap(kind)) if a is not Ellipsis]
    return arguments[-1] if arguments else None


def _unwrap(kind: Any) -> Any:
    while hasattr(kind, "__metadata__"):
        kind = get_args(kind)[0]
    return kind


def _model_in(kind: Any) -> type[BaseModel] | None:
    """The model behind an annotation such as `Node | None` or `Annotated[Line, …]`."""
    kind = _unwrap(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    if get_origin(kind) in {Union, types.UnionType}:
        return next((m for a in get_args(kind) if (m := _model_in(a))), None)
    return None
