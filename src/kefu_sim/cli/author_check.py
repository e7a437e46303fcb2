"""`kefu-sim author check`: lint and verify in one go."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from kefu_sim.cli import author_lint
from kefu_sim.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kefu_sim.author.verify import Verified
    from kefu_sim.cli import Commands


def add(tools: Commands[argparse.ArgumentParser]) -> None:
    """Register the tool."""
    parser = tools.add_parser(
        "check",
        help=tr("lint and verify in one go"),
        epilog=tr("Exit code: 0 nothing or notes only, 1 warnings, 2 errors."),
    )
    parser.add_argument("what", nargs="*", metavar=tr("FILE|ID"), help=tr("files, folders or ids; all without any"))
    parser.add_argument(
        "--format", choices=author_lint.FORMATS, default="text", help=tr("form of the list (default: text)")
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print findings to stdout, counts to stderr."""
    from kefu_sim.author.check import check_files
    from kefu_sim.author.lint import house_rules, worst
    from kefu_sim.author.reports import FORMATS as WRITERS
    from kefu_sim.author.reports import summary
    from kefu_sim.base.paths import data_folder

    data = data_folder()
    paths = author_lint.files_named(args.what, data)
    findings, verified = check_files(paths, house_rules(data))
    if not args.what:
        findings = author_lint.without_shipped_notes(findings)
    sys.stdout.write(WRITERS[args.format](findings))
    print(summary(findings, len(paths)), file=sys.stderr)
    print(heard(verified), file=sys.stderr)
    if args.format == "text":
        author_lint.where_codes_are_told(findings)
    return author_lint.exit_code(worst(findings))


def heard(verified: Sequence[Verified]) -> str:
    """One line about the samples of some stories; of a single one with the spellings that were not told."""
    from kefu_sim.author.verify_survival import some_lost

    line = tr("{samples} samples tried; {told} of {tried} other spellings told").format(
        samples=sum(one.samples for one in verified),
        told=sum(one.survival.told.total() for one in verified),
        tried=sum(one.survival.tried.total() for one in verified),
    )
    if len(verified) == 1 and verified[0].survival.lost:
        return tr("{line}; not told: {examples}").format(line=line, examples=some_lost(verified[0].survival))
    return line
