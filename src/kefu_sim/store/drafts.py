"""What stands unsent in a reception, kept beside its log: a killed program loses some seconds of typing at most."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from kefu_sim.base.errors import KefuError
from kefu_sim.base.text import MAX_MESSAGE, clean
from kefu_sim.store.textfiles import read_text_file, write_text_file

DRAFT = ".draft"
"""Ending of the file, in place of the log's."""


class DraftFile:
    """The draft of one reception. A disk that refuses is no reason to stop."""

    def __init__(self, log: Path) -> None:
        self._path = log.with_suffix(DRAFT)
        self._kept = self.read()

    def read(self) -> str:
        """What was kept; empty when there is nothing, or nothing that can be read."""
        try:
            return clean(read_text_file(self._path))[:MAX_MESSAGE] if self._path.is_file() else ""
        except KefuError:
            return ""

    def keep(self, text: str) -> None:
        """Keep what stands there now; without text there is no file."""
        if text == self._kept:
            return
        self._kept = text
        with suppress(KefuError, OSError):
            if text:
                write_text_file(self._path, text, force=True)
            else:
                self._path.unlink(missing_ok=True)
