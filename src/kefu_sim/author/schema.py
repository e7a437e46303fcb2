"""JSON Schema of scenario files, for editors: made from the same models that read them.

Authors may write one item where a list is meant, a text where a line is meant and so on; what the models put right
while reading is written here as alternatives, one rule for each of their validators.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from kefu_sim.author.keys import keys_of, words_of
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
TEXTS: JsonSchemaValue = {"type": "array", "items": TEXT}
ROWS = (("Scenario", "always"), ("Scenario", "silence"), ("Node", "replies"), ("Node", "silence"))
"""Lists whose rows may be `{use: …}`."""


def _or(*schemas: JsonSchemaValue) -> JsonSchemaValue:
    return {"anyOf": list(schemas)}


def _one_or_many(inner: JsonSchemaValue) -> JsonSchemaValue:
    return _or(inner["items"], inner)


ALLOWED: Mapping[str, Callable[[JsonSchemaValue], JsonSchemaValue]] = {
    "_as_list": _one_or_many,
    "_as_line": lambda inner: _or(TEXT, inner),
    "_as_meter": lambda inner: _or({"type": "number"}, inner),
    "_as_switched_on": lambda inner: _or(TEXT, TEXTS, inner),
    "_as_test": lambda inner: _or(inner, TEXTS),
    "_as_unclear": lambda inner: _or(TEXT, TEXTS, inner),
    "_as_range": lambda inner: _or({"type": "number"}, inner),
    "_as_due": lambda inner: _or({"type": "number"}, inner),
}
"""Validator of the models → what else it lets authors write."""


class _Schema(GenerateJsonSchema):
    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        inner = self.generate_inner(schema["schema"])
        return ALLOWED[getattr(schema["function"]["function"], "__name__", "")](inner)


def scenario_schema(known: Known) -> dict[str, Any]:
    """JSON Schema of a scenario file, with the names that this installation knows."""
    made = Scenario.model_json_schema(by_alias=True, schema_generator=_Schema)
    parts: dict[str, dict[str, Any]] = {**made["$defs"], "Scenario": made}
    for model in _models(Scenario):
        _describe(parts[model.__name__], model)
    _offer(made, "persona", known.personas)
    _offer(made, "flow", known.flows)
    _offer(made, "not_judged", STEP_NAMES)
    _offer(parts["Node"], "steps", STEP_NAMES)
    labels = [*STEP_NAMES, *sorted(TONES), *sorted(ISSUES), ANY, *sorted(known.intents)]
    for part, key in (("Reply", "when"), ("Reply", "unless"), ("Promise", "made"), ("Promise", "kept")):
        _offer(parts[part], key, labels, others=True)
    use = {"type": "object", "properties": {"use": made["properties"]["use"]}, "required": ["use"]}
    intent = parts["IntentSpec"]
    intent["anyOf"] = [{"required": intent.pop("required")}, {"required": ["extends"]}]
    for part, key in ROWS:
        rows = parts[part]["properties"][key]
        rows["items"] = _or(rows["items"], {**use, "additionalProperties": False})
    return {"$schema": DIALECT, "title": "kefu-sim 场景 scenario", **_tidy(made)}


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and all that it is made of."""
    found: dict[str, type[BaseModel]] = {}
    todo: list[Any] = [model]
    while todo:
        kind = todo.pop()
        todo += get_args(kind)
        if isinstance(kind, type) and issubclass(kind, BaseModel) and kind.__name__ not in found:
            found[kind.__name__] = kind
            todo += [field.annotation for field in kind.model_fields.values()]
    yield from found.values()


def _describe(part: dict[str, Any], model: type[BaseModel]) -> None:
    """What each key means, in both languages, with an example: shown by editors beside the key."""
    for key in keys_of(model):
        told = words_of(model, key)
        field = part["properties"][key]
        if "$ref" in field:  # beside a reference, editors of this dialect read nothing else
            field = part["properties"][key] = {"allOf": [{"$ref": field["$ref"]}]}
        field["description"] = f"{told.zh}\n{told.en}\n\n{told.example.strip()}"


def _offer(part: dict[str, Any], key: str, names: Iterable[str], *, others: bool = False) -> None:
    """Let an editor offer names for a text, or for the items of a list."""
    choice: JsonSchemaValue = {"enum": list(names) if isinstance(names, Sequence) else sorted(names)}
    wanted = _or(choice, TEXT) if others else choice
    field = part["properties"][key]
    if "anyOf" in field:
        many = next(option for option in field["anyOf"] if option.get("type") == "array")
        field["anyOf"] = [wanted, {**many, "items": wanted}]
    else:
        for rule in ("type", "pattern", "maxLength"):
            field.pop(rule, None)
        field.update(wanted)


def _tidy(value: Any) -> Any:
    """Without the titles and defaults of pydantic: titles repeat the key, and editors would fill defaults in."""
    if isinstance(value, dict):
        kept = {key: item for key, item in value.items() if key != "default" or isinstance(item, dict)}
        if isinstance(kept.get("title"), str):
            del kept["title"]
        return {key: _tidy(item) for key, item in kept.items()}
    return [_tidy(item) for item in value] if isinstance(value, list) else value


def lay_schema(folder: Path, known: Known) -> None:
    """Write the schema into a folder of scenarios, which name it in their first line. Raises OSError."""
    path, text = folder / FILE_NAME, schema_text(known)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8", newline="\n")


def schema_text(known: Known) -> str:
    """The schema as the text of a file."""
    return json.dumps(scenario_schema(known), ensure_ascii=False, indent=1) + "\n"
