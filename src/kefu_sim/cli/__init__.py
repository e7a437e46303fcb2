"""The command line. Each command is a module with `add(subparsers)`; heavy imports stay inside its `run`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from kefu_sim import __version__
from kefu_sim.base.errors import Exit, KefuError

if TYPE_CHECKING:
    from collections.abc import Sequence


def build_parser() -> argparse.ArgumentParser:
    """Build the whole parser without importing anything heavy."""
    from kefu_sim.cli import judge

    parser = argparse.ArgumentParser(prog="kefu-sim")
    parser.add_argument("--version", action="version", version=f"kefu-sim {__version__}")
    parser.add_argument("--lang", choices=["zh", "en"], default=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for module in (judge,):
        module.add(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    args = build_parser().parse_args(argv)
    try:
        return int(args.run(args))
    except KefuError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
