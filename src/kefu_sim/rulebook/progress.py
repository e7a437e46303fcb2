"""Loads what progress is measured by."""

from __future__ import annotations

from functools import cache

from kefu_sim.progress.standards import ProgressRules
from kefu_sim.rulebook.files import read_model


@cache
def load_progress_rules() -> ProgressRules:
    """Give the rules of the package. Raises BadFileError that lists every problem."""
    return read_model("progress.yaml", ProgressRules)
