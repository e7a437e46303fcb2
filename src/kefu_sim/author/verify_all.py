"""Verify over many stories; files that cannot be played are told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from kefu_sim.author.files import short
from kefu_sim.author.results import Source, Tool
from kefu_sim.author.subjects import subject_of
from kefu_sim.author.verify import Verified, verify
from kefu_sim.base.errors import BadFileError, Problem
from kefu_sim.rulebook.bots import load_bot_words
from kefu_sim.rulebook.recogniser import load_listener
from kefu_sim.rulebook.texts import load_texts
from kefu_sim.rulebook.typists import load_typists
from kefu_sim.scenario.check import Known
from kefu_sim.scenario.library import read_text, yaml_files
from kefu_sim.scenario.model import Scenario

Outcome = Verified | list[Problem]
"""What verifying a story brings to light, or what keeps it from being played."""
VERIFY: Tool[Outcome] = Tool("verify", Outcome, 0.12)
"""Kept beside what the others find."""


def verified(paths: Sequence[Path], known: Known) -> Iterator[Outcome]:
    """What there is to say about each of some stories."""
    texts = [_read(path) for path in paths]
    readable = [text for text in texts if isinstance(text, tuple)]
    looked = VERIFY.look(partial(verify_text, known), readable, known, ready)
    return (next(looked) if isinstance(text, tuple) else text for text in texts)


def verified_library(folders: Iterable[Path], known: Known) -> list[Verified]:
    """The same about every story of the library that can be played, in the order of its list.

    Which these are, and in what order, is known when all have been read; the index would read them all once more.
    """
    paths = [path for folder in folders for path in sorted(yaml_files(folder))]
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


def ready() -> None:
    """Load what verifying needs for any story."""
    Scenario.model_rebuild()
    for load in (load_listener, load_typists, load_bot_words, load_texts):
        load()


def verify_text(known: Known, text: Source) -> Outcome:
    """What there is to say about the text of a file."""
    try:
        return verify(subject_of(*text, known))
    except BadFileError as error:
        return error.problems
