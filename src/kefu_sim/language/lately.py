"""What was found lately: the same words come again, with every reply of a chat and in many stories."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
SPARE = 8
"""What is forgotten goes in parts of this share: a dictionary is slow to tell its oldest entry, again and again."""


class Lately(Generic[_Key, _Value]):
    """A function of many arguments at once that remembers what it found for each of the latest."""

    def __init__(self, most: int, find: Callable[[Sequence[_Key]], Iterable[_Value]]) -> None:
        """Remember the findings for so many arguments. They must be hashable."""
        self._most, self._find = most, find
        self._kept: dict[_Key, _Value] = {}

    def __call__(self, asked: Sequence[_Key]) -> list[_Value]:
        """What is found for each of some arguments; those that are new are looked at together."""
        kept = self._kept
        if new := [key for key in dict.fromkeys(asked) if key not in kept]:
            kept.update(zip(new, self._find(new), strict=True))
        found = [kept[key] for key in asked]
        forget_oldest(kept, self._most)
        return found


def forget_oldest(kept: dict[_Key, _Value], most: int) -> None:
    """Leave no more than so many entries."""
    if len(kept) > most:
        for key in list(islice(kept, len(kept) - most + most // SPARE)):
            del kept[key]
