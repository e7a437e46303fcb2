"""Sums named in a reply: 打九折, 便宜10块, 159包邮, 一百五, 每天不到六毛.

Read from the normalised text. A bare number is no sum: it needs a unit (元 块 毛), or a word of price by its side;
numbers followed by another unit (斤 天 号 码 …) are never sums.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

from kefu_sim.language.verdict import Amount

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kefu_sim.language.normalise import Normalised

MAX_AMOUNTS = 40
"""No more sums than this are read from one reply."""
_Kind = Literal["price", "off", "discount", "per_day", "gift", "other"]
_DIGITS = dict(zip("零〇一二两俩三四五六七八九", (0, 0, 1, 2, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_A_FEW = ([3, 5], [3, 2])
_WORD = "[零〇一二两俩三四五六七八九十百千万]"
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d{{1,7}}(?:\.\d{{1,2}})?万?|{_WORD}{{1,7}})"
_TAIL_DIGIT = r"(?:[1-9]|[一二三四五六七八九])(?:毛|角|(?![\d个件条块元%折]|包(?!邮)))"
MONEY_UNIT = rf"(?:块(?![儿拼砖布石木])钱?|元|rmb|¥)(?:{_TAIL_DIGIT})?|毛钱?|角(?![平都护包加有圆各上处形垫尖])|分钱"
MONEY = rf"(?:{NUMBER}(?:{MONEY_UNIT})|半(?:块|毛)钱?|¥\s?{NUMBER})"
_OTHER_UNIT = (
    r"(?!\s?(?:[\d.]|斤|公斤|千克|克|kg|g\b|厘米|公分|cm|mm|毫米|米|寸|码|号|下|天|日|月|年|岁|小时|分|秒|点|度|w\b|瓦|升|ml|"
    r"毫升|毫秒|ms|毫安|mah|赫兹|hz|分贝|db|帧|[件个双套条支瓶盒包箱袋颗片张台把根对次遍位人层楼室倍折%]|x|\*|-\d|期|段|线|尺|页|成|多[了双件台个单份条只箱]))"
)
_HUNDREDS = rf"{_WORD}{{0,8}}[百千]{_WORD}{{0,8}}"
_BIG = rf"(?:\d{{2,6}}(?:\.\d{{1,2}})?|{_HUNDREDS})"
_SUM = rf"(?:(?P<m>{MONEY})|(?P<n>{NUMBER}){_OTHER_UNIT})"
_DAY = r"(?:每天|一天|每日|日均|平均(?:下来)?[一每]?天|天天|[摊算](?:下来|到)[每一]天)"
_CUT = (
    r"(?:便宜|优惠|领(?!(?:了|完)券?\d{3})|立减|减免|减|少|降|让利?|抹|返|(?<!完)折|省|补|退|赔|(?<![是会只])扣)"
    r"(?:了|您|你|给您|个|掉|收|差价?|现|去)*"
)
_EXTRA = (
    r"(?<![给帮为替][您你亲])(?<![我们])(?:加|补|添|另付|多付|自付|多花|多出)(?:个|上|了|付)?"
    + _SUM
    + r"(?=(?:的?差价)?,?(?:就|可以|可|能|来|去)*(?:走|发|换|升|寄|改|加急|送货|上门|安装|顺丰|京东|特快|次日))"
)
"""What the buyer would pay on top, for a quicker courier or something better."""
_FEE = r"(?:运费|邮费|快递费|安装费|满|差|定金|押金|上门费|手续费)[要是才得还]?"
_PRICE = (
    r"(?:价格?是?|原价|现价|售价|券后价?|到手价?|活动价?|卖您?|只要|只需|才|就|您付|(?:折|优惠|减)[后完]|打完折|算您?|收您?|给您?|最低|一口价|实付|拍下"
    r"|领(?:了|完)券?(?=\d{3}))"
)
_ABOUT = (
    rf"(?P<about>{NUMBER})[多来](?:块(?![儿拼砖布石木])钱?|元)"
    rf"|(?P<about2>\d{{3,6}}|{_HUNDREDS})出头(?!的?(?:人|岁|斤))"
)
_SHAPES: tuple[tuple[_Kind, frozenset[str], str], ...] = (
    ("discount", frozenset("折价"), rf"(?P<n>\d(?:\.\d)?|[1-9]\d|{_WORD}{{1,2}})\s?折|(?P<half>半价|对折|五折)"),
    ("per_day", frozenset("天日"), rf"{_DAY}[^\d零一二两三四五六七八九十百千万,]{{0,5}}(?P<m>{MONEY})"),
    (
        "gift",
        frozenset("券包礼品"),
        rf"[送赠给](?:您|你|一?[张个份])?(?:价值)?(?P<m>{MONEY})的?(?:券|优惠券|红包|礼|小礼|赠品)",
    ),
    (
        "other",
        frozenset("券卷包"),
        rf"(?P<m>{MONEY})的?[^\d,:。?!领用抵减有拿先去点到就是卖买送再加]{{0,5}}(?:券(?!后)|卷(?![发纸曲后])|红包)",
    ),
    ("other", frozenset("加补添付花出"), _EXTRA),
    ("off", frozenset("宜惠领减少降让抹返折省补退赔扣"), _CUT + _SUM),
    ("price", frozenset("现"), rf"现在(?:只要|就要|是|卖|才|就)?(?P<now>{_BIG}){_OTHER_UNIT}"),
    (
        "price",
        frozenset("可行成"),
        rf"(?:\A|(?<=[,。!?~… \n]))(?P<agreed>{_BIG})(?:块钱?|元)?(?:可以|行|成)(?:[的哦呢哈啦吧,。!~…]|\Z)",
    ),
    ("other", frozenset("费满差金"), _FEE + _SUM),
    (
        "price",
        frozenset(),
        (
            rf"{_PRICE}(?:(?P<m>{MONEY})|(?P<n>{_BIG}){_OTHER_UNIT})|(?P<m2>{MONEY})"
            rf"|(?P<n2>{_BIG})(?=\s?包邮|拿走|卖您|给您|到手|成交|行吗|可以吗|怎么样)|\A(?P<n3>{_BIG})(?=[吧哈呢哦]?\Z)"
        ),
    ),
    ("price", frozenset("多来头"), _ABOUT),
)
"""What a sum is, characters of which one stands in every such sum (any, when there are none), and its wordings."""


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a wording when a number first comes up in a reply: starting the program is the quicker for it."""
    return re.compile(pattern)


_NOT_ASKED = re.compile(
    r"(?:价值|差的?|相差|少的|多出?的?|贵的?|(?:您|你)(?:说|看中?|问|提|发)的?(?:那个|是)?"
    r"|(?:补偿|赔偿|赔付|返现|心意|歉意)[^,。]{0,6}|(?:(?<![适符配组])合|均摊|平均)(?:下来|到|着)?"
    r"|(?:[加添贴垫]|另付|多付|自付|多花|多出|[另加多]收)[个上了您]?|(?:现货|库存|剩下?)(?:还有)?|[坏碎破漏丢错][了的]*"
    r"|(?:别家|他家|那家|人家|隔壁|其他店|原来|之前|上次|以前)[^,。]{0,8})\Z"
)
"""Words before a sum not asked for the goods: a value, a difference, a surcharge, amends, another shop's price."""
_WAS = re.compile(r"(?:原价|平时|日常|平日|吊牌|划线)[^。?!;\n]{0,14}\Z")
"""Words before what goods cost now: 原价199现在139, and not 孩子现在139."""
_HAGGLES = re.compile(r"[块元钱价贵砍抹]|便宜|优惠|最低|包邮|少点|\d(?:行|可以|成|卖|吧|拿)")
_SIZES = re.compile(r"身高|体重|[码尺斤穿]|厘米|cm|kg|\d{3}[ ,/]\d{2,3}")
_TAKEN_OFF = re.compile(
    r"(?:钱)?(?:的券|券)?(?:它|系统)?(?:会|就|都|自己|自动|直接|给您|帮您|已经){0,4}(?:扣|减|抵|省|便宜)(?:掉|了|下来|去|好|[,。!]|\Z)"
)
"""Words after a sum that comes off the price by itself."""
_FREIGHT, _TO_BUYER = re.compile("(?:钱)?的?(?:运费|邮费|快递费|差价)"), re.compile("[您你给]")
"""Words after a sum that the buyer pays on top, unless it is given to him: 补10块运费, 补您10块运费."""
_AMENDS = re.compile(r"(?:钱)?的?(?:补偿|赔偿|赔付|心意)")
"""Words after a sum that is given to make up for something."""
REFUSED = re.compile(
    r"(?:(?:的话|这个价),?)?(?:我|我们|这边|这个)?(?:真的?|确实|实在|是|也|都)*的?"
    r"(?:没(?:有)?(?:这个)?(?:权限|办法|利润)|没法|不行|不能|不可以|不够|不卖|"
    r"(?:做|给|卖|拿|申请|办)不(?:了|到|下来)|不(?:加|多收|另收|收)|亏|太低)"
)
"""Words after a sum that is refused."""
_FOOT, _FOOT_SIZES = re.compile(r"[脚鞋码]"), range(30, 51)
"""Where feet are spoken of, a bare number of these is a size of shoes."""
_MAYBE = re.compile(r"[\d折块元毛角十百千万]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_COUNTED = re.compile(rf"[\d半{_WORD[1:-1]}]")
"""No sum without both, but half a price and `对折`."""


def haggles(heard: str) -> bool:
    """Whether the buyer's lines, normalised, are about a price, so that 145可以 agrees to one and to no size."""
    return bool(_HAGGLES.search(heard)) and not _SIZES.search(heard)


def find_amounts(reply: Normalised, heard: str = "") -> tuple[Amount, ...]:
    """Give the sums of a reply in their order, with ranges on the reply as typed; none overlaps another.

    `heard` is what the buyer said before it, normalised.
    """
    text = grouped(reply)
    if not (_MAYBE.search(text) or "半价" in text) or not (_COUNTED.search(text) or "对折" in text):
        return ()
    here = frozenset(text)
    taken: list[tuple[int, int]] = []
    found: list[Amount] = []
    for kind, needed, shape in _SHAPES:
        if needed and needed.isdisjoint(here):
            continue
        for match in compiled(shape).finditer(text):
            start, end = match.span()
            if len(taken) == MAX_AMOUNTS or any(start < b and a < end for a, b in taken):
                continue
            said = match.groupdict()
            value = _value(kind, said)
            if (
                value is None
                or _is_size(text, match[0], value)
                or not _holds(said, text[max(0, start - 20) : start], heard)
            ):
                continue
            taken.append((start, end))
            a, b = reply.span(start, end)
            found.append(
                Amount(_meant(kind, text, start, end), value, a, b, rough=bool(said.get("about") or said.get("about2")))
            )
    return tuple(sorted(found, key=lambda amount: amount.start))


def _holds(said: Mapping[str, str | None], before: str, heard: str) -> bool:
    """Whether a sum is one where it depends on the words before it, in the reply or in the buyer's lines."""
    if said.get("now"):
        return _WAS.search(before) is not None
    return not said.get("agreed") or haggles(heard)


def grouped(reply: Normalised) -> str:
    """Give the text with no other commas before three digits than those within a number: 1,299 and not 1，299."""
    text = reply.text
    if not (marks := [mark.start() for mark in _THOUSANDS.finditer(text)]):
        return text
    letters = list(text)
    for at in marks:
        if reply.original[slice(*reply.span(at, at + 1))] != ",":
            letters[at] = ";"
    return "".join(letters)


def _is_size(text: str, said: str, value: float) -> bool:
    """Whether a number is a size of shoes, as in 脚宽就44."""
    return said[0] in "就才" and said[-1].isdigit() and value in _FOOT_SIZES and _FOOT.search(text) is not None


def _meant(kind: _Kind, text: str, start: int, end: int) -> _Kind:
    """Tell a price or a cut that is offered from one that is refused or only spoken of."""
    if kind not in {"price", "off", "discount"}:
        return kind
    if kind == "price" and _TAKEN_OFF.match(text, end):
        return "off"
    if kind == "price" and _AMENDS.match(text, end):
        return "other"
    if (
        kind == "off"
        and text.startswith("补", start)
        and _FREIGHT.match(text, end)
        and not _TO_BUYER.search(text, start, end)
    ):
        return "other"
    if REFUSED.match(text, end) or (kind == "price" and _NOT_ASKED.search(text[max(0, start - 14) : start])):
        return "other"
    return kind


_BARE = ("n", "n2", "n3", "about", "about2", "now", "agreed")
"""Groups of numbers without a unit of money."""


def _value(kind: str, groups: dict[str, str | None]) -> float | None:
    if kind == "discount":
        return 0.5 if groups["half"] else factor(groups["n"] or "")
    words = groups.get("m") or groups.get("m2")
    if words:
        return money(words)
    bare = next((groups[name] for name in _BARE if groups.get(name)), None)
    return read_number(bare) if bare else None


def factor(text: str) -> float | None:
    """Read the number of a discount: 8 and 八 as 0.8, 85 and 八五 as 0.85; None when it is none."""
    if text.isascii():
        number = float(text)
    else:
        digits = [_DIGITS[c] for c in text if c in _DIGITS]
        if len(digits) != len(text):
            return None
        number = float(int("".join(map(str, digits))))
    factor = number / 100 if number >= 10 else number / 10
    return round(factor, 3) if 0 < factor < 1 and number != 10 else None


def money(text: str) -> float | None:
    """Read what MONEY matches, yuan: 3块5, 半块, 六毛; None when it is no sum."""
    if text.startswith("半"):
        return 0.5 if "块" in text else 0.05
    if text.startswith("¥"):
        return read_number(text[1:].strip())
    match = re.match(rf"({NUMBER})(块|元|rmb|¥|毛|角|分)(?:钱)?(\d|[一二三四五六七八九])?", text)
    if match is None:
        return None
    number = read_number(match[1])
    if number is None:
        return None
    unit = {"毛": 0.1, "角": 0.1, "分": 0.01}.get(match[2], 1.0)
    tail = match[3]
    cents = 0.0 if not tail else (int(tail) if tail.isascii() else _DIGITS[tail]) / 10
    return round(number * unit + cents, 2)


def read_number(text: str) -> float | None:
    """Read 159, 12.5, 一百五, 两千三, 十二, 三万; None when it is no number."""
    if text[:1].isascii():
        text = text.replace(",", "")
        return float(text[:-1]) * 10_000 if text.endswith("万") else float(text)
    total, section, power = 0, 0, 1
    run: list[int] = []
    for char in text:
        if char in _DIGITS:
            run.append(_DIGITS[char])
            continue
        power = _POWERS.get(char, 0)
        if not power:
            return None
        if power == 10_000:
            total += (section + _figure(run)) * power
            section = 0
        else:
            section += (run[-1] if run else 1) * power
        run = []
    left = _figure(run)
    if power >= 100 and 0 < left < 10 and run[0]:
        left *= power // 10
    return float(total + section + left)


def _figure(run: Sequence[int]) -> int:
    """Read digits in a row: 一五九 one after the other, of 七八 (seven or eight) and 三五 the latter."""
    if len(run) == 2 and (run[1] == run[0] + 1 > 1 or run in _A_FEW):
        return run[1]
    return int("".join(map(str, run)) or 0)
