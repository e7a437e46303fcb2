"""A lesson under way: which entry of the agenda is on, and how its time stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kefu_sim.demo.model import Item, Playlist


@dataclass(frozen=True, slots=True)
class Lesson:
    """An agenda and a clock. Times are seconds of the clock that the caller reads."""

    playlist: Playlist
    began: float | None = None
    """When the first entry was begun; None while the agenda waits for the class."""
    at: int = 0
    """Index of the entry that is on, or next; the number of entries when all are done."""
    since: float | None = None
    """When it was begun; None before."""

    @property
    def over(self) -> bool:
        """Whether all entries are done."""
        return self.at >= len(self.playlist.items)

    @property
    def item(self) -> Item:
        """The entry that is on, or next; the last one when all are done."""
        return self.playlist.items[min(self.at, len(self.playlist.items) - 1)]

    def started(self, now: float) -> Lesson:
        """Begin the entry, and with the first one the lesson; one that is on already goes on."""
        began = now if self.began is None else self.began
        return replace(self, began=began, since=now) if self.since is None else self

    def moved(self, step: int) -> Lesson:
        """Another entry, not begun yet; past the last one the lesson is over."""
        at = min(max(self.at + step, 0), len(self.playlist.items))
        return replace(self, at=at, since=None) if at != self.at else self

    def item_left(self, now: float) -> float:
        """Seconds left of the entry; negative when it runs over."""
        spent = 0.0 if self.since is None or self.over else now - self.since
        return self.item.minutes * 60 - spent

    def left(self, now: float) -> float:
        """Seconds left of the whole lesson; negative when it runs over."""
        spent = 0.0 if self.began is None else now - self.began
        return self.playlist.minutes * 60 - spent
