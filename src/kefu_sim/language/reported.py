"""What an agent only reports: words of the buyer or of others, and names. They are no fault of hers.

* Behind 您刚说, 您骂: words that follow at once (您说让我滚, 您骂我神经病). Whatever stands further on may be her own
  again (您说不买就滚).
* Behind 您担心, 有人说: what buyers fear or hear of a shop, up to the end of the clause (您担心拆了不退是吗), for rules
  that say so (`feared`).
* Within quotation marks behind such words, to the closing mark.
* Within the name of a work (《…》) or a brand (“…”牌).
* Behind 不是, 没说, 不怪: what she says is not so (不是您看错了), for rules that say so (`denied`). A question or a
  taunt means it all the same (不是您自己选的吗, 还不是您选的).
* Behind 我这, 我真是: names she gives herself (我这猪脑子).
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kefu_sim.language.rules import Rule

RUDE_TONES = frozenset({"dismissive", "blame", "abuse", "threat", "sarcasm", "command", "impatient"})
"""Tones that are not the agent's when she only repeats them."""
LEAST_NAME = 3
"""Characters of a title beside the words found in it: 《滚》 is no book."""
MOST_REPORTS = 40
"""So many are looked for in a reply: who reports more is held to all the rest."""
Way = Literal["said", "heard", "quoted", "named", "negated", "own"]

_YOU = "(?<![跟和给对同与替为让向送])[您你]们?"
_OTHERS = "有的?人|网上|别人|旁人|外面|论坛上|评论里|群里|朋友|家人|邻居|买家|顾客|客户"
_WHEN = "(?:刚刚?才?|方才|之前|上次|昨天|今天|一直|老是?|总是?|又|还|都|是|在)?"
_HOW = "(?:是不是|可能|之前|一直|老是?|总是?|还|也|都|是|别|不用|不要)?"
_OWN = "(?![啥得的了过完够话吧呢啊吗呀嘛多少几怎哪么题法辞,]|[说讲]|清楚|明白|什么|不[说讲怕]|没完|到底|一下|也没)"
"""What follows is no report: 您说得对, 您说完了, 您怕什么."""
_REPORT = re.compile(
    rf"(?P<said>{_YOU}{_WHEN}[说骂讲喊吼问]|(?:不会|不可能|绝不|从不|从来没有?|怎么会)[说骂][您你]是?){_OWN}"
    rf"|(?:{_YOU}{_HOW}(?:担心|害?怕|以为|听(?:人|别人)?说)"
    rf"|(?:{_OTHERS})(?:都|也|老|总|在|还)?[说讲传骂]|(?:^|(?<=[,。!?~… ]))听(?:人|别人)?说"
    "|(?:别|不用|不必|不要|无需)(?:担心|害?怕)"
    rf"|(?:不会|没有?|从不|从来不|从没|绝不|不可能|怎么会)[说讲]过?){_OWN}"
)
_QUOTED = re.compile(
    rf'(?:{_YOU}[^,。"我]{{0,6}}(?:[说骂讲喊吼]|[发写打回]的|评价|留言|备注)|(?:{_OTHERS})[^,。"我]{{0,3}}[说讲传骂写])'
    r'[^,。"]{0,6}[,:]?\s?"(?P<quoted>[^"]*)"'
)
_NAME = re.compile(r'《(?P<work>[^《》您你]{1,20})》|"(?P<brand>[^"您你]{1,12})"(?:牌|品牌|系列)')
_AT_ONCE = re.compile(
    "(?:的?是|一?句|一声|:)?(?:[让叫要喊说骂](?=我|咱))?"
    "(?:(?:我们?|咱们?|客服|商家|卖家|老板|店家|这家店|人家|他们?)(?:的?(?:客服|店里?|老板|人|东西|产品))?"
    "(?:都|全|就|真)?(?:是|像|有)?(?:[个群帮]|一群|什么)?)?"
)
"""What may stand between 您说 and the words that are repeated."""
_CLAUSE_END = re.compile("[,;。!?\n~… ]|[啊呢吧呀哦啦嘛]|就[^不没]|那|但|可[^以]|所以|反正|自己|赶紧|别")
_DENIAL = re.compile(
    "(?<![又还可要是道岂莫么您你])(?:(?<![这那])|(?=不是[^您你]))"
    "(?:不是(?:因为|(?:说|怪|嫌|让|叫)(?![了过]))?|并非|没有?(?:说|怪|嫌|讲)(?![了过])|不(?:怪|赖|怨|嫌|会怪|用|必|让)|无需)"
)
_DENIED_REACH = 5
"""What is denied begins so near behind the denial …"""
_OTHER_WORD = re.compile("[我不没别也就说问找跟]")
"""… and before any of these: 不是最低价也不归我们管 says that it is not."""
_DENIED_END = re.compile(r"[,;。!?\n~… ]|$")
_MEANT = re.compile("[吗嘛?谁]|[么吧]$|难道|还能|不成")
"""What makes a question or a taunt of a denial, in its clause …"""
_MEANT_REACH = 4
"""… or in so many characters behind."""
_SELF = re.compile(
    "我(?:这|真|就?是|[这那]?个|可真是|又?不是|才是|简直是|大概是|一?[个颗头只])+"
    "(?=(?:老|大|笨)?(?:猪[脑头]|傻(?:子|瓜|蛋)|白痴|蠢|弱智|废物|脑[子残]|笨|棒槌))|我的?(?=猪?脑子)"
)


class Reported(NamedTuple):
    """A part of a text that is not the agent's own."""

    way: Way
    start: int
    end: int


class Reports:
    """The parts of a reply, as it is read, that its writer only reports."""

    def __init__(self, text: str) -> None:
        """Look for them when they are first asked for."""
        self._text = text
        self._found: list[Reported] | None = None

    def cover(self, rule: Rule, start: int, end: int) -> Reported | None:
        """Give the report in which alone a rule finds a range; None when it is the agent's own word."""
        if not (rule.label in RUDE_TONES if rule.kind == "tone" else rule.kind == "fault" and not rule.clears):
            return None
        if self._found is None:
            self._found = _ranges(self._text)
        return next((part for part in self._found if self._covers(part, rule, start, end)), None)

    def _covers(self, part: Reported, rule: Rule, start: int, end: int) -> bool:
        # a pattern may begin with the character before its words
        inside = part.start - 1 <= start < part.end
        match part.way:
            case "named":
                return inside and end <= part.end and part.end - part.start >= end - start + LEAST_NAME
            case "quoted":
                return inside
            case "heard":
                return inside and rule.feared
            case "said":
                between = self._text[part.start : max(start, part.start)]
                at_buyer = self._text[start] in "您你" and not rule.feared  # 您说您有病
                return inside and not at_buyer and (rule.feared or _AT_ONCE.fullmatch(between) is not None)
            case "negated":
                return rule.denied and part.start < start < part.end
            case "own":
                return part.start <= start < part.end


def _ranges(text: str) -> list[Reported]:
    """Find what is reported in a text."""
    found = [Reported("quoted", *match.span("quoted")) for match in islice(_QUOTED.finditer(text), MOST_REPORTS)]
    names = list(islice(_NAME.finditer(text), MOST_REPORTS))
    # a brand is named by a single word, a title is longer than what is found in it
    found += [Reported("named", *match.span("work")) for match in names if match["work"]]
    found += [Reported("quoted", *match.span("brand")) for match in names if match["brand"]]
    for match in islice(_REPORT.finditer(text), MOST_REPORTS):
        end = _CLAUSE_END.search(text, match.end())
        found.append(Reported("said" if match["said"] else "heard", match.end(), end.start() if end else len(text)))
    found += [Reported("own", match.start(), match.end() + 1) for match in islice(_SELF.finditer(text), MOST_REPORTS)]
    return [*found, *_denials(text)]


def _denials(text: str) -> Iterator[Reported]:
    """Find what is said not to be so. A denial begins with its own first character, so that 不是我们的问题 is none."""
    for match in islice(_DENIAL.finditer(text), MOST_REPORTS):
        end = _DENIED_END.search(text, match.end())
        close = end.end() if end else len(text)
        clause, behind = text[match.start() : close].rstrip(",;。!~… "), text[close : close + _MEANT_REACH]
        if not (_MEANT.search(clause) or _MEANT.search(behind)):
            reach = min(close, match.end() + _DENIED_REACH)
            other = _OTHER_WORD.search(text, match.end(), reach)
            yield Reported("negated", match.start(), other.end() if other else reach)
