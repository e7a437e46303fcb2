"""`kefu-sim author …`: tools for those who write scenarios. Each tool is a module with `add(tools)`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kefu_sim.i18n import tr

if TYPE_CHECKING:
    from kefu_sim.cli import Commands


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Register the command with all its tools."""
    from kefu_sim.cli import (
        author_check,
        author_fairness,
        author_graph,
        author_inbox,
        author_lint,
        author_new,
        author_soak,
        author_verify,
        author_watch,
    )

    parser = commands.add_parser("author", help=tr("write and check scenarios"))
    tools = parser.add_subparsers(dest="tool", metavar=tr("TOOL"), required=True)
    for module in (
        author_new, author_lint, author_verify, author_check, author_soak, author_fairness, author_graph, author_watch,
        author_inbox,
    ):  # fmt: skip
        module.add(tools)
