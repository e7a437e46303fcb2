"""The catalogue of everything the author tools complain about: code, weight, why it matters, how to mend it.

The pages of the handbook are made from it (tools/lint_pages.py), and its examples are the tests.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from kefu_sim.base.errors import KefuError, Problem
from kefu_sim.base.paths import package_file
from kefu_sim.base.yamlfile import read_yaml
from kefu_sim.i18n import language, tr
from kefu_sim.scenario.load import validate
from kefu_sim.scenario.names import did_you_mean

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""`error` cannot be played or misleads the score · `warning` should be mended · `note` could be better."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Part):
    """A code in one language."""

    title: str
    why: str
    """One or two sentences: what goes wrong for trainee or buyer."""
    fix: str


class Code(_Part):
    """One kind of complaint."""

    code: Annotated[str, Field(pattern=r"^KS\d{3}$")]
    severity: Severity = "error"
    zh: Words
    en: Words
    bad: str = ""
    """A piece of a scenario that has the fault; empty where no text can show it."""
    good: str = ""
    """The same, mended."""

    @property
    def words(self) -> Words:
        """In the language of the interface."""
        return self.zh if language() == "zh" else self.en

    @property
    def page(self) -> str:
        """Where its page is, in the project's documentation."""
        return f"docs/{language()}/lint/{self.code}.md"


def _with_names(rows: dict[str, dict[str, object]]) -> list[dict[str, object]]:
    return [{"code": name, **row} for name, row in rows.items()]


class _Catalogue(_Part):
    codes: Annotated[tuple[Code, ...], BeforeValidator(_with_names)]


@cache
def load_codes() -> dict[str, Code]:
    """All codes in order."""
    found: dict[str, Code] = {}
    for path in sorted(package_file("rules", "lint").glob("*.yaml")):
        catalogue = validate(read_yaml(path.read_text(encoding="utf-8"), path.name), _Catalogue)
        found.update((code.code, code) for code in catalogue.codes)
    return found


def code_of(name: str) -> Code:
    """One code. Raises KefuError that names the nearest."""
    codes = load_codes()
    if name.upper() not in codes:
        raise KefuError(tr("there is no code `{code}`").format(code=name), hint=did_you_mean(name.upper(), list(codes)))
    return codes[name.upper()]


def severity_title(severity: Severity) -> str:
    """A weight in the language of the interface; files for other programs keep the word itself."""
    return {"error": tr("error"), "warning": tr("warning"), "note": tr("note")}[severity]


def severity_of(problem: Problem) -> Severity:
    """How much a problem weighs."""
    found = load_codes().get(problem.code)
    return found.severity if found else "error"
