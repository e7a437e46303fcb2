"""The report of a shift: figures, bands, slips, single scores, goals, and where one stands among colleagues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kefu_sim.rush.figures import Figures, Rates, Served, counting_all
from kefu_sim.rush.handover import Graded
from kefu_sim.rush.ledger import Finding, ShiftScore
from kefu_sim.rush.pledges import Pledged
from kefu_sim.rush.slips import Slip
from kefu_sim.scenario.conditions import holds
from kefu_sim.scoring.ledger import Lang, Phrase, Score


@dataclass(frozen=True, slots=True)
class Goal:
    """One thing the shift asked for."""

    figure: str
    test: str
    value: float | None
    """As it counts here: unlike the figure of its name, a speed leaves nobody out."""
    met: bool | None
    """None where the shift gave nothing to count."""
    unanswered: int = 0
    """Buyers who were never answered and count in the value all the same."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One agent who worked the traffic."""

    name: Phrase
    figures: Figures
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """Everything about a shift that is over, or as far as it went."""

    shift: str
    seed: int
    ended: str
    seconds: float
    """How long it went on."""
    figures: Figures
    bands: Sequence[tuple[int, int | None, Rates]]
    """(from, to, rates) by how many chats were open."""
    everybody: Sequence[Served]
    slips: Sequence[Slip]
    scores: Mapping[str, Score]
    """Buyer → scorecard."""
    score: ShiftScore
    goals: Sequence[Goal]
    pledges: Sequence[Pledged]
    """Everything that was promised."""
    handed: Sequence[Graded]
    """How those left behind were handed over; empty where the shift asks for no forms."""
    next_day: Sequence[Finding]
    """Order notes found to be wrong or missing the day after."""

    def to_data(self, lang: Lang) -> dict[str, Any]:
        """Values for JSON."""
        return {
            "shift": self.shift,
            "seed": self.seed,
            "ended": self.ended,
            "seconds": self.seconds,
            "figures": self.figures.to_data(),
            "bands": [{"from": low, "to": high, **asdict(rates)} for low, high, rates in self.bands],
            "goals": [asdict(goal) for goal in self.goals],
            "score": self.score.to_data(lang),
            "promises": [asdict(pledge) for pledge in self.pledges],
            "handover": [asdict(one) for one in self.handed],
            "next_day": [{"buyer": one.buyer, "what": one.what.pick(lang)} for one in self.next_day],
            "slips": [{**asdict(slip), "span": list(slip.span)} for slip in self.slips],
            "buyers": [
                {
                    **asdict(one),
                    "rounds": [asdict(r) for r in one.rounds],
                    "score": self.scores[one.buyer].to_data(lang),
                }
                for one in self.everybody
            ],
        }


def goals(figures: Figures, everybody: Sequence[Served], wanted: Mapping[str, str]) -> list[Goal]:
    """Hold figures against what a shift asks for; speeds with everybody who was never answered."""
    found = []
    whole = counting_all(everybody)
    for name, test in wanted.items():
        value, unanswered = whole.get(name, figures.value(name)), figures.unanswered if name in whole else 0
        met = None if value is None else holds(test, value, lambda _: None)
        found.append(Goal(name, test, value, met, unanswered))
    return found


def ranked(standings: Sequence[Standing]) -> list[Standing]:
    """Best first: by sales, then satisfaction, then the first reply (syllabus A166: equal traffic, compare sales)."""
    return sorted(
        standings,
        key=lambda one: (
            -one.figures.sales,
            -(one.figures.satisfaction or 0.0),
            one.figures.rates.first_reply_s if one.figures.rates.first_reply_s is not None else float("inf"),
        ),
    )
