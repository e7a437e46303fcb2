"""Numbers named in a reply beyond prices: 补偿20元, 2到3天, 半小时, 3件, 5%; and all kinds of them by name.

Read from the normalised text. What is refused (50元的补偿没有权限) and what is only the name of a right (七天无理由)
does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal, get_args

from kefu_sim.language.amounts import MONEY, NUMBER, REFUSED, compiled, money, read_number
from kefu_sim.language.intents import negated
from kefu_sim.language.verdict import Amount, Quantity

if TYPE_CHECKING:
    from kefu_sim.language.normalise import Normalised
    from kefu_sim.language.verdict import Recognition

Number = Literal[
    "offer", "off", "discount", "per_day", "gift", "amends", "days", "hours", "minutes", "count", "percent"
]
"""`offer` lowest price to pay · `off` cut · `gift` worth of a gift · `amends` compensation, all in yuan · `discount`
factor · `per_day` yuan a day · `days` `hours` `minutes` of time · `count` pieces · `percent`."""
NUMBERS: tuple[Number, ...] = get_args(Number)
LEAST: frozenset[Number] = frozenset(("offer", "discount"))
"""Of these the lowest of a turn counts, of the others the highest."""
MAX_QUANTITIES = 40

_UP_TO = rf"(?:(?:{NUMBER})\s?(?:到|至|-|~|、|或)\s?)?(?P<n>{NUMBER})"
_CARE = r"(?:补偿|赔偿|赔付|赔|补(?![发寄货拍单])|返现|返(?=您|你|给)|歉意|心意|红包)"
_AMENDS = (
    rf"{_CARE}[^,。?;\d]{{0,8}}?(?P<m>{MONEY})"
    rf"|{_CARE}[^,。?;\d]{{0,4}}?(?P<n>{NUMBER})(?=\Z|[,。?!;吧哈行好])"
    rf"|(?P<m2>{MONEY})[^,。?;\d]{{0,6}}(?:补偿|赔偿|赔付|红包|券)"
)
_DAYS = (
    r"(?:工作日|天|日(?=内|之内|左右)|周(?![一二三四五六日末])|星期(?![一二三四五六日天])|礼拜(?![一二三四五六日天]))"
)
_PIECES = r"(?:件|个(?!月|工作|小时|钟头|点|人|星期|礼拜)|双|套|条|支|瓶|盒|包(?!邮|裹)|箱|袋|台|把|副|份|只|张)"
_Kind = Literal["amends", "days", "minutes", "count", "percent"]
_SHAPES: tuple[tuple[_Kind, frozenset[str], str], ...] = (
    ("amends", frozenset("补赔返歉心红券"), _AMENDS),
    ("days", frozenset("天日周期拜"), rf"{_UP_TO}\s?个?(?P<u>{_DAYS})|(?P<half>半)天"),
    ("minutes", frozenset("时钟"), rf"{_UP_TO}\s?个?(?P<u>小时|钟头|分钟|刻钟)|(?P<half>半)个?(?:小时|钟头)"),
    ("percent", frozenset("%点之"), rf"{_UP_TO}\s?(?:%|个点)|百分之(?P<n2>{NUMBER})"),
    ("count", frozenset("件个双套条支瓶盒包箱袋台把副份只张"), rf"(?P<n>{NUMBER})\s?{_PIECES}"),
)
"""What a number counts, characters of which one stands in every such number, and its wordings."""
_PAIR = re.compile(r"[一二两三四五六七八九]{2}")
_UNITS = {"周": 7.0, "星期": 7.0, "礼拜": 7.0, "小时": 60.0, "钟头": 60.0, "刻钟": 15.0}
_A_NAME = re.compile(r"(?:内)?(?:无理由|价保|保价)")
_A_DATE = re.compile(r"月\Z|每\Z")
_A_CONDITION = re.compile(r"满\d+(?:元|块)?(?:立)?减\Z")
_MAYBE = re.compile(r"[\d半一二两三四五六七八九十百]")


def find_quantities(reply: Normalised) -> tuple[Quantity, ...]:
    """Give the quantities of a reply in their order, with ranges on the reply as typed."""
    text = reply.text
    if not _MAYBE.search(text):
        return ()
    here = frozenset(text)
    found: list[Quantity] = []
    for kind, needed, shape in _SHAPES:
        if needed.isdisjoint(here):
            continue
        for match in compiled(shape).finditer(text):
            start, end = match.span()
            value = _value(match)
            if value is None or len(found) == MAX_QUANTITIES or _not_meant(kind, text, match):
                continue
            found.append(Quantity(kind, value, *reply.span(start, end)))
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _not_meant(kind: str, text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    if kind == "amends":
        at = max(match.start(name) for name in ("m", "m2", "n"))
        before = _A_CONDITION.search(text[:at])
        return bool(before or REFUSED.match(text, end) or negated(text, start))
    return kind == "days" and bool(_A_NAME.match(text, end) or _A_DATE.search(text[:start]))


def _value(match: re.Match[str]) -> float | None:
    groups = match.groupdict()
    if words := groups.get("m") or groups.get("m2"):
        return money(words)
    unit = groups.get("u") or ""
    if groups.get("half"):
        return 30.0 if "天" not in match[0] else 0.5
    bare = groups.get("n") or groups.get("n2") or ""
    number = read_number(bare[-1] if _PAIR.fullmatch(bare) else bare)
    return None if number is None else round(number * _UNITS.get(unit, 1.0), 2)


def numbers_of(found: Recognition) -> dict[str, float]:
    """The numbers of one reply by name: the lowest of offers and discounts, the highest of the others."""
    return merged((_named(found.amounts), _named(found.quantities)))


def _named(items: Iterable[Amount | Quantity]) -> dict[str, float]:
    values: dict[str, float] = {}
    for item in items:
        if item.kind == "other" or (isinstance(item, Amount) and item.rough):
            continue
        name = "offer" if item.kind == "price" else item.kind
        values = merged((values, {name: item.value}))
        if name == "minutes":
            values["hours"] = round(values["minutes"] / 60, 2)
    return values


def merged(several: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The numbers of several replies of one turn."""
    values: dict[str, float] = {}
    for numbers in several:
        for name, value in numbers.items():
            pick = min if name in LEAST else max
            values[name] = pick(values.get(name, value), value)
    return values
