"""Seeded draws without hidden state: the n-th draw of a seed is always the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

Draw = Callable[[int, str], float]
"""(messages so far, purpose) → number in [0, 1)."""


def seeded(seed: int) -> Draw:
    """Make the draw function of a seed; the same on every platform and Python version."""

    def draw(position: int, purpose: str) -> float:
        digest = hashlib.blake2b(f"{seed}:{position}:{purpose}".encode(), digest_size=8).digest()
        return (int.from_bytes(digest, "big") >> 11) / (1 << 53)

    return draw
