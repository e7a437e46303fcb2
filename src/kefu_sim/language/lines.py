"""The part of the network that reads lines by themselves: n-grams, convolutions, pooling.

What a line says does not hang on the lines around it, so it is kept for a while: the same words come again after other
words, and the same words of the buyer before other replies. Several lines are read at once where several are new.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from kefu_sim.language import features
from kefu_sim.language.lately import Memory

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

KEPT = 512
"""So many messages are kept as read, and so many lines of each side before them."""
AT_ONCE = 16
"""So many new ones are read at once: the arrays for more would need memory from the system, again and again."""
DAMPING = 4
"""Added to a length before its root divides a sum: short stretches count less."""
SHARPNESS = 4.0
"""How near to the maximum the strongest clause is taken."""
TONE = slice(8, 13)
"""Outputs that say how polite a message is; those before them are the steps, those behind them the issues."""
_MARK = re.compile("[,。?]")
"""What ends a clause of a folded text."""
SLOT_SHIFT = np.uint32(11)
"""A key, shifted by so much, is its place in the table of slots; no two learnt n-grams share one."""
_BLOCK_SHIFT = np.uint32(19)
"""And so its block: a slot holds which n-gram of its block it is, a block how many come before."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as it was read by itself."""

    pooled: Floats
    """(2 · channels + width,) strongest answers of both convolutions, and the mean of the vectors."""
    winners: NDArray[np.intp]
    """(2 · channels,) for each channel of both convolutions the position whose answer was the strongest."""
    votes: Floats
    """(length + 2, outputs) what the n-grams that end at each position say alone; row 0 is the mark before the text."""
    wide: Floats
    """(outputs,) what the n-grams say alone, all together."""


class LineReader:
    """Reads folded lines."""

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]], outputs: int) -> None:
        """Take the weights of a file, and the number of outputs."""
        keys = np.asarray(arrays["keys"], np.uint32)
        self._keys = np.concatenate((np.zeros(1, np.uint32), keys))
        blocks = keys >> _BLOCK_SHIFT
        self._before = np.searchsorted(blocks, np.arange(1 << (32 - int(_BLOCK_SHIFT)))).astype(np.int32)
        self._slots = np.zeros(1 << (32 - int(SLOT_SHIFT)), np.uint8)
        self._slots[keys >> SLOT_SHIFT] = np.arange(1, len(keys) + 1) - self._before[blocks]
        self._rows = np.ascontiguousarray(arrays["rows"], np.int8)
        self._parts = features.gram_parts(whole_sound_table(arrays["sounds"]))
        self._column, self._width = floats(arrays["column"]), len(arrays["column"]) - outputs
        self._near, self._near_bias = floats(arrays["near"]), floats(arrays["near_bias"])
        self._far, self._far_bias = floats(arrays["far"]), floats(arrays["far_bias"])
        self._buyer, self._agent = floats(arrays["buyer"]), floats(arrays["agent"])
        self._buyer_bias, self._agent_bias = floats(arrays["buyer_bias"]), floats(arrays["agent_bias"])
        self._channels = len(self._near_bias) + len(self._far_bias)
        self._messages: Memory[str, Heard] = Memory(KEPT)
        self._buyers: Memory[str, Floats] = Memory(KEPT)
        self._agents: Memory[str, Floats] = Memory(KEPT)

    def read(
        self, messages: Sequence[str], buyers: Sequence[str], agents: Sequence[str]
    ) -> list[tuple[Heard, Floats, Floats]]:
        """Read messages, and the lines before each of them: of the buyer, and the last one of the agent."""
        heard, said, before = (
            self._messages.recall(messages),
            self._buyers.recall(buyers),
            self._agents.recall(agents),
        )
        new = (
            [text for text in dict.fromkeys(messages) if text not in heard],
            [text for text in dict.fromkeys(buyers) if text not in said],
            [text for text in dict.fromkeys(agents) if text not in before],
        )
        for start in range(0, max(map(len, new)), AT_ONCE):
            found = self._read(*(texts[start : start + AT_ONCE] for texts in new))
            heard |= found[0]
            said |= found[1]
            before |= found[2]
        return [
            (heard[message], said[buyer], before[agent])
            for message, buyer, agent in zip(messages, buyers, agents, strict=True)
        ]

    def _read(
        self, messages: Sequence[str], buyers: Sequence[str], agents: Sequence[str]
    ) -> tuple[dict[str, Heard], dict[str, Floats], dict[str, Floats]]:
        """Read new messages and lines, and remember them."""
        places = iter(features.places(*messages, *buyers, *agents))
        sums = self._sums(features.codes(*messages, *buyers, *agents))
        vectors = sums[:, : self._width]
        windows = np.concatenate((vectors[:-2], vectors[1:-1], vectors[2:]), axis=1)
        heard: dict[str, Heard] = {}
        said: dict[str, Floats] = {}
        before: dict[str, Floats] = {}
        if messages:
            here = list(islice(places, len(messages)))
            heard = dict(zip(messages, self._heard(messages, sums, windows, here), strict=True))
            self._messages.keep(heard)
        if buyers:
            answers = _strongest(windows, list(islice(places, len(buyers))), self._buyer) + self._buyer_bias
            said = dict(zip(buyers, np.maximum(answers, 0), strict=True))
            self._buyers.keep(said)
        if agents:
            answers = _strongest(windows, list(places), self._agent) + self._agent_bias
            before = dict(zip(agents, np.maximum(answers, 0), strict=True))
            self._agents.keep(before)
        return heard, said, before

    def _heard(self, messages: Sequence[str], sums: Floats, windows: Floats, places: Sequence[slice]) -> list[Heard]:
        """Pool what is found in each of some texts in a row."""
        first, size, channels = places[0].start, len(self._near_bias), self._channels
        own = [slice(place.start - first, place.stop - first) for place in places]
        gaps = [row for place in own[:-1] for row in (place.stop, place.stop + 1)]
        answers, sums = self._answers(_between(windows, places), gaps), sums[first : places[-1].stop]
        if gaps:
            sums[gaps] = 0  # a gap may hash like an n-gram that was learnt
        begins, lengths = [place.start for place in own], [place.stop - place.start for place in own]
        winners = np.empty((len(places), channels), np.intp)
        pooled = np.empty((len(places), channels + self._width), np.float32)
        for most, at, place in zip(pooled[:, :channels], winners, own, strict=True):
            np.maximum.reduce(answers[place], 0, out=most)
            np.equal(answers[place], most).argmax(0, out=at)  # quicker than that of the numbers themselves
        far = pooled[:, size:channels]
        far += self._far_bias
        np.maximum(far, 0, out=far)
        shares = np.array([(1 / length, (length + DAMPING) ** -0.5) for length in lengths], np.float32)
        totals = np.add.reduceat(sums, begins)
        np.multiply(totals[:, : self._width], shares[:, :1], out=pooled[:, channels:])
        votes = sums[:, self._width :]
        wide = _wide(votes, totals[:, self._width :] * shares[:, 1:], messages, own)
        return list(map(Heard, pooled, winners, [votes[place].copy() for place in own], wide))

    def _answers(self, windows: Floats, gaps: Sequence[int]) -> Floats:
        """Run both convolutions over texts and gaps in a row; (n, 2 · channels), the second one without its bias."""
        padded = np.zeros((len(windows) + 2, len(self._near_bias)), np.float32)
        near = padded[1:-1]
        np.matmul(windows, self._near, out=near)
        near += self._near_bias
        np.maximum(near, 0, out=near)
        if gaps:
            near[gaps] = 0
        answers = np.empty((len(windows), self._channels), np.float32)
        answers[:, : near.shape[1]] = near
        around = np.concatenate((padded[:-2], near, padded[2:]), axis=1)
        np.matmul(around, self._far, out=answers[:, near.shape[1] :])
        return answers

    def _sums(self, points: NDArray[np.uint16]) -> Floats:
        """Add up the rows of the n-grams that end at each position; (n, width + outputs)."""
        keys = features.gram_keys(points, self._parts)
        index = self._before.take(keys >> _BLOCK_SHIFT)
        index += self._slots.take(keys >> SLOT_SHIFT)
        index *= self._keys.take(index) == keys
        sums: Floats = np.add.reduce(self._rows.take(index, 0), 0, np.int16) * self._column
        return sums


def floats(array: NDArray[np.generic]) -> Floats:
    """The same in single precision, row by row."""
    return np.ascontiguousarray(array, np.float32)


FIRST_SOUND = 0x4E00
"""Code point of the first entry of the table of sounds."""


def whole_sound_table(stored: NDArray[np.generic]) -> NDArray[np.uint32]:
    """Give a sound for each code point; a character without one sounds like itself."""
    table = np.arange(1 << 16, dtype=np.uint32)
    sounds = stored.astype(np.uint32)
    block = table[FIRST_SOUND : FIRST_SOUND + len(sounds)]
    block[:] = np.where(sounds > 0, sounds + np.uint32(1 << 16), block)
    return table


def _between(windows: Floats, places: Sequence[slice]) -> Floats:
    """The windows of texts that stand in a row, and of the gaps between them."""
    return windows[places[0].start - 1 : places[-1].stop - 1]


def _strongest(windows: Floats, places: Sequence[slice], weights: Floats) -> Floats:
    """For each of some texts in a row the strongest answer of each channel."""
    answers, first = _between(windows, places) @ weights, places[0].start
    out = np.empty((len(places), weights.shape[1]), np.float32)
    for row, place in zip(out, places, strict=True):
        np.maximum.reduce(answers[place.start - first : place.stop - first], 0, out=row)
    return out


def _wide(votes: Floats, whole: Floats, messages: Sequence[str], places: Sequence[slice]) -> Floats:
    """Judge some texts in a row by n-grams alone: (texts, outputs). Between the texts nothing is voted for.

    Steps and issues take the strongest of the clauses and the whole message, the tone the whole.
    """
    starts: list[int] = []
    stops: list[int] = []
    firsts: list[int] = []
    for message, place in zip(messages, places, strict=True):
        firsts.append(len(starts))
        cuts = [place.start + mark.end() + 1 for mark in _MARK.finditer(message)]
        starts += place.start, *cuts
        stops += *cuts, place.stop
    roots = [SHARPNESS * (stop - start + DAMPING) ** -0.5 for start, stop in zip(starts, stops, strict=True)]
    clauses = np.add.reduceat(votes, starts) * np.array(roots, np.float32)[:, None]
    out: Floats = np.logaddexp(np.logaddexp.reduceat(clauses, firsts), whole * np.float32(SHARPNESS))
    out *= np.float32(1 / SHARPNESS)
    out[:, TONE] = whole[:, TONE]
    return out
