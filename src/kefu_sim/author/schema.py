"""JSON Schema of scenario files, for editors: made from the same models that read them.

Authors may write one item where a list is meant, a text where a line is meant and so on; what the models put right
while reading is written here as alternatives, one rule for each of their validators.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from kefu_sim.i18n import tr
from kefu_sim.language.verdict import STEPS
from kefu_sim.scenario.check import Known
from kefu_sim.scenario.labels import ANY, ISSUES, TONES
from kefu_sim.scenario.model import Scenario

DIALECT = "http://json-schema.org/draft-07/schema#"
"""The one that editors know best."""
FILE_NAME = "scenario.schema.json"
"""Beside the scenarios, so that each can name it without a path: that works on every system."""
EDITOR_LINE = f"# yaml-language-server: $schema={FILE_NAME}"
"""First line of a scenario: makes VS Code (with its YAML extension) complete and check the file."""

STEP_NAMES = [str(step) for step in STEPS]
TEXT: JsonSchemaValue = {"type": "string"}


def _or(*schemas: JsonSchemaValue) -> JsonSchemaValue:
    return {"anyOf": list(schemas)}


def _one_or_many(inner: JsonSchemaValue) -> JsonSchemaValue:
    return _or(inner["items"], {key: value for key, value in inner.items() if key != "default"})


ALLOWED: Mapping[str, Callable[[JsonSchemaValue], JsonSchemaValue]] = {
    "_as_list": _one_or_many,
    "_as_line": lambda inner: _or(TEXT, inner),
}
"""Validator of scenario/model.py → what else it lets authors write."""


class _Schema(GenerateJsonSchema):
    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        inner = self.generate_inner(schema["schema"])
        function = schema["function"]["function"]
        return ALLOWED[getattr(function, "__name__", "")](inner)


def scenario_schema(known: Known) -> dict[str, Any]:
    """JSON Schema of a scenario file, with the names that this installation knows."""
    made = Scenario.model_json_schema(by_alias=True, schema_generator=_Schema)
    parts = made["$defs"]
    _choose(made, "persona", known.personas)
    _choose(made, "flow", known.flows)
    _choose(made, "not_judged", STEP_NAMES)
    _choose(parts["Node"], "steps", STEP_NAMES)
    labels = [*STEP_NAMES, *sorted(TONES), *sorted(ISSUES), ANY, *sorted(known.intents)]
    for key in ("when", "unless"):
        _choose(parts["Reply"], key, labels, others=True)
    told = {"$schema": DIALECT, "title": tr("A scenario of kefu-sim"), **made, "additionalProperties": False}
    _tidy(told)
    return told


def _choose(part: dict[str, Any], key: str, names: Iterable[str], *, others: bool = False) -> None:
    """Let an editor offer names for a text, or for the items of a list."""
    choice: JsonSchemaValue = {"enum": list(names) if isinstance(names, list) else sorted(names)}
    wanted = _or(choice, TEXT) if others else choice
    field = part["properties"][key]
    if "anyOf" in field:
        many = next(option for option in field["anyOf"] if option.get("type") == "array")
        field["anyOf"] = [wanted, {**many, "items": wanted}]
    else:
        field.pop("type", None)
        field.pop("pattern", None)
        field.update(wanted)


def _tidy(value: Any) -> None:
    """Drop the titles pydantic makes of names: they only repeat the key."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "properties":
                for field in item.values():
                    field.pop("title", None)
            _tidy(item)
    elif isinstance(value, list):
        for item in value:
            _tidy(item)


def schema_text(known: Known) -> str:
    """The schema as the text of a file."""
    return json.dumps(scenario_schema(known), ensure_ascii=False, indent=1) + "\n"
