"""One program at a time on one log: two that append to the same reception would spoil it."""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import IO, Any

_FAR_BYTE = 0x7FFF0000
"""Windows locks bytes and keeps others from reading them: one that no log reaches."""


def hold(file: IO[Any]) -> bool:
    """Keep an open file until it is closed; False when another program keeps it. True where files cannot be kept."""
    try:
        _lock(file.fileno())
    except OSError as error:
        return error.errno not in {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}
    return True


def held(path: Path) -> bool:
    """Whether a program keeps this file now."""
    try:
        with path.open("rb") as file:
            return not hold(file)
    except OSError:
        return False


if sys.platform == "win32":
    import msvcrt
    import os

    def _lock(number: int) -> None:
        os.lseek(number, _FAR_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(number, 0, os.SEEK_END)

else:
    import fcntl

    def _lock(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
