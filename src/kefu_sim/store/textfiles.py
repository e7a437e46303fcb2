"""Texts of the trainee's own, read with care: they may be anything; and documents for others, written whole or not."""

from __future__ import annotations

from pathlib import Path

from kefu_sim.base.errors import KefuError
from kefu_sim.base.refusals import unreadable, unwritable
from kefu_sim.base.whole import put_whole
from kefu_sim.i18n import tr

LARGEST = 5_000_000
"""Bytes; a novel has about three million."""


def read_text_file(path: Path) -> str:
    """Text of a UTF-8 file. Raises KefuError that says why not: missing, too large, binary, in another code."""
    try:
        if path.is_dir():
            raise KefuError(tr("{path} is a folder").format(path=path), hint=tr("name a text file"))
        size = path.stat().st_size
        if size > LARGEST:
            what = tr("{path} is too large ({n:.0f} MB, the limit is {most:.0f} MB)")
            raise KefuError(
                what.format(path=path, n=size / 1e6, most=LARGEST / 1e6), hint=tr("cut out the part you want to type")
            )
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise unreadable(path, error) from None
    except ValueError:
        raise KefuError(tr("{path} is no file name").format(path=ascii(str(path)))) from None
    if len(data) > LARGEST:
        raise KefuError(tr("{path} has no end").format(path=path), hint=tr("name a text file"))
    if b"\0" in data[:4096]:
        raise KefuError(tr("{path} is no text").format(path=path), hint=tr("save it as plain text in UTF-8"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = tr("{path}: byte {n} is not UTF-8").format(path=path, n=error.start + 1)
        raise KefuError(what, hint=tr("save the file as UTF-8")) from None


def write_text_file(path: Path, text: str, *, force: bool = False) -> None:
    """Write a whole file or nothing; a link is followed. Raises KefuError when it is there already, UnwritableError."""
    try:
        target = path.resolve()
        if target.exists() and not force:
            raise KefuError(tr("{path} is there already").format(path=path), hint=tr("--force replaces it"))
        if target.exists() and not target.is_file():
            raise KefuError(tr("{path} is a folder or a device").format(path=path), hint=tr("name another file"))
        put_whole(target, text.encode("utf-8", errors="backslashreplace"))
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: links in a ring
        raise unwritable(path, error) from None
