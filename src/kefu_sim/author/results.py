"""What lint and verify find: looked for on all cores, kept until the story, what it takes in, or the program changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from kefu_sim.author.lint import Finding, Rules, Source, lint_text
from kefu_sim.author.spread import spread
from kefu_sim.author.subjects import short, subject_of
from kefu_sim.author.verify import Verified, verify
from kefu_sim.base.errors import BadFileError, Problem
from kefu_sim.base.kept import Kept, program
from kefu_sim.base.paths import cache_folder
from kefu_sim.i18n import language
from kefu_sim.rulebook.recogniser import load_recogniser
from kefu_sim.scenario.check import Known
from kefu_sim.scenario.index import stamp_of
from kefu_sim.scenario.library import Library, read_text, yaml_files

_Result = TypeVar("_Result")
_form = cache(TypeAdapter)
LINT, VERIFY = 0.03, 0.12
"""Seconds that a story takes, about."""
Outcome = Verified | list[Problem]
"""What verifying a story brings to light, or what keeps it from being played."""


def linted(texts: Sequence[Source], rules: Rules) -> Iterator[list[Finding]]:
    """Everything lint says about each of some texts."""
    look = partial(_lint, rules)
    return _kept("lint", texts, rules.known, list[Finding], lambda new: spread(look, new, LINT))


def _lint(rules: Rules, text: Source) -> list[Finding]:
    return lint_text(*text, rules)


def verified(paths: Sequence[Path], known: Known) -> Iterator[Outcome]:
    """What there is to say about each of some stories."""
    texts = [_read(path) for path in paths]
    looked = _kept("verify", [text for text in texts if not isinstance(text, list)], known, Outcome, _verify_all(known))
    return (text if isinstance(text, list) else next(looked) for text in texts)


def verified_library(library: Library, known: Known) -> list[Verified]:
    """The same about every story that can be played, in the order of the list.

    Which these are, and in what order, is known when all have been read: so nothing is read twice.
    """
    paths = [path for folder in library.folders for path in sorted(yaml_files(folder))]
    found: dict[str, Verified] = {}
    for outcome in verified(paths, known):
        if isinstance(outcome, Verified):
            found.setdefault(outcome.scenario, outcome)
    return sorted(found.values(), key=lambda verified: (verified.difficulty, verified.scenario))


def _read(path: Path) -> Source | list[Problem]:
    try:
        return read_text(path), short(path)
    except BadFileError as error:
        return error.problems


def _verify_all(known: Known) -> Callable[[Sequence[Source]], Iterator[Outcome]]:
    def look(texts: Sequence[Source]) -> Iterator[Outcome]:
        if texts:
            load_recogniser()  # workers begin with it
        return spread(partial(_verify, known), texts, VERIFY)

    return look


def _verify(known: Known, text: Source) -> Outcome:
    try:
        return verify(subject_of(*text, known))
    except BadFileError as error:
        return error.problems


def _kept(
    tool: str, texts: Sequence[Source], known: Known, kind: Any, look: Callable[[Sequence[Source]], Iterator[_Result]]
) -> Iterator[_Result]:
    """What a tool finds in each of some texts: as it is kept, else as `look` finds it."""
    form: TypeAdapter[_Result] = _form(kind)
    places = [_place(tool, text, known) for text in texts]
    found = [_found(place, form) for place in places]
    looked = look([text for text, old in zip(texts, found, strict=True) if old is None])
    for place, old in zip(places, found, strict=True):
        if old is None:
            new = next(looked)
            place.write(form.dump_python(new, mode="json"))
        yield new if old is None else old


def _place(tool: str, file: Source, known: Known) -> Kept:
    text, source = file
    name = hashlib.sha256(str(Path(source).absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return Kept(cache_folder() / tool / f"{name}.json", program(), stamp_of(known), language(), source, text)


def _found(place: Kept, form: TypeAdapter[_Result]) -> _Result | None:
    """What is kept; None where nothing is, or nothing that fits."""
    with suppress(ValidationError):
        if (data := place.read()) is not None:
            return form.validate_python(data)
    return None
