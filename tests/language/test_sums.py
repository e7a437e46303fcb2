"""Sums that an agent works out, right and wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_sim.language.sums import wrong_sums
from kefu_sim.rulebook.normaliser import load_normaliser
from kefu_sim.rulebook.recogniser import load_recogniser


def wrong(reply):
    return [(reply[fault.start : fault.end], fault.right) for fault in wrong_sums(load_normaliser()(reply))]


@pytest.mark.parametrize(
    ("reply", "words", "right"),
    [
        ("159减10等于139", "159减10等于139", "159−10=149"),
        ("亲，159－10＝139哦", "159－10＝139", "159−10=149"),
        ("1,299减100就是1,099", "1,299减100就是1,099", "1299−100=1199"),
        ("268加49再减40就是267", "268加49再减40就是267", "268+49−40=277"),
        ("79乘2就是148", "79乘2就是148", "79×2=158"),
        ("159加12一共161", "159加12一共161", "159+12=171"),
        ("这款159比139贵30", "159比139贵30", "159−139=20"),
        ("159打八折就是100", "159打八折就是100", "159×0.8=127.2"),
        ("159半价就是70", "159半价就是70", "159×0.5=79.5"),
        ("打包两件一百五，一件才70", "两件一百五，一件才70", "150÷2=75"),
        ("3件100，平均一件20", "3件100，平均一件20", "100÷3=33.33"),
        ("1299用三年，一天才两毛", "1299用三年，一天才两毛", "1299÷1095≈1.19"),
        ("1299元能用5年，平均每天不到6毛", "1299元能用5年，平均每天不到6毛", "1299÷1825≈0.71"),
        ("1299rmb减100等于1100", "1299rmb减100等于1100", "1299−100=1199"),
        ("159減10就是139", "159減10就是139", "159−10=149"),
        ("3件×39元=107", "3件×39元=107", "3×39=117"),
        ("39元乘3件就是107", "39元乘3件就是107", "3×39=117"),
    ],
)
def test_a_wrong_sum_is_found_and_put_right(reply, words, right):
    assert wrong(reply) == [(words, right)]


@pytest.mark.parametrize(
    "reply",
    [
        "159减10等于149",
        "159块便宜10块就是149",
        "268加49是317，减40就是277",
        "79乘2就是158",
        "159比139贵20",
        "159打八折就是127",
        "159打八折就是127.2",
        "两件150，一件才75",
        "3件100，一件才33",
        "3件100，一件不到34",
        "两件150，一件80",
        "三件套150，一件70",
        "1299用三年，一天才1块2",
        "1299元能用5年，平均每天不到8毛",
        "满150减10，到手149",
        "满150减10是149那张券",
        "原价199，现在139，减60",
        "159减10是139吗",
        "您说159减10是139",
        "刚才算错了，159减10等于139",
        "159减10大概是150左右",
        "家里3口加2只猫是5",
        "3到5天，10-20件",
        "尾号3-1，共2件",
        "减10就是5号截止",
        "两盒一百五，一盒才70抽",
        "1200分12期，一期100",
        "3件×39元=117",
        "满3件×0.9就是9折",
        "尺寸2张*3就是6米",
    ],
)
def test_a_right_or_unclear_sum_is_no_fault(reply):
    assert wrong(reply) == []


def test_a_wrong_sum_is_a_minor_fault_of_the_reply():
    found = load_recogniser().recognise("亲，159减10等于139，您看可以吗")
    assert [(fault.category, fault.severity, fault.right) for fault in found.faults] == [("算错账", "M", "159−10=149")]
    assert found.politeness >= 1


PIECES = [
    *(
        "159",
        "减",
        "10",
        "等于",
        "139",
        "块",
        "元",
        "毛",
        "五",
        "一百",
        "二十",
        "钱",
        "¥",
        "￥",
        ",",
        "，",
        "。",
        "打",
        "八",
    ),
    *(
        "折",
        "就是",
        "两",
        "件",
        "一",
        "才",
        "70",
        "1,299",
        "用",
        "三",
        "年",
        "天",
        "半",
        "便宜",
        "比",
        "贵",
        "×",
        "*",
        "=",
    ),
    *(
        "多",
        "每",
        "平均",
        "包邮",
        "角",
        "分钱",
        "补",
        "退",
        "您",
        "券",
        "红包",
        "的",
        "立减",
        "万",
        "12.5",
        "rmb",
        "RMB",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_whatever_numbers_and_units_are_strung_together_can_be_read(reply):
    for fault in wrong_sums(load_normaliser()(reply)):
        assert 0 <= fault.start < fault.end <= len(reply)
        assert fault.right
