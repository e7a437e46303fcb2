"""Loads the levels of difficulty."""

from __future__ import annotations

from functools import cache

from kefu_sim.base.paths import package_file
from kefu_sim.base.yamlfile import read_yaml
from kefu_sim.scenario.difficulty import Difficulty
from kefu_sim.scenario.load import validate
from kefu_sim.scenario.model import Level


@cache
def load_levels() -> dict[int, Level]:
    """Levels 1 to 5. Raises BadFileError that lists every problem."""
    text = package_file("rules", "difficulty.yaml").read_text(encoding="utf-8")
    return validate(read_yaml(text, "difficulty.yaml"), Difficulty).levels
