"""Loads the flows."""

from __future__ import annotations

from functools import cache

from kefu_sim.base.paths import package_file
from kefu_sim.rulebook.files import read_model
from kefu_sim.scoring.flows import Flow


@cache
def load_flows() -> dict[str, Flow]:
    """All flows by id. Raises BadFileError that lists every problem."""
    paths = sorted(package_file("rules", "flows").glob("*.yaml"))
    flows = (read_model(f"flows/{path.name}", Flow) for path in paths)
    return {flow.id: flow for flow in flows}
