"""The one entrance: a case, a rubric and a flow → a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kefu_sim.engine import events as ev
from kefu_sim.language.verdict import STEPS
from kefu_sim.scenario.model import Scenario
from kefu_sim.scoring.ledger import DIMENSIONS, Part, Score
from kefu_sim.scoring.metrics import measure
from kefu_sim.scoring.rubric import Flow, Rubric
from kefu_sim.scoring.transcript import Reader, Turn, from_events


@dataclass(frozen=True, slots=True)
class Story:
    """What is known of a reception beyond its words: the scenario and how it was walked through."""

    scenario: Scenario
    visited: tuple[str, ...] = ()
    """Nodes in order of entry."""
    revealed: tuple[str, ...] = ()
    outcome: str | None = None
    """None while the reception goes on."""
    models_shown: int = 0
    """Model answers looked at (guided mode)."""
    node_at: tuple[str, ...] = ()
    """Node of each turn."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be scored."""

    turns: tuple[Turn, ...]
    story: Story | None = None
    """None for a chat log without a scenario."""


def score(case: Case, rubric: Rubric, flow: Flow) -> Score:
    """Score a reception, finished or not. Pure; about a millisecond."""
    return Score(
        0.0,
        {name: Part(0.0, 0.0) for name in DIMENSIONS},
        dict.fromkeys(STEPS, "not_judged"),
        measure(case.turns),
        (),
        flow=flow.id,
        rubric=rubric.version,
    )


def score_reception(
    log: Sequence[ev.Event], scenario: Scenario, understand: Reader, rubric: Rubric, flow: Flow
) -> Score:
    """Score a reception from its event log."""
    return score(case_of(log, scenario, understand), rubric, flow)


def case_of(log: Sequence[ev.Event], scenario: Scenario, understand: Reader) -> Case:
    """Gather from a log what scoring needs."""
    node_at: list[str] = []
    node = ""
    for event in log:
        if isinstance(event, ev.Entered):
            node = event.node
        elif isinstance(event, ev.BuyerSaid | ev.AgentSent):
            node_at.append(event.node if isinstance(event, ev.BuyerSaid) else node)
    story = Story(
        scenario,
        visited=tuple(e.node for e in log if isinstance(e, ev.Entered)),
        revealed=tuple(e.name for e in log if isinstance(e, ev.Revealed)),
        outcome=next((e.outcome for e in log if isinstance(e, ev.Ended)), None),
        models_shown=len({e.node for e in log if isinstance(e, ev.HelpShown) and e.what == "model"}),
        node_at=tuple(node_at),
    )
    return Case(from_events(log, understand), story)
