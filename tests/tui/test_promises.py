"""The order note, promises with their time, and notices, on the screen."""

import pytest

from kefu_sim.engine import events as ev

STORY = """\
schema: 1
id: desk-lamp
title: 台灯
persona: hesitant
shop: {name: 光合家居}
cards: {product: {名称: 台灯}, policy: {质保: 两年}}
history: [{when: 3月8日, order: 落地灯 1 盏}, {when: 3月9日, note: 爱问细节}]
vars: {patience: {init: 80, out: gone}}
promises:
  back: {about: 十分钟内回话, made: 推荐, kept: 告别, due: 100, missed: {buyer: [人呢, 说好的呢]}}
  box: {about: 送灯罩, made: 提问, note: [灯罩]}
notices:
  longer: {text: 质保改成三年了, at: 30, cards: {policy: {质保: 三年}}}
ORDERS
start: open
nodes:
  open:
    buyer: 在吗
    replies: [{when: 问好, goto: sold}]
    silence: [{after: 900, goto: gone}]
    unclear: {buyer: [嗯, 哦], max: 9}
  sold: {buyer: 拍了, end: sold}
  gone: {buyer: 算了, end: lost}
"""


@pytest.fixture
def folder(home_folder):
    (home_folder / "scenarios" / "desk_lamp.yaml").write_text(STORY.replace("ORDERS\n", ""), "utf-8")
    return home_folder


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_an_open_promise_counts_down_and_is_marked_when_it_is_over(at_desk, folder, size):
    async with at_desk(size=size, folder=folder) as desk:
        await desk.open()
        await desk.say("推荐这一盏，十分钟内回您")
        assert "答应了（01:40 之前）：十分钟内回话" in desk.text()
        await desk.pass_time(25)
        assert ("答应了的事" if size[0] > 100 else "承诺") in desk.text()
        assert "01:15" in desk.text()
        await desk.pass_time(76)
        assert "已过时 !!!" in desk.text()
        assert "说好的时间过了：十分钟内回话" in desk.text()
        await desk.say("再见")
        assert "过了时才办到：十分钟内回话" in desk.text()
        assert "已过时" not in desk.text()


async def test_a_promise_without_a_time_waits(at_desk, folder):
    async with at_desk(size=(120, 40), folder=folder) as desk:
        await desk.open()
        await desk.say("请问谁用")
        assert "送灯罩" in desk.text()
        assert "待办" in desk.text()


async def test_a_note_is_written_kept_and_written_on(at_desk, folder):
    async with at_desk(folder=folder) as desk:
        await desk.open()
        await desk.press("f6")
        assert "订单备注" in desk.text()
        await desk.commit("送灯罩")
        await desk.press("enter")
        assert "✎ 订单备注：送灯罩" in desk.text()
        assert desk.screen.composer.has_focus
        await desk.press("f6")
        await desk.commit("一个")
        await desk.press("enter")
        assert [event.text for event in desk.log if isinstance(event, ev.Noted)] == ["送灯罩", "送灯罩一个"]


async def test_a_note_left_by_escape_stays_as_it_was_and_the_draft_too(at_desk, folder):
    async with at_desk(folder=folder) as desk:
        await desk.open()
        await desk.commit("我帮您")
        await desk.press("f6")
        await desk.commit("不写了")
        await desk.press("escape")
        assert not [event for event in desk.log if isinstance(event, ev.Noted)]
        assert desk.screen.composer.text == "我帮您"


async def test_with_several_orders_one_is_chosen_first(at_desk, folder):
    path = folder / "scenarios" / "desk_lamp.yaml"
    path.write_text(STORY.replace("ORDERS", "orders: {a: '[尾号] 3021', b: 尾号 3022}"), "utf-8")
    async with at_desk(folder=folder) as desk:
        await desk.open()
        await desk.press("f6")
        assert "[尾号] 3021" in desk.text()
        await desk.press("down", "down", "enter")
        assert "备注：尾号 3022" in desk.text()
        await desk.commit("加急")
        await desk.press("enter")
        (noted,) = (event for event in desk.log if isinstance(event, ev.Noted))
        assert (noted.order, noted.text) == ("b", "加急")


async def test_a_notice_is_told_and_an_open_card_is_written_anew(at_desk, folder):
    async with at_desk(size=(120, 40), folder=folder) as desk:
        await desk.open()
        await desk.press("f3", "f3")
        assert "两年" in desk.text()
        await desk.pass_time(31)
        assert "通知：质保改成三年了" in desk.text()
        assert "三年" in desk.text().split("通知")[0]


async def test_what_went_before_is_a_card(at_desk, folder):
    async with at_desk(size=(120, 40), folder=folder) as desk:
        await desk.open()
        await desk.press("f3", "f3", "f3")
        assert "历史" in desk.text()
        assert "落地灯 1 盏" in desk.text()


async def test_an_exam_shows_no_promises(at_desk, folder):
    async with at_desk(size=(120, 40), folder=folder) as desk:
        await desk.open("exam")
        await desk.say("推荐这一盏")
        assert "答应了" not in desk.text()


async def test_the_review_shows_what_was_noted_promised_and_announced(at_desk, folder):
    async with at_desk(size=(120, 40), folder=folder) as desk:
        await desk.open()
        await desk.say("请问谁用")
        await desk.pass_time(31)
        await desk.press("f6")
        await desk.commit("送灯罩")
        await desk.press("enter")
        await desk.press("escape", "down", "enter")
        await desk.until(lambda: getattr(desk.app.screen, "place", "") == "scorecard")
        await desk.until(lambda: desk.app.screen._docket is not None)
        await desk.press("v")
        await desk.until(lambda: getattr(desk.app.screen, "place", "") == "review")
        await desk.settle()
        text = desk.text()
        assert text.index("◇ 答应了：送灯罩") < text.index("通知：质保改成三年了") < text.index("✎ 订单备注：送灯罩")
        assert "答应了：送灯罩" in text
        assert "没做到" in text
