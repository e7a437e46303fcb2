"""The clauses of a reply, in which its steps are done, and what their form says about that."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kefu_sim.language.decide import LONGEST
from kefu_sim.language.verdict import Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kefu_sim.language.normalise import Normalised

FORM = 2.0
"""What the form of a clause says for or against a step, in log-odds …"""
LEAN = 1.5
"""… and where it is only more likely."""
LONGEST_MASK = 26
"""Characters of a mask such as [订单x], brackets included."""
_CLAUSE = re.compile("(?:https?:|[^,:])+")
_OPENING = re.compile(
    "(?P<leading>那?(?:如果|要是|若是|假如|万一|[如若][您你有])|(?:没错|没问题|对)的?我|[^,]+的话$)"
    "|(?P<idle>[!-~]{6,}$|(?:还?请|麻烦)?[您你亲]{0,2}(?:稍等|等(?:一?下|会|我))[^,]{0,3}$"
    "|[^,]{0,3}提醒[您你]?(?:一[下声])?$)"
    "|(?P<reason>[^,]{0,3}(?:因为|由于))|(?P<conclusion>所以|因此)"
)
_TERMS = re.compile("真?是[^,]{2,10}(?:问题|原因|毛病)就")
_SECOND_HALF: Mapping[str, re.Pattern[str]] = {
    Step.ASK: re.compile("还是"),
    Step.VERIFY: re.compile(
        "(?:请问|您看)?(?:没错|没问题|没变|不变|对|是|行)(?:的|了)?(?:[吧吗么嘛不]|不对|不是)?[呢哈亲]?\\??$"
    ),
}
_QUESTION = re.compile(r"\?|(?:吗|嘛|不成|没有|(?:是不是|有没有)[^,]*|还是[^,]*呢)$")
_REFUSAL = re.compile("[没未](?:给|帮|替|为|发|寄|补|退|换|勾|点)|不了$|(?<!能)不能|无法|没法|不支持")
_OFFER = re.compile(
    "(?:那|要不|不如|可以)?(?:[您你亲咱姐]|我们){0,2}(?:先|就|直接|还是)?(?:[换选拿买试]|[看挑][这那个款])"
    "|[这那][款套件条双只瓶]|[a-z]{1,2}\\d{1,3}|(?![^,]*没)[^,]*(?:推荐|推鉴|建议|适合|好不好|试试|瞧瞧|考虑)"
)
_BARGAIN = re.compile(
    "(?:他|别|那)家|我们(?:家|是|用)|[^,]{0,6}给(?:[您你亲]|咱)[^,]{0,3}(?:塞|送|搭|赠|补|退|减|便宜|优惠|返|抹|半价|申请[^,]{0,3}(?:半价|优惠|减|折))"
)
_GUESS = re.compile("[^,]{0,6}(?:可能|估计|应该是|说明[^书,]|属于)|[^,]*(?:比对|对照|查明|查实)")
_POPULAR = re.compile("[^,]*(?:买|拍|选购|回购|下单)的(?:人|客户|顾客|买家|亲)")
_AGAINST = re.compile("[^,]*(?:别|不要|不用|不建议|不推荐)(?:再|去)?(?:买|选|拍|要|碰)")
_LIKELY: Mapping[str, re.Pattern[str]] = {
    Step.ANALYSE: _GUESS,
    Step.RECOMMEND: _OFFER,
    Step.NEGOTIATE: _BARGAIN,
}
_OPENS = "这边|小[二妹]|妹子|这样|我们|我(?:已经|先|再|马上|帮|给)|建议|麻烦|请您|因为|所以|但是|如果|若是|要是"
_BREATH = re.compile(
    rf"[!-~]{{6,}}|(?:{_OPENS})?(?:(?!{_OPENS}|[!-~]{{6}})[^呢哦噢哈呀啦哒])+[呢哦噢哈呀啦哒]*|.", re.DOTALL
)
"""Words that were parted by commas, had there been any: by what opens a clause, by a particle at its end, by numbers of
orders and links."""


def clauses_of(reply: Normalised) -> list[tuple[int, int]]:
    """Give the clauses of a reply as ranges of its text; one when it says nothing else."""
    found: list[tuple[int, int]] = []
    may_go_on = "、" in reply.original or "“" in reply.original
    for first, last in reply.sentences:
        pieces: list[tuple[int, int]] = []
        for match in _CLAUSE.finditer(reply.text, first, last):
            start, end = match.span()
            if may_go_on and pieces and end - pieces[-1][0] <= LONGEST and _goes_on(reply, *pieces[-1]):
                start, _ = pieces.pop()
            pieces.append((start, end))
        for start, end in pieces:
            found += [(start, end)] if end - start <= LONGEST else _parted(reply.text, start, end)
    return found or [(0, len(reply.text))]


def _goes_on(reply: Normalised, start: int, end: int) -> bool:
    """Whether a clause goes on behind the mark at its end: within a list (颜色、尺码), or within what is quoted."""
    first, last = reply.span(start, end)
    typed = reply.original[first:last]
    return reply.original[last : last + 1] == "、" or typed.count("“") > typed.count("”")


def _parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut up a clause that is too long to be shown, but for masks: who is in a hurry types no commas."""
    for match in _BREATH.finditer(text, start, end):
        a, b = match.span()
        parts = -(-(b - a) // LONGEST)
        cuts = [a, *(max(a, _before_mask(text, a + n * (b - a) // parts)) for n in range(1, parts)), b]
        yield from ((one, other) for one, other in pairwise(cuts) if one < other)


def _before_mask(text: str, at: int) -> int:
    """Give a place; where that is within a mask, the one before it."""
    opened = text.rfind("[", max(at - LONGEST_MASK, 0), at)
    return opened if opened >= 0 and text.find("]", opened, opened + LONGEST_MASK) >= at else at


def completes(text: str, start: int, end: int, step: str) -> bool:
    """Whether a clause is the second half of a question for which a step is shown: 还是要黑的, 没错吧."""
    half = _SECOND_HALF.get(step)
    return half is not None and half.match(text, start, end) is not None


def form_says(text: str, start: int, end: int, step: str) -> float:
    """Give what the form of a clause says for a step, in log-odds.

    A condition only leads to what is done, unless the buyer is sent off with it (有问题再找我); who asks to wait, or
    names an order or a link, does nothing yet; a reason is a finding, what is asked or follows from it is none; what
    is refused is no help. Goods are recommended where they are named or offered, not where they are advised against or
    many are said to buy them, prices defended where goods are compared or something is given on top, causes found
    where they are supposed.
    """
    says = -FORM if step == Step.ASSIST and _REFUSAL.search(text, start, end) else 0.0
    if (likely := _LIKELY.get(step)) and likely.match(text, start, end):
        says += LEAN
    if step == Step.RECOMMEND and (_AGAINST.match(text, start, end) or _POPULAR.match(text, start, end)):
        says -= LEAN
    opening = _OPENING.match(text, start, end)
    kind = opening.lastgroup if opening else None
    if step == Step.ANALYSE:
        if kind == "reason":
            return FORM
        return -FORM if kind or _TERMS.match(text, start, end) or _QUESTION.search(text, start, end) else says
    if kind == "idle" or (kind in {"leading", "reason"} and step != Step.FAREWELL):
        says -= FORM
    return says
