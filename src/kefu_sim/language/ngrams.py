"""The words of a reply on which the network's decision for a label rests most.

What each character adds to an output is found as it is for evidence (`StatModel.by_character`); the stretches of a few
characters that add most are the n-grams that are shown.
"""

from __future__ import annotations

import re
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from kefu_sim.language.decide import trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kefu_sim.language.model import Prediction, StatModel
    from kefu_sim.language.normalise import Normalised

    Range = tuple[int, int]

MOST_SHOWN = 3
"""So many n-grams are shown for one label."""
SHORTEST, LONGEST = 2, 6
"""Characters of one; shorter is only what stands alone."""
LEAST = 0.15
"""In log-odds: what adds less decides nothing …"""
LEAST_SHARE = 0.2
"""… nor does what adds less than this share of the strongest one."""
IDLE = 0.12
"""A character at either end that adds less than this share of an n-gram is not shown with it."""
_STRETCH = re.compile("[^,。?]+")
TONE = "politeness"
"""Label of the n-grams that speak for a tone."""


class Question(NamedTuple):
    """A label whose n-grams are sought."""

    label: str
    output: str
    """Of the network."""
    against: str = ""
    """The output it is weighed against; empty for none."""


class NGram(NamedTuple):
    """Words that speak for a label."""

    label: str
    """A step, an issue, or TONE."""
    start: int
    """Half-open range of the reply as typed."""
    end: int
    weight: float
    """What they add, in log-odds; above 0."""


def find_ngrams(
    reply: Normalised, prediction: Prediction, model: StatModel, asked: Sequence[Question]
) -> tuple[NGram, ...]:
    """Give up to MOST_SHOWN n-grams for each label, the strongest first."""
    message = prediction.trace.message
    outputs = list(dict.fromkeys(name for _, *names in asked for name in names if name))
    told = dict(zip(outputs, model.by_character([(prediction, name) for name in outputs]), strict=True))
    found: list[NGram] = []
    for label, output, against in asked:
        weights = told[output]
        if against:
            weights = [own - other for own, other in zip(weights, told[against], strict=True)]
        shown = [
            NGram(label, *_typed(reply, message.starts, start, end), sum(weights[start:end]))
            for start, end in _strongest(message.text, weights)
        ]
        found += sorted(shown, key=attrgetter("weight"), reverse=True)
    return tuple(found)


def _strongest(text: str, weights: Sequence[float]) -> Iterator[Range]:
    """Give the stretches of a folded text that weigh most, none over another."""
    sums = [0.0, *accumulate(weights)]
    likely = sorted(_windows(text, len(weights)), key=lambda place: sums[place[0]] - sums[place[1]])
    taken: list[Range] = []
    for window in likely:
        whole = sums[window[1]] - sums[window[0]]
        least = max(LEAST, LEAST_SHARE * (sums[taken[0][1]] - sums[taken[0][0]]) if taken else 0.0)
        if len(taken) == MOST_SHOWN or whole < least:
            return
        start, end = _telling(weights, *window, IDLE * whole)
        if all(end <= a or b <= start for a, b in taken):
            taken.append((start, end))
            yield start, end


def _telling(weights: Sequence[float], start: int, end: int, least: float) -> Range:
    """Cut from both ends of a stretch what weighs less."""
    while end - start > SHORTEST and weights[start] < least:
        start += 1
    while end - start > SHORTEST and weights[end - 1] < least:
        end -= 1
    return start, end


def _windows(text: str, length: int) -> Iterator[Range]:
    """Every stretch of SHORTEST to LONGEST characters within one clause; a clause of one character is one too."""
    for clause in _STRETCH.finditer(text, 0, length):
        first, last = clause.span()
        least = min(SHORTEST, last - first)
        for start in range(first, last - least + 1):
            yield from ((start, end) for end in range(start + least, min(start + LONGEST, last) + 1))


def _typed(reply: Normalised, starts: Sequence[int], start: int, end: int) -> Range:
    """Give the range of the reply as typed for one of its folded text."""
    close = starts[end] if end < len(starts) else len(reply.text)
    return trimmed(reply.original, *reply.span(starts[start], close))
