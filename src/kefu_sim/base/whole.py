"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE
from threading import get_ident


def put_whole(path: Path, data: bytes) -> None:
    """Write beside the file, then take its place and its rights; its folder is made. Raises OSError, ValueError.

    Of several programs or threads that write it at once, one wins.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}-{get_ident()}.tmp")
    try:
        draft.write_bytes(data)
        with suppress(FileNotFoundError):
            draft.chmod(S_IMODE(path.stat().st_mode))
        draft.replace(path)
    finally:
        with suppress(OSError, ValueError):
            draft.unlink()
