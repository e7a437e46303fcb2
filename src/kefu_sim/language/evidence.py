"""The words behind each accepted label, on the reply as typed: from the rules, else from the model's own reasons."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from kefu_sim.language.decide import ISSUE_OF_TONE
from kefu_sim.language.verdict import Evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from kefu_sim.language.normalise import Normalised
    from kefu_sim.language.rules import Cue
    from kefu_sim.language.verdict import Issue, Step

    Reasons = Callable[[str], tuple[Sequence[int], NDArray[np.float64]]]

MOST_CUES = 2
"""So many places are shown for one label at most."""
LEAST_STRENGTH = 0.5
"""A weaker cue is no evidence by itself."""
PLAIN_STRENGTH = 0.7
"""A cue below this is shown with the clause it stands in."""
LONGEST = 24
"""A clause is cut to this many characters."""
_IN_TEXT = itemgetter(1, 2, 0, 3)
"""Order of evidence: by its range, label and source."""
_MARKS = " \n,，、。.!！?？;；:：~～…"
_CLAUSE = re.compile(r"[^,:]+")


def find_evidence(
    reply: Normalised, steps: Sequence[Step], issues: Sequence[Issue], cues: Sequence[Cue], reasons: Reasons | None
) -> tuple[Evidence, ...]:
    """Give at least one range for every accepted step and issue, in text order.

    `reasons` gives places of the normalised reply, ascending, and the model's weights there for one output.
    """
    if not steps and not issues:
        return ()
    found: list[Evidence] = []
    speaking: dict[str, list[Cue]] = {}
    for cue in cues:
        if spoken := _speaks_for(cue):
            speaking.setdefault(spoken, []).append(cue)
    clauses = _clauses(reply)
    for label in (*map(str, steps), *issues):
        shown: list[Evidence] = []
        for cue in sorted(speaking[label], key=_by_strength) if label in speaking else ():
            weak = cue.rule.kind == "step" and cue.rule.strength < PLAIN_STRENGTH
            place = reply.span(*_around(clauses, cue.start)) if weak else cue.place(reply)
            start, end = _trimmed(reply.original, *place)
            if start < end and not any(start < e.end and e.start < end for e in shown):
                shown.append(Evidence(label, start, end, cue.rule.id))
        if not shown:
            start, end = reply.span(*_clause(reply, clauses, label, reasons))
            shown.append(Evidence(label, *_trimmed(reply.original, start, end), "model"))
        found.extend(shown[:MOST_CUES])
    return tuple(sorted(found, key=_IN_TEXT))


def _by_strength(cue: Cue) -> tuple[float, int]:
    """Order of the cues of a label."""
    return -abs(cue.rule.strength), cue.start


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut marks and white space at both ends, unless nothing else is there."""
    a, b = start, end
    while a < b and text[a] in _MARKS:
        a += 1
    while b > a and text[b - 1] in _MARKS:
        b -= 1
    return (a, b) if a < b else (start, end)


def _speaks_for(cue: Cue) -> str | None:
    """Give the step or issue that a cue is evidence for."""
    rule = cue.rule
    if rule.kind == "step":
        return rule.label if rule.strength >= LEAST_STRENGTH else None
    return ISSUE_OF_TONE.get(rule.label) if rule.kind == "tone" else rule.issue


def _clauses(reply: Normalised) -> list[tuple[int, int]]:
    return [match.span() for start, end in reply.sentences for match in _CLAUSE.finditer(reply.text, start, end)]


def _around(clauses: Sequence[tuple[int, int]], at: int) -> tuple[int, int]:
    """Give the clause that a place stands in."""
    start, end = next(((a, b) for a, b in clauses if a <= at < b), (at, at + 1))
    return start, min(end, max(start + LONGEST, at + 1))


def _clause(
    reply: Normalised, clauses: Sequence[tuple[int, int]], label: str, reasons: Reasons | None
) -> tuple[int, int]:
    """Give the clause that the model rests on most; the longest when it names none."""
    if not clauses:
        return 0, len(reply.text)
    weights = [0.0] * len(clauses)
    if reasons and len(clauses) > 1:
        places, each = reasons(label)
        where = np.searchsorted([start for start, _ in clauses[1:]], places, "right")
        weights = np.bincount(where, each, len(clauses)).tolist()
    start, end = max(zip(weights, clauses, strict=True), key=lambda row: (row[0], row[1][1] - row[1][0]))[1]
    return start, min(end, start + LONGEST)
