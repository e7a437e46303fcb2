"""从这里重来: a finished reception re-entered at one reply, and the two ways it went, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kefu_sim.base.clock import Clock
from kefu_sim.base.errors import KefuError, UnwritableError
from kefu_sim.base.wallclock import WallClock
from kefu_sim.engine import events as ev
from kefu_sim.engine.session import Session
from kefu_sim.history.review import Review
from kefu_sim.house import House
from kefu_sim.i18n import tr
from kefu_sim.play import Play
from kefu_sim.programs import program_for
from kefu_sim.progress.moved import Move, moves


def before_reply(log: Sequence[ev.Event], turn: int) -> list[ev.Event]:
    """The log up to the moment at which reply `turn` (index in the transcript) could be given.

    What came of hesitating is left out: nudges, looks at cards, pauses. Raises ValueError when no reply stands there.
    """
    said = [at for at, event in enumerate(log) if isinstance(event, ev.BuyerSaid | ev.AgentSent)]
    if not 0 <= turn < len(said) or not isinstance(log[said[turn]], ev.AgentSent):
        raise ValueError(f"turn {turn + 1} is no reply")
    for at in range(said[turn] - 1, 0, -1):
        event = log[at]
        if isinstance(event, ev.BuyerSaid) and event.source != "silence":
            return _whole_moment(log, at, said[turn])
        if isinstance(event, ev.Understood):
            return list(log[: at + 1])
    return list(log[: said[0]])


def _whole_moment(log: Sequence[ev.Event], at: int, until: int) -> list[ev.Event]:
    """Up to a line of the buyer, and what belongs to the same moment after it."""
    end = at + 1
    while end < until and log[end].t == log[at].t and isinstance(log[end], ev.Entered | ev.Adjusted | ev.Revealed):
        end += 1
    return list(log[:end])


def begin_branch(house: House, review: Review, turn: int, clock: Clock | None = None) -> Play:
    """Re-enter a reception at a reply; the clock runs from now. Raises KefuError when its story was changed.

    Nothing is added to the log, so that the same words at the same times draw the same buyer again.
    """
    opened = review.log[0]
    assert isinstance(opened, ev.Opened)
    program = program_for(house.library.get(opened.scenario), opened.level)
    if program.fingerprint != opened.fingerprint:
        raise KefuError(
            tr("the scenario `{id}` was changed after this reception").format(id=opened.scenario),
            hint=tr("begin anew: kefu-sim practice {id} --seed {seed}").format(id=opened.scenario, seed=opened.seed),
        )
    started = datetime.now().astimezone()
    again = replace(
        opened,
        mode="practice" if opened.mode == "exam" else opened.mode,
        started=started.isoformat(timespec="seconds"),
        trainee=house.desk.trainee,
        branch_of=review.record.id,
    )
    log = [again, *before_reply(review.log, turn)[1:]]
    play = Play(Session.continued(program, log, clock or WallClock()), house.desk)
    try:
        play.writer = house.receptions.new_log(opened.scenario, started.strftime("%Y%m%dT%H%M%S"))
        play.reception = play.writer.path.stem
        play.writer.write(log)
    except UnwritableError as error:
        play.unsaved, play.writer = error.message, None
    play.session.sink = play.keep
    return play


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ways a reception went."""

    first: Review
    second: Review
    at: int
    """Turn from which they differ."""

    @property
    def moved(self) -> list[Move]:
        """What the points of the two differ by."""
        return moves(self.first.score.ledger, self.second.score.ledger)


def pair_of(first: Review, second: Review) -> Pair:
    """Put two receptions side by side."""
    same = 0
    for one, other in zip(first.turns, second.turns, strict=False):
        if (one.role, one.text) != (other.role, other.text):
            break
        same += 1
    return Pair(first, second, same)
