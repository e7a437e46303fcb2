"""The words behind each accepted label, on the reply as typed: from the rules, else from the model's own reasons."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kefu_sim.language.decide import ISSUE_OF_TONE, LONGEST, shown_words, trimmed
from kefu_sim.language.verdict import Evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from kefu_sim.language.model import Prediction
    from kefu_sim.language.normalise import Normalised
    from kefu_sim.language.rules import Cue

    Weigh = Callable[[Sequence[tuple[Prediction, str]]], Sequence[tuple[Sequence[int], NDArray[np.float64]]]]
    Clauses = Sequence[tuple[int, int]]

MOST_CUES = 2
"""So many places are shown for one label at most."""
LEAST_STRENGTH = 0.5
"""A weaker cue is no evidence by itself."""
PLAIN_STRENGTH = 0.7
"""A cue below this is shown with the clause it stands in."""
_IN_TEXT = attrgetter("start", "end", "label", "source")
"""Order of evidence: by its range, label and source."""
_CLAUSE = re.compile(r"[^,:]+")


class Judged(NamedTuple):
    """What evidence is sought for."""

    reply: Normalised
    labels: Sequence[str]
    """Accepted steps and issues."""
    cues: Sequence[Cue]
    prediction: Prediction | None = None


def find_evidence(several: Sequence[Judged], weigh: Weigh | None) -> list[tuple[Evidence, ...]]:
    """Give at least one range for every label of each of some replies, in text order.

    `weigh` gives for some predictions and labels the places of the normalised replies, ascending, and the model's
    weights there.
    """
    found: list[list[Evidence]] = []
    wanting: list[tuple[int, str, Clauses]] = []
    for number, (reply, labels, cues, _) in enumerate(several):
        speaking: dict[str, list[Cue]] = {}
        for cue in cues if labels else ():
            if spoken := _speaks_for(cue):
                speaking.setdefault(spoken, []).append(cue)
        clauses: Clauses = _clauses(reply) if labels else ()
        found.append([])
        for label in labels:
            shown = _shown(reply, label, speaking[label], clauses) if label in speaking else []
            found[-1] += shown[:MOST_CUES]
            if not shown:
                wanting.append((number, label, clauses))
    asked = {
        (number, label): (prediction, label)
        for number, label, clauses in wanting
        if (prediction := several[number].prediction) and len(clauses) > 1
    }
    weights = dict(zip(asked, weigh(list(asked.values())), strict=True)) if weigh and asked else {}
    for number, label, clauses in wanting:
        reply = several[number].reply
        place = reply.span(*_clause(reply, clauses, weights.get((number, label))))
        found[number].append(Evidence(label, *trimmed(reply.original, *place), "model"))
    return [tuple(sorted(each, key=_IN_TEXT)) for each in found]


def _shown(reply: Normalised, label: str, cues: Sequence[Cue], clauses: Clauses) -> list[Evidence]:
    """The places of a label's cues, the strongest first; none overlaps another."""
    shown: list[Evidence] = []
    for cue in sorted(cues, key=_by_strength):
        weak = cue.rule.kind == "step" and cue.rule.strength < PLAIN_STRENGTH
        place = reply.span(*_around(clauses, cue)) if weak else shown_words(cue, reply)
        start, end = trimmed(reply.original, *place)
        if start < end and not any(start < e.end and e.start < end for e in shown):
            shown.append(Evidence(label, start, end, cue.rule.id))
    return shown


def _by_strength(cue: Cue) -> tuple[float, int]:
    """Order of the cues of a label."""
    return -abs(cue.rule.strength), cue.start


def _speaks_for(cue: Cue) -> str | None:
    """Give the step or issue that a cue is evidence for."""
    rule = cue.rule
    if rule.kind == "step":
        return rule.label if rule.strength >= LEAST_STRENGTH else None
    return ISSUE_OF_TONE.get(rule.label) if rule.kind == "tone" else rule.issue


def _clauses(reply: Normalised) -> list[tuple[int, int]]:
    return [match.span() for start, end in reply.sentences for match in _CLAUSE.finditer(reply.text, start, end)]


def _around(clauses: Clauses, cue: Cue) -> tuple[int, int]:
    """Give the clauses that a cue stands in."""
    within = [clause for clause in clauses if clause[0] < cue.end and cue.start < clause[1]]
    start, end = (within[0][0], within[-1][1]) if within else (cue.start, cue.start + 1)
    return start, min(end, max(start + LONGEST, cue.start + 1))


def _clause(
    reply: Normalised, clauses: Clauses, weights: tuple[Sequence[int], NDArray[np.float64]] | None
) -> tuple[int, int]:
    """Give the clause that the model rests on most; the longest when it names none."""
    if not clauses:
        return 0, len(reply.text)
    heaviest = [0.0] * len(clauses)
    if weights:
        places, each = weights
        where = np.searchsorted([start for start, _ in clauses[1:]], places, "right")
        heaviest = np.bincount(where, each, len(clauses)).tolist()
    start, end = max(zip(heaviest, clauses, strict=True), key=lambda row: (row[0], row[1][1] - row[1][0]))[1]
    return start, min(end, start + LONGEST)
