import pytest

from kefu_sim.demo.masking import mask


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("您好，我是客服小舟，请问哪一单", "您好，我是客服小某，请问哪一单"),
        ("客服小暖为您服务", "客服小某为您服务"),
        ("我叫王磊，有事找我", "我叫某某，有事找我"),
        ("贺先生您好", "某先生您好"),
        ("手机尾号6612，地址不变", "手机尾号****，地址不变"),
        ("电话13812345678对吗", "电话1**********对吗"),
        ("138-1234-5678", "1**********"),
        ("单号SF1234567890", "单号******"),
        ("工号A0213为您服务", "工号***为您服务"),
        ("收货桂花苑3栋502室", "某花苑"),
    ],
)
def test_names_and_numbers_of_people_are_hidden(text, shown):
    assert mask(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "您好，在的～这款券后149元，机身宽27厘米",
        "满150减10，今天拍送收纳盒",
        "E159黑色一副，16点前付款当天发",
        "我是想问下4升够不够",
        "叫我怎么说好呢",
        "这款先生女士都能用",
    ],
)
def test_the_rest_is_left_alone(text):
    assert mask(text) == text
