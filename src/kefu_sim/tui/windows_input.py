"""Textual's Windows driver, mended for input methods.

Textual drops every console key event that has no virtual key code while a modifier is held. With a Chinese input
method such an event is the only one that brings ？ ！ ： and other symbols typed with Shift (textual#6667). It also
asks for kitty keys whatever TEXTUAL_DISABLE_KITTY_KEY says.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.driver import Driver

KEY_EVENT = 0x0001
KITTY_ON, KITTY_OFF = "\x1b[>1u", "\x1b[<u"


class CharacterKeeper:
    """Stands in for KERNEL32: reads console input and takes the modifiers off characters without a key code."""

    def __init__(self, kernel: Any) -> None:
        self._kernel = kernel

    def __getattr__(self, name: str) -> Any:
        return getattr(self._kernel, name)

    def ReadConsoleInputW(self, handle: Any, records: Any, size: int, count: Any) -> Any:  # noqa: N802 (Windows' name)
        """Read as ever; a bare modifier stays marked as one, a character no longer looks like one."""
        answer = self._kernel.ReadConsoleInputW(handle, records, size, count)
        for record in records._obj[: count._obj.value]:  # noqa: SLF001 (the objects behind ctypes.byref)
            if record.EventType == KEY_EVENT:
                keep_character(record.Event.KeyEvent)
        return answer


def keep_character(key: Any) -> None:
    """Make one key record pass Textual's filter if it carries a character."""
    if key.wVirtualKeyCode == 0 and key.uChar.UnicodeChar not in {"", "\x00"}:
        key.dwControlKeyState = 0


def driver_class() -> type[Driver] | None:
    """The mended driver on Windows; None elsewhere: Textual's own choice is right there."""
    if sys.platform != "win32":
        return None
    from textual.drivers import win32  # noqa: PLC0415 (exists on Windows only)
    from textual.drivers.windows_driver import WindowsDriver  # noqa: PLC0415

    class InputMethodDriver(WindowsDriver):
        """Lets symbols through and leaves kitty keys off."""

        def start_application_mode(self) -> None:
            if not isinstance(win32.KERNEL32, CharacterKeeper):
                win32.KERNEL32 = CharacterKeeper(win32.KERNEL32)
            super().start_application_mode()

        def write(self, data: str) -> None:
            if data not in {KITTY_ON, KITTY_OFF}:
                super().write(data)

    return InputMethodDriver
