"""The words behind each accepted label, on the reply as typed: from the rules, else from the model's own reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kefu_sim.language.decide import ISSUE_OF_TONE
from kefu_sim.language.model import best_range
from kefu_sim.language.verdict import Evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kefu_sim.language.normalise import Normalised
    from kefu_sim.language.rules import Cue
    from kefu_sim.language.verdict import Issue, Step

    Reasons = Callable[[str], Sequence[tuple[int, int, float]]]

MOST_CUES = 2
"""So many places are shown for one label at most."""
LEAST_STRENGTH = 0.5
"""A weaker cue is no evidence by itself."""
LONGEST = 16
"""A stretch that the model names is cut to this many characters."""


def find_evidence(
    reply: Normalised, steps: Sequence[Step], issues: Sequence[Issue], cues: Sequence[Cue], reasons: Reasons | None
) -> tuple[Evidence, ...]:
    """Give at least one range for every accepted step and issue, in text order.

    `reasons` gives the model's weights of the characters of the normalised reply for one output.
    """
    found: list[Evidence] = []
    for label in (*map(str, steps), *issues):
        own = [cue for cue in cues if _speaks_for(cue, label)]
        own.sort(key=lambda cue: (-abs(cue.rule.strength), cue.start))
        found.extend(Evidence(label, *cue.place(reply), cue.rule.id) for cue in own[:MOST_CUES])
        if not own:
            span = _stretch(reply, reasons(label) if reasons else ())
            found.append(Evidence(label, *reply.span(*span), "model"))
    return tuple(sorted({e for e in found if e.start < e.end}, key=lambda e: (e.start, e.end, e.label, e.source)))


def _speaks_for(cue: Cue, label: str) -> bool:
    rule = cue.rule
    if rule.kind == "step":
        return rule.label == label and rule.strength >= LEAST_STRENGTH
    if rule.kind == "tone":
        return ISSUE_OF_TONE.get(rule.label) == label
    return rule.issue == label


def _stretch(reply: Normalised, reasons: Sequence[tuple[int, int, float]]) -> tuple[int, int]:
    """Give the stretch of one sentence that the model rests on most; the longest sentence when it names none."""
    named = best_range(reasons)
    if named is None:
        return max(reply.sentences, key=lambda s: s[1] - s[0], default=(0, len(reply.text)))
    start, end = named
    middle = (start + end) // 2
    for a, b in reply.sentences:
        if a <= middle < b:
            start, end = max(a, start), min(b, end)
            if end - start < 2:
                start, end = max(a, start - 1), min(b, end + 1)
            break
    return start, min(end, start + LONGEST)
