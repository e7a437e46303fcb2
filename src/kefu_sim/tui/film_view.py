"""What a lane of a film shows at a moment, derived from its log."""

from __future__ import annotations

from dataclasses import dataclass, field

from kefu_sim.base.clock import ManualClock
from kefu_sim.demo.film import Film, Frame
from kefu_sim.engine.session import Session
from kefu_sim.language.verdict import Step
from kefu_sim.tui.view import Standing, standing, wait_level


@dataclass(frozen=True, slots=True)
class Look:
    """One lane at one moment."""

    count: int = 0
    """Events that have happened."""
    standing: Standing = field(default_factory=Standing)
    fresh: frozenset[Step] = frozenset()
    """Steps that have just lit up."""
    moved: float = 0.0
    """What the mood has just gained or lost."""
    total: float = 0.0
    """Points so far."""
    gained: float = 0.0
    """Points that the reply has just gained or lost; a line of the buyer shows none."""
    waiting: int | None = None
    """Whole seconds the buyer has been waiting."""
    draft: str = ""
    """What the agent has typed so far."""
    buyer_types: bool = False
    active: bool = False
    """Whether it is this lane in which something happens."""
    silent: int = 0
    """Seconds of silence that pass quickly now; 0 when none do."""


class Onlooker:
    """Looks at a film; remembers how each lane stood after so many events."""

    def __init__(self, film: Film) -> None:
        self._film = film
        self._known: dict[tuple[int, int], tuple[Standing, float | None]] = {}

    def look(self, frame: Frame, lane: int) -> Look:
        """One lane at the moment of a frame."""
        beat, count = frame.beat, frame.counts[lane]
        now, since = self._at(lane, count)
        here = lane in beat.lanes
        look = Look(count=count, standing=now, total=frame.totals[lane])
        if not here or beat.kind in {"title", "lead", "end"}:
            return look
        waited = None if since is None else max(int(frame.clock - since), 0)
        if frame.phase == "hold":
            before, _ = self._at(lane, beat.before[lane])
            gained = beat.opinion.gained if beat.opinion is not None else 0.0
            return Look(
                count,
                now,
                frozenset(now.done) - frozenset(before.done),
                _mood(now) - _mood(before),
                frame.totals[lane],
                gained,
                waited,
                active=True,
            )
        gap = beat.at - beat.since
        return Look(
            count,
            now,
            total=frame.totals[lane],
            waiting=waited,
            draft=frame.draft,
            buyer_types=beat.kind == "buyer" and frame.into > 0 and not wait_level(gap),
            active=True,
            silent=int(gap) if wait_level(gap) and frame.phase == "wait" and frame.into > 0 else 0,
        )

    def _at(self, lane: int, count: int) -> tuple[Standing, float | None]:
        """How a lane stands after so many events, and since when its buyer has been waiting."""
        known = self._known.get((lane, count))
        if known is None:
            made = self._film.lanes[lane]
            session = Session.continued(made.program, made.log[:count], ManualClock())
            known = standing(session), None if session.state.over else session.state.waiting_since
            self._known[lane, count] = known
        return known


def _mood(now: Standing) -> float:
    return now.mood.value if now.mood is not None else 0.0
