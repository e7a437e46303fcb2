"""Numbers named beside prices, and all of them by name."""

import pytest

from kefu_sim.language.numbers import find_quantities, merged, numbers_of
from kefu_sim.rulebook.normaliser import load_normaliser
from kefu_sim.rulebook.recogniser import load_recogniser


def quantities(reply):
    return [(q.kind, q.value, reply[q.start : q.end]) for q in find_quantities(load_normaliser()(reply))]


@pytest.mark.parametrize(
    ("reply", "kind", "value"),
    [
        ("给您补偿20元无门槛券", "amends", 20),
        ("赔您一百块", "amends", 100),
        ("最多补偿您二十", "amends", 20),
        ("给您申请20元的无门槛券", "amends", 20),
        ("2到3天能到", "days", 3),
        ("两三天就到", "days", 3),
        ("一两个工作日到账", "days", 2),
        ("3日内给您处理好", "days", 3),
        ("一周左右", "days", 7),
        ("半小时内回您", "minutes", 30),
        ("24小时内发货", "minutes", 1440),
        ("一刻钟后回您", "minutes", 15),
        ("您要3件吗", "count", 3),
        ("开票不加5%的税点", "percent", 5),
        ("百分之十的差价", "percent", 10),
    ],
)
def test_a_number_is_read(reply, kind, value):
    assert quantities(reply)[0][:2] == (kind, value)


@pytest.mark.parametrize(
    "reply",
    [
        "七天无理由退换", "退您138元货款", "50元的补偿我没有权限", "满300减10元券", "没法补偿50元", "25日截止",
        "下午3点前", "周五到", "每天看", "星期天发", "",
    ],
)  # fmt: skip
def test_what_only_looks_like_one_is_left_alone(reply):
    assert quantities(reply) == []


def test_the_words_are_pointed_at_as_typed():
    assert quantities("补发一件，补偿２０元券")[1][2] == "补偿２０元"


def test_numbers_by_name_the_lowest_price_and_the_longest_time():
    found = load_recogniser().recognise("到手149元，原来159元，一般2到3天到，半小时内回您，打九折", ())
    named = numbers_of(found)
    assert named["offer"] == 149
    assert (named["days"], named["minutes"], named["hours"]) == (3, 30, 0.5)
    assert named["discount"] == 0.9


def test_the_numbers_of_a_turn_are_joined():
    assert merged(({"offer": 159.0, "days": 2.0}, {"offer": 149.0, "days": 5.0})) == {"offer": 149.0, "days": 5.0}
