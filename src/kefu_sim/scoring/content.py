"""How much a message says: its letters without fillers, and without what it said before."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(1024)  # a log is scored again and again while it grows, and bots change one message at a time
def letters(text: str) -> int:
    """Letters, digits and characters, without blanks and punctuation."""
    return sum(char.isalnum() for char in text)


@lru_cache(1024)
def content(text: str, filler: re.Pattern[str]) -> int:
    """Letters that add something: fillers are left out, and pairs of letters that stood there already."""
    bare = "".join(char for char in filler.sub("", text) if char.isalnum())
    return len({bare[i : i + 2] for i in range(len(bare) - 1)}) + 1 if bare else 0
