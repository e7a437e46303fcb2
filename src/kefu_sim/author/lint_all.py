"""Lint over many texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from kefu_sim.author.lint import Finding, Rules, lint_text
from kefu_sim.author.results import Source, Tool

_LINT: Tool[list[Finding]] = Tool("lint", list[Finding], 0.03)


def linted(texts: Sequence[Source], rules: Rules) -> Iterator[list[Finding]]:
    """Everything lint says about each of some texts."""
    return _LINT.look(partial(_lint, rules), texts, rules.known)


def _lint(rules: Rules, text: Source) -> list[Finding]:
    return lint_text(*text, rules)
