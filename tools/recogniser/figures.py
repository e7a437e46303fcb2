"""Agreement with labels, calibration, thresholds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LOWEST, HIGHEST, STEP = 0.2, 0.6, 0.02
NEIGHBOURS = 2
"""A threshold is judged by its F1 averaged with so many neighbours on each side: a smooth choice travels better."""


USUAL = 0.34
"""Where thresholds lie on the whole; each one is drawn half way towards it."""


def f1(gold: Floats, found: NDArray[np.bool_]) -> float:
    """Give F1 of one label; 1 when there is nothing to find and nothing was found."""
    right = float((gold * found).sum())
    named = float(gold.sum() + found.sum())
    return 2 * right / named if named else 1.0


def best_threshold(gold: Floats, chances: Floats) -> float:
    """Give the threshold half way between the best plateau of F1 and the usual one."""
    grid = np.arange(LOWEST, HIGHEST + STEP / 2, STEP)
    scores = np.array([f1(gold, chances >= t) for t in grid])
    padded = np.pad(scores, NEIGHBOURS, mode="edge")
    smooth = np.convolve(padded, np.ones(2 * NEIGHBOURS + 1), mode="valid")
    return float((grid[int(smooth.argmax())] + USUAL) / 2)


def kappa(gold: NDArray[np.int64], found: NDArray[np.int64]) -> float:
    """Give the quadratic weighted kappa of politeness, −2 to 2."""
    table = np.zeros((5, 5))
    np.add.at(table, (gold + 2, found + 2), 1)
    away = (np.arange(5)[:, None] - np.arange(5)[None]) ** 2
    chance = table.sum(1)[:, None] * table.sum(0)[None] / max(1.0, table.sum())
    return float(1 - (table * away).sum() / (chance * away).sum()) if (chance * away).sum() else 1.0


def calibration_error(gold: Floats, chances: Floats, bins: int = 10) -> float:
    """Give the expected calibration error: mean distance of probability and frequency over equal-width bins."""
    place = np.minimum((chances * bins).astype(int), bins - 1)
    shares = [(place == b) for b in range(bins) if (place == b).any()]
    gaps = [abs(gold[s].mean() - chances[s].mean()) * s.mean() for s in shares]
    return float(sum(gaps))
