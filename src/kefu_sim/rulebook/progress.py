"""Loads what progress is measured by."""

from __future__ import annotations

from functools import cache

from kefu_sim.base.paths import package_file
from kefu_sim.base.yamlfile import read_yaml
from kefu_sim.progress.standards import ProgressRules
from kefu_sim.scenario.load import validate


@cache
def load_progress_rules() -> ProgressRules:
    """Give the rules of the package. Raises BadFileError that lists every problem."""
    text = package_file("rules", "progress.yaml").read_text(encoding="utf-8")
    return validate(read_yaml(text, "progress.yaml"), ProgressRules)
