"""Sums that an agent works out in a reply and gets wrong: 159减10等于139, 打八折就是100, 两件150一件才70.

Only plain statements with every number in them are checked: a wrong charge is worse than a miss. What is rounded, asked
(…吗), told of the buyer (您算的) or put right in the same reply (算错了) is let be.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kefu_sim.language.amounts import MONEY, MONEY_UNIT, NUMBER, compiled, factor, grouped, money, read_number
from kefu_sim.language.verdict import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from kefu_sim.language.normalise import Normalised

CATEGORY = "算错账"
ROUNDED = 1.0
"""Yuan that a result of cents may be rounded by; whole sums must be right to the cent."""
NEAR = 1.25
"""A sum by the day, or by the piece, may be rounded so far."""
LESS = 1.03
"""不到 and 才 promise no more than what is said; so much is forgiven."""

_SUM = rf"(?:¥\s?{NUMBER}|\s?{NUMBER}(?:{MONEY_UNIT})?|半(?:块|毛)钱?)"
_OP = r"(?:再?减去?掉?|再?(?:便宜|优惠|立减)|[-+*×x]|再?加上?|乘以?)"
_IS = r"\s?,?\s?(?:等于|=|就是|也就是|到手价?(?:就?是)?|是|正好是?|刚好是?|一共就?是?|总共就?是?|合计是?|还?剩)\s?"
_ENDS = r"(?=\Z|[,。!?;:~…\s了哦呢哈呀啊吧嘛啦]|的(?:\Z|[,。!哦呢哈])|钱)"
_END = rf"(?P<right>{MONEY}(?![一二三四五六七八九\d])|¥?\s?{NUMBER}{_ENDS})"
_ABOUT = re.compile(r"多|左右|上下|出头|来[块元]|[吗么嘛]|[?]")
_BEFORE = re.compile(r"(?:大概|大约|差不多|约|将近|接近|不到|[您你][^,。]{0,4}[说算问讲])[^,。\d]{0,3}\Z")
_MENDED = re.compile(r"算错|打错|写错|说错|更正|纠正|不对")
_UNIT = r"[件个双套条支瓶盒包箱袋台把副份只张]"
_AVERAGE = r"(?:平均|算下来|合下来|摊下来|折合|合|相当于|等于)"
_CHEAP = r"(?:才|只要|只需|不到|也就|就)"
_LASTS = r"[用穿开骑戴睡喝坐背看听]"
_DAYS = {"年": 365.0, "个月": 30.0, "月": 30.0, "天": 1.0, "日": 1.0}
_COUNTED = r"(?:平均|算下来|摊下来|折合|合|相当于|等于|那|也就|才|只要|不到|大概|差不多|约|就|是|花|下来){0,4}"


class _Wrong(NamedTuple):
    """A sum that does not come out."""

    start: int
    end: int
    right: str


def wrong_sums(reply: Normalised) -> tuple[Fault, ...]:
    """Give what was worked out wrongly, each with the sum that is right; at most one for each place."""
    text = grouped(reply)
    if not (_NUMBER.search(text) and _MAYBE.search(text)) or _MENDED.search(text):
        return ()
    found: list[_Wrong] = []
    for shape, check in _SHAPES:
        for match in compiled(shape).finditer(text):
            start, end = match.span()
            if _ABOUT.match(text, end) or _BEFORE.search(text[max(0, start - 10) : start]):
                continue
            right = check(match)
            if right and not any(start < wrong.end and wrong.start < end for wrong in found):
                found.append(_Wrong(start, end, right))
    return tuple(
        Fault(CATEGORY, "M", *reply.span(wrong.start, wrong.end), right=wrong.right) for wrong in sorted(found)
    )


def _value(words: str) -> float | None:
    words = words.strip()
    found = money(words)
    return read_number(words) if found is None else found


def _plain(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _same(right: float, said: float) -> bool:
    """Whether a result is right, or rounded to whole yuan."""
    if abs(right - round(right)) < 0.005:
        return abs(right - said) < 0.005
    return abs(right - said) < ROUNDED


def _worked_out(match: re.Match[str]) -> str:
    """159减10等于139, 79乘2就是148."""
    parts = re.findall(rf"({_OP})?\s?({_SUM})", match["sum"])
    said = _value(match["right"])
    terms: list[float] = []
    shown = ""
    for operator, words in parts:
        number = _value(words)
        if number is None:
            return ""
        if not operator:
            terms.append(number)
            shown = _plain(number)
        elif re.search("[减-]|便宜|优惠", operator):
            terms.append(-number)
            shown += f"−{_plain(number)}"
        elif "加" in operator or operator == "+":
            terms.append(number)
            shown += f"+{_plain(number)}"
        else:
            terms[-1] *= number
            shown += f"×{_plain(number)}"
    right = sum(terms)
    if said is None or len(parts) < 2 or _same(right, said):
        return ""
    return f"{shown}={_plain(right)}"


def _differs(match: re.Match[str]) -> str:
    """159比139贵30."""
    one, other, said = (_value(match[name]) for name in ("one", "other", "right"))
    if one is None or other is None or said is None or _same(abs(one - other), said):
        return ""
    high, low = max(one, other), min(one, other)
    return f"{_plain(high)}−{_plain(low)}={_plain(high - low)}"


def _discounted(match: re.Match[str]) -> str:
    """159打八折就是100."""
    price, said = _value(match["price"]), _value(match["right"])
    rate = factor(match["rate"]) if match["rate"] else 0.5
    if price is None or said is None or rate is None or abs(price * rate - said) < ROUNDED:
        return ""
    return f"{_plain(price)}×{_plain(rate)}={_plain(price * rate)}"


def _several(match: re.Match[str]) -> str:
    """3件×39元=107, 39元一件乘3件是107."""
    pieces, each, said = read_number(match["pieces"]), _value(match["each"]), _value(match["right"])
    if not pieces or each is None or said is None or _same(pieces * each, said):
        return ""
    return f"{_plain(pieces)}×{_plain(each)}={_plain(pieces * each)}"


def _shared(match: re.Match[str]) -> str:
    """两件一百五，一件才70."""
    pieces, total, said = read_number(match["pieces"]), _value(match["total"]), _value(match["right"])
    if not pieces or not total or not said:
        return ""
    each = total / pieces
    exact = re.search(_AVERAGE, match["how"]) is not None and "不到" not in match["how"]
    if said * LESS + 0.5 * (each != round(each)) >= each and not (exact and said > each * LESS + 0.5):
        return ""
    return f"{_plain(total)}÷{_plain(pieces)}={_plain(each)}"


def _by_the_day(match: re.Match[str]) -> str:
    """1299用三年，一天才两毛."""
    price, length, said = _value(match["price"]), read_number(match["length"]), _value(match["right"])
    if not price or not length or not said:
        return ""
    spans = length * _DAYS[match["unit"]] / _DAYS[match["each"] or "天"]
    each = price / spans
    less = "不到" in match["how"]
    if each <= said * (LESS if less else NEAR) and (less or said <= each * NEAR):
        return ""
    return f"{_plain(price)}÷{_plain(spans)}≈{_plain(each)}"


_EXPRESSION = rf"(?<![满第每\d.一二两三四五六七八九十百])(?P<sum>{_SUM}(?:\s?{_OP}\s?{_SUM}){{1,4}}){_IS}{_END}"
_DIFFERENCE = (
    rf"(?<![\d.])(?P<one>{_SUM})(?:[比和跟]|减)(?P<other>{_SUM})(?:贵|便宜|多|少|省|相?差)(?:了|出)?(?:也?就)?{_END}"
)
_DISCOUNT = (
    rf"(?<![满\d.])(?P<price>{_SUM})[^\d,。?!;件零一二两三四五六七八九十百千]{{0,6}},?打?"
    rf"(?:(?P<rate>\d(?:\.\d)?|[1-9]\d|[一二三四五六七八九]{{1,2}})\s?折|半价|对折)"
    rf"(?:下来|之?后|完)?(?:等于|=|就是|是|正好是?|刚好是?)\s?{_END}"
)
_TIMES = r"\s?(?:[×x*]|乘以?)\s?"
_SEVERAL = rf"(?<![满第每\d.])(?P<pieces>{NUMBER}){_UNIT}{_TIMES}(?P<each>{_SUM}){_IS}{_END}"
_SEVERAL_TURNED = rf"(?<![满\d.])(?P<each>{_SUM})(?:一{_UNIT})?{_TIMES}(?P<pieces>{NUMBER}){_UNIT}{_IS}{_END}"
_SHARE = (
    rf"(?P<pieces>{NUMBER})(?P<unit>{_UNIT})\s?(?:一共|总共|共|才|只要|卖|是)?(?P<total>{_SUM}),?\s?"
    rf"(?P<how>{_AVERAGE}?[一每单1](?P=unit)(?:{_AVERAGE}|{_CHEAP}){{1,2}}|{_AVERAGE}{{1,2}}[一每单1](?P=unit)){_END}"
)
_BY_THE_DAY = (
    rf"(?<![\d.])(?P<price>{_SUM})[^\d,。?!;一二两三四五六七八九十百千]{{0,6}},?"
    rf"(?:按|算|能|可以|至少|要是|您|就|要|打算){{0,3}}{_LASTS}[上个它够满]?(?P<length>{NUMBER})(?P<unit>年|个月|天)"
    rf"(?:算|的话|来算|计算)?,?\s?"
    rf"(?P<how>{_COUNTED}(?:(?:每个?|一个?|1)(?P<each>天|月|年)|日均){_COUNTED}){_END}"
)
_SHAPES: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (_EXPRESSION, _worked_out),
    (_DIFFERENCE, _differs),
    (_DISCOUNT, _discounted),
    (_SEVERAL, _several),
    (_SEVERAL_TURNED, _several),
    (_SHARE, _shared),
    (_BY_THE_DAY, _by_the_day),
)
_MAYBE = re.compile(r"[减加乘=+*×折价比和跟便优]|[一每单1].?[件个双套条支瓶盒包箱袋台把副份只张天月年]|日均|立减")
_NUMBER = re.compile(r"[\d十百千]")
"""No sum is worked out without both."""
