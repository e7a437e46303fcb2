"""The answers of a class to one moment, and the hands raised for each."""

from __future__ import annotations

from dataclasses import dataclass, replace

MOST = 4
"""Answers that fit on a screen and on the keys."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """Answers in the order they were given, with their votes."""

    answers: tuple[str, ...] = ()
    votes: tuple[int, ...] = ()
    cast: tuple[int, ...] = ()
    """Votes in the order they came, so that the last one can be taken back."""

    @property
    def full(self) -> bool:
        """Whether no further answer fits."""
        return len(self.answers) >= MOST

    def with_answer(self, text: str) -> Ballot:
        """One more answer; the same words count once, and a full ballot takes none."""
        if self.full or text in self.answers:
            return self
        return replace(self, answers=(*self.answers, text), votes=(*self.votes, 0))

    def without(self, index: int) -> Ballot:
        """Without one of the answers and the hands raised for it; the others move up."""
        kept = [at for at in range(len(self.answers)) if at != index]
        place = {at: new for new, at in enumerate(kept)}
        return Ballot(
            tuple(self.answers[at] for at in kept),
            tuple(self.votes[at] for at in kept),
            tuple(place[at] for at in self.cast if at in place),
        )

    def voted(self, index: int) -> Ballot:
        """One more hand for an answer; for one that is not there, none."""
        if not 0 <= index < len(self.answers):
            return self
        return self._counted(index, 1, (*self.cast, index))

    def unvoted(self) -> Ballot:
        """Without the last vote."""
        return self._counted(self.cast[-1], -1, self.cast[:-1]) if self.cast else self

    @property
    def leader(self) -> int | None:
        """The answer with most hands, the earliest of equals; None without answers."""
        if not self.answers:
            return None
        return max(range(len(self.answers)), key=lambda index: (self.votes[index], -index))

    def _counted(self, index: int, step: int, cast: tuple[int, ...]) -> Ballot:
        votes = tuple(count + step if at == index else count for at, count in enumerate(self.votes))
        return replace(self, votes=votes, cast=cast)
