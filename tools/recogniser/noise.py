"""Harmless damage for training: homophones, lost and dropped marks, two messages in one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from random import Random

import numpy as np
from numpy.typing import NDArray

from kefu_sim.language.lines import FIRST_SOUND
from recogniser.corpus import Example

SPOILT = 0.5
"""Share of replies that are damaged."""
TYPO_RATES = (0.0, 0.03, 0.12)
"""Share of characters replaced by one that sounds alike; drawn anew for each damaged reply."""
LOST = 0.01
"""Share of characters that are left out."""
UNMARKED = 0.25
"""Share of punctuation marks that are left out."""
RARE = 3
"""Characters seen less often are not used as misspellings."""


def homophones(rows: Sequence[Example], sounds: NDArray[np.uint16]) -> dict[str, list[str]]:
    """Give, for each common character, the others that sound alike."""
    seen = Counter(c for row in rows for c in row.text + row.buyer)
    groups: dict[int, list[str]] = defaultdict(list)
    for char in sorted(seen):
        at = ord(char) - FIRST_SOUND
        if seen[char] >= RARE and 0 <= at < len(sounds) and sounds[at]:
            groups[int(sounds[at])].append(char)
    return {c: [o for o in group if o != c] for group in groups.values() for c in group if len(group) > 1}


def spoil(text: str, alike: Mapping[str, Sequence[str]], rng: Random) -> str:
    """Damage a folded text a little; often leaves it as it is."""
    if rng.random() >= SPOILT:
        return text
    rate = rng.choice(TYPO_RATES)
    out: list[str] = []
    for char in text:
        draw = rng.random()
        if char in ",。?" and draw < UNMARKED:
            continue
        if draw < rate and char in alike:
            out.append(rng.choice(alike[char]))
        elif draw >= rate + LOST:
            out.append(char)
    return "".join(out) or text


def joined(first: str, second: str, rng: Random) -> str:
    """Put two texts into one message, in either order, as hurried agents and chat logs do."""
    mark = rng.choice((",", "。", ""))
    return first + mark + second if rng.random() < 0.5 else second + mark + first
