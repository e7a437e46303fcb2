"""Chats pasted or exported from a shop's messenger: names, times and text made into rows `{"role", "t", "text"}`.

Three forms are known, as 千牛 and its like write them: a line with name and time (in either order) above the text;
name, time and text in one line; `买家：…` and `客服：…` without times. Pure: text in, rows out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from kefu_sim.base.text import clean

Note = Literal["times", "seconds", "backwards", "pictures", "system", "guessed"]
"""What could not be known or was left out; see `Pasted.notes`."""

LONGEST_HEAD = 100
"""Characters of a line that may be read as name and time."""
_DATE = r"(?:(?P<y>\d{4})[-/.年](?P<mo>\d{1,2})[-/.月](?P<d>\d{1,2})日?[ T]{0,3})?"
_CLOCK = (
    r"(?P<half>上午|下午|凌晨|中午|晚上|早上)?\s?(?P<h>\d{1,2})[:：](?P<mi>\d{2})(?:[:：](?P<s>\d{2}))?(?:\.\d{1,3})?"
)
_TIME = rf"[\[【(（]?{_DATE}{_CLOCK}[\])）】]?"
_NAME = r"(?P<name>[^\s\[\]()（）【】:：][^\[\]()（）【】]{0,39}?)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"^\s*{_TIME}\s+{_NAME}\s*[:：]\s*(?P<text>\S.*)$",
        rf"^\s*{_TIME}\s+{_NAME}\s*[:：]?\s*$",
        rf"^\s*{_NAME}\s*{_TIME}\s*[:：]?\s*(?P<text>.*)$",
    )
)
_SAID = re.compile(r"^\s*(?P<name>[^\s:：]{1,20})\s?[:：]\s*(?P<text>\S.*)$")
_AGENT = re.compile(
    r"客服|售前|售后|旗舰店|专[营卖]店|店铺|官方|小二|[商店]家|卖家|机器人|自动回复|^我$|^您$|店$|agent|seller|service",
    re.IGNORECASE,
)
_SUB_ACCOUNT = re.compile(r"\S[:：]\S")
_BUYER = re.compile(r"买家|顾客|客户|客人|用户|^tb\d|^t_\d|^aliyun|^wx|buyer|customer", re.IGNORECASE)
_ROLE = re.compile(f"{_AGENT.pattern}|{_BUYER.pattern}|系统|平台", re.IGNORECASE)
_LOOKS_TIMED = re.compile(r"\d[:：]\d\d")
_DAY = re.compile(r"^[\s—–=*-]*\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*(?:星期.|周.)?[\s—–=*-]*$")
"""A line that is nothing but a day."""
_MACHINE = re.compile(r"机器人|自动回复|robot|bot$", re.IGNORECASE)
_AUTO = re.compile(r"^\s*[\[【(（]?(?:自动回复|系统回复|智能回复)[\]】)）]?[:：]?")
_SYSTEM = re.compile(r"^(?:系统(?:消息|提示|通知)?|平台(?:消息|提示)?|千牛|提示|通知)$")
_NOTICE = re.compile(
    r"撤回了一条消息|^以上是(?:历史|打招呼)|^(?:您|客服)已接入|^会话(?:已|开始|结束|转接)|进入店铺$|转接给"
)
_PICTURE = re.compile(
    r"[\[【](?:图片|表情|动画表情|语音|视频|文件|商品|商品链接|宝贝|卡片|订单|红包|优惠券|链接|链接卡片|位置)[\]】]|/:\d{3}"
)
_ROLES = frozenset(
    [
        "买家",
        "顾客",
        "客户",
        "客人",
        "用户",
        "客服",
        "我",
        "商家",
        "店家",
        "卖家",
        "小二",
        "售前",
        "售后",
        "buyer",
        "agent",
        "customer",
        "seller",
    ]
)


class UnreadableChatError(ValueError):
    """No chat could be read; `names` are those among whom nobody could be told to be the agent."""

    def __init__(self, names: Sequence[str] = ()) -> None:
        super().__init__("no chat")
        self.names = tuple(names)


@dataclass(frozen=True, slots=True)
class Pasted:
    """A chat that was read."""

    rows: tuple[dict[str, Any], ...]
    timed: bool
    """Whether the times are real; else every `t` is 0."""
    agent: tuple[str, ...]
    """Names that were taken for the agent's."""
    buyer: str
    notes: dict[Note, int] = field(default_factory=dict)
    """times: messages without a time; seconds: times to the minute only; backwards: times that were earlier than the
    one before; pictures: messages of pictures and the like, left out; system: lines of the platform, left out;
    guessed: who is the agent was guessed from who spoke first."""


@dataclass(slots=True)
class _Message:
    name: str
    when: re.Match[str] | None
    lines: list[str]

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


def read_pasted(text: str, agents: Collection[str] = ()) -> Pasted:
    """Read a chat; `agents` are names known to be the agent's. Raises UnreadableChatError."""
    messages = [message for message in _messages(clean(text)) if message.name]
    notes: Counter[Note] = Counter()
    kept = list(_worth_judging(messages, notes))
    names = list(dict.fromkeys(message.name for message in kept))
    mine, guessed = _agents_among(names, frozenset(agents))
    buyers = [name for name in names if name not in mine]
    if not mine or len(buyers) != 1:
        raise UnreadableChatError(names)
    if guessed:
        notes["guessed"] = 1
    timed = all(message.when is not None for message in kept)
    times = _seconds(kept, notes) if timed else [0.0] * len(kept)
    if not timed:
        notes["times"] = sum(message.when is None for message in kept)
    rows = tuple(_row(message, t, mine) for message, t in zip(kept, times, strict=True))
    return Pasted(rows, timed, tuple(name for name in names if name in mine), buyers[0], dict(notes))


def _row(message: _Message, t: float, mine: Collection[str]) -> dict[str, Any]:
    text = message.text
    auto = bool(_MACHINE.search(message.name) or _AUTO.match(text))
    row: dict[str, Any] = {"role": "agent" if message.name in mine else "buyer", "t": t, "text": _AUTO.sub("", text)}
    return row | {"auto": True} if auto else row


def _messages(text: str) -> Iterator[_Message]:
    """Messages in the form that the file has: with times where any line has one."""
    lines = [line for line in text.split("\n") if not _DAY.match(line)]
    heads = [_head(line) for line in lines]
    timed = any(heads)
    spoken = _writers(heads) if timed else _speakers(lines)
    current = _Message("", None, [])
    for line, head in zip(lines, heads, strict=True):
        found = head if timed else _SAID.match(line)
        if found is None or found["name"] not in spoken:
            current.lines.append(line)
            continue
        yield current
        name = " ".join(found["name"].split())
        current = _Message(name, found if timed else None, [found["text"]] if found.groupdict().get("text") else [])
    yield current


def _head(line: str) -> re.Match[str] | None:
    """Name and time at the beginning of a message."""
    if not _LOOKS_TIMED.search(line[:LONGEST_HEAD]):
        return None
    return next((found for form in _FORMS if (found := form.match(line)) is not None and _is_clock(found)), None)


def _writers(heads: Iterable[re.Match[str] | None]) -> frozenset[str]:
    """Names that write: a line that merely speaks of a time (大概下午3:00) names nobody who writes again."""
    found = [head for head in heads if head is not None]
    counts = Counter(head["name"] for head in found)
    sure = {head["name"] for head in found if head["y"] or counts[head["name"]] > 1 or _ROLE.search(head["name"])}
    return frozenset(sure if len(sure) > 1 else counts)


def _is_clock(found: re.Match[str]) -> bool:
    return int(found["h"]) < 24 and int(found["mi"]) < 60 and int(found["s"] or 0) < 60


def _speakers(lines: Sequence[str]) -> frozenset[str]:
    """Names before a colon: words for roles, and what begins several lines."""
    names = Counter(found["name"] for line in lines if (found := _SAID.match(line[:LONGEST_HEAD])))
    return frozenset(name for name, count in names.items() if count > 1 or name.lower() in _ROLES)


def _worth_judging(messages: Sequence[_Message], notes: Counter[Note]) -> Iterator[_Message]:
    for message in messages:
        text = message.text
        if _SYSTEM.match(message.name) or _NOTICE.search(text):
            notes["system"] += 1
        elif not text or not _PICTURE.sub("", text).strip():
            notes["pictures"] += 1
        else:
            if _PICTURE.search(text):
                notes["pictures"] += 1
                message.lines = _PICTURE.sub("", text).split("\n")
            yield message


def _agents_among(names: Sequence[str], known: Collection[str]) -> tuple[frozenset[str], bool]:
    """Names of the agent, and whether that is a guess."""
    if given := frozenset(name for name in names if name in known):
        return given, False
    buyers = [name for name in names if _BUYER.search(name)]
    mine = [name for name in names if name not in buyers and (_AGENT.search(name) or _SUB_ACCOUNT.search(name))]
    if not mine and buyers:
        mine = [name for name in names if name not in buyers]
    if mine:
        return frozenset(mine), False
    return (frozenset(names[1:]), True) if len(names) == 2 else (frozenset(), False)


def _seconds(messages: Sequence[_Message], notes: Counter[Note]) -> list[float]:
    """Seconds since the first message. Times without a date that fall far back are of the next day."""
    if not any(message.when and message.when["s"] for message in messages):
        notes["seconds"] = 1
    moments: list[datetime] = []
    for message in messages:
        assert message.when is not None
        moment = _moment(message.when, moments[-1].date() if moments else date(2000, 1, 1))
        if moments and moment < moments[-1]:
            if message.when["y"] is None and moments[-1] - moment > timedelta(hours=12):
                moment += timedelta(days=1)
            else:
                notes["backwards"] += 1
                moment = moments[-1]
        moments.append(moment)
    return [(moment - moments[0]).total_seconds() for moment in moments]


def _moment(found: re.Match[str], day: date) -> datetime:
    hour = int(found["h"])
    if found["half"] in {"下午", "晚上", "中午"} and 1 <= hour < 12 and not (found["half"] == "中午" and hour == 11):
        hour += 12
    clock = time(hour % 24, int(found["mi"]), int(found["s"] or 0))
    if found["y"] is not None:
        with suppress(ValueError):
            day = date(int(found["y"]), int(found["mo"]), int(found["d"]))
    return datetime.combine(day, clock)
