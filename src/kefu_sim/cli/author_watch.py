"""`kefu-sim author watch`: looks a scenario over whenever it is saved."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kefu_sim.base.errors import Exit
from kefu_sim.i18n import tr

if TYPE_CHECKING:
    from kefu_sim.cli import Commands


def add(tools: Commands[argparse.ArgumentParser]) -> None:
    """Register the tool."""
    parser = tools.add_parser("watch", help=tr("look a scenario over each time it is saved"))
    parser.add_argument("what", metavar=tr("FILE|ID"), help=tr("file or id of the scenario"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Report now and after every save of the story or of a shared fragment, until interrupted."""
    from kefu_sim.author.files import one_file
    from kefu_sim.author.watch import saves
    from kefu_sim.house import House

    house = House()
    path, called = one_file(args.what, house.library.folders)
    print(tr("Looking at {path} on every save. Ctrl+C ends it.").format(path=path), file=sys.stderr)
    command = f"kefu-sim practice {called} --trial"
    print(tr("Try it out in a second window; it follows every save too: {command}").format(command=command),
          file=sys.stderr)  # fmt: skip
    try:
        for _ in saves(path, house.folder):
            report(path, house.folder)
    except KeyboardInterrupt:
        print(file=sys.stderr)
    return Exit.OK


def report(path: Path, folder: Path) -> None:
    """Print what there is to say now, by the fragments in the data folder as they are now."""
    from kefu_sim.author.check import check_files
    from kefu_sim.author.lint import house_rules
    from kefu_sim.author.reports import as_text, summary
    from kefu_sim.cli.author_check import heard

    findings, verified = check_files([path], house_rules(folder))
    print(f"── {datetime.now().astimezone():%H:%M:%S} ──")
    sys.stdout.write(as_text(findings))
    print(summary(findings, 1) if findings else tr("Nothing to complain about."))
    if verified:
        print(heard(verified))
    sys.stdout.flush()
