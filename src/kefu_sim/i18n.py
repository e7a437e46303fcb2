"""The language of the user interface: gettext catalogues for Simplified Chinese and English.

Source strings in the code are English; both catalogues are complete. Rule sentences of the scorecard are data and
carry both languages themselves.
"""

from __future__ import annotations

import gettext
import locale
import os
import sys
from functools import cache
from pathlib import Path
from typing import Literal, cast

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")
DOMAIN = "kefu_sim"
CATALOGUES = Path(__file__).resolve().parent / "locale"

_current: Lang | None = None


def set_language(lang: Lang | None) -> None:
    """Choose the language of the interface; None means the one of the system."""
    global _current  # noqa: PLW0603 (one interface, one language)
    _current = lang or system_language()


def language() -> Lang:
    """The language in force."""
    if _current is None:
        set_language(None)
    return cast("Lang", _current)


def system_language() -> Lang:
    """English where the system says English, else Chinese: a system without a say gets the trade's own language."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        if value := os.environ.get(name, ""):
            return "en" if value.lower().startswith("en") else "zh"
    code = locale.getlocale()[0] or ""
    if sys.platform == "win32" and not code:
        import ctypes  # noqa: PLC0415 (exists on Windows only)

        code = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return "en" if code.lower().startswith("en") else "zh"


def tr(message: str) -> str:
    """The message in the language in force."""
    return _translated(language(), message)


def trn(singular: str, plural: str, count: int) -> str:
    """The form of a message that goes with a count."""
    return _catalogue(language()).ngettext(singular, plural, count)


def spelt(zh: str, en: str) -> str:
    """A text of a file in the language in force; the Chinese one where there is no English one."""
    return en if en and language() == "en" else zh


@cache  # checks word what they might have to say thousands of times
def _translated(lang: Lang, message: str) -> str:
    return _catalogue(lang).gettext(message)


@cache
def _catalogue(lang: Lang) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, CATALOGUES, languages=[lang], fallback=True)
