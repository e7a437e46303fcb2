"""What `demo` and `replay` share: options of a showing, the full screen, the recording."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kefu_sim.base.errors import Exit, KefuError
from kefu_sim.i18n import language, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from kefu_sim.demonstrations import DemoRoom, Showing
    from kefu_sim.tui.demo_flow import DemoFlow

SLOWEST, FASTEST = 0.1, 20.0
THEMES = {"dark": "kefu-dark", "light": "kefu-light", "contrast": "kefu-contrast", "terminal": "kefu-ansi"}
SIZE = (80, 24)
"""Columns and rows of a recording."""


def add_showing(parser: argparse.ArgumentParser) -> None:
    """Add the options of everything that can be shown."""
    parser.add_argument("--speed", type=_speed, default=1.0, metavar="X", help=tr("1 is a human pace; 0.1 to 20"))
    parser.add_argument("--theme", choices=tuple(THEMES), help=tr("colours; F9 changes them later"))
    face = parser.add_mutually_exclusive_group()
    face.add_argument("--plain", action="store_true", help=tr("print it line by line"))
    face.add_argument("--record", metavar="FILE", help=tr("write it as an asciicast v2 file"))


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not SLOWEST <= speed <= FASTEST:  # refuses NaN too
        raise argparse.ArgumentTypeError(tr("a number from {least:g} to {most:g}").format(least=SLOWEST, most=FASTEST))
    return speed


def full_screen(room: DemoRoom, args: argparse.Namespace, plain: str, what: Callable[[DemoFlow], None]) -> int:
    """Open the full-screen program at a demo. Raises NoTerminalError, which names the `plain` command."""
    from kefu_sim.cli.practice import need_terminal

    need_terminal(plain)
    from kefu_sim.tui.app import KefuApp, run_app

    def opening(app: KefuApp) -> None:
        app.demos.room = room
        app.demos.speed = args.speed
        what(app.demos)

    app = KefuApp(lambda: room.house, opening=opening)
    if args.theme:
        app.theme = THEMES[args.theme]
    return run_app(app)


def recorded(room: DemoRoom, args: argparse.Namespace, showing: Showing) -> int:
    """Write a recording. Raises UnwritableError, KefuError when the file is there already."""
    import asyncio

    from kefu_sim.demo.asciicast import cast_lines
    from kefu_sim.store.textfiles import write_text_file
    from kefu_sim.tui.recorder import record

    path = Path(args.record)
    if path.exists():
        raise KefuError(tr("{path} is there already").format(path=path), hint=tr("name another file"))
    write_text_file(path, "")  # better now than after the work
    try:
        print(tr("Drawing {n:.0f} seconds…").format(n=showing.film.seconds / args.speed), file=sys.stderr)
        theme = THEMES.get(args.theme or "", "")
        output, length = asyncio.run(record(room, showing, size=SIZE, speed=args.speed, theme=theme))
        title = showing.title.pick(language())
        write_text_file(path, "".join(line + "\n" for line in cast_lines(*SIZE, title, output, length)), force=True)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    print(tr("Written: {path} ({n:.0f} s). `asciinema play` shows it.").format(path=path, n=length), file=sys.stderr)
    return Exit.OK
