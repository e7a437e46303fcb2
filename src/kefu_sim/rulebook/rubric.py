"""Loads the scoring rubric."""

from __future__ import annotations

from functools import cache

from kefu_sim.i18n import language
from kefu_sim.rulebook.files import read_model
from kefu_sim.scoring.rubric import Rubric


@cache
def load_rubric() -> Rubric:
    """Give the rubric of the package. Raises BadFileError that lists every problem."""
    return read_model("rubric.yaml", Rubric)


def fault_title(category: str) -> str:
    """What a category of fault is called in the language of the interface."""
    return load_rubric().redlines.named(category).pick(language())
