"""Looks a scenario file over each time it is saved."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from watchfiles import Change, watch


def saves(path: Path, stop: threading.Event | None = None) -> Iterator[None]:
    """Once for each time a file is saved, whichever way the editor does that. Ends when `stop` is set."""
    wanted = path.resolve()

    def ours(change: Change, name: str) -> bool:
        return change is not Change.deleted and Path(name).resolve() == wanted

    for _ in watch(wanted.parent, watch_filter=ours, stop_event=stop, recursive=False, raise_interrupt=True):
        yield
