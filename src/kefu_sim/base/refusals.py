"""What the system refuses to read or write, told in the language of the interface."""

from __future__ import annotations

import errno
import json
from pathlib import Path

from kefu_sim.base.errors import KefuError, UnwritableError
from kefu_sim.i18n import tr


def reason(error: Exception) -> str:
    """Why a file could not be opened, read or written; rare reasons in the words of the system."""
    known: dict[int | None, str] = {
        errno.ENOENT: tr("there is no such file or folder"),
        errno.EACCES: tr("permission denied"),
        errno.EPERM: tr("permission denied"),
        errno.EISDIR: tr("it is a folder"),
        errno.ENOTDIR: tr("a part of the path is no folder"),
        errno.EEXIST: tr("a file of that name is in the way"),
        errno.ENOSPC: tr("the disk is full"),
        errno.EROFS: tr("the disk can only be read"),
        errno.ENAMETOOLONG: tr("the name is too long"),
    }
    return known.get(getattr(error, "errno", None)) or getattr(error, "strerror", None) or str(error)


def no_json(error: Exception) -> str:
    """Why a text is no JSON; rare reasons in the words of the reader."""
    message = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
    if isinstance(error, RecursionError):
        message = "nested too deep"
    known = {
        "Expecting value": tr("a value is missing"),
        "Expecting ',' delimiter": tr("a comma is missing"),
        "Expecting ':' delimiter": tr("a colon is missing"),
        "Expecting property name enclosed in double quotes": tr('a key in "…" is missing'),
        "Illegal trailing comma before end of object": tr("a comma too many at the end"),
        "Illegal trailing comma before end of array": tr("a comma too many at the end"),
        "Unterminated string starting at": tr("quotes are not closed"),
        "Invalid control character at": tr("a control character"),
        "Invalid \\escape": tr("a \\ that means nothing; write \\\\ for the sign itself"),
        "Invalid \\uXXXX escape": tr("a \\u without four digits behind it"),
        "Extra data": tr("something stands behind it"),
        "nested too deep": tr("nested too deep"),
    }
    return tr("not valid JSON ({why})").format(why=known.get(message.partition(": ")[0], message))


def unwritable(path: Path | str, error: Exception, *, hint: str = "") -> UnwritableError:
    """To be raised when a folder or file cannot be written."""
    return UnwritableError(tr("{path} cannot be written: {why}").format(path=path, why=reason(error)), hint=hint)


def unreadable(path: Path | str, error: Exception) -> KefuError:
    """To be raised when a folder or file cannot be read."""
    return KefuError(tr("{path} cannot be read: {why}").format(path=path, why=reason(error)))
