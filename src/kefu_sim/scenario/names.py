"""Suggestions for misspelt names."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from kefu_sim.i18n import tr

SHOWN = 12


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """The nearest of the known names as a suggestion, else the first dozen of them and how many there are."""
    if near := nearest(name, known):
        return tr("did you mean `{name}`?").format(name=near)
    if not known:
        return tr("there are none yet")
    words = tr("known: {names}") if len(known) <= SHOWN else tr("known: {names} … ({n} in all)")
    return words.format(names=", ".join(known[:SHOWN]), n=len(known))


def nearest(name: str, known: Sequence[str], alike: float = 0.5) -> str | None:
    """The known name that looks most like a misspelt one; None when none is `alike`, 0 to 1."""
    return next(iter(difflib.get_close_matches(name, known, 1, alike)), None)
