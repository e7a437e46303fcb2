"""Loads the temperaments."""

from __future__ import annotations

from functools import cache

from kefu_sim.base.paths import package_file
from kefu_sim.scenario.library import read_text
from kefu_sim.scenario.load import load_persona
from kefu_sim.scenario.model import Persona


def persona_ids() -> frozenset[str]:
    """Ids of all temperaments, without reading them: the names of their files."""
    return frozenset(path.stem for path in package_file("rules", "personas").glob("*.yaml"))


@cache
def load_personas() -> dict[str, Persona]:
    """All temperaments by id."""
    folder = package_file("rules", "personas")
    personas = (load_persona(read_text(path), path.name) for path in sorted(folder.glob("*.yaml")))
    return {persona.id: persona for persona in personas}
