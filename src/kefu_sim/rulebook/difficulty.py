"""Loads the levels of difficulty."""

from __future__ import annotations

from functools import cache

from kefu_sim.rulebook.files import read_model
from kefu_sim.scenario.difficulty import Difficulty
from kefu_sim.scenario.model import Level


@cache
def load_levels() -> dict[int, Level]:
    """Levels 1 to 5. Raises BadFileError that lists every problem."""
    return read_model("difficulty.yaml", Difficulty).levels
