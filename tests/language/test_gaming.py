"""When a message that meets much of what a story waits for is a list of phrases, and when it is a full answer."""

from __future__ import annotations

import pytest

from kefu_sim.language.context import read_context
from kefu_sim.language.gaming import Claims, find_gaming
from kefu_sim.rulebook.normaliser import load_normaliser

FULL = (
    "您好，6207的螺丝仓库配好了，7点半揽收，单号8点左右出。我6点下班，接班的小满会在这个窗口发您，"
    "来龙去脉我都写备注了，您不用再说一遍。您桌子哪天要用？"
)
LISTED = (
    "您什么场合穿呀。想要什么效果呀。推荐高腰裙。推荐纱裙。搭皮带显腿长。因为腰线高。您拍吧。放进购物车一起结。发您图。"
)


def reasons(reply, own):
    """Why a reply that meets so many intents earns nothing."""
    normalise = load_normaliser()
    claims = Claims(steps=4, own=[(i, i + 6) for i in range(own)])
    return find_gaming(normalise(reply), read_context([], normalise), [], claims)


@pytest.mark.parametrize(
    ("reply", "own", "listed"), [(FULL, 7, False), (FULL, 10, True), (LISTED, 7, True), (LISTED, 6, False)]
)
def test_a_list_of_phrases_is_told_from_a_full_answer(reply, own, listed):
    assert ("catalogue" in reasons(reply, own)) is listed


def gaming(reply, *heard, steps=0):
    normalise = load_normaliser()
    before = read_context([f"买家：{line}" for line in heard], normalise)
    return find_gaming(normalise(reply), before, [], Claims(steps=steps))


@pytest.mark.parametrize("nods", ["好的", "好的好的", "嗯嗯亲亲收到", "您好呀，好的呢，"])
def test_the_buyers_line_behind_a_nod_is_an_echo(nods):
    assert "echo" in gaming(nods + "这个杯子今天能不能发货", "这个杯子今天能不能发货")
    assert gaming(nods + "这个杯子今天能发，五点前出库", "这个杯子今天能不能发货") == ()


def test_the_buyers_words_read_back_with_a_question_are_none():
    assert gaming("好的好的，跟您核对：幸福路8号，张三，对吗", "张三，幸福路8号") == ()


@pytest.mark.parametrize("reply", ["您好呀亲哦请嘛抱歉啦感谢哈", "您好哟亲嘛请啦麻烦咯抱歉嘞感谢哒"])
def test_particles_make_no_sentence_of_courtesy_words(reply):
    assert gaming(reply, "在吗") == ("stuffing",)


def test_particles_in_a_sentence_are_none():
    assert gaming("不好意思呀亲，杯子麻烦您拍张照发我嘛，谢谢啦", "杯子碎了") == ()


CRAMMED = "亲您好，身高体重多少？看了下，推荐M，减10元，帮您改价，核对下地址，祝您愉快"
ANSWERED = "您好，裤子有的，M码合适，给您减5元，帮您备注好了，跟您核对下尾号3721，祝您穿得开心"


def test_the_whole_flow_in_one_line_is_a_list():
    assert gaming(CRAMMED, "在吗", steps=8) == ("catalogue",)
    assert gaming(CRAMMED, "在吗", steps=6) == ("catalogue",)
    assert gaming(CRAMMED, "在吗", steps=5) == ()


def test_a_terse_answer_to_this_buyer_is_none():
    assert gaming(ANSWERED, "M码的裤子有货吗", steps=6) == ()
    assert gaming(CRAMMED, "我身高170 穿什么码", steps=6) == ()


CARD = "每日坚果：35 元，30 小袋\n冻干草莓脆：32 元，20 小袋\n牛肉粒：45 元，大袋散装"


@pytest.mark.parametrize("reply", [CARD, CARD.replace("\n", "\r\n"), "资料如下\n" + CARD])
def test_a_card_line_for_line_is_pasted(reply):
    assert gaming(reply, "推荐一个") == ("catalogue",)


@pytest.mark.parametrize(
    "reply",
    [
        "推荐您草莓脆：32元一袋，里面20小包，分着吃方便",
        "给您列一下：\n坚果：35元\n草莓脆：32元\n您是自己吃还是分给同事呢\n分的话我更推荐草莓脆",
        "地址：幸福路8号\n您看对吗",
    ],
)
def test_lines_of_an_answer_are_none(reply):
    assert gaming(reply, "推荐一个") == ()


def test_a_notice_to_everybody_answers_nobody():
    notice = "【温馨提示】下单后请核对颜色、尺码、地址；默认发中通快递；签收前请当面验货。"
    assert gaming(notice, "满减怎么算") == ("catalogue",)
    assert gaming("【黑色 M】这款还有货，您今天拍当天发", "黑色有吗") == ()


@pytest.mark.parametrize(
    ("asked", "reply"),
    [
        ("新疆地区也是包邮的吗", "新疆地区也是包邮的"),
        ("这款可以放洗碗机里洗吗", "这款可以放洗碗机里洗"),
        ("这款可以放洗碗机里洗吗", "嗯嗯这款可以放洗碗机里洗的"),
        ("这个充电器是原装的吗？", "这个充电器是原装的"),
        ("M码160穿可以吗", "M码160穿可以"),
        ("明天能送到家里不", "明天能送到家里"),
        ("不能用洗衣机洗是吗", "不能用洗衣机洗"),
    ],
)
def test_a_question_said_as_a_statement_is_a_yes(asked, reply):
    assert gaming(reply, asked) == ()


@pytest.mark.parametrize(
    ("asked", "reply"),
    [
        ("新疆地区也是包邮的吗", "新疆地区也是包邮的吗"),
        ("衣服洗一次就缩水了", "衣服洗一次就缩水了"),
        ("我要黑色L码两件", "我要黑色L码两件"),
        ("怎么还没发货", "怎么还没发货"),
        ("为什么还没有发货吗", "为什么还没有发货"),
        ("你们都不管了吗", "你们都不管了"),
        ("一次就坏了就这质量吗", "一次就坏了就这质量"),
        ("我160斤穿M码可以吗", "我160斤穿M码可以"),
        ("难道这就是原装的吗", "难道这就是原装的"),
    ],
)
def test_the_buyers_words_sent_back_are_none(asked, reply):
    assert "echo" in gaming(reply, asked)
