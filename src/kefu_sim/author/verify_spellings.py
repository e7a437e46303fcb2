"""A sample as other people would type it: other widths, particles, faces, slips, Traditional characters.

What comes out depends on the sample alone, so a run can be repeated and compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from kefu_sim.base.draws import seeded
from kefu_sim.rulebook.typists import Typists

Kind = Literal["width", "particles", "emoji", "typo", "traditional"]

_draw = seeded(0)
_TAIL = re.compile(r"[。.!！~～…\s]*$")
_ENDS_OPEN = re.compile(r"[?？哦呢哈呀啦吗么吧嘛啊噢呐]$")
_WIDER = {code: code + 0xFEE0 for code in (*range(ord("0"), ord("9") + 1), *range(ord("A"), ord("Z") + 1))}
_WIDER.update({code: code + 0xFEE0 for code in range(ord("a"), ord("z") + 1)})
_WIDTH = _WIDER | {ord(full): half for full, half in zip("，？！：；（）", ",?!:;()", strict=True)}


def spellings(sample: str, typists: Typists) -> list[tuple[Kind, str]]:
    """Each way in which the sample can be typed otherwise; ways that change nothing are left out."""
    return [(kind, text) for kind, way in _WAYS.items() if (text := way(sample, typists)) != sample]


def _pick(options: Sequence[str], sample: str, purpose: str) -> str:
    return options[int(_draw(0, f"{purpose}:{sample}") * len(options))]


def _width(sample: str, _typists: Typists) -> str:
    return sample.translate(_WIDTH)


def _particles(sample: str, typists: Typists) -> str:
    """亲 in front, or a particle behind a statement."""
    if _ENDS_OPEN.search(sample):
        return "亲，" + sample
    return _TAIL.sub("", sample) + _pick(typists.particles, sample, "particle")


def _emoji(sample: str, typists: Typists) -> str:
    return sample + _pick(typists.faces, sample, "face")


def _typo(sample: str, typists: Typists) -> str:
    """One word mistyped, once."""
    words = [word for word in typists.typos if word in sample]
    if not words:
        return sample
    word = _pick(words, sample, "word")
    return sample.replace(word, _pick(typists.typos[word], sample, "slip"), 1)


def _traditional(sample: str, typists: Typists) -> str:
    return "".join(typists.traditional.get(char, char) for char in sample)


_WAYS: Mapping[Kind, Callable[[str, Typists], str]] = {
    "width": _width,
    "particles": _particles,
    "emoji": _emoji,
    "typo": _typo,
    "traditional": _traditional,
}
