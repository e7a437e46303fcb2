"""The statistical half of the recogniser: a small network over n-grams, run by numpy.

Each position of the folded reply is the sum of the vectors of the n-grams that end there; two convolutions look at the
neighbours, their strongest answers over the reply are pooled (`lines`), joined by the pooled lines before the reply,
and one hidden layer gives steps, tone and issues together. One reply costs time linear in its length.

The weights are trained by tools/train_recogniser.py; this module only reads the bytes it is handed.
"""

from __future__ import annotations

import json
import math
import zlib
from bisect import bisect_left
from io import BytesIO
from itertools import accumulate
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import numpy as np

from kefu_sim.language import features
from kefu_sim.language.lines import DAMPING, LineReader, floats
from kefu_sim.language.verdict import STEPS, Issue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from kefu_sim.language.lines import Heard

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
_PLAIN = len(STEPS) + len(ISSUES)
_DECIDED = np.r_[_STEPS, _ISSUES, _TONE, len(OUTPUTS) : len(OUTPUTS) + len(POLITENESS)]
"""Order in which the decision is worked out: chances that stand alone first, then both readings of the tone."""
_DEGREES = np.array(POLITENESS, np.float32)
CALM = 0.7
"""Weight of the politeness read from probabilities against the one read from logits."""
_NEAR, _FAR = np.full(3, 1 / 3), np.full(5, 1 / 5)
"""An answer of a convolution is owed in equal parts to all the positions that it looks at."""
_APART = np.zeros(len(_FAR), np.float32)
"""So far apart that no answer reaches into the next reply."""
_BOTH = np.concatenate(((1 - CALM) * np.eye(len(POLITENESS)), CALM * np.eye(len(POLITENESS))))
"""Joins both readings of the tone."""
_ONE_HOT = tuple(tuple(float(i == k) for i in range(5)) for k in range(5))


class Surroundings(NamedTuple):
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


class RuleView(NamedTuple):
    """What the readable rules alone make of the reply."""

    steps: Sequence[float] = (0.0,) * len(STEPS)
    """(8,) in flow order, 0 to 1."""
    politeness: int = 0
    """−2 to 2."""
    issues: Sequence[bool] = (False,) * len(ISSUES)
    """(5,) in the order of ISSUES."""


class Prediction(NamedTuple):
    """Calibrated probabilities for one reply, rules and network together."""

    steps: Floats
    """(8,) in flow order, 0 to 1 each."""
    politeness: Floats
    """(5,) from −2 to 2; adds up to 1."""
    issues: Floats
    """(5,) in the order of ISSUES, 0 to 1 each."""
    expected_politeness: float
    """The mean of the distribution, −2 to 2."""
    trace: Trace


class Trace(NamedTuple):
    """What the forward pass leaves for finding the words behind an output."""

    message: features.Folded
    """As the network read it."""
    heard: Heard
    """The message by itself."""
    pooled: Floats
    """Input of the hidden layer."""
    hidden: Floats


class StatModel:
    """The network with its weights. Holds no state between replies but the lines it has read lately."""

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]], about: Mapping[str, object]) -> None:
        """Take the arrays of `to_bytes`; weights may be stored in half precision or as scaled bytes."""
        self.about = about
        self._lines = LineReader(arrays, len(OUTPUTS))
        self._hidden, self._hidden_bias = floats(arrays["hidden"]), floats(arrays["hidden_bias"])
        size = len(arrays["far_bias"])
        self._back = np.ascontiguousarray(self._hidden[: 2 * size].T)
        """(hidden, 2 · channels) The way from the hidden layer back to what was pooled."""
        self._out, self._out_bias = floats(arrays["out"]), floats(arrays["out_bias"])
        self._ways = np.ascontiguousarray(self._out.T)
        """And from each output back to the hidden layer."""
        self._blend = floats(arrays["blend"])
        self._decision = _decision(self._blend, floats(arrays["calm"]))[:, _DECIDED]
        self._decision_bias = floats(np.concatenate((arrays["blend_bias"], arrays["calm_bias"])))[_DECIDED]
        self._tone = np.pad(floats(arrays["tone"]), ((0, 0), (0, len(POLITENESS))))
        self._tone_bias = np.pad(floats(arrays["wide_tone_bias"]), (len(POLITENESS), 0))
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

    def predict_all(self, asked: Sequence[tuple[str, Surroundings, RuleView]]) -> list[Prediction]:
        """Judge normalised replies, each with what surrounds it and what the rules found in it.

        Several at once cost less than one after the other.
        """
        messages = [features.fold_back(text) for text, _, _ in asked]
        buyers = [features.fold(around.buyer)[-features.MAX_BUYER :] for _, around, _ in asked]
        agents = [features.fold(around.agent)[-features.MAX_AGENT :] for _, around, _ in asked]
        read = self._lines.read([message.text[: features.MAX_MESSAGE] for message in messages], buyers, agents)
        flags = np.array(
            [(around.alone, around.agent != "", "\n" in around.buyer) for _, around, _ in asked], np.float32
        )
        parts = [part for own, buyer, agent in read for part in (own.pooled, buyer, agent)]
        pooled = np.concatenate((np.concatenate(parts).reshape(len(asked), -1), flags), axis=1)
        hidden = np.maximum(pooled @ self._hidden + self._hidden_bias, 0)
        wide = np.concatenate([own.wide for own, _, _ in read]).reshape(len(asked), -1)
        chances = self._chances(hidden @ self._out + self._out_bias, wide, asked)
        expected = (chances[:, _PLAIN:] @ _DEGREES).tolist()
        return [
            Prediction(row[_STEPS], row[_PLAIN:], row[len(STEPS) : _PLAIN], tone, Trace(message, own, *seen))
            for message, (own, _, _), row, tone, *seen in zip(
                messages, read, chances, expected, pooled, hidden, strict=True
            )
        ]

    def _chances(self, deep: Floats, wide: Floats, asked: Sequence[tuple[str, Surroundings, RuleView]]) -> Floats:
        """Join all that speaks for a decision: calibrated chances (replies, outputs) of steps, issues and tone."""
        beside = np.array([_beside(around, rules) for _, around, rules in asked], np.float32)
        heard = np.concatenate((deep[:, _TONE], wide[:, _TONE]), axis=1)
        heard += beside[:, -3:] @ self._tone + self._tone_bias
        joined = np.concatenate((deep, wide, beside, _shares(heard)), axis=1, dtype=np.float32)
        raw = (joined @ self._decision + self._decision_bias).astype(np.float64)
        alone = np.tanh(0.5 * raw[:, :_PLAIN])
        alone += 1
        alone *= 0.5
        tones = _shares(raw[:, _PLAIN:]) @ _BOTH
        return np.concatenate((alone, tones), axis=1, dtype=np.float32)

    def shares(self, asked: Sequence[tuple[Prediction, str, Sequence[int]]]) -> list[list[float]]:
        """Give what the text adds to some outputs, in log-odds, from each of some places to the next.

        The places are those of the normalised reply, ascending; what stands before the first counts to it. It is what
        the output would lose, to first order, without what was found there.
        """
        if not asked:
            return []
        owed, begins = self._owed([(prediction, output) for prediction, output, _ in asked])
        cuts: list[int] = []
        for (prediction, _, places), at in zip(asked, begins, strict=True):
            trace = prediction.trace
            count = len(trace.heard.votes) - 2
            cuts.append(at)
            cuts += [at + bisect_left(trace.message.starts, place, 0, count) for place in places[1:]]
            cuts.append(at + count)
        sums = np.add.reduceat(owed, cuts).tolist()
        ends = accumulate(len(places) + 1 for _, _, places in asked)
        return [sums[end - len(places) - 1 : end - 1] for (_, _, places), end in zip(asked, ends, strict=True)]

    def by_character(self, asked: Sequence[tuple[Prediction, str]]) -> list[list[float]]:
        """Give what each character of the folded replies adds to some outputs, in log-odds: `shares` adds these up."""
        if not asked:
            return []
        owed, begins = self._owed(asked)
        lengths = (len(prediction.trace.heard.votes) - 2 for prediction, _ in asked)
        return [owed[at : at + length].tolist() for at, length in zip(begins, lengths, strict=True)]

    def _owed(self, asked: Sequence[tuple[Prediction, str]]) -> tuple[NDArray[np.float64], list[int]]:
        """Give what the positions of some folded replies add to an output, all in one row, and where each begins."""
        traces = [prediction.trace for prediction, _ in asked]
        outputs = np.array([OUTPUTS.index(output) for _, output in asked])
        width = len(self._back[0]) // 2
        open_ = np.array([trace.hidden for trace in traces]) > 0
        gain = ((self._ways[outputs] * open_) @ self._back) * np.array([trace.pooled[: 2 * width] for trace in traces])
        votes = [trace.heard.votes[:, output] for trace, output in zip(traces, outputs.tolist(), strict=True)]
        sizes = np.array([len(own) + len(_FAR) for own in votes])
        starts = np.add.accumulate(sizes) - sizes
        places = np.array([trace.heard.winners for trace in traces]) + starts[:, None]
        near, far = (
            np.correlate(np.bincount(places[:, half].ravel(), gain[:, half].ravel(), sizes.sum()), reach, "same")
            for reach, half in ((_NEAR, slice(width)), (_FAR, slice(width, 2 * width)))
        )
        deep = self._blend[outputs, outputs]
        wide = self._blend[len(OUTPUTS) + outputs, outputs] * (sizes - len(_FAR) + DAMPING) ** -0.5
        spoken = np.concatenate([piece for own in votes for piece in (own, _APART)])
        return (near + far) * np.repeat(deep, sizes) + spoken * np.repeat(wide, sizes), (starts + 1).tolist()


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


def _beside(around: Surroundings, rules: RuleView) -> list[float]:
    """What the decision rests on beside the network: scores of the rules, whether each holds, their tone, the marks."""
    told = [*rules.steps, *rules.issues]
    marks = min(around.faces, 2) / 2, min(around.exclamations, 2) / 2, around.ellipses > 0
    return [*told, *[value > 0 for value in told], *_ONE_HOT[rules.politeness + 2], *marks]


def _shares(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Turn logits, five and five of each row, into shares that add up to 1."""
    fives = logits.astype(np.float64).reshape(-1, len(POLITENESS))
    shares = np.exp(fives - np.maximum.reduce(fives, 1, keepdims=True))
    shares /= np.add.reduce(shares, 1, keepdims=True)
    whole: NDArray[np.float64] = shares.reshape(logits.shape)
    return whole
