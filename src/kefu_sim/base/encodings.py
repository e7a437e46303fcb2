"""What a file is that cannot be read as UTF-8, and how to save it so, in plain words."""

from __future__ import annotations

from contextlib import suppress

from kefu_sim.i18n import tr

_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")
"""First bytes of documents of Word and its like, old and new."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def not_utf8(data: bytes) -> tuple[str, str] | None:
    """Message and mend for the bytes of a file that are no UTF-8; None when they cannot be told apart."""
    save = tr("in Notepad: Save as, and choose the encoding UTF-8")
    if data.startswith(_OFFICE):
        what = tr("this is a document of Word or the like, not a text file")
        return what, tr("copy its text into Notepad, and save it there as .yaml with the encoding UTF-8")
    if data.startswith(_UTF_16):
        return tr("the file is saved as UTF-16 (Notepad calls it Unicode)"), save
    with suppress(UnicodeDecodeError):
        if any("\u4e00" <= sign <= "\u9fff" for sign in data.decode("gb18030")):
            return tr("the file is saved as GBK (Notepad calls it ANSI)"), save
    return None
