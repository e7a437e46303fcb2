"""A strict reader of asciicast v2: one JSON header object, then one JSON array `[time, code, data]` a line.

https://docs.asciinema.org/manual/asciicast/v2/
"""

import json
import math
from dataclasses import dataclass, field

HEADER = {"version", "width", "height", "timestamp", "duration", "idle_time_limit", "command", "title", "env", "theme"}


class NotACastError(Exception):
    """The file is no asciicast v2."""


@dataclass
class Cast:
    width: int
    height: int
    title: str
    events: list = field(default_factory=list)


def need(holds, what):
    if not holds:
        raise NotACastError(what)


def whole(value):
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def parse(text):
    need(text.endswith("\n"), "the last line has no end")
    rows = []
    for line in text.split("\n")[:-1]:
        try:
            rows.append(json.loads(line))
        except ValueError:
            raise NotACastError(line) from None
    need(rows, "no header")
    header = rows[0]
    need(isinstance(header, dict) and set(header) <= HEADER, "header")
    need(header.get("version") == 2, "version")
    need(whole(header.get("width")) and whole(header.get("height")), "size")
    need(isinstance(header.get("title", ""), str), "title")
    env = header.get("env", {})
    need(isinstance(env, dict) and all(isinstance(x, str) for pair in env.items() for x in pair), "env")
    cast = Cast(header["width"], header["height"], header.get("title", ""))
    last = 0.0
    for row in rows[1:]:
        need(isinstance(row, list) and len(row) == 3, "an event has three parts")
        t, code, data = row
        need(isinstance(t, int | float) and not isinstance(t, bool) and math.isfinite(t) and t >= last, "time")
        need(code == "o", "only output is recorded")
        need(isinstance(data, str), "data")
        data.encode()  # no half characters
        last = t
        cast.events.append((t, data))
    return cast
