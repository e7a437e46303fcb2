import pytest
from textual import events

from kefu_sim import house as house_module
from kefu_sim import programs
from kefu_sim.engine import events as ev
from kefu_sim.i18n import set_language
from kefu_sim.language.recognise import Recogniser
from kefu_sim.language.verdict import Recognition
from kefu_sim.rulebook.recogniser import load_tables
from kefu_sim.scoring.metrics import measure
from kefu_sim.scoring.transcript import from_events


def sent(desk):
    return [event for event in desk.log if isinstance(event, ev.AgentSent)]


async def test_a_reception_on_both_sizes(in_reception, dumped):
    for size in ((80, 24), (120, 40)):
        async with in_reception(8, size=size) as desk:
            await desk.say("您好，请问是谁用呢？")
            await desk.react()
            await desk.pass_time(35)
            dumped(f"reception-{size[0]}x{size[1]}", desk.text())


async def test_first_key_and_message_reach_the_log_with_what_was_typed(in_reception):
    async with in_reception(4) as desk:
        await desk.commit("您好")
        await desk.pass_time(2)
        await desk.paste("请问谁用")
        await desk.press("enter")
        assert desk.kinds()[-3:] == ["typing", "agent", "understood"]
        message = sent(desk)[0]
        assert (message.text, message.typed, message.pasted, message.t) == ("您好请问谁用", 2, 4, 6.0)


async def test_typing_is_measured_as_in_a_drill_whatever_is_pasted_and_however_late_it_is_sent(in_reception):
    async with in_reception(4) as desk:
        await desk.paste("这是快捷回复里的一句话，")
        for _ in range(5):  # 80 characters a minute, four at a time
            await desk.pass_time(3)
            for index, char in enumerate("请问谁用"):
                key = events.Key(char, char)
                key.time = desk.clock.now() + index * 0.0005
                desk.app.focused.post_message(key)
            await desk.settle()
        await desk.pass_time(9)
        await desk.press("enter")
        assert (sent(desk)[0].typed, sent(desk)[0].typing_s, sent(desk)[0].pasted) == (20, 15, 12)
        assert measure(from_events(desk.log, lambda *_: Recognition())).typing_cpm == 80


async def test_the_buyer_is_seen_typing_until_the_answer_comes(in_reception):
    async with in_reception() as desk:
        await desk.say("您好")
        assert "对方正在输入…" in desk.text()
        await desk.react()
        assert "对方正在输入…" not in desk.text()
        assert "啥意思？" in desk.text()


async def test_a_draft_survives_what_the_buyer_says_meanwhile(in_reception):
    async with in_reception() as desk:
        await desk.commit("我帮您")
        await desk.pass_time(61)
        assert "人呢？" in desk.text()
        assert desk.screen.composer.text == "我帮您"


async def test_waiting_is_marked_at_30_100_and_180_seconds(in_reception):
    async with in_reception() as desk:
        for seconds, sign in ((29, "29 秒"), (1, "30 秒 !"), (70, "100 秒 !!"), (80, "180 秒 !!!")):
            await desk.pass_time(seconds)
            assert sign in desk.text()
        assert "30 秒 !!" not in desk.text()


async def test_a_figure_without_room_is_left_out_not_cut(in_reception):
    async with in_reception(100, size=(60, 20)) as desk:
        assert desk.text().split("\n")[2].endswith("等待 100 秒 !!  首响 –")


async def test_in_a_narrow_window_long_names_of_steps_leave_the_figures_their_line(at_desk):
    async with at_desk(size=(60, 20)) as desk:
        set_language("en")
        await desk.open()
        steps, figures = desk.text().split("\n")[1:3]
        assert steps.split()[2:4] == ["·Analy", "·Recom"]
        assert figures.split()[0] == "Mood"


async def test_text_that_looks_like_markup_is_shown_as_it_is(in_reception):
    async with in_reception() as desk:
        assert "[满减] 台灯 [/]" in desk.text()
        await desk.say("[b]您好[/b] [/] [@click=app.quit]x[/] 👍🏽 \u200b")
        assert "[b]您好[/b] [/] [@click=app.quit]x[/]" in desk.text()


async def test_control_and_direction_characters_never_reach_the_screen(in_reception):
    async with in_reception() as desk:
        await desk.paste("您好\x1b[2J\u202e倒\x07")
        await desk.press("enter")
        assert sent(desk)[0].text == "您好[2J倒"
        assert not set("\x1b\u202e\x07") & set(desk.text())


async def test_practice_points_out_a_need_that_was_found(in_reception):
    async with in_reception() as desk:
        await desk.say("您好，谁用？")
        await desk.react()
        assert "✦ 问出来了：给孩子写作业用" in desk.text()


async def test_an_exam_shows_nothing_and_cannot_be_paused(in_reception):
    async with in_reception(mode="exam", size=(120, 40)) as desk:
        await desk.say("您好，谁用？")
        await desk.react()
        shown = desk.text()
        for hidden in ("八步", "心情", "问出来了", "暂停", "解读", "提示"):
            assert hidden not in shown
        await desk.press("f5")
        await desk.press("f4")
        assert "paused" not in desk.kinds()
        assert desk.screen is desk.app.reception
        await desk.press("escape")
        assert "以后继续" not in desk.text()


async def test_guided_hints_and_shows_a_model_answer_after_naming_the_price(in_reception):
    async with in_reception(mode="guided") as desk:
        assert "提示：先问好，再问谁用" in desk.text()
        await desk.press("f2")
        assert "会扣分" in desk.text()
        await desk.press("enter")
        assert "help" not in desk.kinds()
        await desk.press("f2")
        await desk.press("down", "enter")
        assert [event.kind for event in desk.log[-2:]] == ["help", "paused"]
        assert desk.log[-2] == ev.HelpShown(desk.log[-2].t, "model", "open")
        assert "您好，在的～请问是给谁用呢？" in desk.text()
        await desk.press("escape")
        assert desk.screen.composer.has_focus


async def test_what_is_typed_on_pages_over_a_chat_goes_on_with_the_draft(in_reception):
    async with in_reception(mode="guided") as desk:
        await desk.commit("您好")
        await desk.press("f2")
        await desk.commit("，台灯")
        await desk.press("down", "enter")
        await desk.commit("有货 ")
        desk.screen.focused.post_message(events.Paste("[/]"))
        await desk.press("escape")
        assert desk.screen.composer.text == "您好，台灯有货 [/]"


async def test_a_hint_takes_the_width_of_a_narrow_window(at_desk, home_folder):
    story = home_folder / "scenarios" / "desk_lamp.yaml"
    hint = "先问好，再问是谁用、放在哪张桌子上、平时亮多久，别急着报价，也别一口气问完"
    story.write_text(story.read_text("utf-8").replace("先问好，再问谁用", hint), "utf-8")
    async with at_desk() as desk:
        await desk.open("guided")
        assert f"提示：{hint[:30]}" in desk.text()


async def test_in_english_the_steps_of_a_hint_are_named(at_desk):
    async with at_desk() as desk:
        set_language("en")
        await desk.open("guided")
        assert "Hint: Greet + Ask · 先问好，再问谁用" in desk.text()


async def test_practice_gives_no_help(in_reception):
    async with in_reception() as desk:
        await desk.press("f2")
        assert desk.screen is desk.app.reception
        assert "示范" not in desk.text()


async def test_a_pause_stops_the_clock_and_covers_the_chat(in_reception):
    async with in_reception(5) as desk:
        await desk.press("f5")
        assert "已暂停" in desk.text()
        assert "台灯" not in desk.text()
        await desk.pass_time(500)
        await desk.press("f5")
        await desk.pass_time(1)
        assert desk.play.session.now == 6.0
        assert desk.kinds()[-2:] == ["paused", "resumed"]


async def test_cards_open_one_after_the_other_beside_the_draft(in_reception):
    async with in_reception() as desk:
        await desk.press("f3")
        assert "12 瓦" in desk.text()
        assert "[3000K](/)" in desk.text()
        await desk.commit("功率12瓦")
        await desk.press("f3")
        assert "两年" in desk.text()
        await desk.press("f3")
        assert "两年" not in desk.text()
        assert [e.card for e in desk.log if isinstance(e, ev.CardOpened)] == ["product", "policy"]
        assert desk.screen.composer.text == "功率12瓦"


async def test_escape_shuts_an_open_card_before_it_asks_about_leaving(at_desk):
    async with at_desk() as desk:
        await desk.open()
        await desk.press("f3", "escape")
        assert "12 瓦" not in desk.text()
        assert desk.screen is desk.app.reception
        await desk.press("escape")
        assert "要离开这位买家吗？" in desk.text()


async def test_explain_shows_the_words_that_counted(in_reception):
    async with in_reception() as desk:
        await desk.press("f4")
        assert "您还没回复过" in desk.text()
        await desk.say("您好，谁用呢")
        await desk.press("f4")
        shown = desk.text()
        assert "✓ 问好  因为“您好”" in shown
        assert "✓ 提问  因为“谁用”" in shown


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_counted_stands_first_and_why_below(in_reception, monkeypatch, dumped, size):
    for module in (programs, house_module):
        monkeypatch.setattr(module, "load_recogniser", lambda: Recogniser(load_tables()))
    async with in_reception(size=size) as desk:
        await desk.say("您好，没办法 不过可以换，最近卖得好的是哪款我一定帮您跟进，请问台灯是谁用呢？")
        await desk.press("f4")
        await desk.until(lambda: desk.screen.place == "replies")
        await desk.settle()
        dumped(f"explain-{size[0]}x{size[1]}", desk.text())
        await desk.press("end")
        await desk.until(lambda: "起作用的规则" in desk.text())
        dumped(f"explain-end-{size[0]}x{size[1]}", desk.text())


@pytest.mark.parametrize("keys", [("f4",), ("f4", "l"), ("f1",)])
async def test_reading_costs_no_reply_time(in_reception, keys):
    async with in_reception() as desk:
        await desk.say("您好，谁用呢")
        await desk.react()
        await desk.pass_time(5)
        before = desk.play.session.now
        await desk.press(*keys)
        await desk.until(lambda: desk.screen is not desk.app.reception)
        await desk.pass_time(300)
        assert desk.play.session.now == before
        assert "人呢？" not in [event.text for event in desk.log if isinstance(event, ev.BuyerSaid)]
        await desk.press(*["escape"] * len(keys))
        assert desk.screen is desk.app.reception
        await desk.pass_time(7)
        assert desk.play.session.now == before + 7


async def test_in_an_exam_the_clock_runs_on_behind_the_help(in_reception):
    async with in_reception(mode="exam") as desk:
        before = desk.play.session.now
        await desk.press("f1")
        await desk.pass_time(20)
        assert desk.play.session.now == before + 20
        assert "paused" not in desk.kinds()


async def test_the_way_out_is_named_however_narrow_the_window(in_reception):
    async with in_reception(size=(60, 20)) as desk:
        await desk.say("您好")
        await desk.react()
        await desk.say("谁用呢")
        for lang, way_out in (("zh", "Esc 返回"), ("en", "Esc Close")):
            set_language(lang)
            await desk.press("f4")
            await desk.until(lambda: desk.screen.place == "replies")
            line = desk.text().splitlines()[-1]
            assert way_out in line
            assert "F1" in line
            await desk.press("escape")


async def test_leaving_asks_first(in_reception):
    async with in_reception() as desk:
        await desk.press("escape")
        await desk.press("enter")
        assert desk.screen is desk.app.reception
        await desk.press("f10")
        await desk.press("down", "down", "enter")
        await desk.until(lambda: desk.app.screen is desk.app._home)
        await desk.until(lambda: "没接待完" in desk.text())


async def test_ending_it_oneself_leads_to_the_scorecard(in_reception):
    async with in_reception() as desk:
        log = desk.log
        await desk.press("escape")
        await desk.press("down", "enter")
        await desk.until(lambda: desk.screen.place == "scorecard")
        assert log[-1] == ev.Ended(log[-1].t, "left", "open")


async def test_after_the_end_enter_leads_to_the_scorecard_and_nothing_can_be_written(in_reception):
    async with in_reception() as desk:
        await desk.say("再见")
        await desk.react()
        assert "接待结束：成交" in desk.text()
        await desk.commit("喂")
        assert desk.screen.composer.text == ""
        await desk.press("enter")
        await desk.until(lambda: desk.screen.place == "scorecard")


async def test_a_hundred_messages_stay_in_reach(in_reception):
    async with in_reception() as desk:
        for i in range(30):
            await desk.burst(*f"第{i}句", "enter")
            await desk.react()
        assert "第29句" in desk.text()
        await desk.burst(*["pageup"] * 40)
        await desk.until(lambda: "在吗？台灯怎么卖" in desk.text())
        await desk.say("又一句")
        assert "又一句" in desk.text()
