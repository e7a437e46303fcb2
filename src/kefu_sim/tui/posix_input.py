"""Textual's driver for Linux and macOS, mended for bytes that are not UTF-8.

Textual decodes the keyboard strictly, so that one stray byte (a paste from a GBK file, a terminal set to GBK) ends the
program with a traceback. Here such a byte becomes � in the draft, where it can be taken back.
"""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.driver import Driver


def forgiving_decoder(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    """Stands in for codecs.getincrementaldecoder: its decoders replace what they cannot read."""
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")


def driver_class() -> type[Driver] | None:
    """The mended driver; None where Textual's choice must stand: on Windows, and when TEXTUAL_DRIVER names one."""
    if sys.platform == "win32" or os.environ.get("TEXTUAL_DRIVER"):
        return None
    from textual.drivers import linux_driver  # noqa: PLC0415 (does not exist on Windows)

    class ForgivingDriver(linux_driver.LinuxDriver):
        """Reads whatever bytes come."""

        def run_input_thread(self) -> None:
            linux_driver.getincrementaldecoder = forgiving_decoder  # type: ignore[assignment, attr-defined, unused-ignore]
            super().run_input_thread()

    return ForgivingDriver
