"""Pinyin of a text, found in a process of its own.

The table is large (some 60 MB), and loading it would hold up whoever is typing.

usage: python -m kefu_sim.readings < text > readings.json
"""

from __future__ import annotations

import json
import subprocess
import sys

LONGEST = 60.0
"""Seconds after which the readings are done without."""


def readings(text: str) -> list[str]:
    """One reading for each character; what has none stands for itself."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 (see above)

    return [syllable[0] for syllable in pinyin(text, style=Style.TONE, errors=_each)]  # type: ignore[arg-type]


def _each(text: str) -> list[str]:
    """What has no reading, character by character; pypinyin takes a list, though its types do not say so."""
    return list(text)


def fetch(text: str) -> list[str]:
    """The readings of a text; empty when they cannot be had."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "kefu_sim.readings"],
            input=text.encode(),
            capture_output=True,
            timeout=LONGEST,
            check=True,
        )
        found = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.SubprocessError):
        return []
    return found if isinstance(found, list) and len(found) == len(text) else []


if __name__ == "__main__":
    sys.stdout.write(json.dumps(readings(sys.stdin.buffer.read().decode())))
