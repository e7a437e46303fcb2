"""A reception being played, and what its log must be to be gone on with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kefu_sim.base.errors import BadLogError, KefuError, UnwritableError
from kefu_sim.base.text import clean
from kefu_sim.engine import events as ev
from kefu_sim.engine.program import Program
from kefu_sim.engine.replay import Divergence, replay
from kefu_sim.engine.session import Session
from kefu_sim.engine.state import rebuild
from kefu_sim.i18n import tr
from kefu_sim.scenario.model import Scenario
from kefu_sim.scores import debrief, score_log
from kefu_sim.scoring.ledger import Score
from kefu_sim.store.desk import Desk
from kefu_sim.store.drafts import DraftFile
from kefu_sim.store.logs import LogWriter

if TYPE_CHECKING:
    from kefu_sim.scoring.coaching import Coaching


@dataclass(frozen=True, slots=True)
class ModeRules:
    """What a mode lets the trainee see and do."""

    live: bool
    """Steps, meters and figures are shown while chatting, and replies can be explained."""
    help: bool
    """Hints and model answers."""
    pause: bool


MODES: Mapping[ev.Mode, ModeRules] = {
    "practice": ModeRules(live=True, help=False, pause=True),
    "guided": ModeRules(live=True, help=True, pause=True),
    "exam": ModeRules(live=False, help=False, pause=False),
}


@dataclass
class Play:
    """One reception being played: the session, where it is saved, and what it is worth so far."""

    session: Session
    desk: Desk
    reception: str = ""
    """Id of the log; empty when nothing is saved."""
    unsaved: str = ""
    """Why nothing is saved any more; empty while saving works."""
    writer: LogWriter[ev.Event] | None = None
    follow: Callable[[], str] | None = None
    """Called now and then while an author tries a story out: takes an edited file in, and tells about it."""

    @property
    def kept(self) -> bool:
        """Whether it can be gone on with later: trials are not saved, nor what a full disk refused."""
        return self.writer is not None

    @property
    def opened(self) -> ev.Opened:
        """The first row of the log."""
        first = self.session.log[0]
        assert isinstance(first, ev.Opened)
        return first

    @property
    def scenario(self) -> Scenario:
        """The story."""
        return self.session.program.scenario

    @property
    def rules(self) -> ModeRules:
        """What the mode of this reception allows."""
        return MODES[self.opened.mode]

    @cached_property
    def draft(self) -> DraftFile | None:
        """Where what is being typed is kept; None when nothing is saved."""
        return DraftFile(self.writer.path) if self.writer is not None else None

    def keep(self, new: Sequence[ev.Event]) -> None:
        """Append to the log; when the disk refuses, say so once and play on."""
        if self.writer is None:
            return
        try:
            self.writer.write(new)
        except UnwritableError as error:
            self.unsaved = error.message
            self.writer = None
            return
        if any(isinstance(event, ev.Ended) for event in new):
            self.finish()

    def finish(self) -> None:
        """Close the log of a finished reception, and keep its total for the list of buyers.

        A total that cannot be kept is no loss: the log is whole, and totals are gathered from logs.
        """
        if self.writer is not None:
            self.writer.close()
        if self.draft is not None:
            self.draft.keep("")
        if not self.opened.branch_of:
            total = self.score().total
            with suppress(KefuError):
                self.desk.note_best(self.opened.trainee, self.opened.scenario, total)

    def close(self) -> None:
        """Stop for now; the log stays open-ended and can be resumed."""
        if self.writer is not None:
            self.writer.close()

    def score(self) -> Score:
        """What the reception is worth, as far as it went."""
        return score_log(self.session.program, self.session.log)

    def debrief(self) -> tuple[Score, Coaching]:
        """The score together with what to tell the trainee about each reply."""
        return debrief(self.session.program, self.session.log)


def retold(program: Program, log: Sequence[ev.Event]) -> list[ev.Event]:
    """A log as the story tells it that was edited since. Raises BadLogError where it goes another way now."""
    told = replay(program, log)
    if told.divergence is None:
        return list(told.log)
    scenario, where = program.scenario.id, _where(log, told.divergence)
    raise BadLogError(
        tr("the scenario `{id}` was changed after this reception began: {where}").format(id=scenario, where=where),
        hint=tr("begin anew: kefu-sim practice {id} (the old log was left as it is)").format(id=scenario),
    )


def _where(log: Sequence[ev.Event], divergence: Divergence) -> str:
    """Where an edited story goes another way, for a person."""
    said = sum(isinstance(event, ev.BuyerSaid | ev.AgentSent) for event in log[: divergence.index])
    was, now = (clean(e.text) if isinstance(e, ev.BuyerSaid) else "" for e in (divergence.was, divergence.now))
    if was and now:
        return tr("after message {n} the buyer said “{was}”, now “{now}”").format(n=said, was=was, now=now)
    return tr("it goes another way after message {n}").format(n=said)


def misfit(log: Sequence[ev.Event], scenario: Scenario) -> str:
    """What a log that went wrong on disk lacks to be gone on with in its story, for a person; empty when nothing."""
    state = rebuild(log)
    if not state.node:
        return tr("no row says where the story stands")
    if strange := stranger(log, scenario):
        return strange
    return next(
        (tr("no row says how `{meter}` stands").format(meter=m) for m in scenario.vars if m not in state.meters), ""
    )


def stranger(log: Sequence[ev.Event], scenario: Scenario) -> str:
    """What a log speaks of and its story does not have, for a person; empty when nothing, else it cannot be scored."""
    state = rebuild(log)
    spoken = (event.node for event in log if isinstance(event, ev.BuyerSaid))
    for node in (*state.visits, *spoken):
        if node not in scenario.nodes:
            return tr("the story has no node `{name}`").format(name=clean(node))
    for name in (*state.pledges, *state.noticed):
        if name not in scenario.promises and name not in scenario.notices:
            return tr("the story has no promise or notice `{name}`").format(name=clean(name))
    return ""
