"""Findings as text, JSON, SARIF (code scanning) and GitHub annotations."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from kefu_sim import __version__
from kefu_sim.author.codes import Severity, load_every_code
from kefu_sim.author.lint import Finding
from kefu_sim.i18n import tr, trn

_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "note": "note"}
_ANNOTATIONS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}


def as_text(findings: Sequence[Finding]) -> str:
    """One finding a line."""
    return "".join(f"{finding}\n" for finding in findings)


def as_json(findings: Sequence[Finding]) -> str:
    """One array of objects."""
    rows = [
        {
            "file": finding.problem.file,
            "line": finding.problem.line,
            "column": finding.problem.column,
            "code": finding.problem.code,
            "severity": finding.severity,
            "message": finding.problem.message,
            "fix": finding.problem.fix,
        }
        for finding in findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def as_sarif(findings: Sequence[Finding]) -> str:
    """SARIF 2.1.0, one run."""
    codes = load_every_code()
    rules = sorted({finding.problem.code for finding in findings} & codes.keys())
    driver = {
        "name": "kefu-sim",
        "version": __version__,
        "rules": [
            {
                "id": code,
                "shortDescription": {"text": codes[code].words.title},
                "fullDescription": {"text": codes[code].words.why},
                "help": {"text": codes[code].words.fix},
                "defaultConfiguration": {"level": _LEVELS[codes[code].severity]},
            }
            for code in rules
        ],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": [_result(f) for f in findings]}
    sarif = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(sarif, ensure_ascii=False, indent=2) + "\n"


def _result(finding: Finding) -> dict[str, Any]:
    p = finding.problem
    text = f"{p.message} → {p.fix}" if p.fix else p.message
    region = {"startLine": p.line, "startColumn": p.column}
    place = {"artifactLocation": {"uri": PurePath(p.file).as_posix()}, "region": region}
    return {
        "ruleId": p.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
    }


def as_github(findings: Sequence[Finding]) -> str:
    """Workflow commands that GitHub shows beside the lines."""
    return "".join(_annotation(finding) for finding in findings)


def _annotation(finding: Finding) -> str:
    p = finding.problem
    spot = f"file={_property(p.file)},line={p.line},col={p.column},title={p.code}"
    text = f"{p.message} → {p.fix}" if p.fix else p.message
    return f"::{_ANNOTATIONS[finding.severity]} {spot}::{_data(text)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: Mapping[str, Callable[[Sequence[Finding]], str]] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
}


def summary(findings: Sequence[Finding], files: int) -> str:
    """One line: how many of each weight in how many files."""
    count = {f"{weight}s": sum(f.severity == weight for f in findings) for weight in _LEVELS}
    where = trn("{n} file", "{n} files", files).format(n=files)
    return tr("{where}: errors {errors}, warnings {warnings}, notes {notes}").format(where=where, **count)
