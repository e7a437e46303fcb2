"""The windows of a shift and what is written in each."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field

from kefu_sim.tui.typing_meter import TypingMeter
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

    def give_back(self, event: Composer.Submitted, composer: Composer) -> None:
        """What could not be sent is a draft again, of whom it was written for, above what was typed since."""
        if event.owner == self.front:
            composer.insert(event.text + ("\n" if composer.text else ""), (0, 0))
            composer.move_cursor(composer.document.end)
        else:
            since = self._drafts.get(event.owner)
            text = f"{event.text}\n{since.text}" if since is not None and since.text else event.text
            self._drafts[event.owner] = Draft(text, (0, 0), TypingMeter())
