"""YAML text → validated model. Reports every problem of a file at once, each with its position and a mend."""

from __future__ import annotations

import types
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kefu_sim.base.errors import BadFileError, Problem
from kefu_sim.base.yamlfile import YamlFile, read_yaml
from kefu_sim.i18n import tr
from kefu_sim.scenario.check import Known, check_scenario
from kefu_sim.scenario.fragments import expand
from kefu_sim.scenario.model import Persona, Scenario
from kefu_sim.scenario.names import did_you_mean

_Model = TypeVar("_Model", bound=BaseModel)


def load_scenario(text: str, source: str, known: Known) -> Scenario:
    """Read one scenario. Raises BadFileError that lists every problem of the first stage that finds any."""
    file = expand(read_yaml(text, source), known.shelf)
    scenario = validate(file, Scenario)
    problems = check_scenario(scenario, file, known)
    if problems:
        raise BadFileError(problems)
    return scenario


def load_persona(text: str, source: str) -> Persona:
    """Read one temperament. Raises BadFileError."""
    return validate(read_yaml(text, source), Persona)


def validate(file: YamlFile, model: type[_Model]) -> _Model:
    """Make a model of a parsed file. Raises BadFileError that lists all violations of the schema."""
    if not isinstance(file.data, dict):
        raise BadFileError([Problem(file.source, 1, 1, "KS020", tr("the file must be a list of `key: value` lines"))])
    try:
        return model.model_validate(file.data)
    except ValidationError as error:
        problems = {_problem(file, model, detail) for detail in error.errors(include_url=False)}
        raise BadFileError(sorted(problems)) from None


def _problem(file: YamlFile, model: type[BaseModel], detail: ErrorDetails) -> Problem:
    path = _real_path(file.data, detail["loc"])
    key = str(path[-1]) if path else ""
    match detail["type"]:
        case "extra_forbidden":
            known = sorted(_keys_at(model, path[:-1]))
            return file.problem(path, "KS021", tr("unknown key `{key}`").format(key=key), did_you_mean(key, known))
        case "missing":
            missing = str(detail["loc"][-1])
            what, fix = tr("`{key}` is missing").format(key=missing), tr("add `{key}: …`").format(key=missing)
            return file.problem(path, "KS022", what, fix)
        case "literal_error":
            choices = detail.get("ctx", {}).get("expected", "")
            what = tr("`{value}` is not possible for `{key}`").format(value=detail["input"], key=key)
            return file.problem(path, "KS023", what, tr("write {choices}").format(choices=choices))
        case "string_pattern_mismatch":
            what = tr("`{value}` is not a valid `{key}`").format(value=detail["input"], key=key)
            return file.problem(path, "KS024", what, _pattern_fix(detail))
        case _:
            return file.problem(path, "KS025", f"`{key}`: {detail['msg'].lower()}")


def _pattern_fix(detail: ErrorDetails) -> str:
    pattern = detail.get("ctx", {}).get("pattern", "")
    return (
        "write A and three digits, such as A026"
        if "A" in pattern
        else "use a-z, digits and - or _, starting with a letter"
    )


def _real_path(data: object, loc: tuple[int | str, ...]) -> list[str | int]:
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
    return path


def _keys_at(model: type[BaseModel], path: list[str | int]) -> set[str]:
    """Keys that the model at a path knows."""
    kind: Any = model
    for part in path:
        found = _model_in(kind)
        if found is not None and isinstance(part, str):
            fields = {f.alias or name: f.annotation for name, f in found.model_fields.items()}
            kind = fields.get(part)
        else:
            kind = _inner(kind)
    found = _model_in(kind)
    return {f.alias or name for name, f in found.model_fields.items()} if found else set()


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
