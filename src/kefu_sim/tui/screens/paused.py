"""Covers the chat while the clock stands still, so that a pause is no time to think."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from kefu_sim.i18n import tr


class PausedScreen(ModalScreen[None]):
    """Any of the usual keys goes on."""

    CSS = """
    PausedScreen { align: center middle; background: $background; }
    PausedScreen Static { width: auto; border: round $primary; padding: 1 4; text-align: center; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f5,enter,escape,space", "go_on", show=False, system=True)]

    def compose(self) -> ComposeResult:
        """The notice."""
        yield Static(tr("Paused: the clock stands still.\n\nF5 or Enter goes on"), markup=False)

    def action_go_on(self) -> None:
        """Back to the buyer."""
        self.dismiss()
