"""Textual's driver for Linux and macOS, mended for bytes that are not UTF-8 and for a terminal that goes away.

Textual decodes the keyboard strictly, so that one stray byte (a paste from a GBK file, a terminal set to GBK) ends the
program with a traceback. Here such a byte becomes � in the draft, where it can be taken back.

A terminal can vanish without a signal. Textual's writer then dies and the next paints wait for it for ever; here they
go nowhere and the program leaves in good order.
"""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import IO, TYPE_CHECKING, Any, cast

from kefu_sim.base.streams import discard

if TYPE_CHECKING:
    from textual.app import App
    from textual.driver import Driver


def forgiving_decoder(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    """Stands in for codecs.getincrementaldecoder: its decoders replace what they cannot read."""
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")


LOST = 129
"""Exit code when the terminal is gone, as after SIGHUP."""


class LastingFile:
    """A file that takes everything; when it can be written no longer, `lost` is called once."""

    def __init__(self, file: IO[str], lost: Callable[[], None]) -> None:
        self._file, self._lost = file, lost
        self._gone = False

    def write(self, text: str) -> int:
        """Write, or forget."""
        self._try(partial(self._file.write, text))
        return len(text)

    def flush(self) -> None:
        """Flush, or do nothing."""
        self._try(self._file.flush)

    def fileno(self) -> int:
        """Number of the file beneath."""
        return self._file.fileno()

    def _try(self, act: Callable[[], object]) -> None:
        if self._gone:
            return
        try:
            act()
        except (OSError, ValueError):
            self._gone = True
            with suppress(OSError, ValueError):
                discard(self._file)
            self._lost()


def driver_class() -> type[Driver] | None:
    """The mended driver; None where Textual's choice must stand: on Windows, and when TEXTUAL_DRIVER names one."""
    if sys.platform == "win32" or os.environ.get("TEXTUAL_DRIVER"):
        return None
    from textual.drivers import linux_driver  # noqa: PLC0415 (does not exist on Windows)

    class ForgivingDriver(linux_driver.LinuxDriver):
        """Reads whatever bytes come, and leaves when nothing can be shown any more."""

        def __init__(self, app: App[object], **options: Any) -> None:
            super().__init__(app, **options)
            if self._file is not None:
                self._file = cast("Any", LastingFile(self._file, self._leave))

        def _leave(self) -> None:
            """Called in the thread that writes."""
            with suppress(RuntimeError):  # the program has ended meanwhile
                self._loop.call_soon_threadsafe(self._app.exit, LOST)

        def run_input_thread(self) -> None:
            linux_driver.getincrementaldecoder = forgiving_decoder  # type: ignore[assignment, attr-defined, unused-ignore]
            super().run_input_thread()

    return ForgivingDriver
