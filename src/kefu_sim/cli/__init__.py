"""The command line. Each command is a module with `add(commands)`; heavy imports stay inside its `run`.

Data goes to stdout, talk to stderr. Exit codes are those of base/errors.
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kefu_sim import __version__
from kefu_sim.base.errors import Exit, KefuError
from kefu_sim.cli.wording import translate_argparse
from kefu_sim.i18n import LANGS, Lang, set_language, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

Commands = argparse._SubParsersAction  # noqa: SLF001 (argparse names the type only so)


def build_parser() -> argparse.ArgumentParser:
    """Build the whole parser without importing anything heavy."""
    from kefu_sim.cli import drill, explain, judge, listing, practice, quick, resume, run, run_shift, rush, score

    parser = argparse.ArgumentParser(
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
    parser.set_defaults(run=practice.run_home)
    commands = parser.add_subparsers(dest="command", metavar=tr("COMMAND"))
    for module in (practice, resume, drill, listing, run, rush, run_shift, quick, judge, explain, score):
        module.add(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    _speak_utf8()
    arguments = list(sys.argv[1:] if argv is None else argv)
    set_language(_language_of(arguments))
    translate_argparse()
    args = build_parser().parse_args(arguments)
    try:
        code = int(args.run(args))
        sys.stdout.flush()
    except KefuError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        _discard_stdout()
        return Exit.OK
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _discard_stdout()
        print(tr("{path} cannot be written: {why}").format(path="stdout", why=error.strerror), file=sys.stderr)
        return Exit.UNWRITABLE
    return code


def _language_of(arguments: list[str]) -> Lang | None:
    """Take `--lang X` out of the arguments, wherever it stands; a wrong X is left for the parser to refuse."""
    for i, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name != "--lang":
            continue
        value = value if equals else next(iter(arguments[i + 1 : i + 2]), "")
        for lang in LANGS:
            if value == lang:
                del arguments[i : i + (1 if equals else 2)]
                return lang
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


def _discard_stdout() -> None:
    """The reader of our output has gone: leave without a complaint at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
