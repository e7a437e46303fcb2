"""Is this terminal ready for an input method? What came is held against what was asked for, and faults get a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Task = Literal["one", "four", "eight", "marks", "paste"]
Finding = Literal["fine", "nothing", "garbled", "lost", "half", "split", "as_paste", "unmarked", "other"]

WANTED: dict[Task, str] = {
    "one": "好",
    "four": "欢迎光临",
    "eight": "请问有什么可以帮",
    "marks": "？（）",
    "paste": "",
}
"""What is to be committed; any two lines for the paste."""

HALF = str.maketrans("？（）", "?()")


@dataclass(slots=True)
class Arrival:
    """Characters that came together."""

    text: str
    pasted: bool
    span: float = 0.0
    """Seconds from the first to the last of them."""


@dataclass
class Probe:
    """One task under way."""

    task: Task
    gap: float
    """Seconds between keys of one commit at most."""
    arrivals: list[Arrival] = field(default_factory=list)
    _last: float | None = None

    def key(self, char: str, at: float) -> bool:
        """A character or line break came at terminal time `at`; False for an Enter that stands alone."""
        joins = self._last is not None and at - self._last < self.gap and bool(self.arrivals)
        if char == "\n" and not joins:
            return False
        if joins and not self.arrivals[-1].pasted:
            arrival = self.arrivals[-1]
            arrival.text += char
            arrival.span += at - (self._last or at)
        else:
            self.arrivals.append(Arrival(char, pasted=False))
        self._last = at
        return True

    def paste(self, text: str) -> None:
        """The terminal said that this was pasted."""
        self.arrivals.append(Arrival(text, pasted=True))
        self._last = None

    def delete(self) -> None:
        """Take back the last character."""
        if self.arrivals:
            self.arrivals[-1].text = self.arrivals[-1].text[:-1]
            if not self.arrivals[-1].text:
                self.arrivals.pop()

    @property
    def text(self) -> str:
        """Everything that came."""
        return "".join(arrival.text for arrival in self.arrivals)

    def finding(self) -> Finding:
        """What is to be said about it."""
        return _paste(self.arrivals) if self.task == "paste" else _commit(WANTED[self.task], self.arrivals, self.text)


def _paste(arrivals: Sequence[Arrival]) -> Finding:
    if not arrivals:
        return "nothing"
    return "fine" if any(arrival.pasted for arrival in arrivals) else "unmarked"


def _commit(wanted: str, arrivals: Sequence[Arrival], text: str) -> Finding:
    if not arrivals:
        return "nothing"
    if text == wanted:
        if any(arrival.pasted for arrival in arrivals):
            return "as_paste"
        return "fine" if len(arrivals) == 1 or len(wanted) <= 3 else "split"
    if any(char in text for char in "[;\x1b") and any(char.isdigit() or char in ";u~" for char in text):
        return "garbled"
    if text == wanted.translate(HALF) and text != wanted:
        return "half"
    return "lost" if text and _within(text, wanted) else "other"


def _within(text: str, wanted: str) -> bool:
    """Whether a text is another one with characters left out."""
    rest = iter(wanted)
    return len(text) < len(wanted) and all(char in rest for char in text)
