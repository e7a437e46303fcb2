"""Claims that only a story's cards can bear out."""

import pytest

from kefu_sim.rulebook.recogniser import load_recogniser
from kefu_sim.rulebook.rubric import load_rubric
from kefu_sim.scoring.claims import Known, against_cards

RUSH, VOW = "虚假紧迫/价格欺诈", "过度承诺"
FEW = {"product": {"名称": "瓷杯", "库存": "同款现货 2 只", "价格": "159 元（原价 199）"}}
SALE = {"product": {"名称": "瓷杯", "库存": "32 只"}, "policy": {"活动": "满300减40，到周日 24 点"}}
MANY = {**SALE, "order": {"今天": "周四"}}
SUNDAY = {**SALE, "order": {"今天": "周日，20:10"}}
SILENT = {"product": {"名称": "瓷杯", "材质": "白瓷"}}
LASTING = {"policy": {"质保": "五金件终身质保，凭订单"}}


def faults(reply, cards, prices=()):
    found = load_recogniser().recognise(reply, ("买家：这个怎么样",))
    held = against_cards(found, reply, load_rubric().cards, lambda: Known(cards, prices))
    return {fault.category: reply[fault.start : fault.end] for fault in held.faults}


@pytest.mark.parametrize(
    ("reply", "cards"),
    [
        ("这款就剩最后两只了，喜欢可以先拍", FEW),
        ("最后几只了哦", FEW),
        ("这款卖得快，手慢无哦", FEW),
        ("活动今天最后一天，您看要不要带上", SUNDAY),
        ("明天就恢复原价了哦", SUNDAY),
        ("原价199，现在159", FEW),
        ("两只原价398，活动价更合适", FEW),
        ("原价不是99哦", FEW),
        ("原价99", SILENT),
    ],
)
def test_what_the_cards_bear_out_is_no_fault(reply, cards):
    assert RUSH not in faults(reply, cards)


@pytest.mark.parametrize(
    ("reply", "cards", "words"),
    [
        ("这款就剩最后两只了，喜欢可以先拍", MANY, "最后两只"),
        ("最后一只", FEW, "最后一只"),
        ("活动今天最后一天，您看要不要带上", MANY, "最后一天"),
        ("您好，明天就恢复原价了哦", MANY, "明天就恢复原价"),
        ("手慢无哦", MANY, "手慢无"),
        ("原价999，现在159", FEW, "原价999"),
        ("最后两只了，明天就涨价", FEW, "明天就涨价"),
    ],
)
def test_what_they_gainsay_is_one(reply, cards, words):
    assert faults(reply, cards)[RUSH] == words


def test_where_the_cards_are_silent_the_wording_stands():
    assert RUSH in faults("最后两只了", SILENT)
    assert RUSH in faults("最后两只了", {})


def test_a_price_that_the_buyer_named_is_no_invention():
    assert RUSH in faults("原价329，现在159", FEW)
    assert RUSH not in faults("原价329，现在159", FEW, (329.0,))


def test_a_promise_for_life_stands_on_its_card():
    assert VOW in faults("五金件终身质保的", FEW)
    assert VOW not in faults("五金件终身质保的", LASTING)


def test_another_promise_beside_it_stays():
    assert VOW in faults("终身质保，保证不掉色", LASTING)
