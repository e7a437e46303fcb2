"""Loads the standards of the drill and the bank of sentences to type."""

from __future__ import annotations

from functools import cache

from kefu_sim.base.paths import package_file
from kefu_sim.base.yamlfile import read_yaml
from kefu_sim.drill.standards import Standards
from kefu_sim.drill.texts import Sentence, graded
from kefu_sim.rulebook.texts import load_texts
from kefu_sim.scenario.load import validate


@cache
def load_standards() -> Standards:
    """Give the standards of the package. Raises BadFileError that lists every problem."""
    return parse_standards(package_file("rules", "drill.yaml").read_text(encoding="utf-8"), "drill.yaml")


def parse_standards(text: str, source: str) -> Standards:
    """Read standards from YAML. Raises BadFileError."""
    return validate(read_yaml(text, source), Standards)


@cache
def load_bank() -> tuple[Sentence, ...]:
    """Give all sentences, graded. Raises BadFileError."""
    standards = load_standards()
    return tuple(graded(sentence, file.part, standards) for file in load_texts() for sentence in file.sentences)
