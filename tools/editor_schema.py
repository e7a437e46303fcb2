"""Write the JSON Schema beside the shipped scenarios, and the line into each that tells editors of it.

usage: python tools/editor_schema.py [--check]

With --check nothing is written: what is stale is listed and the exit code is 1.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kefu_sim.author.schema import EDITOR_LINE, FILE_NAME, schema_text
from kefu_sim.rulebook.known import known_ids

SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"


def wanted() -> dict[Path, str]:
    """Each file with the text it should have."""
    found = {SCENARIOS / FILE_NAME: schema_text(known_ids())}
    for path in sorted(SCENARIOS.rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        found[path] = text if text.startswith(EDITOR_LINE) else f"{EDITOR_LINE}\n{text}"
    return found


def main() -> int:
    """Write the files, or check them."""
    stale = {path: text for path, text in wanted().items() if not path.exists() or path.read_text("utf-8") != text}
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path.name} is stale; run tools/editor_schema.py")
        return 1 if stale else 0
    for path, text in stale.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
