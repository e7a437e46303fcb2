"""The table of sounds: characters that are typed for one another share one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pypinyin import lazy_pinyin

from kefu_sim.language.lines import FIRST_SOUND

LAST_SOUND = 0x9FFF
_BLURRED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))
"""Spoken alike by many: 是 and 四, 行 and 心."""


def sound_table() -> NDArray[np.uint16]:
    """Give the number of the toneless syllable of each character from FIRST_SOUND to LAST_SOUND; 0 for none."""
    names = [_sound(chr(code)) for code in range(FIRST_SOUND, LAST_SOUND + 1)]
    number = {name: i + 1 for i, name in enumerate(sorted({n for n in names if n}))}
    return np.array([number[name] if name else 0 for name in names], np.uint16)


def _sound(char: str) -> str:
    name: str = lazy_pinyin(char)[0]
    if name == char:
        return ""
    for long, short in _BLURRED:
        name = name.replace(long, short)
    return name
