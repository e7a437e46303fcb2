"""What lint and verify found, kept until the story, what it takes in, or the program changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from kefu_sim.author.lint import Finding, Rules, lint_text
from kefu_sim.author.subjects import short, subject_of
from kefu_sim.author.verify import Verified, verify
from kefu_sim.base.kept import Kept, program
from kefu_sim.base.paths import cache_folder
from kefu_sim.i18n import language
from kefu_sim.scenario.check import Known
from kefu_sim.scenario.index import stamp_of
from kefu_sim.scenario.library import read_text

_Result = TypeVar("_Result")
_form = cache(TypeAdapter)


def linted(text: str, source: str, rules: Rules) -> list[Finding]:
    """Everything lint says about one file."""
    return _kept("lint", (text, source), rules.known, list[Finding], lambda: lint_text(text, source, rules))


def verified(path: Path, known: Known) -> Verified:
    """What verifying one story brings to light. Raises BadFileError."""
    text, source = read_text(path), short(path)
    return _kept("verify", (text, source), known, Verified, lambda: verify(subject_of(text, source, known)))


def _kept(tool: str, file: tuple[str, str], known: Known, kind: type[_Result], make: Callable[[], _Result]) -> _Result:
    text, source = file
    name = hashlib.sha256(str(Path(source).absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    place = Kept(cache_folder() / tool / f"{name}.json", program(), stamp_of(known), language(), source, text)
    form: TypeAdapter[_Result] = _form(kind)  # type: ignore[arg-type]  # a class can be hashed
    with suppress(ValidationError):
        if (data := place.read()) is not None:
            return form.validate_python(data)
    made = make()
    place.write(form.dump_python(made, mode="json"))
    return made
