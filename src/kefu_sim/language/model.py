"""The statistical half of the recogniser: a small network over n-grams, run by numpy.

Each position of the folded reply is the sum of the vectors of the n-grams that end there; two convolutions look at the
neighbours, their strongest answers over the reply are pooled, joined by the pooled lines before the reply, and one
hidden layer gives steps, tone and issues together. One reply costs time linear in its length.

The weights are trained by tools/train_recogniser.py; this module only reads the bytes it is handed.
"""

from __future__ import annotations

import json
import math
import re
import zlib
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from kefu_sim.language import features
from kefu_sim.language.verdict import STEPS, Issue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

MAGIC = b"KFSM1\n"
PIECE = 1 << 16
"""Bytes of a weights file read at a time."""
ISSUES: tuple[Issue, ...] = ("dismissive", "blame", "abuse", "overpromise", "offplatform")
"""Order of the issue outputs."""
POLITENESS = (-2, -1, 0, 1, 2)
"""Order of the politeness outputs."""
OUTPUTS: tuple[str, ...] = (*map(str, STEPS), *(f"politeness {p}" for p in POLITENESS), *ISSUES)
"""Names of all outputs, in order."""
_STEPS = slice(0, len(STEPS))
_TONE = slice(_STEPS.stop, _STEPS.stop + len(POLITENESS))
_ISSUES = slice(_TONE.stop, len(OUTPUTS))
_DEGREES = np.array(POLITENESS, np.float32)
DAMPING = 4
"""Added to a length before its root divides a sum: short stretches count less."""
SHARPNESS = 4.0
"""How near to the maximum the strongest clause is taken."""
CALM = 0.7
"""Weight of the politeness read from probabilities against the one read from logits."""
_ONE_HOT = tuple(tuple(float(i == k) for i in range(5)) for k in range(5))
_MARK = re.compile("[,。?]")
"""What ends a clause of a folded text."""
_TWICE = np.float32(math.log(2) / SHARPNESS)
"""What the soft maximum adds when the one clause and the whole message are the same."""
SLOT_SHIFT = np.uint32(11)
"""A key, shifted by so much, is its place in the table of slots; no two learnt n-grams share one."""
_BLOCK_SHIFT = np.uint32(19)
"""And so its block: a slot holds which n-gram of its block it is, a block how many come before."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the model reads beside the reply. Texts are normalised."""

    buyer: str = ""
    """The buyer's lines since the agent's last one, joined by newlines."""
    agent: str = ""
    """The agent's last line."""
    alone: bool = False
    """Nothing at all stands before the reply."""
    faces: int = 0
    """Emoji and faces in the reply; they speak for the tone only, never for a step."""
    exclamations: int = 0
    ellipses: int = 0


@dataclass(frozen=True, slots=True)
class RuleView:
    """What the readable rules alone make of the reply."""

    steps: Sequence[float] = (0.0,) * len(STEPS)
    """(8,) in flow order, 0 to 1."""
    politeness: int = 0
    """−2 to 2."""
    issues: Sequence[bool] = (False,) * len(ISSUES)
    """(5,) in the order of ISSUES."""


ALONE, NO_RULES = Surroundings(), RuleView()


@dataclass(frozen=True, slots=True)
class Prediction:
    """Calibrated probabilities for one reply, rules and network together."""

    steps: Floats
    """(8,) in flow order, 0 to 1 each."""
    politeness: Floats
    """(5,) from −2 to 2; adds up to 1."""
    issues: Floats
    """(5,) in the order of ISSUES, 0 to 1 each."""
    trace: Trace

    @property
    def expected_politeness(self) -> float:
        """The mean of the distribution, −2 to 2."""
        return float(self.politeness @ _DEGREES)


@dataclass(frozen=True)
class Trace:
    """What the forward pass leaves for finding the words behind an output."""

    text: str
    """As it was handed in."""
    near: Floats
    """(length + 2, channels) answers of the first convolution; row 0 belongs to the mark before the text."""
    far: Floats
    """And of the second, without its bias."""
    pooled: Floats
    """Input of the hidden layer."""
    hidden: Floats
    votes: Floats
    """(length + 2, 18) what the n-grams that end at each position say alone."""

    @cached_property
    def folded(self) -> features.Folded:
        """The text as the network read it, with the way back."""
        return features.fold_back(self.text)

    @cached_property
    def winners(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """For each channel of `near` and `far` the position that won the pooling."""
        return self.near.argmax(0), self.far.argmax(0)


class StatModel:
    """The network with its weights. Holds no state between replies."""

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]], about: Mapping[str, object]) -> None:
        """Take the arrays of `to_bytes`; weights may be stored in half precision or as scaled bytes."""
        self.about = about
        keys = np.asarray(arrays["keys"], np.uint32)
        self._keys = np.concatenate((np.zeros(1, np.uint32), keys))
        blocks = keys >> _BLOCK_SHIFT
        self._before = np.searchsorted(blocks, np.arange(1 << (32 - int(_BLOCK_SHIFT)))).astype(np.int32)
        self._slots = np.zeros(1 << (32 - int(SLOT_SHIFT)), np.uint8)
        self._slots[keys >> SLOT_SHIFT] = np.arange(1, len(keys) + 1) - self._before[blocks]
        self._rows = np.ascontiguousarray(arrays["rows"], np.int8)
        self._parts = features.gram_parts(whole_sound_table(arrays["sounds"]))
        self._column, self._width = _float(arrays["column"]), len(arrays["column"]) - len(OUTPUTS)
        self._near, self._near_bias = _float(arrays["near"]), _float(arrays["near_bias"])
        self._far, self._far_bias = _float(arrays["far"]), _float(arrays["far_bias"])
        self._buyer, self._agent = _float(arrays["buyer"]), _float(arrays["agent"])
        self._around_bias = _float(np.concatenate((arrays["buyer_bias"], arrays["agent_bias"])))
        self._split = len(arrays["buyer_bias"])
        self._hidden, self._hidden_bias = _float(arrays["hidden"]), _float(arrays["hidden_bias"])
        self._out, self._out_bias = _float(arrays["out"]), _float(arrays["out_bias"])
        self._blend = _float(arrays["blend"])
        self._decision = _decision(self._blend, _float(arrays["calm"]))
        self._decision_bias = _float(np.concatenate((arrays["blend_bias"], arrays["calm_bias"])))
        self._lines = 2 * len(self._near_bias) + self._width
        self._tone, self._wide_tone_bias = _float(arrays["tone"]), _float(arrays["wide_tone_bias"])
        self.thresholds: tuple[float, ...] = tuple(map(float, arrays["thresholds"]))
        """Probability from which each of the 8 steps counts."""
        self.issue_thresholds: tuple[float, ...] = tuple(map(float, arrays["issue_thresholds"]))
        """And each of the 5 issues."""
        self.cuts: tuple[float, ...] = tuple(map(float, arrays["cuts"]))
        """Bounds of the expected politeness between −2, −1, 0, 1 and 2."""

    @classmethod
    def from_bytes(cls, data: bytes) -> StatModel:
        """Read a weights file. Raises ValueError when it is none."""
        return cls.from_stream(BytesIO(data))

    @classmethod
    def from_stream(cls, stream: BinaryIO) -> StatModel:
        """Read a weights file piece by piece, so that it never lies in memory twice. Raises ValueError."""
        if stream.read(len(MAGIC)) != MAGIC:
            raise ValueError("not a weights file of the recogniser")
        header = json.loads(stream.read(int.from_bytes(stream.read(4), "little")))
        places = [
            (name, np.dtype(kind), math.prod(shape), shape, offset) for name, kind, shape, offset in header["arrays"]
        ]
        body = bytearray(max(offset + kind.itemsize * count for _, kind, count, _, offset in places))
        inflate, at = zlib.decompressobj(), 0
        while packed := stream.read(PIECE):
            piece = inflate.decompress(packed)
            body[at : at + len(piece)] = piece
            at += len(piece)
        if not inflate.eof or at != len(body):
            raise ValueError("the weights file of the recogniser is cut off")
        arrays: dict[str, NDArray[np.generic]] = {
            name: np.frombuffer(body, kind, count, offset).reshape(shape) for name, kind, count, shape, offset in places
        }
        return cls(arrays, header["about"])

    def predict(self, text: str, around: Surroundings = ALONE, rules: RuleView = NO_RULES) -> Prediction:
        """Judge a normalised reply, with what the rules found in it."""
        return self.predict_all([(text, around, rules)])[0]

    def predict_all(self, asked: Sequence[tuple[str, Surroundings, RuleView]]) -> list[Prediction]:
        """Judge several replies at once, which costs less than one after the other: shapes below are of all of them."""
        messages = [features.fold(text)[: features.MAX_MESSAGE] for text, _, _ in asked]
        buyers = [features.fold(around.buyer)[-features.MAX_BUYER :] for _, around, _ in asked]
        agents = [features.fold(around.agent)[-features.MAX_AGENT :] for _, around, _ in asked]
        places = features.places(*messages, *buyers, *agents)
        sums = self._sums(features.codes(*messages, *buyers, *agents))
        vectors = sums[:, : self._width]
        windows = np.concatenate((vectors[:-2], vectors[1:-1], vectors[2:]), axis=1)
        count = len(asked)
        here, before, last = places[:count], places[count : 2 * count], places[2 * count :]
        near, far = self._answers(_between(windows, here), here)
        pooled = np.empty((count, len(self._hidden)), np.float32)
        self._pool(near, far, vectors, here, pooled)
        lines = pooled[:, self._lines : -3]
        _strongest(_between(windows, before) @ self._buyer, before, lines[:, : self._split])
        _strongest(_between(windows, last) @ self._agent, last, lines[:, self._split :])
        lines += self._around_bias
        np.maximum(lines, 0, out=lines)
        pooled[:, -3:] = [(a.alone, a.agent != "", "\n" in a.buyer) for _, a, _ in asked]
        hidden = np.maximum(pooled @ self._hidden + self._hidden_bias, 0)
        deep = hidden @ self._out + self._out_bias
        votes = sums[:, self._width :]
        wide = _wide(votes, messages, here)
        found: list[Prediction] = []
        for k, (text, around, rules) in enumerate(asked):
            own = slice(here[k].start - 2, here[k].stop - 2)
            trace = Trace(text, near[own], far[own], pooled[k], hidden[k], votes[here[k]])
            found.append(self._decided(deep[k], wide[k], around, rules, trace))
        return found

    def _pool(self, near: Floats, far: Floats, vectors: Floats, here: Sequence[slice], pooled: Floats) -> None:
        """Fill in what the hidden layer reads of each message: strongest answers of both convolutions, and the mean."""
        size = near.shape[1]
        _strongest(near, here, pooled[:, :size])
        strongest = pooled[:, size : 2 * size]
        _strongest(far, here, strongest)
        strongest += self._far_bias
        np.maximum(strongest, 0, out=strongest)
        for mean, place in zip(pooled[:, 2 * size : self._lines], here, strict=True):
            np.multiply(np.add.reduce(vectors[place], 0), 1 / (place.stop - place.start), out=mean)

    def _decided(self, deep: Floats, wide: Floats, around: Surroundings, rules: RuleView, trace: Trace) -> Prediction:
        """Join network, n-grams, rules and tone marks in one calibrated decision."""
        told = [*rules.steps, *rules.issues]
        tone = [min(around.faces, 2) / 2, min(around.exclamations, 2) / 2, float(around.ellipses > 0)]
        degree = _ONE_HOT[rules.politeness + 2]
        marked = deep[_TONE]
        if any(tone):
            marked = marked + np.array(tone, np.float32) @ self._tone
        seen = _shares(marked.tolist()) + _shares((wide[_TONE] + self._wide_tone_bias).tolist())
        count = len(OUTPUTS)
        joined = np.empty(len(self._decision), np.float32)
        joined[:count] = deep
        joined[count : 2 * count] = wide
        joined[2 * count :] = [*told, *[value > 0 for value in told], *degree, *tone, *seen]
        raw: list[float] = (joined @ self._decision + self._decision_bias).tolist()
        both = zip(_shares(raw[_TONE]), _shares(raw[count:]), strict=True)
        politeness = [(1 - CALM) * bold + CALM * mild for bold, mild in both]
        plain = [0.5 + 0.5 * math.tanh(0.5 * value) for value in (*raw[_STEPS], *raw[_ISSUES])]
        chances = np.array((*plain, *politeness), np.float32)
        steps, issues = len(STEPS), len(STEPS) + len(ISSUES)
        return Prediction(chances[:steps], chances[issues:], chances[steps:issues], trace)

    def _answers(self, windows: Floats, places: Sequence[slice]) -> tuple[Floats, Floats]:
        """Run both convolutions over texts; (n, channels) each, the second one without its bias."""
        padded = np.zeros((len(windows) + 2, len(self._near_bias)), np.float32)
        near = padded[1:-1]
        np.matmul(windows, self._near, out=near)
        near += self._near_bias
        np.maximum(near, 0, out=near)
        for place in places[:-1]:
            near[place.stop - 2 : place.stop] = 0
        far: Floats = np.concatenate((padded[:-2], near, padded[2:]), axis=1) @ self._far
        return near, far

    def _sums(self, points: NDArray[np.uint16]) -> Floats:
        """Add up the rows of the n-grams that end at each position; (n, width + 18)."""
        keys = features.gram_keys(points, self._parts)
        index = self._before.take(keys >> _BLOCK_SHIFT)
        index += self._slots.take(keys >> SLOT_SHIFT)
        index *= self._keys.take(index) == keys
        sums: Floats = np.add.reduce(self._rows.take(index, 0), 0, np.int16) * self._column
        return sums

    def reasons(self, prediction: Prediction, output: str) -> list[tuple[int, int, float]]:
        """Give the words behind an output, as ranges of the normalised text with their weight, in text order.

        The weights are in logits: how much the output would lose, to first order, without what was found there.
        """
        trace = prediction.trace
        folded, width = trace.folded, trace.near.shape[1]
        at = OUTPUTS.index(output)
        back = self._hidden[: 2 * width] @ (self._out[:, at] * (trace.hidden > 0))
        gain = back * trace.pooled[: 2 * width]
        weights = np.zeros(len(trace.votes) + 4, np.float64)
        for half, (winners, reach) in enumerate(zip(trace.winners, (1, 2), strict=True)):
            part = gain[half * width : (half + 1) * width] / (2 * reach + 1)
            won = np.bincount(winners, part, len(trace.near))
            for step in range(2 - reach, 3 + reach):
                weights[step : step + len(won)] += won
        share = self._blend[len(OUTPUTS) + at, at] * (len(trace.votes) + DAMPING) ** -0.5
        inner = weights[3:-3] * self._blend[at, at] + trace.votes[1:-1, at] * share
        return list(zip(folded.starts, folded.ends, inner.tolist(), strict=False))


def best_range(reasons: Sequence[tuple[int, int, float]]) -> tuple[int, int] | None:
    """Give the stretch with the greatest weight above the average, as a range of the normalised text."""
    if not reasons:
        return None
    floor = max(0.0, sum(w for _, _, w in reasons) / len(reasons))
    best, run, start, found = 0.0, 0.0, 0, None
    for i, (_, _, weight) in enumerate(reasons):
        if run <= 0:
            run, start = 0.0, i
        run += weight - floor
        if run > best:
            best, found = run, (reasons[start][0], reasons[i][1])
    return found


def to_bytes(arrays: Mapping[str, NDArray[np.generic]], about: Mapping[str, object]) -> bytes:
    """Write a weights file; the same arrays always give the same bytes."""
    rows: list[tuple[str, str, list[int], int]] = []
    body = b""
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        body += b"\0" * (-len(body) % 8)
        rows.append((name, array.dtype.newbyteorder("<").str, list(array.shape), len(body)))
        body += array.astype(array.dtype.newbyteorder("<")).tobytes()
    header = json.dumps({"about": about, "arrays": rows}, ensure_ascii=False, sort_keys=True).encode()
    return MAGIC + len(header).to_bytes(4, "little") + header + zlib.compress(body, 9)


def _float(array: NDArray[np.generic]) -> Floats:
    return np.ascontiguousarray(array, np.float32)


def _decision(blend: Floats, calm: Floats) -> Floats:
    """Put both regressions into one matrix: over the inputs of `blend` and the shares of tone, to all their outputs."""
    inputs, outputs = blend.shape
    tones, rules = 2 * len(POLITENESS), 2 * len(OUTPUTS) + len(STEPS)
    degrees = rules + len(ISSUES) + len(STEPS) + len(ISSUES)
    whole = np.zeros((inputs + tones, outputs + len(POLITENESS)), np.float32)
    whole[:inputs, :outputs] = blend
    whole[inputs:, outputs:] = calm[:tones]
    whole[degrees : degrees + len(POLITENESS), outputs:] = calm[tones : -len(ISSUES)]
    whole[rules : rules + len(ISSUES), outputs:] = calm[-len(ISSUES) :]
    return whole


def whole_sound_table(stored: NDArray[np.generic]) -> NDArray[np.uint32]:
    """Give a sound for each code point; a character without one sounds like itself."""
    table = np.arange(1 << 16, dtype=np.uint32)
    sounds = stored.astype(np.uint32)
    block = table[FIRST_SOUND : FIRST_SOUND + len(sounds)]
    block[:] = np.where(sounds > 0, sounds + np.uint32(1 << 16), block)
    return table


FIRST_SOUND = 0x4E00
"""Code point of the first entry of the table of sounds."""


def _shares(logits: Sequence[float], exp: Callable[[float], float] = math.exp) -> list[float]:
    """Turn five logits into shares that add up to 1. Written out: every reply asks four times."""
    most = max(logits)
    a, b, c, d, e = logits
    a, b, c, d, e = exp(a - most), exp(b - most), exp(c - most), exp(d - most), exp(e - most)
    total = a + b + c + d + e
    return [a / total, b / total, c / total, d / total, e / total]


def _between(windows: Floats, places: Sequence[slice]) -> Floats:
    """The windows of texts that stand in a row, and of the gaps between them."""
    return windows[places[0].start - 1 : places[-1].stop - 1]


def _strongest(answers: Floats, places: Sequence[slice], out: Floats) -> None:
    """For each text the strongest answer of each channel; the answers begin with those of the first text."""
    first = places[0].start
    for row, place in zip(out, places, strict=True):
        np.maximum.reduce(answers[place.start - first : place.stop - first], 0, out=row)


def _wide(rows: Floats, messages: Sequence[str], places: Sequence[slice]) -> Floats:
    """Judge by n-grams alone: (messages, 18) outputs.

    Steps and issues take the strongest of the clauses and the whole message, the tone the whole.
    """
    out = np.empty((len(messages), len(OUTPUTS)), np.float32)
    for told, message, place in zip(out, messages, places, strict=True):
        own = rows[place]
        whole: Floats = np.add.reduce(own, 0)
        whole *= np.float32((len(own) + DAMPING) ** -0.5)
        starts = [0, *[mark.end() + 1 for mark in _MARK.finditer(message)]]
        if len(starts) == 1:
            np.add(whole, _TWICE, out=told)
        else:
            _of_clauses(own, whole, starts, told)
        told[_TONE] = whole[_TONE]
    return out


def _of_clauses(rows: Floats, whole: Floats, starts: Sequence[int], out: Floats) -> None:
    """The soft maximum over clauses, which begin at `starts`, and the whole message."""
    stops = [*starts[1:], len(rows)]
    roots = [SHARPNESS * (stop - start + DAMPING) ** -0.5 for start, stop in zip(starts, stops, strict=True)]
    each = np.empty((len(starts) + 1, len(OUTPUTS)), np.float32)
    np.add.reduceat(rows, starts, 0, out=each[:-1])
    each[-1] = whole
    each *= np.array((*roots, SHARPNESS), np.float32)[:, None]
    np.logaddexp.reduce(each, 0, out=out)
    out *= np.float32(1 / SHARPNESS)
