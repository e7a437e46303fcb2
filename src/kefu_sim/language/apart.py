"""Words that are spelt apart so that nobody notices them (加个微 信), read as if they were not."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kefu_sim.language.normalise import Normalised

_GAP = "[ .*_/|-]{1,2}"
_ENDS = ("信", "扣", "企鹅")
"""Without one of these no word is spelt apart."""
_HALF = "(?:[微薇威v]|wei)"
_BEFORE = "^|[,;。!?\n~… ]|[亲您你先来吧别不]|不要|不用|不能"
_APART = re.compile(
    rf"{_HALF}(?P<within>{_GAP})信(?![息用任誉封赖])|扣(?P<between>{_GAP})扣"
    rf"|(?:{_BEFORE})(?:加|\+)(?:我|个|一?下|您|你)?(?P<before> )(?:{_HALF}(?:{_GAP})?信|扣扣|企鹅)"
)
"""A gap within a word, or between the word and 加 where little stands before it: 已加 微信支付 are two clauses."""


class Joined(NamedTuple):
    """A reply without the gaps in its words."""

    reply: Normalised
    kept: Sequence[int]
    """For each character, where it stands in the reply as it is read."""

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Give the range of the reply as it is read."""
        return self.kept[start], self.kept[end - 1] + 1


def joined(reply: Normalised) -> Joined | None:
    """Close the gaps within a reply; None where there are none."""
    if not any(word in reply.text for word in _ENDS):
        return None
    gaps: set[int] = set()
    at = 0
    while match := _APART.search(reply.text, at):
        name = match.lastgroup or ""
        gaps.update(range(*match.span(name)))
        at = match.end(name)  # a word may have another gap
    if not gaps:
        return None
    kept = [at for at in range(len(reply.text)) if at not in gaps]
    text = "".join([reply.text[at] for at in kept])
    starts, ends = [reply.starts[at] for at in kept], [reply.ends[at] for at in kept]
    sentences: list[tuple[int, int]] = []
    for start, end in reply.sentences:
        first, last = bisect_left(kept, start), bisect_left(kept, end)
        if sentences and sentences[-1][1] == first:
            first, _ = sentences.pop()
        if first < last:
            sentences.append((first, last))
    whole = reply._replace(text=text, starts=starts, ends=ends, sentences=tuple(sentences), spelt=None)
    return Joined(whole, kept)
