"""The rule files of the package, read from YAML once and kept between runs."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from kefu_sim.base.kept import Kept, sources
from kefu_sim.base.paths import cache_folder, package_file
from kefu_sim.base.yamlfile import YAML_SOURCES, YamlFile, read_yaml

if TYPE_CHECKING:
    from pydantic import BaseModel

_Model = TypeVar("_Model", bound="BaseModel")


@cache
def read_rules(name: str) -> dict[str, object]:
    """Read one rule file of the package, `name` relative to `rules/`."""
    text = package_file("rules", name).read_text(encoding="utf-8")
    place = _place(name, text)
    data = place.read()
    if data is None:
        data = read_yaml(text, f"rules/{name}").data
        place.write(data)
    assert isinstance(data, dict)
    return data


def read_model(name: str, model: type[_Model]) -> _Model:
    """The same as a model. Raises BadFileError that lists every problem."""
    # The rules of the recogniser are plain values: `judge` starts without pydantic and the models of stories.
    from pydantic import ValidationError  # noqa: PLC0415

    from kefu_sim.scenario.load import validate  # noqa: PLC0415

    text = package_file("rules", name).read_text(encoding="utf-8")
    place = _place(name, text)
    with suppress(ValidationError):
        if (data := place.read()) is not None:
            return model.model_validate(data)
    file: YamlFile = read_yaml(text, name.rpartition("/")[2])
    made = validate(file, model)
    place.write(file.data)
    return made


def _place(name: str, text: str) -> Kept:
    return Kept(cache_folder() / "rules" / f"{name.replace('/', '-')}.json", sources(*YAML_SOURCES), text)
