"""One program at a time on one log: two that append to the same reception would spoil it."""

from __future__ import annotations

import errno
import sys
import time
from pathlib import Path
from typing import IO, Any

TRIES = 4
PAUSE = 0.02
"""Seconds between two tries."""
_FAR_BYTE = 0x7FFF0000
"""Windows locks bytes and keeps others from reading them: one that no log reaches."""


def hold(file: IO[Any]) -> bool:
    """Keep an open file until it is closed; False when another program keeps it. True where files cannot be kept.

    Somebody who only looks whether it is kept holds it for a moment: that is waited for.
    """
    for _ in range(TRIES - 1):
        if _try(file, shared=False):
            return True
        time.sleep(PAUSE)
    return _try(file, shared=False)


def held(path: Path) -> bool:
    """Whether a program keeps this file now."""
    try:
        with path.open("rb") as file:
            return not _try(file, shared=True)
    except OSError:
        return False


def _try(file: IO[Any], *, shared: bool) -> bool:
    try:
        _lock(file.fileno(), shared=shared)
    except OSError as error:
        return error.errno not in {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}
    return True


if sys.platform == "win32":
    import msvcrt
    import os

    def _lock(number: int, *, shared: bool) -> None:
        del shared  # Windows knows one kind only
        os.lseek(number, _FAR_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(number, 0, os.SEEK_END)

else:
    import fcntl

    def _lock(number: int, *, shared: bool) -> None:
        fcntl.flock(number, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
