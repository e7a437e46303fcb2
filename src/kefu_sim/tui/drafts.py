"""The windows of a shift and what is written in each."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field

from kefu_sim.tui.widgets.composer import Composer, Draft


@dataclass(slots=True)
class Windows:
    """Every buyer has a draft of his own."""

    front: str = ""
    """The buyer whose window is looked at; empty before the first."""
    _drafts: dict[str, Draft] = field(default_factory=dict)
    _visited: list[str] = field(default_factory=list)
    """Windows in the order in which they were looked at, the latest last."""

    def turn(self, buyer: str, composer: Composer) -> None:
        """Put what stands in the composer aside, and take up what was written for this buyer."""
        if buyer != self.front:
            if self.front:
                self._drafts[self.front] = composer.put_aside()
            composer.take_up(self._drafts.pop(buyer, None), buyer)
        self.front = buyer
        self._visited = [*(one for one in self._visited if one != buyer), buyer]

    @property
    def drafted(self) -> frozenset[str]:
        """Buyers, except the one in front, for whom something is written."""
        return frozenset(buyer for buyer, draft in self._drafts.items() if draft.text.strip())

    def before(self, here: Container[str]) -> str | None:
        """The window looked at before this one, of those that are `here`."""
        return next((buyer for buyer in reversed(self._visited[:-1]) if buyer in here), None)

    @staticmethod
    def give_back(event: Composer.Submitted, composer: Composer) -> None:
        """What could not be sent is the draft again; typing goes on behind it."""
        composer.insert(event.text, (0, 0))
        composer.move_cursor(composer.document.end)
