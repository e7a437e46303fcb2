"""Reply speed and its kin, counted per round exactly as the platforms do (domain B.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kefu_sim.scoring.transcript import Turn

ROUND_CAP = 600.0
"""A round counts at most so many seconds in the mean (domain B.1)."""


class Round(NamedTuple):
    """From the first unanswered buyer message to the next message of a human agent."""

    opened: int
    """Index of the buyer turn that began it."""
    closed: int | None
    """Index of the agent turn that answered; None while it is open."""
    seconds: float | None
    """Reply time; None while it is open."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """Seconds and counts of a reception so far. None where nothing is known."""

    first_reply_s: float | None = None
    mean_reply_s: float | None = None
    """Over answered rounds, each capped at ROUND_CAP."""
    max_reply_s: float | None = None
    rounds: int = 0
    rounds_within_30s: int = 0
    rounds_within_180s: int = 0
    typing_cpm: float | None = None
    """Characters per minute by hand; pastes and quick replies are left out."""

    def to_data(self) -> dict[str, float | int | None]:
        """Values for JSON."""
        return asdict(self)


def rounds_of(turns: Sequence[Turn]) -> list[Round]:
    """All rounds, the open one last. Further buyer messages do not reset the clock."""
    rounds: list[Round] = []
    opened: int | None = None
    for index, turn in enumerate(turns):
        if turn.role == "buyer":
            if opened is None and not turn.last:
                opened = index
        elif opened is not None and turn.counts:
            rounds.append(Round(opened, index, round(turn.t - turns[opened].t, 3)))
            opened = None
    if opened is not None:
        rounds.append(Round(opened, None, None))
    return rounds


def measure(turns: Sequence[Turn], rounds: Sequence[Round] | None = None) -> Metrics:
    """Compute the metrics, from rounds where they are known; one pass, fit for every tick of a live display."""
    rounds = rounds_of(turns) if rounds is None else rounds
    seconds = [r.seconds for r in rounds if r.seconds is not None]
    return Metrics(
        first_reply_s=rounds[0].seconds if rounds else None,
        mean_reply_s=round(sum(min(s, ROUND_CAP) for s in seconds) / len(seconds), 1) if seconds else None,
        max_reply_s=max(seconds, default=None),
        rounds=len(rounds),
        rounds_within_30s=sum(s <= 30 for s in seconds),
        rounds_within_180s=sum(s <= 180 for s in seconds),
        typing_cpm=typing_speed(turns),
    )


def typing_speed(turns: Sequence[Turn]) -> float | None:
    """Characters per minute over messages that were typed; None when no typing time is known."""
    timed = [turn for turn in turns if turn.role == "agent" and turn.typing_s > 0 and turn.typed > 0]
    total = sum(turn.typing_s for turn in timed)
    return round(sum(turn.typed for turn in timed) * 60 / total, 1) if total else None
