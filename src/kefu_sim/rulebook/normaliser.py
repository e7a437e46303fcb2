"""Reads the tables of the normaliser from the package."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from kefu_sim.base.yamlfile import read_yaml
from kefu_sim.language.normalise import Normaliser


def read_rules(name: str) -> dict[str, object]:
    """Read one rule file of the package, `name` relative to `rules/`."""
    text = (files("kefu_sim") / "rules" / name).read_text(encoding="utf-8")
    data = read_yaml(text, f"rules/{name}").data
    assert isinstance(data, dict)
    return data


@cache
def load_normaliser() -> Normaliser:
    """Give the one normaliser; about 10 ms the first time."""
    characters = read_rules("traditional.yaml")
    typed = "".join(str(characters["typed"]).split())
    read = "".join(str(characters["read"]).split())
    words = read_rules("variants.yaml")
    variants: dict[str, str] = {}
    for group in words.values():
        assert isinstance(group, dict)
        variants.update({str(key): str(value) for key, value in group.items()})
    return Normaliser(dict(zip(typed, read, strict=True)), variants)
