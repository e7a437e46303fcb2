"""Black: the class looks at the trainer."""

from __future__ import annotations

from textual import events
from textual.screen import ModalScreen


class BlankScreen(ModalScreen[None]):
    """Nothing at all; any key or click brings back what was there."""

    DEFAULT_CSS = "BlankScreen { background: #000000; }"

    def on_key(self, event: events.Key) -> None:
        """Back."""
        event.stop()
        self.dismiss()

    def on_click(self) -> None:
        """Back."""
        self.dismiss()
