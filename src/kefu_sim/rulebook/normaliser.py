"""Reads the tables of the normaliser from the package."""

from __future__ import annotations

from functools import cache

from kefu_sim.language.normalise import Fillers, Normaliser
from kefu_sim.rulebook.files import read_rules


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
    return Normaliser(dict(zip(typed, read, strict=True)), variants, _fillers())


def _fillers() -> Fillers:
    words = read_rules("fillers.yaml")
    sure, beside = words["sure"], words["beside"]
    assert isinstance(sure, list)
    assert isinstance(beside, list)
    return Fillers(sure, beside)
