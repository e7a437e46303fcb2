"""What each key of a scenario file means, in both languages, with an example: for the reference and for editors."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kefu_sim.base.paths import package_file
from kefu_sim.base.yamlfile import read_yaml


@dataclass(frozen=True, slots=True)
class KeyWords:
    """The words about one key."""

    zh: str
    en: str
    example: str
    """YAML; empty for a model as a whole."""
    where: str
    """Model at whose place the example stands, when that is not its own."""


@cache
def _rows() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Model → key → words, as they stand in rules/format/keys.yaml."""
    path = package_file("rules", "format", "keys.yaml")
    told: Any = read_yaml(path.read_text(encoding="utf-8"), path.name).data
    return dict(told)


def keys_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The keys of a model as authors write them."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def about(model: type[BaseModel]) -> KeyWords:
    """What a part as a whole is."""
    row = _rows()[model.__name__]["about"]
    return KeyWords(row["zh"], row["en"], "", "")


def words_of(model: type[BaseModel], key: str) -> KeyWords:
    """What a key means. English words are those of the model's source unless the file has its own."""
    rows, told = _rows()[model.__name__], _docstrings(model)
    row = rows.get(f"{key}_") or rows[key]  # `about` is also the name of a section
    en = row.get("en") or told.get(key) or told.get(f"{key}_", "")
    return KeyWords(row["zh"], en, row["example"], row.get("where", model.__name__))


@cache
def _docstrings(model: type[BaseModel]) -> dict[str, str]:
    """The sentence under each field in the source."""
    tree = ast.parse(inspect.getsource(model)).body[0]
    assert isinstance(tree, ast.ClassDef)
    found: dict[str, str] = {}
    for field, after in zip(tree.body, [*tree.body[1:], None], strict=True):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(after, ast.Expr):
            found[field.target.id] = " ".join(str(ast.literal_eval(after.value)).split())
    return found
