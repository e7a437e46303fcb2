"""Over a reception that goes on: how each reply was understood, and what counts so far; all of it can be disputed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from kefu_sim.history.disputing import docket_of_play
from kefu_sim.i18n import language, tr
from kefu_sim.programs import study_of_turn
from kefu_sim.progress.disputes import Dispute, counted, readings, replies
from kefu_sim.reading_text import meanings
from kefu_sim.scoring.ledger import Row
from kefu_sim.tui.explain import study_blocks
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.report import ledger_blocks, report_of
from kefu_sim.tui.screens.ledger import LedgerScreen, Painted, Painter

if TYPE_CHECKING:
    from kefu_sim.history.disputing import Docket
    from kefu_sim.house import House
    from kefu_sim.play import Play


class RepliesScreen(LedgerScreen):
    """One reply at a time, the last one first."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("replies")
    place: Place = "replies"

    def __init__(self, house: House, play: Play, found: dict[str, Dispute]) -> None:
        """`found`: what is known to be disputed; it is kept up to date. The agent has said something."""
        self._house = house
        self._play = play
        self._found = found
        self._meant = meanings(play.scenario)
        self._turns = list(replies(play.session.log))
        self._at = len(self._turns) - 1
        super().__init__(*self._reading())

    def _docket(self, rows: Sequence[Row]) -> Docket:
        return docket_of_play(self._house, self._play, rows, self._found)

    def _reading(self) -> tuple[str, Docket, Painter]:
        """The page of the reply in hand."""
        turn = self._turns[self._at]
        study = study_of_turn(self._play.session.program, self._play.session.log, turn)
        remark = tr("Points are given at the end; this is what the buyer understood.")
        most = len(self._turns)
        title = tr("Your last reply") if self._at == most - 1 else tr("Your reply {n} of {most}")
        return (
            title.format(n=self._at + 1, most=most),
            self._docket(readings(study.recognition, turn)),
            lambda held: study_blocks(study, held.disputed, self._meant, remark),
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only where there is another reply."""
        if action == "turn":
            steps = [int(str(step)) for step in parameters] or [-1, 1]
            return any(0 <= self._at + step < len(self._turns) for step in steps)
        return super().check_action(action, parameters)

    def action_turn(self, step: int) -> None:
        """Turn to an earlier reply, or a later one."""
        self._at += step
        self.turn_to(*self._reading())

    def action_points(self) -> None:
        """The points that stand so far."""
        report = report_of(self._play, language())
        rows = counted(report.score.ledger, self._play.session.log)
        so_far = replace(report, score=replace(report.score, ledger=tuple(rows)))
        head = tr("What counts up to now. The chat goes on, and points still move.")

        def paint(docket: Docket) -> Painted:
            return ledger_blocks(so_far, docket.disputed, head), {at + 1: at for at in range(len(rows))}

        self.app.push_screen(LedgerScreen(tr("Points so far"), self._docket(rows), paint), lambda _: self.repaint())
