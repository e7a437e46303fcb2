"""What was found lately: the same words come again, with every reply of a chat and in many stories."""

from __future__ import annotations

from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
SPARE = 8
"""What is forgotten goes in parts of this share: a dictionary is slow to tell its oldest entry, again and again."""


class Memory(Generic[_Key, _Value]):
    """The latest of what was found. Threads may share it: old receptions are read while one is played."""

    def __init__(self, most: int) -> None:
        """Remember so many entries. Keys must be hashable."""
        self._most = most
        self._kept: dict[_Key, _Value] = {}
        self._lock = Lock()

    def recall(self, asked: Iterable[_Key]) -> dict[_Key, _Value]:
        """What is remembered of some keys."""
        with self._lock:
            kept = self._kept
            return {key: kept[key] for key in asked if key in kept}

    def keep(self, found: Mapping[_Key, _Value]) -> None:
        """Remember what was found, and forget the oldest of what is too much."""
        with self._lock:
            kept = self._kept
            kept.update(found)
            if len(kept) > self._most:
                for key in list(islice(kept, len(kept) - self._most + self._most // SPARE)):
                    del kept[key]


class Lately(Generic[_Key, _Value]):
    """A function of many arguments at once that remembers what it found for each of the latest."""

    def __init__(self, most: int, find: Callable[[Sequence[_Key]], Iterable[_Value]]) -> None:
        """Remember the findings for so many arguments. They must be hashable."""
        self._find = find
        self._memory: Memory[_Key, _Value] = Memory(most)

    def __call__(self, asked: Sequence[_Key]) -> list[_Value]:
        """What is found for each of some arguments; those that are new are looked at together."""
        found = self._memory.recall(asked)
        if new := [key for key in dict.fromkeys(asked) if key not in found]:
            fresh = dict(zip(new, self._find(new), strict=True))
            self._memory.keep(fresh)
            found |= fresh
        return [found[key] for key in asked]
