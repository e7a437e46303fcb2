"""Words that sound rude by themselves and are not meant so, beside the same words where they are."""

from __future__ import annotations

import pytest

from kefu_sim.language.recognise import Recogniser
from kefu_sim.rulebook.recogniser import load_recogniser, load_tables

SEE = load_recogniser().recognise
RULES = Recogniser(load_tables())
"""The readable rules alone."""
BARGAINS = "159太贵了 120行不行"
FURIOUS = "你们什么破店，气死我了"


def seen(reply, *asked):
    return SEE(reply, ["买家：在吗", "客服：您好，在的", *(f"买家：{line}" for line in asked)])


def is_plain(found):
    return found.politeness >= 0 and not {"abuse", "blame", "dismissive"} & set(found.issues)


@pytest.mark.parametrize(
    "reply",
    [
        "您真是行家",
        "您真会砍价",
        "您可真会砍价，我都招架不住了哈哈，价格真改不了",
        "您真会挑",
        "您真是老顾客了",
        "您可真有意思哈哈",
        "您眼光真好",
        "您真孝顺",
        "您真懂行，这款是我们卖得最好的",
        "您真细心",
        "亲，您可真会过日子呀",
        "您可真是砍价高手，再给您减5块，不能再少啦",
        "您真厉害，这都被您发现了",
        "您这刀砍得也太狠啦哈哈",
        "您高抬贵手，给我留口饭吃",
        "120进货价都不够呢",
        "您很会挑",
        "您考虑得真周到",
        "您是老客户了",
        "您这么懂行，我就直说了",
        "您真贴心，给爸妈买",
        "赔本的买卖咱也做不了呀",
    ],
)
def test_praise_and_banter_are_no_abuse(reply):
    assert is_plain(seen(reply, BARGAINS))


@pytest.mark.parametrize(
    "reply",
    [
        "您可真会砍价啊，要不这店送您",
        "您真有意思，19块还想要发票",
        "您真会占便宜",
        "您真有眼光，我们这价您也付不起",
        "您真会砍价，我是服了，跟您这种人没法聊",
        "您高抬贵手，别在这儿丢人了",
        "您真好笑",
        "您很会算计",
        "您这么会挑，去别家挑",
        "您可真会挑毛病",
        "您真会挑，专挑便宜的问",
        "您真会挑，就这还嫌贵",
        "您真孝顺，19块的东西给妈用",
        "您真会买，满世界比价",
        "您真会砍价，呵呵",
        "您真会砍价，怎么不去批发市场",
        "您眼光真好，买不起就别看",
        "您真是行家，那您还问我",
        "您可真行",
        "您真有意思",
        "都像您这样砍我们喝西北风去",
        "您开心就好",
    ],
)
def test_a_taunt_in_the_form_of_praise_stays_one(reply):
    assert seen(reply, BARGAINS).politeness < 0


@pytest.mark.parametrize("reply", ["您真会砍价", "您真是行家", "您可真有意思哈哈", "您真细心", "您开心就好"])
@pytest.mark.parametrize("asked", [FURIOUS, "收到是坏的", "你们发错了 怎么说"])
def test_who_came_to_harm_is_not_praised(asked, reply):
    ids = {cue.rule.id for cue in RULES.study(reply, [f"买家：{asked}"]).cues}
    assert not ids & {"tone.praise-meant", "tone.banter", "tone.glad"}


def test_nor_is_the_angry_buyer():
    assert all(seen(reply, FURIOUS).politeness < 0 for reply in ("您真会砍价", "您真是行家", "您可真有意思哈哈"))


@pytest.mark.parametrize(
    "reply", ["您开心就好", "您高兴就好", "您满意就好呀", "孩子喜欢就好", "您高兴我就高兴", "举手之劳"]
)
def test_being_glad_of_thanks_is_kind(reply):
    assert is_plain(seen(reply, "好的谢谢你啊，我很满意"))


def test_the_rules_alone_leave_out_what_is_excused():
    cues = RULES.study("您真会砍价", [f"买家：{BARGAINS}"]).cues
    assert "tone.praise-meant" in {cue.rule.id for cue in cues}
    assert all(cue.rule.strength > 0 for cue in cues if cue.rule.kind == "tone")


@pytest.mark.parametrize(
    ("asked", "reply"),
    [
        ("会缩水吗", "不缩水"),
        ("会缩水吗", "不怎么缩"),
        ("会缩水吗", "亲，不缩水的"),
        ("有色差吗", "没有色差"),
        ("这个起球不", "不起球的"),
        ("洗衣机吵不吵", "不吵的"),
        ("味道大吗", "没什么味道"),
        ("弹力大吗", "弹力不大"),
        ("送货上楼要另外收费吗", "不收费"),
        ("开发票要加钱吗", "不加的"),
        ("需要增值税发票 贵店加收税点吗", "不加的"),
        ("能开票吗 开票加几个税点", "不加的"),
        ("这个重吗", "不重"),
        ("能放微波炉吗", "不能放"),
        ("会不会勒腿", "不会勒"),
        ("有没有甲醛", "没有甲醛"),
        ("这个防水吗", "不防水"),
        ("孕妇能用吗", "不能用"),
        ("我腰老疼 坐这个能治好不", "治不好的"),
        ("15寸的电脑装得下吗", "装不下"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_plain_no_to_a_question_about_the_goods_is_an_answer(asked, reply, first):
    found = SEE(reply, [f"买家：{asked}"]) if first else seen(reply, asked)
    assert is_plain(found)


@pytest.mark.parametrize(
    ("asked", "reply"),
    [
        ("能便宜吗", "不能"),
        ("能便宜吗", "不能便宜"),
        ("能放微波炉吗", "不行"),
        ("能退吗", "不能退"),
        ("送赠品吗", "不送"),
        ("有券吗", "没券"),
        ("可以改地址吗", "不能改"),
        ("可以改地址吗", "改不了"),
        ("洗过了能退吗", "退不了"),
        ("能给我补差价吗", "不补"),
        ("你们负责吗", "不负责"),
        ("给解释一下行吗", "不解释"),
        ("能帮我留一件吗", "不能留"),
        ("能发顺丰吗", "不能发"),
        ("贵吗", "不贵"),
        ("会缩水吗", "不知道"),
        ("会缩水吗", "不缩水还叫纯棉吗"),
        ("有色差吗", "没有"),
        ("这件大衣能不能借我穿一天", "不借"),
        ("衣服洗一次就缩水了，还会不会缩水", "不缩水"),
        ("在吗", "不在"),
        ("运费谁出", "不出"),
    ],
)
def test_a_bare_refusal_stays_curt(asked, reply):
    assert seen(reply, asked).politeness < 0


@pytest.mark.parametrize(
    ("asked", "reply"),
    [
        ("有38码吗", "这个尺寸我们真没有，要不您去别的店看看，别耽误您用"),
        ("有38码吗", "38码停产了，您去别的店找找看"),
        ("有38码吗", "这个断货了，您急用的话去专柜买也行"),
        ("有45码吗", "没有45码亲，建议您去专门卖大码的店看看"),
        ("有说明书吗", "说明书您去官网下载就行"),
        ("不知道穿多大", "您可以去专柜试下尺码再来买"),
        ("不知道穿多大", "您可以先去实体店试试，再来我们这买"),
        ("这个螺丝能单独买吗", "您去五金店买一个就行，几块钱"),
        ("159太贵了", "您去别家看看，没关系的"),
        ("159太贵了", "去别家看看也行的，货比三家嘛"),
    ],
)
def test_pointing_elsewhere_kindly_is_no_dismissal(asked, reply):
    assert is_plain(seen(reply, asked))


@pytest.mark.parametrize(
    ("asked", "reply"),
    [
        ("有38码吗", "没有，去别家买吧"),
        ("有38码吗", "没货了，您去别家买吧，别耽误我"),
        ("有38码吗", "没有，您上别家看看吧"),
        ("我再看看", "您多对比几家，反正都比我们差"),
        ("有说明书吗", "您自己去官网查"),
        ("不知道穿多大", "您去专柜试啊"),
        ("这个螺丝能单独买吗", "您去五金店买去吧"),
        ("159太贵了", "嫌贵去别家买"),
        ("159太贵了", "您去五金店买一个就行"),
        ("159太贵了", "您去别的店买，别在这耽误"),
        ("159太贵了", "要不您去别家，我们没空"),
        (FURIOUS, "您去别家看看，没关系的"),
    ],
)
def test_sending_the_buyer_off_stays_rude(asked, reply):
    assert seen(reply, asked).politeness < 0
