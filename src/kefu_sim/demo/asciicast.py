"""A terminal session as an asciicast v2 file: a header line, then one line for each piece of output."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

VERSION = 2


def cast_lines(width: int, height: int, title: str, output: Iterable[tuple[float, str]], end: float) -> Iterator[str]:
    """The lines of the file, without their ends.

    `output`: seconds since the beginning and what was written then, in order. `end`: length of the recording, seconds;
    players stop at the last event, so the last picture is held until then.
    """
    header = {"version": VERSION, "width": width, "height": height, "title": title, "env": {"TERM": "xterm-256color"}}
    yield json.dumps(header, ensure_ascii=False)
    at = 0.0
    for seconds, text in output:
        at = max(at, seconds)
        yield json.dumps([round(at, 3), "o", text], ensure_ascii=False)
    if end > at:
        yield json.dumps([round(end, 3), "o", ""], ensure_ascii=False)
