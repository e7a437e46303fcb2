"""What the program can do without, so that it fits beside a shop's other programs on an old machine."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.util import find_spec

_OWN_HASHES = ("_sha2", "_sha256")
"""Python's own SHA-256, of 3.12 and of 3.11; some systems build Python without."""
_M_ARENA_MAX = -8
"""From <malloc.h> of glibc: the most heaps that threads open. Each keeps what it once held."""


def leave_out() -> None:
    """Do without OpenSSL, 5 MB; to be called before anything heavy is imported.

    asyncio and hashlib take it where it is there, but no connection is opened here, and hashlib has hashes of its own.
    """
    sys.modules.setdefault("ssl", None)  # type: ignore[arg-type]  # Python's way to say: there is none
    if any(find_spec(name) for name in _OWN_HASHES):
        sys.modules.setdefault("_hashlib", None)  # type: ignore[arg-type]


def one_heap() -> None:
    """Let threads share the heap of the program; to be called before the first one starts."""
    _ask_glibc("mallopt", _M_ARENA_MAX, 1)


def give_back() -> None:
    """Give the memory that something large has left free back to the system."""
    _ask_glibc("malloc_trim", 0)


def _ask_glibc(name: str, *numbers: int) -> None:
    if sys.platform == "linux":
        from ctypes import CDLL  # noqa: PLC0415 (only here)

        with suppress(OSError, AttributeError):  # not glibc
            getattr(CDLL(None), name)(*numbers)
