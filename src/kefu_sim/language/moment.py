"""The moment of a story in which a reply stands: what the buyer waits for there.

Beside the buyer's lines it is what a reply is read against. What would only nearly be a step counts where the moment
waits for just that step: there the buyer understands, elsewhere she asks back. In the transcripts of the shipped
stories the odds of a step are some 18 times as high where the moment calls for it; nearly all of that the words of the
reply and of the buyer tell already, and the rest is put at `AWAITED`.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, NamedTuple

from kefu_sim.language.verdict import Step, StepVerdict

if TYPE_CHECKING:
    from kefu_sim.language.decide import Judgement

AWAITED = 0.75
"""Added to the log-odds of a step that the moment waits for."""


_COURTESY = frozenset({Step.GREET, Step.FAREWELL})


class Moment(NamedTuple):
    """What the buyer waits for."""

    steps: frozenset[str] = frozenset()
    """Steps that the moment gives the occasion for."""
    question: str = ""
    """The one question of fact asked there that a bare yes or no answers, by name; empty where there is none, or more
    than one: nobody could tell which of them a yes is meant for."""
    wordings: tuple[str, ...] = ()
    """The lines in which the buyer asks it; empty where there is no such question."""


ANY_MOMENT = Moment()
"""Nothing is known of what the buyer waits for."""


def awaited_steps(judged: Judgement, moment: Moment) -> tuple[Step, ...]:
    """Steps that count only because the moment waits for them, in flow order.

    None where the tone is against it, nor where the reply does something else plainly: nobody would ask back.
    """
    if not moment.steps or judged.politeness < 0 or judged.issues:
        return ()
    if any(verdict.decision == "accept" and verdict.step not in _COURTESY for verdict in judged.steps):
        return ()
    return tuple(
        verdict.step
        for verdict in judged.steps
        if verdict.decision == "ask" and verdict.step in moment.steps and _raised(verdict).margin >= 0
    )


def at_moment(steps: tuple[StepVerdict, ...], awaited: tuple[Step, ...]) -> tuple[StepVerdict, ...]:
    """The verdicts with those raised that count by the moment."""
    return tuple(_raised(verdict) if verdict.step in awaited else verdict for verdict in steps)


def _raised(verdict: StepVerdict) -> StepVerdict:
    """A verdict with what the moment adds; its threshold stays."""
    odds = verdict.score / max(1e-6, 1.0 - verdict.score) * exp(AWAITED)
    score = odds / (1.0 + odds)
    return StepVerdict(verdict.step, "accept", score, score - (verdict.score - verdict.margin))
