"""The way through progress, records and reviews. Everything heavy is imported when it is first asked for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kefu_sim.base.errors import KefuError
from kefu_sim.i18n import tr
from kefu_sim.tui.aside import made

if TYPE_CHECKING:
    from kefu_sim.history.disputing import Docket
    from kefu_sim.history.review import Review
    from kefu_sim.house import House
    from kefu_sim.progress.advice import Advice
    from kefu_sim.progress.record import Record
    from kefu_sim.tui.app import KefuApp


class PastFlow:
    """What is behind the key for progress."""

    def __init__(self, app: KefuApp) -> None:
        self._app = app

    def open_progress(self) -> None:
        """Scores and speed over time, and what to practise."""
        from kefu_sim.tui.screens.progress import ProgressScreen  # noqa: PLC0415

        if self._app.house is not None:
            self._app.above_home(ProgressScreen(self._app.house))

    def open_campaign(self) -> None:
        """The buyers in stages."""
        self._app.run_worker(self._open_campaign(), group="begin", exclusive=True)

    async def _open_campaign(self) -> None:
        from kefu_sim.history.campaign import standings_of  # noqa: PLC0415
        from kefu_sim.tui.screens.campaign import CampaignScreen  # noqa: PLC0415

        house = self._app.house
        if house is not None and (stages := await made(self._app, lambda: standings_of(house))) is not None:
            self._app.above_home(CampaignScreen(house, stages))

    def follow(self, advice: Advice) -> None:
        """Practise what was advised."""
        from kefu_sim.drills import Settings  # noqa: PLC0415

        if advice.what == "turns":
            self._app.drills.begin_due()
        elif advice.scenario:
            self._app.begin(advice.scenario)
        elif advice.what == "typing":
            self._app.drills.begin(Settings(target=round(advice.of)))
        else:
            self._app.drills.begin_reply(10)

    def open_record(self, record: Record) -> None:
        """Look at something finished again: a reception turn by turn, a shift as its report."""
        if record.kind == "reception":
            self.open_review(record.id)
        elif record.kind == "shift":
            self._app.run_worker(self._open_shift(record), group="begin", exclusive=True)
        else:
            self._app.notify(tr("A drill has no review; its figures stand in this row."), markup=False)

    async def _open_shift(self, record: Record) -> None:
        from kefu_sim.history.disputing import Shelved  # noqa: PLC0415
        from kefu_sim.history.shift_review import shift_again  # noqa: PLC0415
        from kefu_sim.shifts import ShiftPlay  # noqa: PLC0415

        house = self._app.house
        if house is None or (run := await made(self._app, lambda: shift_again(house, record))) is None:
            return
        if (desk := await made(self._app, lambda: house.records.desk(record.key))) is not None:
            self._app.rush.show_report(ShiftPlay(run, self._app.rush.room.logs), Shelved(desk, record.id))

    def open_review(self, name: str) -> None:
        """Look at a finished reception again, by its id."""
        self._app.run_worker(self._open_review(name), group="begin", exclusive=True)

    def reenter(self, review: Review, turn: int) -> None:
        """Go back into a reception at one reply."""
        from kefu_sim.history.branch import begin_branch  # noqa: PLC0415

        self._app.open_play(lambda house: begin_branch(house, review, turn, self._app.clock))

    async def _open_review(self, name: str) -> None:
        from kefu_sim.tui.screens.review import ReviewScreen  # noqa: PLC0415

        assert self._app.house is not None
        try:
            review, other, docket = await asyncio.to_thread(_reviews, self._app.house, name)
        except KefuError as error:
            self._app.show_error(error)
            return
        self._app.above_home(ReviewScreen(review, docket, other))


def _reviews(house: House, name: str) -> tuple[Review, Review | None, Docket]:
    """A reception, the other way it went (what it re-entered, or the newest that re-entered it), what is disputed."""
    from kefu_sim.history.disputing import docket_of_review  # noqa: PLC0415
    from kefu_sim.history.intake import take_in  # noqa: PLC0415
    from kefu_sim.history.review import other_way, review_of  # noqa: PLC0415
    from kefu_sim.history.shift_review import review_named  # noqa: PLC0415

    take_in(house)
    review = review_named(house, name)
    other = other_way(house, review.record)
    return review, None if other is None else review_of(house, other), docket_of_review(house, review)
