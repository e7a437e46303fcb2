"""`kefu-sim author lint`: everything that can be said about scenario files without playing them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kefu_sim.base.errors import Exit
from kefu_sim.i18n import language, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kefu_sim.author.codes import Code, Severity
    from kefu_sim.author.lint import Finding
    from kefu_sim.cli import Commands

FORMATS = ("text", "json", "sarif", "github")


def add(tools: Commands[argparse.ArgumentParser]) -> None:
    """Register the tool."""
    parser = tools.add_parser(
        "lint",
        help=tr("list everything that is wrong with scenario files"),
        epilog=tr("Exit code: 0 nothing or notes only, 1 warnings, 2 errors."),
    )
    parser.add_argument("what", nargs="*", metavar=tr("FILE|ID"), help=tr("files, folders or ids; all without any"))
    parser.add_argument("--format", choices=FORMATS, default="text", help=tr("form of the list (default: text)"))
    parser.add_argument(
        "--explain", nargs="?", const="", metavar=tr("CODE"), help=tr("what a code means; without one, all of them")
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print findings to stdout, a count to stderr."""
    if args.explain is not None:
        return explain(args.explain)
    from kefu_sim.author.lint import house_rules, lint_files, worst
    from kefu_sim.author.lint_all import linted
    from kefu_sim.author.reports import FORMATS as WRITERS
    from kefu_sim.author.reports import summary
    from kefu_sim.base.paths import data_folder

    data = data_folder()
    paths = files_named(args.what, data)
    findings = lint_files(paths, house_rules(data), linted)
    if not args.what:
        findings = without_shipped_notes(findings)
    sys.stdout.write(WRITERS[args.format](findings))
    print(summary(findings, len(paths)), file=sys.stderr)
    if args.format == "text":
        where_codes_are_told(findings)
    return exit_code(worst(findings))


def without_shipped_notes(findings: Sequence[Finding]) -> list[Finding]:
    """The findings without suggestions for stories that came with the program: nobody is to change those."""
    from kefu_sim.scenario.library import shipped_folder

    shipped = shipped_folder().resolve()
    return [
        one
        for one in findings
        if one.severity != "note" or not Path(one.problem.file).resolve().is_relative_to(shipped)
    ]


def where_codes_are_told(findings: Sequence[object]) -> None:
    """Name the command that tells what the codes of some findings mean."""
    if findings:
        print(tr("What a code means: kefu-sim author lint --explain CODE"), file=sys.stderr)


def exit_code(weight: Severity | None) -> int:
    """Exit code for the heaviest finding."""
    return {"error": Exit.BAD_INPUT, "warning": Exit.PARTIAL}.get(weight or "note", Exit.OK)


def files_named(what: Sequence[str], data: Path) -> list[Path]:
    """The files an author means; those of the whole library without any. Raises KefuError."""
    from kefu_sim.author.files import scenario_files, short
    from kefu_sim.scenario.library import scenario_folders

    return [Path(short(path)) for path in scenario_files(what, scenario_folders(data))]


def explain(name: str) -> int:
    """Print the page of one code of any tool, or a line for each."""
    from kefu_sim.author.codes import code_of, load_every_code, severity_title

    if name:
        print(page(code_of(name)))
        return Exit.OK
    for code in load_every_code().values():
        print(f"{code.code:<8}  {severity_title(code.severity):<7}  {code.words.title}")
    return Exit.OK


def page(code: Code) -> str:
    """A code with its reason, its mend and its examples."""
    from kefu_sim.author.codes import severity_title, shown

    words = code.words
    parts = [f"{code.code} {severity_title(code.severity)}: {words.title}", words.why, f"→ {words.fix}"]
    for title, example in ((tr("Wrong:"), code.bad), (tr("Right:"), code.good)):
        lines = [line for one in shown(example, language()) for line in (one.caption, *one.text.splitlines()) if line]
        if lines:
            parts.append(title + "\n" + "".join(f"    {line}\n" for line in lines).rstrip())
    return "\n\n".join(parts)
