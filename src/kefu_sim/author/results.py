"""What a tool finds in stories: looked for on all cores, kept until story, fragments or program change."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from kefu_sim.author.spread import spread
from kefu_sim.base.kept import Kept, program
from kefu_sim.base.paths import cache_folder
from kefu_sim.i18n import language
from kefu_sim.scenario.check import Known
from kefu_sim.scenario.index import stamp_of

_Result = TypeVar("_Result")
Source = tuple[str, str]
"""A text, and the file it stands in."""
_form = cache(TypeAdapter)
"""Takes a while to be made: not before it is needed, when workers are busy already."""


@dataclass(frozen=True, slots=True)
class Tool(Generic[_Result]):
    """A tool that looks at one story after the other."""

    name: str
    kind: Any
    """Type of what it finds."""
    seconds: float
    """That one story takes, about."""

    def look(
        self, at: Callable[[Source], _Result], texts: Sequence[Source], known: Known, ready: Callable[[], object]
    ) -> Iterator[_Result]:
        """What there is to find in each of some texts: as it is kept, else as the tool finds it.

        `known` is what stories may refer to; `ready` loads what the tool needs for any of them.
        """
        found = self.kept(texts, known)
        unknown = [text for text, old in zip(texts, found, strict=True) if old is None]
        new = spread(at, unknown, self.seconds, weight, ready)
        for text, old in zip(texts, found, strict=True):
            result = next(new) if old is None else old
            if old is None:
                self.keep(text, known, result)
            yield result

    def kept(self, texts: Sequence[Source], known: Known) -> list[_Result | None]:
        """What was found in each of some texts before; None where that is not kept."""
        return [self._found(_place(self.name, text, known)) for text in texts]

    def keep(self, text: Source, known: Known, result: _Result) -> None:
        """Keep what was found in a text."""
        _place(self.name, text, known).write(_form(self.kind).dump_python(result, mode="json"))

    def _found(self, place: Kept) -> _Result | None:
        """What is kept; None where nothing is, or nothing that fits."""
        with suppress(ValidationError):
            if (data := place.read()) is not None:
                kept: _Result = _form(self.kind).validate_python(data)
                return kept
        return None


def weight(source: Source) -> int:
    """What a text weighs beside others: the largest ones are begun first."""
    return len(source[0])


def _place(tool: str, file: Source, known: Known) -> Kept:
    text, source = file
    name = hashlib.sha256(str(Path(source).absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return Kept(cache_folder() / tool / f"{name}.json", program(), stamp_of(known), language(), source, text)
