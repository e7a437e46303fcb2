"""Loads the rules of shifts."""

from __future__ import annotations

from functools import cache

from kefu_sim.base.paths import package_file
from kefu_sim.base.yamlfile import read_yaml
from kefu_sim.rush.rules import RushRules
from kefu_sim.scenario.load import validate


@cache
def load_rush_rules() -> RushRules:
    """Give the rules of the package. Raises BadFileError that lists every problem."""
    return parse_rush_rules(package_file("rules", "rush.yaml").read_text(encoding="utf-8"), "rush.yaml")


def parse_rush_rules(text: str, source: str) -> RushRules:
    """Read the rules from YAML. Raises BadFileError."""
    return validate(read_yaml(text, source), RushRules)
