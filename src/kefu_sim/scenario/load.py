"""YAML text → validated model. Reports every problem of a file at once, each with its position and a mend."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from kefu_sim.base.errors import BadFileError, Problem
from kefu_sim.base.yamlfile import YamlFile, read_yaml
from kefu_sim.i18n import tr
from kefu_sim.scenario.check import Known, check_scenario
from kefu_sim.scenario.expand import expand
from kefu_sim.scenario.model import Persona, Scenario
from kefu_sim.scenario.violations import Violation, violations_of

_Model = TypeVar("_Model", bound=BaseModel)


def load_scenario(text: str, source: str, known: Known) -> Scenario:
    """Read one scenario. Raises BadFileError that lists every problem of the first stage that finds any."""
    return load_with_places(text, source, known)[0]


def load_with_places(text: str, source: str, known: Known) -> tuple[Scenario, YamlFile]:
    """The same, together with the parsed file that tells where each part stands."""
    file = expand(read_yaml(text, source), known.shelf)
    scenario = validate(file, Scenario)
    problems = check_scenario(scenario, file, known)
    if problems:
        raise BadFileError(problems)
    return scenario, file


def load_persona(text: str, source: str) -> Persona:
    """Read one temperament. Raises BadFileError."""
    return validate(read_yaml(text, source), Persona)


def validate(file: YamlFile, model: type[_Model]) -> _Model:
    """Make a model of a parsed file. Raises BadFileError that lists all violations of the schema."""
    made, violations = examine(file, model)
    if made is None:
        raise BadFileError(sorted({violation.problem for violation in violations}))
    return made


def examine(file: YamlFile, model: type[_Model]) -> tuple[_Model | None, list[Violation]]:
    """Make a model of a parsed file, or list all violations of the schema."""
    if not isinstance(file.data, dict):
        what = tr("the file must be a list of `key: value` lines")
        return None, [Violation("dict_type", (), "", "", Problem(file.source, 1, 1, "KS020", what))]
    try:
        return model.model_validate(file.data), []
    except ValidationError as error:
        return None, violations_of(file, model, error.errors(include_url=False))
