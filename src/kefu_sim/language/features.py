"""What the statistical model reads: folded characters, and n-grams of characters and of their sounds.

A folded text has its numbers, masks and links replaced by one placeholder each and its punctuation reduced to `,。?`,
so that a model trained on written replies meets the masked ones of the big platforms half way. Every step is linear
in the length of the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

ORDER, PERSON, PLACE, TIME, LINK, PHONE, PICTURE, SYSTEM = (chr(0xE001 + i) for i in range(8))
"""Placeholders, from the private use area: they stand in no normalised text."""
_NUMBER = "0"
_MASK_KINDS = (
    ("订单|order|单号", ORDER),
    ("姓名|人名|收件人", PERSON),
    ("地址|住址", PLACE),
    ("日期|时间", TIME),
    ("站点|链接|商品|网址", LINK),
    ("电话|手机", PHONE),
    ("图片|视频|截图|语音", PICTURE),
    ("系统", SYSTEM),
    ("金额|数字|价格", _NUMBER),
)
_FOLD = re.compile(
    r"(?P<mask>\[[^\[\]\n]{1,24}\])"
    r"|(?P<link>https?:[\w./?=&%#:+-]{2,200})"
    r"|(?P<number>\d+(?:[.,:]\d+)*)"
    r"|(?P<mark>[.!…;:、~\s\"'*_|][,.。!…;:、~\s\"'*_|]*|[,。][,.。!…;:、~\s\"'*_|]+)"
)
_KIND = re.compile("|".join(f"({words})" for words, _ in _MASK_KINDS))
_SIGNS = tuple(sign for _, sign in _MASK_KINDS)
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_EDGES = ",。"
_FULL_STOP = re.compile(r"[.。!…;\n]")

START, END, GAP = 2, 3, 0
"""Codes around a text, and between texts; an n-gram that begins or ends on a gap is never learnt."""
MAX_MESSAGE, MAX_BUYER, MAX_AGENT = 600, 40, 24
"""So many folded characters are read: of the reply from its start, of the buyer's and agent's lines from their end."""

GRAM_KINDS = 6
"""One character, one sound, two characters, two sounds, three characters, three sounds."""
_MIX = np.array((0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D), np.uint32)
_SALTS = np.array(((1, 4), (1, 1), (1, 1)), np.uint32) * np.uint32(0x27D4EB2F)
"""Added up as the parts are, they tell the kinds of n-grams apart."""
_FINAL = np.uint32(0x165667B1)
_HALF = np.uint32(15)


class Folded(NamedTuple):
    """A text as the model reads it."""

    text: str
    starts: Sequence[int]
    """For each character of `text`, where it begins in the normalised text."""


def fold(text: str) -> str:
    """Fold a normalised text."""
    return _FOLD.sub(_replacement, text).strip(_EDGES)


def fold_back(text: str) -> Folded:
    """Fold a normalised text, with the way back for each character."""
    out: list[str] = []
    starts: list[int] = []
    done = 0
    for match in _FOLD.finditer(text):
        a, b = match.span()
        out.append(text[done:a])
        starts += range(done, a)
        new = _replacement(match)
        if new:
            out.append(new)
            starts.append(a)
        done = b
    if not done:
        return _stripped(text, range(len(text)))
    out.append(text[done:])
    starts += range(done, len(text))
    return _stripped("".join(out), starts)


def _stripped(text: str, starts: Sequence[int]) -> Folded:
    """Without marks at both ends."""
    stop = len(text.rstrip(_EDGES))
    start = stop - len(text[:stop].lstrip(_EDGES))
    if start or stop < len(text):
        return Folded(text[start:stop], starts[start:stop])
    return Folded(text, starts)


def _replacement(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if kind == "number":
        return _NUMBER
    if kind == "link":
        return LINK
    if kind == "mask":
        named = _KIND.search(match.group())
        return _SIGNS[named.lastindex - 1] if named and named.lastindex else ""
    return "。" if _FULL_STOP.search(match.group()) else ","


def codes(*texts: str) -> NDArray[np.uint16]:
    """Give the code points of folded texts, each between START and END, with two gaps between and behind.

    Two more gaps than `gram_keys` eats stand before the first text; `places` tells where the keys of each text are.
    Code points beyond 0xFFFF count as 0xFFFF.
    """
    joined = "\0\0\0\0" + "\0\0".join([f"\2{text}\3" for text in texts]) + "\0\0"
    data = joined.encode("utf-16-le", "surrogatepass")
    if len(data) != 2 * len(joined):
        data = _BEYOND.sub("\uffff", joined).encode("utf-16-le", "surrogatepass")
    return np.frombuffer(data, "<u2")


def places(*texts: str) -> list[slice]:
    """Give where each text stands in the keys of its codes, START and END included."""
    found: list[slice] = []
    at = 2
    for text in texts:
        found.append(slice(at, at + len(text) + 2))
        at += len(text) + 4
    return found


def gram_parts(sounds: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Give what each code point adds to the hashes of n-grams: (65536, 3, 2) by place from the end, and sign or sound.

    `sounds` gives a sound for each code point (65536,).
    """
    parts = np.empty((len(sounds), 3, 2), np.uint32)
    np.multiply.outer(np.arange(len(sounds), dtype=np.uint32), _MIX, out=parts[:, :, 0])
    np.multiply.outer(sounds, _MIX, out=parts[:, :, 1])
    parts += _SALTS
    return parts


def gram_keys(points: NDArray[np.integer], parts: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Hash every n-gram ending at each position but the first two: (GRAM_KINDS, n - 2).

    `points` are code points (n,), `parts` is the table of `gram_parts`. A hash is the sum of the parts of the last
    positions: `shifted` has them below each other, so that the sums run down it.
    """
    size = len(points) - 2
    each = parts.take(points, 0)
    shifted = np.ndarray((3, 2, size), np.uint32, each, 48, (-16, 4, 24))
    flat = np.add.accumulate(shifted, 0, np.uint32).reshape(GRAM_KINDS, size)
    flat ^= flat >> _HALF
    flat *= _FINAL
    flat ^= flat >> _HALF
    return flat
