"""Sums named in a reply."""

from __future__ import annotations

import pytest

from kefu_sim.engine.choose import lowest_price
from kefu_sim.language.amounts import find_amounts, read_number
from kefu_sim.language.numbers import numbers_of
from kefu_sim.language.verdict import Recognition
from kefu_sim.rulebook.normaliser import load_normaliser


def amounts(reply, heard=""):
    return [(a.kind, a.value, reply[a.start : a.end]) for a in find_amounts(load_normaliser()(reply), heard)]


@pytest.mark.parametrize(
    ("reply", "kind", "value"),
    [
        ("打九折", "discount", 0.9),
        ("给您九五折", "discount", 0.95),
        ("打8.8折", "discount", 0.88),
        ("便宜10块", "off", 10),
        ("少您五块", "off", 5),
        ("退您二十", "off", 20),
        ("159包邮", "price", 159),
        ("最低一百五给您", "price", 150),
        ("一百五", "price", 150),
        ("两千三包邮", "price", 2300),
        ("3块5一个", "price", 3.5),
        ("十八块八", "price", 18.8),
        ("每天不到六毛", "per_day", 0.6),
        ("运费12元", "other", 12),
        ("送您5元券", "gift", 5),
        ("便宜１０块", "off", 10),
        ("要稳加12块走顺丰", "other", 12),
        ("想更稳补15发顺丰", "other", 15),
        ("您补12块差价就能换大号", "other", 12),
        ("给您补12块，走顺丰发出", "off", 12),
        ("补20行吗", "off", 20),
        ("这单我贴10块给您包邮", "other", 10),
        ("会员券领了189一盒", "price", 189),
        ("领了10块", "off", 10),
        ("合四毛六一套", "other", 0.4),
        ("一毛钱不加", "other", 0.1),
        ("现货11块", "other", 11),
        ("跑步鞋原价50，现价45", "price", 50),
        ("有张10块的新款券您领一下", "other", 10),
        ("给您10元老客户卷", "other", 10),
        ("10块自己就扣掉", "off", 10),
        ("20元自动减", "off", 20),
        ("149元领券就行", "price", 149),
        ("159元便宜卖您", "price", 159),
        ("九块九包邮", "price", 9.9),
        ("1,299元", "price", 1299),
        ("买3，100元以上包邮", "price", 100),
        ("￥99", "price", 99),
        ("打 9 折", "discount", 0.9),
        ("159 包邮", "price", 159),
        ("便宜个十块八块", "off", 10),
        ("打完折135", "price", 135),
        ("优惠后145", "price", 145),
        ("您付139就行", "price", 139),
        ("补10块钱运费就行", "other", 10),
        ("补您10块运费", "off", 10),
    ],
)
def test_a_sum_is_read(reply, kind, value):
    assert amounts(reply)[0][:2] == (kind, pytest.approx(value))


@pytest.mark.parametrize(
    "reply",
    [
        "您160 110斤",
        "拍下48小时内发",
        "便宜一点",
        "第一百次",
        "少了一件",
        "减20斤",
        "万一坏了",
        "十分感谢",
        "百分百放心",
        "90天内",
        "三块拼板，不是整板",
        "脚瘦穿42，脚宽就44",
        "这双卖两万六千多了",
        "您刷899就是扣899",
        "六十出头的人穿正好",
        "现在200人在看",
    ],
)
def test_other_numbers_are_no_sums(reply):
    assert amounts(reply) == []


@pytest.mark.parametrize(
    "reply",
    [
        "120元实在没有权限",
        "88块真做不到呢亲",
        "150的话确实给不了",
        "页面有20元券可以领",
        "5块钱的无门槛红包已到账",
        "差的30元是内胆的料",
        "里面垫子价值15元",
        "您说的199元那款是旧的",
        "隔壁卖的99元是贴牌",
        "便宜50块真的不行",
    ],
)
def test_a_sum_refused_or_spoken_of_is_no_offer(reply):
    assert {kind for kind, *_ in amounts(reply)} <= {"other"}


@pytest.mark.parametrize("reply", ["给您算99元，不能再少了", "领20元券，到手169", "您拍，118元给您", "这款不贵，59元"])
def test_an_offer_stays_an_offer(reply):
    assert "price" in {kind for kind, *_ in amounts(reply)}


def test_what_goods_cost_now_is_a_price_beside_what_they_cost():
    assert amounts("原价199现在139") == [("price", 199, "原价199"), ("price", 139, "现在139")]
    assert amounts("平时要299，现在只要259") == [("price", 259, "现在只要259")]
    assert amounts("孩子现在139，拿140码") == []
    assert amounts("原价299，现在120斤能穿") == [("price", 299, "原价299")]


@pytest.mark.parametrize("reply", ["145可以", "可以，145行的", "145块成"])
def test_a_price_agreed_to(reply):
    assert ("price", 145) in [found[:2] for found in amounts(reply, "145行不行")]


@pytest.mark.parametrize("heard", ["", "身高145能穿吗", "孩子145穿多大码 贵不贵"])
def test_a_size_agreed_to_is_no_price(heard):
    assert amounts("145可以", heard) == []


@pytest.mark.parametrize(("reply", "value"), [("四百多块", 400), ("一百出头", 100), ("二十来块钱", 20)])
def test_about_so_much_is_a_price_that_binds_nobody(reply, value):
    [found] = find_amounts(load_normaliser()(reply))
    assert (found.kind, found.value, found.rough) == ("price", value, True)
    assert lowest_price([found]) is None
    assert numbers_of(Recognition(amounts=(found,))) == {}


def test_several_sums_keep_their_order_and_words():
    assert [found[:2] for found in amounts("159元，减10元后149元")] == [("price", 159), ("off", 10), ("price", 149)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一百五", 150),
        ("一百零五", 105),
        ("两千三", 2300),
        ("十二", 12),
        ("三万", 30_000),
        ("159", 159),
        ("一五九", 159),
        ("二零", 20),
        ("九九", 99),
        ("两百五六", 260),
        ("一百二三十", 130),
        ("七八", 8),
        ("三五", 5),
    ],
)
def test_numbers_in_words(text, value):
    assert read_number(text) == value


def test_a_reply_full_of_sums_is_bounded():
    assert len(amounts("1块1" * 1300)) <= 40


@pytest.mark.parametrize("reply", ["才45毫秒", "声音才52分贝", "电池才300毫安", "给您45ms的低延迟", "只要120帧就够"])
def test_other_measures_are_no_sums(reply):
    assert amounts(reply) == []


def test_ten_tenths_of_the_price_are_no_discount():
    assert [found.kind for found in find_amounts(load_normaliser()("给您打10折哈"))] == []
