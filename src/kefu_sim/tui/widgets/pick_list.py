"""A list to choose from at leisure."""

from __future__ import annotations

from textual.events import Click
from textual.widgets import OptionList


class PickList(OptionList):
    """A click looks at a row, a second one on the same row takes it, as Enter does: a reception begins at once."""

    _clicked: int | None = None

    def on_click(self, event: Click) -> None:
        """Look at the row before it is taken."""
        at = event.style.meta.get("option")
        if at is None or at == self._clicked == self.highlighted or self.get_option_at_index(at).disabled:
            return
        event.prevent_default()
        self.highlighted = self._clicked = at
