"""The training syllabus, as far as the tools need it: which rows there are."""

from __future__ import annotations

from typing import Any

from kefu_sim.rulebook.files import read_rules


def syllabus_rows() -> tuple[str, ...]:
    """Ids of the rows, in their order."""
    rows: Any = read_rules("syllabus.yaml")["rows"]
    return tuple(rows)
