"""The clauses of a reply, in which its steps are done, and what their form says about that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kefu_sim.language.decide import LONGEST
from kefu_sim.language.verdict import Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kefu_sim.language.normalise import Normalised

FORM = 2.0
"""What the form of a clause says for or against a step, in log-odds."""
_CLAUSE = re.compile("[^,:]+")
_OPENING = re.compile(
    "(?P<leading>那?(?:如果|要是|若是|假如|万一|[如若][您你有])|(?:没错|没问题|对)的?我|[^,]+的话$)"
    "|(?P<idle>[!-~]{6,}$|(?:还?请|麻烦)?[您你亲]{0,2}(?:稍等|等(?:一?下|会|我))[^,]{0,3}$)"
    "|(?P<reason>[^,]{0,3}(?:因为|由于))|(?P<conclusion>所以|因此)"
)
_QUESTION = re.compile(r"\?|(?:吗|嘛|不成|没有|(?:是不是|有没有)[^,]*|还是[^,]*呢)$")
_REFUSAL = re.compile("[没未](?:给|帮|替|为|发|寄|补|退|换|勾|点)|不了$|(?<!能)不能|无法|没法|不支持")
_OPENS = "这边|这样|我们|建议|麻烦|请您|因为|所以|但是|如果|若是|要是"
_BREATH = re.compile(
    rf"[!-~]{{6,}}|(?:{_OPENS})?(?:(?!{_OPENS}|[!-~]{{6}})[^呢哦噢哈呀啦哒])+[呢哦噢哈呀啦哒]*|.", re.DOTALL
)
"""Words that were parted by commas, had there been any: by what opens a clause, by a particle at its end, by numbers of
orders and links."""


def clauses_of(reply: Normalised) -> list[tuple[int, int]]:
    """Give the clauses of a reply as ranges of its text; one when it says nothing else."""
    found: list[tuple[int, int]] = []
    for first, last in reply.sentences:
        for match in _CLAUSE.finditer(reply.text, first, last):
            start, end = match.span()
            found += [(start, end)] if end - start <= LONGEST else _parted(reply.text, start, end)
    return found or [(0, len(reply.text))]


def _parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut up a clause that is too long to be shown: who is in a hurry types no commas."""
    for match in _BREATH.finditer(text, start, end):
        a, b = match.span()
        parts = -(-(b - a) // LONGEST)
        yield from ((a + n * (b - a) // parts, a + (n + 1) * (b - a) // parts) for n in range(parts))


def form_says(text: str, start: int, end: int, step: str) -> float:
    """Give what the form of a clause says for a step, in log-odds.

    A condition only leads to what is done, unless the buyer is sent off with it (有问题再找我); who asks to wait, or
    names an order or a link, does nothing yet; a reason is a finding, what is asked or follows from it is none; what
    is refused is no help.
    """
    says = -FORM if step == Step.ASSIST and _REFUSAL.search(text, start, end) else 0.0
    opening = _OPENING.match(text, start, end)
    kind = opening.lastgroup if opening else None
    if step == Step.ANALYSE:
        if kind == "reason":
            return FORM
        return -FORM if kind or _QUESTION.search(text, start, end) else 0.0
    if kind == "idle" or (kind in {"leading", "reason"} and step != Step.FAREWELL):
        says -= FORM
    return says
