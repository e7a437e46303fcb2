"""Lint over many texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from kefu_sim.author.lint import Finding, Rules, lint_text
from kefu_sim.author.results import Source, Tool
from kefu_sim.scenario.model import Scenario

LINT: Tool[list[Finding]] = Tool("lint", list[Finding], 0.03)
"""Kept beside what the others find."""


def linted(texts: Sequence[Source], rules: Rules) -> Iterator[list[Finding]]:
    """Everything lint says about each of some texts."""
    return LINT.look(partial(_lint, rules), texts, rules.known, partial(ready, rules))


def ready(rules: Rules) -> None:
    """Load what lint needs for any story."""
    Scenario.model_rebuild()
    if rules.known.shelf:
        rules.known.shelf.fragments()


def _lint(rules: Rules, text: Source) -> list[Finding]:
    return lint_text(*text, rules)
