"""The n-grams the network knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kefu_sim.language import features
from kefu_sim.language.lines import SLOT_SHIFT
from recogniser.corpus import Example

LEAST = (2, 2, 4, 4, 7, 9)
"""How often an n-gram of each kind of features.gram_keys must stand in the corpus to be known."""


@dataclass(frozen=True)
class Grams:
    """The known n-grams."""

    keys: NDArray[np.uint32]
    """(n,) sorted hashes; row i + 1 of the table belongs to keys[i]."""
    parts: NDArray[np.uint32]
    """What each code point adds to a hash, as `features.gram_parts` gives it."""

    def encode(self, text: str) -> NDArray[np.int64]:
        """Give the rows for each position of a folded text; (len(text) + 2, kinds), 0 for unknown."""
        found = _keys(text, self.parts)
        index = np.searchsorted(self.keys, found)
        index[index == len(self.keys)] = 0
        rows: NDArray[np.int64] = np.where(self.keys[index] == found, index + 1, 0).T
        return rows


def _keys(text: str, parts: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Give the n-grams of one text alone; (kinds, len(text) + 2)."""
    return features.gram_keys(features.codes(text), parts)[:, features.places(text)[0]]


def learn_grams(rows: Sequence[Example], parts: NDArray[np.uint32]) -> Grams:
    """Collect the n-grams that are common enough; of those that share a slot, the most common one."""
    seen: list[list[NDArray[np.uint32]]] = [[] for _ in LEAST]
    for row in rows:
        for text in (row.text, row.buyer, row.agent):
            for kind, keys in enumerate(_keys(text, parts)):
                seen[kind].append(keys)
    names: list[NDArray[np.uint32]] = []
    often: list[NDArray[np.int64]] = []
    for kind, least in enumerate(LEAST):
        keys, counts = np.unique(np.concatenate(seen[kind]), return_counts=True)
        names.append(keys[counts >= least])
        often.append(counts[counts >= least])
    keys, counts = np.concatenate(names), np.concatenate(often)
    keys = keys[np.lexsort((keys, -counts))]
    _, first = np.unique(keys >> SLOT_SHIFT, return_index=True)
    return Grams(np.unique(keys[first]), parts)
