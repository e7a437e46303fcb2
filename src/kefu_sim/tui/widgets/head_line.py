"""The first row of a screen: where one is, what there is to say, and something small at its end."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from kefu_sim.tui.render import chip, sides

NOTHING = Content("")


class HeadLine(Static):
    """The head; told anew whenever something of it has changed, or the width."""

    DEFAULT_CSS = "HeadLine { height: 1; background: $panel; text-wrap: nowrap; }"

    def __init__(self) -> None:
        super().__init__(id="head", markup=False)

    def tell(self, name: str, left: Content = NOTHING, right: Content = NOTHING) -> None:
        """Show the screen's name and two pieces at the two ends of the row; the left one gives way."""
        line = sides(Content.assemble(chip(name), " ", left), right, self.app.size.width)
        if not (isinstance(self.content, Content) and line.is_same(self.content)):
            self.update(line, layout=False)
