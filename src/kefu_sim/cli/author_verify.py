"""`kefu-sim author verify`: whether scenarios understand the samples of their authors."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from kefu_sim.base.errors import BadFileError, Exit
from kefu_sim.cli import author_lint
from kefu_sim.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kefu_sim.author.verify import Verified
    from kefu_sim.author.verify_all import Outcome
    from kefu_sim.author.verify_subject import Finding
    from kefu_sim.cli import Commands


def add(tools: Commands[argparse.ArgumentParser]) -> None:
    """Register the tool."""
    parser = tools.add_parser(
        "verify",
        help=tr("see whether scenarios understand their own samples"),
        epilog=tr("Exit code: 0 nothing or notes only, 1 warnings, 2 errors."),
    )
    parser.add_argument("what", nargs="*", metavar=tr("FILE|ID"), help=tr("files, folders or ids; all without any"))
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help=tr("form of the list (default: text)")
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print findings to stdout, counts to stderr."""
    from kefu_sim.author.verify import Verified, summary

    done: list[Verified] = []
    broken = False
    for outcome in _outcomes(args.what):
        if not isinstance(outcome, Verified):
            print(BadFileError(outcome), file=sys.stderr)
            broken = True
            continue
        done.append(outcome)
        if args.format == "text":
            sys.stdout.write("".join(f"{finding}\n" for finding in outcome.findings))
        print(summary(outcome), file=sys.stderr)
    if args.format == "json":
        print(json.dumps([to_data(one) for one in done], ensure_ascii=False, indent=2))
    findings = [finding for one in done for finding in one.findings]
    if args.format == "text":
        author_lint.where_codes_are_told(findings)
    return Exit.BAD_INPUT if broken else exit_code(findings)


def _outcomes(what: Sequence[str]) -> Iterable[Outcome]:
    """What there is to say about the stories named; about those of the library without any."""
    from kefu_sim.author.verify_all import verified, verified_library
    from kefu_sim.base.paths import data_folder
    from kefu_sim.rulebook.known import known_ids
    from kefu_sim.scenario.library import scenario_folders

    folder = data_folder()
    known = known_ids(folder)
    if not what:
        return verified_library(scenario_folders(folder), known)
    from kefu_sim.author.subjects import story_files
    from kefu_sim.house import House

    return verified(story_files(House(folder), what), known)


def exit_code(findings: Sequence[Finding]) -> int:
    """Exit code for the heaviest finding."""
    weights = {finding.severity for finding in findings}
    return Exit.BAD_INPUT if "error" in weights else Exit.PARTIAL if "warning" in weights else Exit.OK


def to_data(verified: Verified) -> dict[str, Any]:
    """Values for JSON."""
    spelt = verified.survival
    return {
        "scenario": verified.scenario,
        "sound": verified.sound,
        "samples": verified.samples,
        "survival": round(spelt.share, 4),
        "spellings": {kind: {"tried": spelt.tried[kind], "told": spelt.told[kind]} for kind in sorted(spelt.tried)},
        "findings": [finding_data(finding) for finding in verified.findings],
    }


def finding_data(finding: Finding) -> dict[str, Any]:
    """Values for JSON."""
    return {
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "fix": finding.fix,
    }
