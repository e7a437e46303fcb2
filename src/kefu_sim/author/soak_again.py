"""Receptions to look at again: the command that plays one, and what to say of one that broke off."""

from __future__ import annotations

import traceback

from kefu_sim.author.verify_subject import Subject


def command(subject: Subject, bot: str, seed: int) -> str:
    """What to type to see a reception of a bot with a seed."""
    name = subject.called or subject.story.id
    return f"kefu-sim author soak {name} --bot {bot} --seed {seed} --runs 1 --transcript"


def what_broke(error: Exception) -> str:
    """An error and where it came up, in one line."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({where.name}, {where.filename.rpartition('/')[2]}:{where.lineno})"
