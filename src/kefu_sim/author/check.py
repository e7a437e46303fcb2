"""Everything that lint and verify say about stories, looked for in one go: a story is read once for both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kefu_sim.author.lint import Finding, Rules, lint_files, lint_story
from kefu_sim.author.lint_all import LINT
from kefu_sim.author.lint_all import ready as lint_ready
from kefu_sim.author.results import Source, weight
from kefu_sim.author.spread import spread
from kefu_sim.author.subjects import made_ready
from kefu_sim.author.verify import Verified, verify
from kefu_sim.author.verify_all import VERIFY, Outcome, verify_text
from kefu_sim.author.verify_all import ready as verify_ready
from kefu_sim.base.errors import Problem

if TYPE_CHECKING:
    from kefu_sim.author.verify_subject import Finding as Heard

_Both = tuple[list[Finding], Outcome]


def check_files(paths: Iterable[Path], rules: Rules) -> tuple[list[Finding], list[Verified]]:
    """Findings of both tools, file by file in the order of the lines; and what verifying told of those that play.

    Of a story that cannot be played lint has told why.
    """
    verified: list[Verified] = []

    def look(texts: Sequence[Source], rules: Rules) -> Iterator[list[Finding]]:
        for linted, outcome in _checked(texts, rules):
            heard: list[Finding] = []
            if isinstance(outcome, Verified):
                verified.append(outcome)
                heard = [_as_linted(found) for found in outcome.findings]
            yield sorted([*linted, *heard], key=lambda found: found.problem)

    return lint_files(paths, rules, look), verified


def _checked(texts: Sequence[Source], rules: Rules) -> Iterator[_Both]:
    """What both tools find in each of some texts, as far as it is not kept."""
    known = rules.known
    before = [
        None if linted is None or verified is None else (linted, verified)
        for linted, verified in zip(LINT.kept(texts, known), VERIFY.kept(texts, known), strict=True)
    ]
    unknown = [text for text, old in zip(texts, before, strict=True) if old is None]
    new = spread(partial(_look, rules), unknown, LINT.seconds + VERIFY.seconds, weight, partial(_ready, rules))
    for text, old in zip(texts, before, strict=True):
        both = next(new) if old is None else old
        if old is None:
            LINT.keep(text, known, both[0])
            VERIFY.keep(text, known, both[1])
        yield both


def _ready(rules: Rules) -> None:
    lint_ready(rules)
    verify_ready()


def _look(rules: Rules, text: Source) -> _Both:
    findings, sound = lint_story(*text, rules)
    return findings, verify_text(rules.known, text) if sound is None else verify(made_ready(*sound))


def _as_linted(found: Heard) -> Finding:
    """A finding of verify as lint would have put it."""
    return Finding(Problem(found.file, found.line, found.column, found.code, found.message, found.fix), found.severity)
