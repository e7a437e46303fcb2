"""Loads the words of bare answers."""

from __future__ import annotations

from functools import cache
from typing import Any

from kefu_sim.language.yesno import Words, YesNo
from kefu_sim.rulebook.files import read_rules


@cache
def load_yesno() -> YesNo:
    """Give what hears a bare yes or no."""
    words: Any = read_rules("yesno.yaml")
    return YesNo(Words(*(tuple(map(str, words[name])) for name in Words._fields)))
