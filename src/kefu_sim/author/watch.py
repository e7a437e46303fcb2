"""A scenario while somebody works on it: when its file, or a fragment that it can take in, is saved."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from kefu_sim.rulebook.known import shared_parts

EVERY = 0.25
"""Seconds from one look to the next."""


def written(path: Path, folder: Path) -> str:
    """Changes whenever the file of a story is saved, or a fragment or intent that stories share.

    `folder` is the user's data folder. Empty while a file cannot be found: some editors take it away before they put
    the new one there.
    """
    try:
        found = path.stat()
        return f"{found.st_mtime_ns} {found.st_size} {shared_parts(folder).stamp}"
    except OSError:
        return ""


def saves(path: Path, folder: Path, stop: threading.Event | None = None) -> Iterator[None]:
    """Once to begin with, then once after each save that changes `written`. Ends when `stop` is set."""
    stop = stop or threading.Event()
    seen = written(path, folder)
    yield
    while not stop.wait(EVERY):
        now = written(path, folder)
        if now and now != seen:
            seen = now
            yield
