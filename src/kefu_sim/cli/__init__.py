"""The command line. Each command is a module with `add(commands)`; heavy imports stay inside its `run`.

Data goes to stdout, talk to stderr. Exit codes are those of base/errors.
"""

from __future__ import annotations

import argparse
import atexit
import errno
import gc
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kefu_sim import __version__
from kefu_sim.base.errors import Exit, KefuError
from kefu_sim.base.lean import leave_out
from kefu_sim.base.refusals import unwritable
from kefu_sim.base.streams import discard
from kefu_sim.cli.wording import Parser, translate_argparse
from kefu_sim.i18n import LANGS, Lang, set_language, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

COLLECT = (50_000, 20, 20)
"""Objects made until Python looks for garbage: rarely, since starting makes many and leaves next to none behind."""
Commands = argparse._SubParsersAction  # noqa: SLF001 (argparse names the type only so)


COMMANDS = (
    "practice", "resume", "replay", "demo", "drill", "rush", "quick", "listing", "history", "review", "progress",
    "campaign", "export", "rescore", "archive", "profile", "run", "run_shift", "judge", "explain", "score", "author",
)  # fmt: skip
"""Modules of this room, one for each command, in the order of the help page."""
NAMESAKES = frozenset(COMMANDS) - {"listing", "run_shift"}
"""Those that are called as their command is."""


def needed(arguments: Sequence[str]) -> Sequence[str]:
    """The modules that these arguments ask for: none for home, one for a command named first, else all."""
    if not arguments:
        return ()
    return (arguments[0],) if arguments[0] in NAMESAKES else COMMANDS


def build_parser(modules: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """Build the parser of some commands without importing anything heavy."""
    parser = Parser(
        prog="kefu-sim",
        description=tr(
            "Practise receiving buyers of an online shop: scripted buyers, free text, a score that explains itself."
        ),
        epilog=tr("Without a command the home screen opens."),
        allow_abbrev=False,
    )
    version = tr("show program's version number and exit")
    parser.add_argument("--version", action="version", version=f"kefu-sim {__version__}", help=version)
    parser.add_argument("--lang", choices=LANGS, help=tr("language of the interface (default: that of the system)"))
    where = tr("database of records: a file, or postgresql://USER@HOST/NAME (default: KEFU_SIM_DB, else a file)")
    parser.add_argument("--db", metavar="URL", help=where)
    parser.add_argument("--as", metavar="NAME", help=tr("practise under this name (default: KEFU_SIM_TRAINEE)"))
    parser.set_defaults(run=import_module("kefu_sim.cli.practice").run_home)
    commands = parser.add_subparsers(dest="command", metavar=tr("COMMAND"))
    for name in modules:
        import_module(f"kefu_sim.cli.{name}").add(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    leave_out()
    gc.set_threshold(*COLLECT)
    atexit.register(gc.freeze)  # else Python looks through everything once more before it leaves
    _speak_utf8()
    arguments = list(sys.argv[1:] if argv is None else argv)
    set_language(_language_of(arguments))
    if (database := _taken_out(arguments, "--db")) is not None:
        os.environ["KEFU_SIM_DB"] = database
    if (trainee := _taken_out(arguments, "--as")) is not None:
        os.environ["KEFU_SIM_TRAINEE"] = trainee
    translate_argparse()
    args = build_parser(needed(arguments)).parse_args(arguments)
    try:
        code = int(args.run(args))
        sys.stdout.flush()
    except KefuError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        discard(sys.stdout)
        return Exit.OK
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        discard(sys.stdout)
        print(unwritable("stdout", error), file=sys.stderr)
        return Exit.UNWRITABLE
    return code


def _language_of(arguments: list[str]) -> Lang | None:
    """Take `--lang X` out of the arguments, wherever it stands; a wrong X is left for the parser to refuse."""
    value = _taken_out(arguments, "--lang", LANGS)
    return next((lang for lang in LANGS if lang == value), None)


def _taken_out(arguments: list[str], option: str, among: Sequence[str] = ()) -> str | None:
    """Take `option X` out of the arguments, wherever it stands; what cannot be it is left to the parser."""
    for i, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name != option or (not equals and i + 1 == len(arguments)):
            continue
        value = value if equals else arguments[i + 1]
        if not among or value in among:
            del arguments[i : i + (1 if equals else 2)]
            return value
    return None


def _speak_utf8() -> None:
    """Texts here are Chinese: pipes of consoles with other encodings would garble them.

    A stream that the caller has closed becomes one that is empty and takes everything.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 (open for good)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
