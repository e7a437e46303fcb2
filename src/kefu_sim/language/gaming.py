"""Replies written for the score instead of the buyer: they earn no step, and the reason is named.

* `echo`: the buyer's own words sent back, unless that is how a yes is said (是原装的吗 → 是原装的).
* `stuffing`: courtesy words, and keywords of the story, in a row and little else (您好亲请抱歉感谢).
* `repeat`: the same message again, one that shares most of its character pairs with an earlier one, or one that says
  everything twice.
* `catalogue`: pasted: very long and courteous from end to end, many numbered lines, a card as it stands, a notice to
  everybody, more of what a story waits for than anybody says in one breath, or nearly the whole flow crammed into a
  line.
* `empty`: nothing but white space, marks and faces.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from kefu_sim.language.normalise import MAX_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kefu_sim.language.context import Context
    from kefu_sim.language.normalise import Normalised

_FLUFF = re.compile(
    r"您好|你好|亲爱的|亲+|请问|请|麻烦|抱歉|对不起|不好意思|感谢|谢谢|多谢|辛苦|欢迎光临|欢迎|再见|祝您?|愉快|理解|核对|推荐|"
    r"优惠|帮您|稍等|好的|在的|为您服务|慢走|随时联系|满意|支持|[您哦呢哈呀嘛啦哟喔噢咯哒嘞诶欸]|"
    r"问好|提问|分析|谈判|帮助|核实|告别|[\W_]"
)
_PIECES = re.compile(
    r"您好|你好|亲+|请|麻烦|抱歉|对不起|不好意思|感谢|谢谢|辛苦|欢迎|再见|祝|理解|核对|推荐|优惠|帮您|稍等|慢走|满意|支持|"
    r"问好|提问|分析|谈判|帮助|核实|告别"
)
_NODS = re.compile(r"好的|收到|知道了|明白了?|您好|在的|[好嗯哦噢喔啊呀呢哈亲嘛啦行额呃诶嘞哒滴]")
"""Words around the buyer's own that add nothing to them."""
_YES_NO = re.compile(r"([^,。?!;\n~… ]{2,}?)(?:(?:是|对)?[吗嘛么]|(?:是|对)?[吧不])[呀啊呢哈]?(?=$|[,。?!;\n~… ])")
"""A question that is answered by a yes or a no, without what asks it."""
_OPEN = re.compile(r"什么|啥|怎|咋|哪|多少|几|谁|为何|难道|凭|不是|就这|[还都][不没]|[您你我]")
"""Asks for more than a yes, reproaches, or is about somebody: whoever sends 我穿合适 back has not answered."""
_ASKING = re.compile(r"[吗嘛么吧呢不?][呀啊哈]?$")
_SAID_YES = re.compile(r"^(?:对|是|嗯+|好|可以|能|会|有|亲+)的?(?=..)|[的了哦呢哈呀啊啦亲]+$")
"""Words around what is affirmed."""
_MARK = re.compile(r"[\W_]+")
_WORDS = re.compile(r"[一-鿿a-z0-9]+")
_STOCK = re.compile(_PIECES.pattern + r"|为您服务|好的|再见|愉快|备注|地址")
"""Words that are courtesy only in a heap."""
_TAKEN = "\0"
"""Stands for a character of a keyword."""
_LISTED = re.compile(r"(?:^|[\n。;~ ])\s?(?:\d{1,2}[.、)，,:]|[一二三四五六七八九十][.、,:])")
_ENTRY = re.compile(r"^[^\n:：,，。;；?？!！]{1,10}[:：][^\S\n]*[^\s:：]", re.MULTILINE)
"""A line of a card: its name, a colon, and what it says."""
_LINES = re.compile(r"^.*\S", re.MULTILINE)
_NOTICE = re.compile(r"\s*[【\[](?:温馨|重要|友情|店铺)?(?:提示|公告|通知|须知|提醒)[】\]]")
"""Begins what a shop tells everybody."""
CARD_ENTRIES = 3
"""So many lines of a card, and more of them than of others, are a card pasted as it stands."""
ECHO, MOST_FOREIGN = 0.9, 0.4
"""Share of common character pairs (Dice) with the buyer's words from which a reply echoes them, and the share of
characters of its own that leaves no room for it."""
STUFFED_WORDS = 5
"""From this many different courtesy words without anything else between them."""
BREATHLESS_WORDS, BREATHLESS_REST = 4, 4
"""Or from so many courtesy words without a single mark, with at most so many characters of anything else."""
SCRAPS, SCRAP_LENGTH = 6, 3.5
"""A list of so many scraps of at most this mean length, most of them courtesy words, is stuffed too."""
SHORTEST_DRONE, LONGEST_DRONE = 8, 40
"""A message of so many Han characters …"""
DRONE_SHARE = 0.45
"""… of which at most this share differ says the same words over and over."""
NEAR = 0.8
"""Share of common character pairs (Dice) from which two messages count as the same (domain: ≥ 80 %)."""
SHORTEST_REPEAT = 6
"""Shorter messages (好的, 您好在的) may come again."""
CATALOGUE_STEPS = 6
"""A long message that carries this many steps at once, or a list of so many points, is pasted."""
LISTED_STEPS = 3
"""And a list of points is one from so many steps."""
CATALOGUE_LENGTH = 150
"""In characters."""
CRAMMED_LENGTH = 80
"""So many steps, too, in so few characters, with nothing of the buyer's own lines in them …"""
CRAMMED_STEPS = 7
"""… or one step more, whatever they hold."""
CATALOGUE_INTENTS, CATALOGUE_BREATH = 7, 9
"""A message that carries so many of a story's own intents, each in a sentence of its own or in so few characters, is a
list of them."""
MOST_INTENTS = 10
"""Nobody says so many in one message, however long."""
KEYWORD = 5
"""An intent met by at most so many characters is met by a keyword."""
HEAP_WORDS, HEAP_REST = 6, 3
"""So many different stock words and keywords, and at most one part in so many of anything else: a heap."""


class Claims(NamedTuple):
    """What a reply would be given."""

    steps: int = 0
    """Number of steps."""
    own: Sequence[tuple[int, int]] = ()
    """For each of the story's own intents, its range of the reply as typed."""


def find_gaming(reply: Normalised, context: Context, previous: Sequence[str], claims: Claims) -> tuple[str, ...]:
    """Name the reasons why a reply earns nothing; usually ().

    `previous` are the agent's earlier messages, normalised.
    """
    if not reply.text:
        return ("empty",)
    bare = "".join(_WORDS.findall(reply.text))
    if not bare:
        return ("empty",)
    found: list[str] = []
    if _echoes(bare, context) and not _affirms(reply.text, bare, context):
        found.append("echo")
    if _stuffed(reply.text, bare) or _heaped(reply.original, claims.own):
        found.append("stuffing")
    if _twice(bare) or any(same_message(reply.text, other) for other in previous):
        found.append("repeat")
    if (
        _pasted(reply, claims)
        or _copied(reply.original[:MAX_CHARACTERS])
        or _crammed(reply.text, bare, claims.steps, context)
    ):
        found.append("catalogue")
    return tuple(found)


def _pasted(reply: Normalised, claims: Claims) -> bool:
    """A long message of many steps, a list of points, or more of what a story waits for than one breath holds."""
    text, own = reply.text, len(claims.own)
    if claims.steps >= CATALOGUE_STEPS and len(text) >= CATALOGUE_LENGTH:
        return True
    listed = claims.steps >= LISTED_STEPS and len(_LISTED.findall(text)) >= CATALOGUE_STEPS
    crowded = len(reply.sentences) >= own or len(text) <= own * CATALOGUE_BREATH
    return listed or own >= MOST_INTENTS or (own >= CATALOGUE_INTENTS and crowded)


def _copied(typed: str) -> bool:
    """A card, line for line, or a notice."""
    if _NOTICE.match(typed):
        return True
    if typed.count("\n") < CARD_ENTRIES - 1:
        return False
    entries = len(_ENTRY.findall(typed))
    return entries >= CARD_ENTRIES and entries * 2 > len(_LINES.findall(typed))


def _crammed(text: str, bare: str, steps: int, context: Context) -> bool:
    """Nearly the whole flow in a line or two: keywords for the score, and nothing that this buyer asked about."""
    if steps < CATALOGUE_STEPS or len(text) > CRAMMED_LENGTH:
        return False
    if steps >= CRAMMED_STEPS:
        return True
    heard = "".join(_WORDS.findall(_FLUFF.sub("", context.buyer)))
    return _pairs(_FLUFF.sub("", bare)).isdisjoint(_pairs(heard))


def _echoes(bare: str, context: Context) -> bool:
    if len(bare) < 4 or not context.buyer:
        return False
    if len(set(bare).difference(context.buyer)) > MOST_FOREIGN * len(bare):
        return False  # so much is its own that neither test below can hold
    lines = ["".join(_WORDS.findall(line)) for line in context.buyer.split("\n")]
    heard = "".join(lines)
    core = bare
    for line in sorted((line for line in lines if len(line) >= 4), key=len, reverse=True):
        core = core.replace(line, "")
    if len(core) < len(bare):
        return len(core) <= 2 or not _NODS.sub("", core)
    if len(bare) < SHORTEST_REPEAT or len(heard) >= 2 * len(bare):
        return False
    return likeness(bare, heard) >= ECHO


def _affirms(text: str, bare: str, context: Context) -> bool:
    """A question of the buyer's as a statement: in Chinese that is a yes."""
    if _ASKING.search(text):
        return False
    said = {bare, _SAID_YES.sub("", bare)}
    asked = ("".join(_WORDS.findall(match[1])) for match in _YES_NO.finditer(context.buyer))
    return any(
        not _OPEN.search(question) and not said.isdisjoint((question, _SAID_YES.sub("", question)))
        for question in asked
    )


def _stuffed(text: str, bare: str) -> bool:
    """Courtesy words and nothing else, or a few words over and over."""
    words = _PIECES.findall(text)
    if len(words) >= BREATHLESS_WORDS:
        different, rest = len(set(words)), len(_FLUFF.sub("", text))
        if len(words) >= STUFFED_WORDS and (
            (different >= STUFFED_WORDS and rest * 6 <= len(text)) or (different < len(words) and not rest)
        ):
            return True
        if different >= BREATHLESS_WORDS and rest <= BREATHLESS_REST and not _MARK.search(text):
            return True
    if len(text) - len(bare) >= SCRAPS - 1:  # fewer marks leave fewer scraps
        scraps = [scrap for scrap in _MARK.split(text) if scrap]
        short = len(scraps) >= SCRAPS and len(bare) <= SCRAP_LENGTH * len(scraps)
        if short and sum(bool(_PIECES.search(scrap)) for scrap in scraps) * 2 >= len(scraps):
            return True
    han = [char for char in bare if char > "一"]
    return SHORTEST_DRONE <= len(han) <= LONGEST_DRONE and len(set(han)) <= DRONE_SHARE * len(han)


def _heaped(typed: str, own: Sequence[tuple[int, int]]) -> bool:
    """Courtesy words and keywords of the story without sentences around them."""
    keywords = [(start, end) for start, end in own if end - start <= KEYWORD]
    if not keywords:
        return False
    text = list(typed.lower())
    for start, end in keywords:
        text[start:end] = _TAKEN * (end - start)
    left = "".join(text)
    words = len(set(_STOCK.findall(left))) + len(keywords)
    letters = sum(char == _TAKEN or char.isalnum() for char in left)
    rest = len(_FLUFF.sub("", left).replace(_TAKEN, ""))
    scraps = [scrap for scrap in _MARK.split(left.replace(_TAKEN, "字")) if scrap]
    scrappy = len(scraps) >= SCRAPS and letters <= SCRAP_LENGTH * len(scraps) and words * 2 >= len(scraps)
    return words >= HEAP_WORDS and (rest * HEAP_REST <= letters or scrappy)


def _twice(bare: str) -> bool:
    half, odd = divmod(len(bare), 2)
    return not odd and half >= SHORTEST_REPEAT and bare[:half] == bare[half:]


def same_message(text: str, other: str) -> bool:
    """Whether two normalised messages count as the same."""
    bare, other = "".join(_WORDS.findall(text)), "".join(_WORDS.findall(other))
    if min(len(bare), len(other)) < SHORTEST_REPEAT:
        return False
    return bare == other or likeness(bare, other) >= NEAR


def likeness(one: str, other: str) -> float:
    """Dice coefficient of the character pairs of two texts, 0 to 1."""
    a, b = _pairs(one), _pairs(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


@lru_cache(256)  # one text is held against many
def _pairs(text: str) -> frozenset[str]:
    return frozenset(map(add, text, text[1:]))
