"""A plain no to a question about the goods (会缩水吗 → 不缩水): it is short because nothing more was asked.

What a shop does for the buyer is another matter: 不送, 不能退 or 没有券 refuse something, and are curt.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from kefu_sim.language.normalise import Normalised

LONGEST = 12
"""Characters of the clause that can be such an answer, or of one that is mere courtesy beside it."""
MOST_CLAUSES = 4
"""So many clauses are looked at."""
MOST_OWN = 2
"""Characters of its own that it may hold besides."""
LONGEST_NAME = 4
"""Characters of what may be named first."""
MOST_ASKED = 8
"""And so many of the buyer's."""
AGGRIEVED = frozenset({"furious", "abuses", "harmed"})
"""What a buyer's line may be (rules/buyer.yaml) that a plain no does not answer."""
_CLAUSE = re.compile(r"[^,。!;:\n~… ]+")
_COURTESY = re.compile(
    r"(?:(?:您|你)好|亲+|亲爱的|宝|嗯+|好的?|在的?|(?:您|你)?(?:请|就)?(?:放心|别担心)(?:吧|用|买|拍|穿)?|没事|没关系|[哈嘿嘻]+|"
    r"[哦呢哈呀啊啦的]){1,6}"
)
_ASKS = re.compile(r"[是能可]否|(?:[吗嘛么吧不没]|没有)[呀啊呢哦]?[?]?$|(.{1,2})[不没]\1|[?]$")
_LEAD = (
    r"^(?:亲+|嗯+|哦+|这个?款?|它|都|也|是|真的?|确实|完全|一点儿?|基本上?|一般|正常|本身|其实|当然|我们|咱们?|家?的)*"
)
_TAIL = re.compile(r"[的哦呢哈呀啊啦哒滴噢喔哟嘛了亲]+$")
_NO = re.compile(_LEAD + r"(?:不(?:是很|怎么|太|算|是|会|用|需要|必)?|(?P<able>不(?:能|可以)))(?P<what>.*)$")
_CANNOT = re.compile(_LEAD + r"(?P<what>[^不]{1,2})不(?:下|了|到|起|好|掉|上|进|住|坏|破|断|着|动|透|烂)$")
_NONE = re.compile(_LEAD + r"(?:没有?(?:什么|啥|多少|太?大)?|无)(?P<what>.+)$")
_GOING_ON = re.compile(r"怎么|为(?:什么|啥|何)|凭|不是[^,]*[吗么嘛]|还没|什么时候|多久|几[天点时]|到哪|在哪")
"""Asks for a reason, a time or a place, or reproaches: a no is no answer to it."""
_SERVICE = re.compile(
    r"送|退(?!色)|换(?!季)|补(?!水)|赔|留|寄|改|包邮|便宜|优惠|打折|少[点些\d]|降价|让[点利]|抹|返|赠|免|给[我您你]|帮|加急|加(?:微|v|群|赠|送)|"
    r"支持|发(?:货|票|个|图|给|我|什么|快递|顺丰|邮|中|圆|韵|申|极|京|ems|$)|货到|花呗|信用卡|白条|分期|微信|视频|自提|上门|安装|客服|实体|"
    r"单(?:卖|独)|试[穿用]|货$|有货|现货|补货|预订|预定|接(?:单|受)|开[票发]|议价|还价|讲价|价保|赊|先用|借|保[价修]|质保|刀|远程|拼单|货源|老板|店|态度|解释|说法|道歉|负责|"
    r"教|等|电话|照片|(?:你们?|您)(?!家|们家|们?的|们?这|店)"
)
"""What the shop does or does not do for the buyer."""
_ATTITUDE = re.compile(
    r"^(?:行|可以?|能|可能|知道|清楚|懂|好说|至于|信|买|卖|拍|急|管|归|方便|贵|要(?!钱|加|另)|想|值|敢|看|说|问|早|如|错|对|同|在|给|让|"
    r"关|怪|认识|舒服就|喜欢就|满意就|合适就)"
)
"""Words after 不 that tell what the speaker thinks or wants, not what the goods are."""
_USE = re.compile(
    r"放|洗|烘|晒|熨|烫|泡|吃|喝|穿|戴|充|接|加热|蒸|煮|微波|进|折|叠|调|剪|贴|骑|坐|躺|站|转|拉|碰|沾|淋|下水|冷|混|一起|搭|涂|敷|"
    r"喷|煎|炒|烤|炸|冲|带|托运|飞机|装|连|插|承|压|踩|游|跑|防|治|安神|睡|祛|除|瘦|保[温暖]|遮|盛|塞|"
    r"用(?!券|红包|优惠)"
)
"""What is done with the goods."""
_UNWANTED = re.compile(
    r"色差|味|甲醛|毛|线头|添加|激素|酒精|色素|香[精料]|防腐|糖|静电|辐射|噪|声|响|缝|褶|痕|瑕疵|胶|刺|骨|核|籽|油|副作用|限制|"
    r"费|押金|门槛|套路|问题|影响|差别|区别|压力|毒|金属|荧光|漂白|水印|污|灰|虫|沙|药|农残|蜡|掺|假|杂|渣|苦|涩|腥|伤|害|硌|残留|过"
)
"""What nobody wants of the goods: that there is none of it is good news."""
_FEE = re.compile(
    r"[收加补][^,。?给我]{0,3}[费钱点税价]|[要花](?:不[要花])?钱|另(?:外)?[收加补]|额外|税点|手续费|服务费|安装费|上门费|押金|免费|几个点"
)
"""Asks whether something is charged for …"""
_NO_FEE = re.compile(
    _LEAD + r"(?:不(?:用|需要|必|另外?|额外|多|再)*|没有?|无)(?:收|加|要|花|补|另)(?:收|加)?(?:费|钱|点|税|价|税?点)?$"
)
"""… and says that it is not."""
_FOR_BUYER = re.compile(r"[给帮][我您你]|我们?补|不能|能不能|便宜|怎么|为什么|凭什么")
"""Asks for money, or why it is charged for."""
_LEAVE = re.compile(r"[能可](?!怜|爱)")
"""Asks what can be done."""
_IS_NOT = re.compile(r"不(?:会|太|怎么|大|是)")
_EMPTY = frozenset("不没有会能是要的吗么嘛吧呢啊呀了什么太很怎")
"""Characters that take nothing up of a question."""


def denies_plainly(reply: Normalised, buyer: str, heard: AbstractSet[str] = frozenset()) -> bool:
    """Tell whether a reply says no more than that what was asked about the goods is not so.

    `buyer` holds the buyer's open lines, normalised, and `heard` their labels. It is such an answer only in the
    question's own words, which is what tells it from a refusal.
    """
    if not heard.isdisjoint(AGGRIEVED):
        return False
    saying = [clause[0] for clause in islice(_CLAUSE.finditer(reply.text), MOST_CLAUSES + 1)]
    saying = [clause for clause in saying if len(clause) > LONGEST or not _COURTESY.fullmatch(clause)]
    if len(saying) != 1 or len(saying[0]) > LONGEST or saying[0].endswith("?"):
        return False
    said = _TAIL.sub("", saying[0])
    clauses = [clause[0] for clause in islice(_CLAUSE.finditer(buyer), MOST_ASKED)]
    if _NO_FEE.match(said) and any(_FEE.search(clause) and not _FOR_BUYER.search(clause) for clause in clauses):
        return True
    return any(_answers(said, clause) for clause in clauses if _ASKS.search(clause))


def _answers(said: str, question: str) -> bool:
    if _GOING_ON.search(question):
        return False
    if _SERVICE.search(question) or _SERVICE.search(said):
        return False
    if cannot := _CANNOT.match(said):
        return bool(_USE.search(cannot["what"])) and cannot["what"] in question
    named = _named(said, question)
    left = said[named:]
    if none := _NONE.match(left):
        return bool(_UNWANTED.search(none["what"])) and _taken_up(none["what"], question)
    no = _NO.match(left)
    if no is None:
        return False
    what, asks_leave = no["what"], _LEAVE.search(question) is not None
    if named:
        return 0 < len(what) <= MOST_OWN and not no["able"] and not _ATTITUDE.match(what)
    if no["able"] or (asks_leave and not _IS_NOT.search(said)):
        return bool(_USE.search(what)) and _taken_up(what, question)
    if said.endswith("不会"):
        return not asks_leave
    return not _ATTITUDE.match(what) and _taken_up(what, question)


def _named(said: str, question: str) -> int:
    """Give how many characters name what was asked about before it is denied (色差不大)."""
    length = said.find("不")
    return length if 1 < length <= LONGEST_NAME and said[:length] in question else 0


def _taken_up(what: str, question: str) -> bool:
    """Tell whether words are those of a question, or nearly so."""
    return bool(set(what) & set(question) - _EMPTY) and len(set(what) - set(question) - _EMPTY) <= MOST_OWN
