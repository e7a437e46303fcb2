"""The catalogue of everything the author tools complain about: code, weight, why it matters, how to mend it.

The pages of the handbook are made from it (tools/lint_pages.py), and its examples are the tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from kefu_sim.base.errors import KefuError, Problem
from kefu_sim.base.paths import package_file
from kefu_sim.base.yamlfile import read_yaml
from kefu_sim.i18n import Lang, language, tr
from kefu_sim.scenario.load import validate
from kefu_sim.scenario.names import did_you_mean

_OTHER_FILES = re.compile(r"KS3\d\d")
"""Codes about transcripts, coverage and chats."""

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""`error` cannot be played or misleads the score · `warning` should be mended · `note` could be better."""

Played = Literal["verify", "soak", "fairness"]
PLAYED: tuple[Played, ...] = ("verify", "soak", "fairness")
"""Tools besides lint, in the order in which an author comes to them."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Part):
    """A code in one language."""

    title: str
    why: str
    """One or two sentences: what goes wrong for trainee or buyer."""
    fix: str


class FileExample(_Part):
    """A file of an example whose fault is not in the text of a scenario."""

    name: str
    zh: str
    """What it is, in Chinese."""
    en: str
    text: str = ""
    """Its text; with `story`, the piece in which it differs from the sound story."""
    story: bool = False
    encoding: Literal["utf-8", "gbk"] = "utf-8"
    characters: int = 0
    """A comment at its end makes it so long."""
    missing: bool = False
    """It is asked about and is not there."""

    @property
    def shown(self) -> str:
        """What a page shows of it; empty where the words say it all."""
        if self.encoding == "utf-8":
            return self.text
        return f"{self.text.rstrip()}\n{self.text.strip().encode(self.encoding).hex(' ')}\n"

    def content(self, completed: Callable[[str], str]) -> bytes:
        """Its bytes; `completed` gives the sound story with a piece put in."""
        text = completed(self.text) if self.story else self.text
        return text.ljust(self.characters, "#").encode(self.encoding)


Example = str | tuple[FileExample, ...]
"""A piece of a scenario, or files of one folder."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of an example on a page."""

    caption: str
    """Empty for a piece of a scenario."""
    text: str


def shown(example: Example, lang: Lang) -> list[Shown]:
    """What a page shows of an example."""
    if isinstance(example, str):
        return [Shown("", example)]
    colon = "：" if lang == "zh" else ": "
    return [Shown(f"`{file.name}`{colon}{getattr(file, lang)}", file.shown) for file in example]


class Code(_Part):
    """One kind of complaint."""

    code: Annotated[str, Field(pattern=r"^(KS\d{3}|[A-Z]{4,9})$")]
    severity: Severity = "error"
    """Of the codes of other tools than lint, what it is as a rule."""
    zh: Words
    en: Words
    bad: Example = ""
    """What has the fault; empty for what no small story shows."""
    good: Example = ""
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
    """The codes of lint, in order."""
    found: dict[str, Code] = {}
    for path in sorted(package_file("rules", "lint").glob("*.yaml")):
        found |= _read(path)
    return found


def load_codes_of(tool: Played) -> dict[str, Code]:
    """The codes of a tool that plays, in the order of its file."""
    return _read(package_file("rules", "author", f"{tool}.yaml"))


def load_every_code() -> dict[str, Code]:
    """The codes of all author tools; those of lint come first."""
    found = dict(load_codes())
    for tool in PLAYED:
        found |= load_codes_of(tool)
    return found


def _read(path: Path) -> dict[str, Code]:
    catalogue = validate(read_yaml(path.read_text(encoding="utf-8"), path.name), _Catalogue)
    return {code.code: code for code in catalogue.codes}


def code_of(name: str) -> Code:
    """One code of any tool. Raises KefuError that names the nearest."""
    codes = load_every_code()
    if _OTHER_FILES.fullmatch(name.upper()):
        what = tr("`{code}` is not about a story, but about a file of another kind, so it has no page")
        hint = tr("the line that names it says what is wrong and what to do")
        raise KefuError(what.format(code=name.upper()), hint=hint)
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
