"""Plain values that take long to make, kept between runs in the cache folder.

Keeping only saves time. A value counts as gone when its text or the program changed, or when its file is damaged; a
disk that refuses is passed over; of two programs that keep the same value at once, one wins.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from kefu_sim import __version__
from kefu_sim.base.paths import cache_folder, package_file
from kefu_sim.base.whole import put_whole

_T = TypeVar("_T")
_LONG = 2000
"""Characters from which on a text is that of a file: several values are made from the same one."""


class Kept:
    """One value, as JSON behind a line that says what it was made from."""

    def __init__(self, path: Path, *made_from: str) -> None:
        """`made_from` is everything that the value hangs on; see `sources` for the program itself."""
        self._path = path
        parts = [part if len(part) < _LONG else _digest(part) for part in made_from]
        self._made_from = hashlib.blake2b(_bytes(parts)).digest()

    def read(self) -> Any | None:
        """The value, if it is there whole and still holds; else None."""
        try:
            head, _, body = self._path.read_bytes().partition(b"\n")
            return json.loads(body) if head == self._head(body) else None
        except (OSError, ValueError):
            return None

    def write(self, value: object) -> None:
        """Keep a value. It must come back from JSON as it is."""
        body = _body(value)
        write_kept(self._path, self._head(body) + b"\n" + body)

    def _head(self, body: bytes) -> bytes:
        return hashlib.blake2b(body, key=self._made_from, digest_size=32).hexdigest().encode()


@lru_cache(64)
def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass")).hexdigest()


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, check_circular=False).encode("utf-8", "surrogatepass")


def _body(value: object) -> bytes:
    """The same in a third of the time."""
    from pydantic_core import PydanticSerializationError, to_json  # noqa: PLC0415 (who only reads needs none)

    with suppress(PydanticSerializationError):  # half a surrogate pair
        return to_json(value, inf_nan_mode="constants")
    return _bytes(value)


def kept(name: str, made_from: Sequence[str], make: Callable[[], _T]) -> _T:
    """Give the value of a name; make it where it is not kept or hangs on something else."""
    place = Kept(cache_folder() / f"{name}.json", *made_from)
    found: _T | None = place.read()
    if found is None:
        found = make()
        place.write(found)
    return found


@cache
def sources(*names: str) -> str:
    """Changes whenever one of these files of the package does, or the version."""
    folder = package_file()
    states = [os.stat(f"{folder}/{name}") for name in names]  # noqa: PTH116 (a path object costs more than the answer)
    return json.dumps([__version__, *((state.st_mtime_ns, state.st_size) for state in states)])


@cache
def program() -> str:
    """Changes whenever any file of the package does: for what hangs on more of it than can be named."""
    folder = package_file()
    names: list[str] = []
    for where, _, files in os.walk(folder):
        below = Path(where).relative_to(folder).as_posix()
        names += [f"{below}/{name}" for name in files if not name.endswith(".pyc")]
    names.sort()
    return hashlib.sha256(json.dumps([names, sources(*names)]).encode()).hexdigest()


def write_kept(path: Path, data: bytes) -> None:
    """Write a whole file; a disk that refuses leaves it as it was."""
    with suppress(OSError):
        put_whole(path, data)
