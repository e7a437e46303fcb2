"""Loads the temperaments."""

from __future__ import annotations

from functools import cache

from kefu_sim.base.paths import package_file
from kefu_sim.rulebook.files import read_model
from kefu_sim.scenario.model import Persona


def persona_ids() -> frozenset[str]:
    """Ids of all temperaments, without reading them: the names of their files."""
    return frozenset(path.stem for path in package_file("rules", "personas").glob("*.yaml"))


@cache
def load_persona(name: str) -> Persona:
    """The temperament of an id."""
    return read_model(f"personas/{name}.yaml", Persona)


@cache
def load_personas() -> dict[str, Persona]:
    """All temperaments by id."""
    return {name: load_persona(name) for name in sorted(persona_ids())}
