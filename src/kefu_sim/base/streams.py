"""Streams whose other end may go away."""

from __future__ import annotations

import os
from typing import IO


def discard(stream: IO[str]) -> None:
    """Let what is written to a stream go nowhere from now on, and what it still holds: its reader has gone.

    Python would otherwise try once more when it ends, and make that failure its exit code. Raises OSError, ValueError
    when there is no file beneath.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    finally:
        os.close(nowhere)
