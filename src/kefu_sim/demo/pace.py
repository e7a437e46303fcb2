"""How long the things on a film take at speed 1: as long as a class needs to read them."""

from __future__ import annotations

from dataclasses import dataclass


def _within(seconds: float, least: float, most: float) -> float:
    return round(min(max(seconds, least), most), 3)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds of film, and characters a second."""

    title: float = 5.0
    end: float = 8.0
    lead: float = 3.0
    quiet: float = 1.6
    ready: float = 0.5
    """Before an answer that the class has talked about already."""
    agent_cps: float = 5.0
    """A quick typist: the words are read while they appear."""
    reader_cps: float = 7.0
    longest_wait: float = 4.0
    """A longer wait of the reception passes in so many seconds of film, with its clock running fast."""

    def thinking(self, waited: float) -> float:
        """Before the agent begins to type."""
        return _within(waited, 1.0, self.longest_wait)

    def typing(self, text: str) -> float:
        """While the agent types, character by character."""
        return _within(len(text) / self.agent_cps, 0.6, 20)

    def judging(self, why: str) -> float:
        """To read what the judge says of a reply whose words were read while typed."""
        return _within(1.5 + len(why) / self.reader_cps, 2.0, 6)

    def answering(self, text: str, waited: float) -> float:
        """While the buyer types; the words are not seen yet."""
        return _within(max(0.8 + len(text) * 0.05, waited if waited > self.longest_wait else 0), 0.8, self.longest_wait)

    def reading(self, text: str) -> float:
        """To read a buyer line."""
        return _within(1.0 + len(text) / self.reader_cps, 1.5, 7)
