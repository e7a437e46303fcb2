"""Loads what the bots say beside a story's own samples."""

from __future__ import annotations

from functools import cache

from kefu_sim.language.numbers import Number
from kefu_sim.language.verdict import Answer
from kefu_sim.rulebook.files import read_model
from kefu_sim.rulebook.typists import Words
from kefu_sim.scenario.model import Part


class Gate(Part):
    """Bounds on the score of a bot, in points of 100."""

    least: float = 0
    most: float = 100


class Trade(Part):
    """What an expert says for a step."""

    sale: tuple[str, ...] = ()
    complaint: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    """Whatever it is about."""

    def about(self, *, complaint: bool) -> tuple[str, ...]:
        """What is to the point in a complaint, or where something is to be sold."""
        return (*(self.complaint if complaint else self.sale), *self.any)


class BotWords(Part):
    """Words and paces of the bots."""

    waits: dict[str, tuple[float, float]]
    """Bot → seconds before a message: shortest, longest."""
    lazy: tuple[str, ...]
    rude: tuple[str, ...]
    scolding: tuple[str, ...]
    """Rude words around a right answer, `{answer}` in its place."""
    stuffing: Words
    pasted: tuple[str, ...]
    nonsense: tuple[str, ...]
    bare: dict[Answer, tuple[str, ...]]
    """A bare yes and a bare no."""
    sounding: dict[str, tuple[str, ...]]
    """Tone or issue → what sounds like it."""
    numbers: dict[Number, str]
    """Kind of number → how it is named, `{n}` in its place."""
    trade: dict[str, Trade]
    """Step → what an expert of any shop says for it."""
    gates: dict[str, Gate]
    """Bot → what it must be worth in any story."""
    polite: Words
    """Words whose removal may never raise a score."""
    padding: Words
    """Empty words that may never raise a score."""


@cache
def load_bot_words() -> BotWords:
    """Give the words of the package. Raises BadFileError that lists every problem."""
    return read_model("bots.yaml", BotWords)
