"""What scenarios may refer to beyond themselves, found without building a recogniser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kefu_sim.base.paths import package_file
from kefu_sim.rulebook.files import read_rules
from kefu_sim.rulebook.flows import load_flows
from kefu_sim.rulebook.personas import persona_ids
from kefu_sim.scenario.check import Known
from kefu_sim.scenario.shelf import Folders


def known_ids(folder: Path | None = None) -> Known:
    """Ids of the package, its shared intents, and fragments of the package and of the user's data folder."""
    return Known(persona_ids(), frozenset(load_flows()), shared_intent_ids(), shared_parts(folder))


def shared_parts(folder: Path | None = None) -> Folders:
    """Fragments and intents that stories share, those of the user's data folder too; nothing is read yet."""
    own = [folder / "fragments"] if folder else []
    return Folders(package_file("rules", "fragments"), *own, shared=package_file("rules", "intents", "shared.yaml"))


def shared_intent_ids() -> frozenset[str]:
    """Ids of the shared intents."""
    rows: Any = read_rules("intents/shared.yaml")["intents"]
    return frozenset(rows)
