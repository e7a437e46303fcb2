"""The rest of a shift file in which something does not fit the schema: filled in, so that it too can be looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kefu_sim.base.yamlfile import Path, YamlFile
from kefu_sim.rush.model import ANY, Shift
from kefu_sim.scenario.load import examine
from kefu_sim.scenario.violations import Violation

ROUNDS = 8
"""Faults behind faults."""
_KEYS: dict[str, Any] = {"schema": 1, "id": "x", "title": "x", "minutes": 240, "at_once": 2, "arrivals": [{"at": 0}]}
"""For keys of a shift that are missing or wrong."""
_PARTS: dict[str, dict[str, Any]] = {
    "arrivals": {"at": 0},
    "mix": {"scenario": ANY},
    "notices": {"at": 0, "text": "x"},
    "outages": {"at": 0, "for": 1, "blocks": "cards"},
}
"""For parts of its lists, and for what is missing or wrong in them."""


@dataclass
class Rest:
    """What of a file can be looked at."""

    shift: Shift | None
    torn: set[Path] = field(default_factory=set)
    """Keys and parts in which something was filled in: only names are looked at there."""


def rest_of(file: YamlFile, violations: Iterable[Violation]) -> Rest:
    """Put something harmless in place of all that does not fit; changes the data of the file."""
    rest = Rest(None)
    for _ in range(ROUNDS):
        for violation in violations:
            _mend(file, violation, rest.torn)
        rest.shift, violations = examine(file, Shift)
        if rest.shift is not None:
            break
    return rest


def _mend(file: YamlFile, violation: Violation, torn: set[Path]) -> None:
    data, path = file.data, violation.path
    if violation.kind == "missing":
        path = (*path, violation.key)
    if not path or not isinstance(data, dict):
        return
    if violation.meant and path in file.positions:
        file.positions[*path[:-1], violation.meant] = file.positions[path]
    top, *below = path
    torn.add(path[:1])
    if top not in _PARTS or not below:
        _put(data, top, _KEYS, violation.meant)
        return
    parts, at = data[top], below[0]
    torn.add((top, at))
    if not isinstance(parts, list) or not isinstance(at, int):
        _put(data, top, _KEYS)
    elif len(below) == 1 or not isinstance(parts[at], dict):
        parts[at] = dict(_PARTS[str(top)])
    else:
        _put(parts[at], below[1], _PARTS[str(top)], violation.meant)


def _put(holder: dict[Any, Any], key: str | int, good: dict[str, Any], meant: str = "") -> None:
    """Call a misspelt key as it was meant, or give a key a value that fits; else leave it out."""
    wrong = holder.pop(key, None)
    if meant and meant not in holder:
        holder[meant] = wrong
    elif key in good:
        holder[key] = good[str(key)]
