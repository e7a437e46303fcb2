"""Loads the standards of the drill and the bank of sentences to type."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from kefu_sim.base.paths import package_file
from kefu_sim.base.yamlfile import read_yaml
from kefu_sim.drill.standards import Standards
from kefu_sim.drill.texts import Sentence, graded
from kefu_sim.scenario.load import validate
from kefu_sim.scenario.model import Part


class TextFile(Part):
    """One file of the bank."""

    part: Literal["问好", "提问", "分析", "推荐", "谈判", "帮助", "核实", "告别", "售后"]
    sentences: tuple[Annotated[str, Field(min_length=5, max_length=60)], ...] = Field(min_length=1)


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
    paths = sorted(package_file("rules", "texts").glob("*.yaml"))
    return tuple(s for path in paths for s in parse_texts(path.read_text(encoding="utf-8"), path.name))


def parse_texts(text: str, source: str) -> tuple[Sentence, ...]:
    """Read one file of sentences from YAML. Raises BadFileError."""
    file, standards = validate(read_yaml(text, source), TextFile), load_standards()
    return tuple(graded(sentence, file.part, standards) for sentence in file.sentences)
