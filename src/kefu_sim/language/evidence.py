"""The words behind each accepted label, on the reply as typed: where rules and model together say most for it."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from kefu_sim.language.clauses import clauses_of, completes, form_says
from kefu_sim.language.decide import ISSUE_OF_TONE, shown_words, trimmed
from kefu_sim.language.verdict import STEPS, Evidence, Step

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
YIELDED = 0.3
"""Share of what is said there for another label that is taken from a clause."""
READABLE = 0.9
"""What words that a rule knows are worth beside what is said by them, in log-odds: they can be explained."""
LEAST_STRENGTH = 0.5
"""A weaker cue is no evidence by itself."""
PLAIN_STRENGTH = 0.7
"""A cue below this is shown with the clause it stands in."""
CALLS = frozenset({Step.GREET, Step.FAREWELL})
"""Are done by a word or two (您好, 慢走), whatever else stands in the clause."""
_IN_TEXT = attrgetter("start", "end", "label", "source")
"""Order of evidence: by its range, label and source."""


class Judged(NamedTuple):
    """What evidence is sought for."""

    reply: Normalised
    labels: Sequence[str]
    """Accepted steps and issues."""
    cues: Sequence[Cue]
    prediction: Prediction | None = None


class _Spoken(NamedTuple):
    """A cue that can be shown for a label."""

    clause: int
    """Number of the clause it stands in."""
    says: float
    """How much it says for the label, 0 to 2."""
    cue: Cue


def find_evidence(several: Sequence[Judged], model: StatModel | None) -> list[tuple[Evidence, ...]]:
    """Give at least one range for every label of each of some replies, in text order.

    It is sought in the clause where cues and model together say most for the label: a cue by itself may stand where
    its words mean something else.
    """
    clauses = [clauses_of(judged.reply) if judged.labels else [] for judged in several]
    shares = iter(model.shares(list(_asked(several, clauses))) if model else ())
    found: list[tuple[Evidence, ...]] = []
    for (reply, labels, cues, prediction), within in zip(several, clauses, strict=True):
        about: dict[str | None, list[Cue]] = {}
        for cue in cues if labels else ():
            about.setdefault(concerns(cue), []).append(cue)
        each = [next(shares) if model and prediction and len(within) > 1 else [0.0] * len(within) for _ in labels]
        told = [_told(about.get(label, ()), within, share) for label, share in zip(labels, each, strict=True)]
        if len(within) > 1:
            _lean(reply.text, labels, within, each)
        shown = [
            evidence
            for label, spoken, share in zip(labels, told, each, strict=True)
            for evidence in _shown(reply, label, spoken, within, share)
        ]
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


def concerns(cue: Cue) -> str | None:
    """Give the step or issue that a cue speaks for or against."""
    rule = cue.rule
    if rule.kind == "step":
        return rule.label
    return ISSUE_OF_TONE.get(rule.label) if rule.kind == "tone" else rule.issue


def _told(cues: Sequence[Cue], clauses: Sequence[Range], shares: list[float]) -> list[_Spoken]:
    """Add to what the model finds in each clause what the cues say there; give those cues that can be shown."""
    spoken: list[_Spoken] = []
    for cue in cues:
        home = max(bisect_right(clauses, cue.end - 1, key=itemgetter(0)) - 1, 0)
        says = cue.rule.strength if cue.rule.kind == "step" else abs(cue.rule.strength)
        shares[home] += says * abs(says)  # two weak cues say less than a strong one
        if says >= LEAST_STRENGTH:
            spoken.append(_Spoken(home, says, cue))
    for home in {home for home, says, _ in spoken if says >= PLAIN_STRENGTH}:
        shares[home] += READABLE
    return spoken


def _lean(text: str, labels: Sequence[str], clauses: Sequence[Range], shares: Sequence[list[float]]) -> None:
    """Take from clauses that only lead to where a step is done, or that rather do another one.

    Two steps in one clause are well possible; when one of them has another clause as good, each is shown its own.
    """
    columns = list(zip(*shares, strict=True))
    for label, share in zip(labels, shares, strict=True):
        if label in STEPS:
            for number, (clause, column) in enumerate(zip(clauses, columns, strict=True)):
                if (most := max(column)) > max(share[number], 0.0):
                    share[number] -= YIELDED * most
                share[number] += form_says(text, *clause, label)


def _shown(
    reply: Normalised, label: str, spoken: Sequence[_Spoken], clauses: Sequence[Range], shares: Sequence[float]
) -> list[Evidence]:
    """The places where most is said for a label, none over another."""
    best = max(range(len(clauses)), key=lambda n: (shares[n], clauses[n][1] - clauses[n][0]))
    shown: list[Evidence] = []
    if all(home != best for home, _, _ in spoken):
        shown.append(Evidence(label, *_clauses(reply, label, clauses, best, best), "model"))
    for home, _, cue in sorted(spoken, key=lambda row: (shares[row.clause], row.says), reverse=True):
        if len(shown) == MOST_PLACES or (shown and shares[home] < min(NEARLY * shares[best], PLAINLY)):
            break
        start, end = _words(reply, cue, clauses)
        if start < end and not any(start < e.end and e.start < end for e in shown):
            shown.append(Evidence(label, start, end, cue.rule.id))
    return shown


def _words(reply: Normalised, cue: Cue, clauses: Sequence[Range]) -> Range:
    """Give the words of a cue on the reply as typed; those of a weak one say little without their clauses."""
    if cue.rule.kind != "step" or cue.rule.label in CALLS:
        return shown_words(cue, reply)
    within = [n for n, (start, end) in enumerate(clauses) if start < cue.end and cue.start < end]
    return _clauses(reply, cue.rule.label, clauses, within[0], within[-1])


def _clauses(reply: Normalised, label: str, clauses: Sequence[Range], first: int, last: int) -> Range:
    """Give some clauses on the reply as typed; to the second half of a question belongs the first."""
    if first and completes(reply.text, *clauses[first], label):
        first -= 1
    return trimmed(reply.original, *reply.span(clauses[first][0], clauses[last][1]))
