"""Suggestions for misspelt names."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from kefu_sim.i18n import tr


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """The nearest of the known names as a suggestion, else the first dozen of them."""
    if near := difflib.get_close_matches(name, known, 1, 0.5):
        return tr("did you mean `{name}`?").format(name=near[0])
    return tr("known: {names}").format(names=", ".join(known[:12]) or tr("none"))
