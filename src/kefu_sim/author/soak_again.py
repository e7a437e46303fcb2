"""Receptions to look at again: the command that plays one, and what to say of one that broke off."""

from __future__ import annotations

import traceback
from pathlib import PureWindowsPath

from kefu_sim.author.verify_subject import Subject
from kefu_sim.i18n import tr

FURTHER = 5
"""Times as many moves as the last search had."""


def command(subject: Subject, bot: str, seed: int) -> str:
    """What to type to see a reception of a bot with a seed."""
    return f"kefu-sim author soak {_name(subject)} --bot {bot} --seed {seed} --runs 1 --transcript"


def whole_soak(subject: Subject, seed: int, runs: int) -> str:
    """What to type to see the search again that follows so many receptions, of all bots from a seed on."""
    return f"kefu-sim author soak {_name(subject)} --seed {seed} --runs {runs}"


def search_further(subject: Subject, moves: int) -> str:
    """What to do after a search that so many moves cut short."""
    return tr("let it go on: {command}; or give the story fewer variables and conditions").format(
        command=f"kefu-sim author soak {_name(subject)} --exhaustive {moves * FURTHER}"
    )


def _name(subject: Subject) -> str:
    return subject.called or subject.story.id


def what_broke(error: Exception) -> str:
    """An error and where it came up, in one line."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    file = PureWindowsPath(where.filename).name  # knows the separators of all systems
    return f"{type(error).__name__}: {error} ({where.name}, {file}:{where.lineno})"
