"""What the program can do without, so that it fits beside a shop's other programs on an old machine."""

from __future__ import annotations

import sys
from contextlib import suppress

_UNUSED = ("ssl", "_hashlib")
"""asyncio and hashlib take these where they are there. No connection is opened here, and hashlib has its own SHA-256;
OpenSSL behind them takes 5 MB."""
_M_ARENA_MAX = -8
"""From <malloc.h> of glibc: the most heaps that threads open. Each keeps what it once held."""


def leave_out() -> None:
    """Do without libraries that are not used; to be called before anything heavy is imported."""
    for name in _UNUSED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # Python's way to say: there is none


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
