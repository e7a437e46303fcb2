"""What a reply says of a card, denied, taken back or as part of another number; and what it denies having done."""

import pytest

from .receptions import program


def heard(story, reply):
    return program(story).understand(reply, ("买家：问一下",), ())


@pytest.mark.parametrize(
    ("story", "reply", "answers"),
    [
        ("office-chair", "两年质保哈，骨架坏了免费换", ("fact.frame.right", "fact.life.wrong")),
        ("office-chair", "保修5年的亲", ("fact.life.right",)),
        ("office-chair", "骨架和气杆质保五年", ("fact.frame.right", "fact.life.right")),
        ("office-chair", "质保五年呢", ("fact.life.right",)),
        ("pyjamas", "不是M，是L哈，您穿L", ("fact.size.wrong",)),
        ("pyjamas", "您穿L合适，M码会紧", ("fact.size.wrong",)),
        ("pyjamas", "建议您拍M码，L码会大", ("fact.size.right",)),
        ("pyjamas", "券没有了哦，直接129，119是昨天的价", ("fact.price.wrong",)),
        ("pyjamas", "M码160穿可以", ("fact.size.right",)),
        ("tea-tray", "没有拼接，是一整块板", ("fact.wood.wrong",)),
        ("tea-tray", "不是拼的，是一块料做的", ("fact.wood.wrong",)),
        ("tea-tray", "用45的就够了，60太大", ("fact.size.wrong",)),
        ("tea-tray", "建议60的，45的小了", ("fact.size.right",)),
        ("bargainer", "145交个朋友", ()),
        ("bargainer", "中间价 145", ()),
        ("bargainer", "不是一年，是两年", ("fact.warranty.wrong",)),
        ("bargainer", "质保不到一年", ("fact.warranty.wrong",)),
        ("bargainer", "券用不了", ("fact.floor.wrong",)),
        ("bargainer", "游戏模式没有的", ()),
        ("takeaway-boxes", "大箱5毛6，差8分", ("fact.unit.wrong",)),
        ("office-chair", "保修3年", ("fact.life.wrong",)),
        ("office-chair", "24个月保修", ("fact.life.wrong",)),
        ("two-notes", "虽然快递没送错，是我们写错了", ()),
        ("whose-order", "地址在您爱人的账号里能看到，麻烦她登录看下哈", ("fact.route.right",)),
        ("whose-order", "对，我理解您着急，不过尾号这个只能本人查哈", ("fact.route.right",)),
        ("whose-order", "您别急，尾号是多少都得本人登录看哦", ("fact.route.right",)),
        ("whose-order", "地址是隐私信息，得本人来问", ("fact.route.right", "fact.privacy.right")),
        ("abusive-night", "这肯定不是正常现象，给您换新退货都行", ("fact.fix.right",)),
        ("abusive-night", "退货换货都行，要是退不了您找我", ("fact.fix.right",)),
        ("review-extortion", "我们不会拉黑您的", ()),
        ("review-extortion", "没有说您敲诈的意思", ()),
        ("handover", "等螺丝寄出了，单号8点前发您", ("fact.number.right",)),
        ("handover", "上一单号YT13912345678901", ()),
        ("unpaid-dress", "给您留着，不会让给别人", ()),
        ("office-chair", "治不了腰的亲，椅子就是托着腰", ("fact.waist.right",)),
        ("sizes-shrank", "您别担心是自己胖了", ()),
        ("figure-fan", "杭州仓发货的", ()),
        ("broken-cup", "再有破损您直接拒收就行", ()),
        ("silent-payer", "这款不带充电头", ()),
    ],
)
def test_answers_are_told_right_from_wrong_and_honest_words_break_no_rule(story, reply, answers):
    found = heard(story, reply)
    assert tuple(label for label in found.intents if label.startswith("fact.")) == answers
    broken = {
        name for breach in program(story).scenario.breaches for wanted in breach.when for name in wanted.split(" or ")
    }
    assert broken.isdisjoint(found.intents)


def test_to_deny_may_be_to_tell():
    assert "leak" in heard("whose-order", "不是翠湖那边的哦").intents
