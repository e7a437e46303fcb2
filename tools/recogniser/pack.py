"""Turns trained networks into the compact file that language/model.py reads."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kefu_sim.language.model import to_bytes
from recogniser.blend import Blend
from recogniser.grams import Grams
from recogniser.network import Network, Wide

CLIP = 10.0
"""Table entries beyond so many standard deviations of their column are cut."""


def pack(grams: Grams, sounds: NDArray[np.uint16], deep: Network, wide: Wide, blend: Blend) -> bytes:
    """Give the bytes of the weights file."""
    table = np.concatenate((deep.table.weight.detach().numpy(), wide.table.weight.detach().numpy()), axis=1)
    rows, column = _scaled(table)
    arrays: dict[str, NDArray[np.generic]] = {
        "keys": grams.keys,
        "sounds": sounds,
        "tone": _half(np.ascontiguousarray(deep.tone.weight.detach().numpy().T[:, :5])),
        "rows": rows,
        "column": column,
        "thresholds": blend.thresholds[:8].astype(np.float32),
        "issue_thresholds": blend.thresholds[8:].astype(np.float32),
        "calm": blend.calm.astype(np.float32),
        "calm_bias": blend.calm_bias.astype(np.float32),
        "wide_tone_bias": wide.bias.detach().numpy()[8:13],
        "cuts": blend.cuts.astype(np.float32),
    }
    arrays["blend"], arrays["blend_bias"] = _one_matrix(blend, deep, wide)
    for name in ("near", "far", "buyer", "agent"):
        layer = getattr(deep, name)
        kernel = layer.weight.detach().numpy()  # (out, in, 3)
        arrays[name] = _half(kernel.transpose(2, 1, 0).reshape(-1, kernel.shape[0]))
        arrays[f"{name}_bias"] = _half(layer.bias.detach().numpy())
    for name in ("hidden", "out"):
        layer = getattr(deep, name)
        arrays[name] = _half(layer.weight.detach().numpy().T)
        arrays[f"{name}_bias"] = _half(layer.bias.detach().numpy())
    return to_bytes(arrays, {"grams": len(grams.keys), "width": int(deep.shape.width)})


def _one_matrix(blend: Blend, deep: Network, wide: Wide) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Write the whole blend as one matrix over network, n-grams, rules, rules say anything, degree, tone marks."""
    plain = np.r_[0:8, 13:18]
    tone = slice(8, 13)
    matrix, bias = np.zeros((18 + 18 + 13 + 13 + 5 + 3, 18)), np.zeros(18)
    for k, output in enumerate(plain):
        for part, row in enumerate((output, 18 + output, 36 + k, 49 + k)):
            matrix[row, output] = blend.plain[k, part]
    bias[plain], bias[tone] = blend.plain_bias, blend.manner_bias
    centre = np.eye(5) - 0.2
    matrix[8:13, tone] = centre @ blend.manner[:5]
    matrix[26:31, tone] = centre @ blend.manner[5:10]
    matrix[62:67, tone] = blend.manner[10:15]
    matrix[44:49, tone] = blend.manner[15:20]
    marks = deep.tone.weight.detach().numpy().T
    matrix[67:70] = np.concatenate((np.zeros((3, 8)), marks), axis=1) @ matrix[:18]
    bias += wide.bias.detach().numpy() @ matrix[18:36]
    return matrix.astype(np.float32), bias.astype(np.float32)


def _scaled(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Store a table as bytes with one scale for each column."""
    limit = np.minimum(np.abs(table).max(0), CLIP * table.std(0))
    column = (limit / 127).astype(np.float32)
    rows = np.clip(np.rint(table / column), -127, 127).astype(np.int8)
    return rows, column


def _half(values: NDArray[np.float32]) -> NDArray[np.float16]:
    return np.ascontiguousarray(values).astype(np.float16)
