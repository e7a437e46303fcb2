"""Loads how the same words look when other people type them."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from pydantic import Field

from kefu_sim.rulebook.files import read_model, read_rules
from kefu_sim.scenario.model import Part

Words = Annotated[tuple[Annotated[str, Field(min_length=1, max_length=20)], ...], Field(min_length=1)]


class Typists(Part):
    """Other spellings of the same words."""

    typos: dict[str, Words]
    """Word → how it is mistyped."""
    particles: Words
    faces: Words
    traditional: dict[str, str] = Field(default_factory=dict)
    """Simplified character → Traditional one."""


@cache
def load_typists() -> Typists:
    """Give the spellings of the package, those that the recogniser mends among them. Raises BadFileError."""
    written = read_model("typists.yaml", Typists)
    typos = {word: list(mistyped) for word, mistyped in written.typos.items()}
    misspelt = read_rules("variants.yaml")["misspellings"]
    assert isinstance(misspelt, dict)
    for wrong, right in misspelt.items():
        typos.setdefault(str(right), []).append(str(wrong))
    return written.model_copy(update={"typos": typos, "traditional": _traditional()})


def _traditional() -> dict[str, str]:
    characters = read_rules("traditional.yaml")
    typed, read = ("".join(str(characters[key]).split()) for key in ("typed", "read"))
    table: dict[str, str] = {}
    for old, new in zip(typed, read, strict=True):
        table.setdefault(new, old)
    return table
