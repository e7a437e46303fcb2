"""The way to the trainer's inbox. Everything heavy is imported when it is first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kefu_sim.tui.app import KefuApp


class InboxFlow:
    """What is behind `author inbox`."""

    def __init__(self, app: KefuApp) -> None:
        self._app = app

    def open(self, scenarios: Sequence[str] = ()) -> None:
        """What was not understood and what is disputed, of these stories or of all."""
        from kefu_sim.tui.screens.inbox import InboxScreen  # noqa: PLC0415

        if self._app.house is not None:
            self._app.above_home(InboxScreen(self._app.house, scenarios))
