"""Loads the bank of sentences that agents say: typed in the drill, said by bots."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from kefu_sim.base.paths import package_file
from kefu_sim.rulebook.files import read_model
from kefu_sim.scenario.model import Part


class TextFile(Part):
    """One file of the bank."""

    part: Literal["问好", "提问", "分析", "推荐", "谈判", "帮助", "核实", "告别", "售后"]
    sentences: tuple[Annotated[str, Field(min_length=5, max_length=60)], ...] = Field(min_length=1)


@cache
def load_texts() -> tuple[TextFile, ...]:
    """Give all files. Raises BadFileError."""
    names = sorted(path.name for path in package_file("rules", "texts").glob("*.yaml"))
    return tuple(read_model(f"texts/{name}", TextFile) for name in names)
