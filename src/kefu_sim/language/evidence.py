"""The words behind each accepted label, on the reply as typed: where rules and model together say most for it."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from kefu_sim.language.decide import ISSUE_OF_TONE, LONGEST, shown_words, trimmed
from kefu_sim.language.verdict import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kefu_sim.language.model import Prediction, StatModel
    from kefu_sim.language.normalise import Normalised
    from kefu_sim.language.rules import Cue

    Range = tuple[int, int]

MOST_PLACES = 2
"""So many places are shown for one label at most …"""
NEARLY = 0.8
"""… and a second one only where so much of what is said in the first is said for it …"""
PLAINLY = 3.0
"""… or so much at all, in log-odds."""
READABLE = 0.9
"""What words that a rule knows are worth beside what is said by them, in log-odds: they can be explained."""
LEAST_STRENGTH = 0.5
"""A weaker cue is no evidence by itself."""
PLAIN_STRENGTH = 0.7
"""A cue below this is shown with the clause it stands in."""
_IN_TEXT = attrgetter("start", "end", "label", "source")
"""Order of evidence: by its range, label and source."""
_CLAUSE = re.compile("[^,:]+")
_OPENS = "这边|这样|我们|建议|麻烦|请您|因为|所以|但是|如果|若是|要是"
_BREATH = re.compile(f"(?:{_OPENS})?(?:(?!{_OPENS})[^呢哦噢哈呀啦哒])+[呢哦噢哈呀啦哒]*|.", re.DOTALL)
"""Words that were parted by commas, had there been any: by what opens a clause, or by a particle at its end."""


class Judged(NamedTuple):
    """What evidence is sought for."""

    reply: Normalised
    labels: Sequence[str]
    """Accepted steps and issues."""
    cues: Sequence[Cue]
    prediction: Prediction | None = None


def find_evidence(several: Sequence[Judged], model: StatModel | None) -> list[tuple[Evidence, ...]]:
    """Give at least one range for every label of each of some replies, in text order.

    It is sought in the clause where cues and model together say most for the label: a cue by itself may stand where
    its words mean something else.
    """
    clauses = [_clauses(judged.reply) if judged.labels else [] for judged in several]
    shares = iter(model.shares(list(_asked(several, clauses))) if model else ())
    found: list[tuple[Evidence, ...]] = []
    for (reply, labels, cues, prediction), within in zip(several, clauses, strict=True):
        about: dict[str | None, list[Cue]] = {}
        for cue in cues if labels else ():
            about.setdefault(_concerns(cue), []).append(cue)
        shown: list[Evidence] = []
        for label in labels:
            each = next(shares) if model and prediction and len(within) > 1 else [0.0] * len(within)
            shown += _shown(reply, label, about.get(label, ()), within, each)
        found.append(tuple(sorted(shown, key=_IN_TEXT)))
    return found


def _asked(
    several: Sequence[Judged], clauses: Sequence[Sequence[Range]]
) -> Iterator[tuple[Prediction, str, Sequence[int]]]:
    """What the model is asked: how much each clause says for a label, where there are several."""
    for (_, labels, _, prediction), within in zip(several, clauses, strict=True):
        if prediction and len(within) > 1:
            starts = [start for start, _ in within]
            for label in labels:
                yield prediction, label, starts


def _clauses(reply: Normalised) -> list[Range]:
    """Give the clauses of a reply; one when it says nothing else."""
    found: list[Range] = []
    for first, last in reply.sentences:
        for match in _CLAUSE.finditer(reply.text, first, last):
            start, end = match.span()
            found += [(start, end)] if end - start <= LONGEST else _parted(reply.text, start, end)
    return found or [(0, len(reply.text))]


def _parted(text: str, start: int, end: int) -> Iterator[Range]:
    """Cut up a clause that is too long to be shown: who is in a hurry types no commas."""
    for match in _BREATH.finditer(text, start, end):
        a, b = match.span()
        parts = -(-(b - a) // LONGEST)
        yield from ((a + n * (b - a) // parts, a + (n + 1) * (b - a) // parts) for n in range(parts))


def _concerns(cue: Cue) -> str | None:
    """Give the step or issue that a cue speaks for or against."""
    rule = cue.rule
    if rule.kind == "step":
        return rule.label
    return ISSUE_OF_TONE.get(rule.label) if rule.kind == "tone" else rule.issue


def _shown(
    reply: Normalised, label: str, cues: Sequence[Cue], clauses: Sequence[Range], shares: list[float]
) -> list[Evidence]:
    """The places where most is said for a label, none over another; `shares` is what the model finds in each clause."""
    carried: list[tuple[int, float, Cue]] = []
    for cue in cues:
        home = max(bisect_right(clauses, (cue.start, len(reply.text))) - 1, 0)
        says = cue.rule.strength if cue.rule.kind == "step" else abs(cue.rule.strength)
        shares[home] += says * abs(says)  # two weak cues say less than a strong one
        if says >= LEAST_STRENGTH:
            carried.append((home, says, cue))
    for home in {home for home, _, _ in carried}:
        shares[home] += READABLE
    best = max(range(len(clauses)), key=lambda n: (shares[n], clauses[n][1] - clauses[n][0]))
    shown: list[Evidence] = []
    if all(home != best for home, _, _ in carried):
        shown.append(Evidence(label, *trimmed(reply.original, *reply.span(*clauses[best])), "model"))
    for home, _, cue in sorted(carried, key=lambda row: (shares[row[0]], row[1]), reverse=True):
        if len(shown) == MOST_PLACES or (shown and shares[home] < min(NEARLY * shares[best], PLAINLY)):
            break
        start, end = _words(reply, cue, clauses)
        if start < end and not any(start < e.end and e.start < end for e in shown):
            shown.append(Evidence(label, start, end, cue.rule.id))
    return shown


def _words(reply: Normalised, cue: Cue, clauses: Sequence[Range]) -> Range:
    """Give the words of a cue on the reply as typed; those of a weak one say little without their clauses."""
    if cue.rule.kind != "step" or cue.rule.strength >= PLAIN_STRENGTH:
        return shown_words(cue, reply)
    within = [clause for clause in clauses if clause[0] < cue.end and cue.start < clause[1]]
    return trimmed(reply.original, *reply.span(within[0][0], within[-1][1]))
