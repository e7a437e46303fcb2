"""A shift on the screen: whoever is typed for gets it, whoever is pressing is on top, nothing is lost."""

import threading

import pytest

from kefu_sim.engine import events as ev
from kefu_sim.rush import events as rv
from kefu_sim.shifts import ShiftPlay

LAMP = "台灯怎么卖"


def place(desk):
    return getattr(desk.screen, "place", "")


async def test_the_shift_on_three_sizes(at_shift, dumped):
    for size in ((64, 20), (80, 24), (140, 45)):
        async with at_shift(10, size=size) as desk:
            await desk.say("您好，请问谁用呢？")
            await desk.pass_time(4)
            await desk.press("tab")
            await desk.commit("您好")
            await desk.pass_time(38)
            dumped(f"rush-{size[0]}x{size[1]}", desk.text())


async def test_the_first_buyer_is_looked_at_without_a_key(at_shift):
    async with at_shift() as desk:
        assert desk.screen.seat.buyer == "b1"
        assert LAMP in desk.text()
        assert "小鹿慢慢跑" in desk.text()


async def test_a_reply_goes_to_the_window_it_was_written_in_and_no_other(at_shift):
    async with at_shift(5) as desk:
        await desk.say("您好，第一位")
        await desk.press("tab")
        await desk.say("您好，第二位")
        await desk.press("tab")
        await desk.say("您好，第三位")
        assert [desk.said_to(f"b{n}") for n in (1, 2, 3)] == [["您好，第一位"], ["您好，第二位"], ["您好，第三位"]]


async def test_keys_that_come_all_at_once_are_taken_in_their_order(at_shift):
    async with at_shift(5) as desk:
        await desk.burst(*"甲甲甲", "tab", *"乙乙", "enter", "shift+tab", *"丙", "enter")
        await desk.until(lambda: desk.said_to("b1"))
        assert desk.said_to("b1") == ["甲甲甲丙"]
        assert desk.said_to("b2") == ["乙乙"]


async def test_a_switch_right_behind_an_answer_knows_of_it(at_shift):
    async with at_shift(5) as desk:
        await desk.burst(*"您好", "enter", "tab", "tab")
        await desk.until(lambda: desk.said_to("b1"))
        await desk.until(lambda: desk.screen.seat.buyer == "b3")


async def test_drafts_stay_with_their_buyers(at_shift):
    async with at_shift(5) as desk:
        await desk.commit("写给小鹿的")
        await desk.press("tab")
        assert desk.screen.composer.text == ""
        await desk.commit("写给柠檬的")
        await desk.press("shift+tab")
        assert desk.screen.composer.text == "写给小鹿的"
        await desk.press("enter")
        await desk.press("shift+tab")
        assert desk.screen.composer.text == "写给柠檬的"
        assert desk.said_to("b1") == ["写给小鹿的"]
        assert desk.said_to("b2") == []


async def test_typing_is_measured_for_each_draft_by_itself(at_shift):
    async with at_shift(5) as desk:
        await desk.commit("您")
        await desk.pass_time(2)
        await desk.commit("好")
        await desk.press("tab")
        await desk.pass_time(1)
        await desk.paste("贴上来的话")
        await desk.press("enter")
        await desk.press("shift+tab")
        await desk.commit("呀")
        await desk.press("enter")
        sent = {e.buyer: e.event for e in desk.shift.run.log if isinstance(e.event, ev.AgentSent)}
        assert (sent["b2"].typed, sent["b2"].pasted) == (0, 5)
        assert (sent["b1"].typed, sent["b1"].pasted) == (3, 0)
        assert sent["b1"].typing_s > 0


async def test_the_list_is_sorted_by_urgency_and_marks_waiting(at_shift):
    async with at_shift(34) as desk:
        await desk.say("您好，我看看")
        await desk.pass_time(0)
        rows = [row.buyer for row in desk.screen.rows]
        assert rows == ["b2", "b3", "b1"]
        assert "32!" in desk.text()
        assert "30!" in desk.text()
        await desk.pass_time(70)
        assert "102!!" in desk.text()
        await desk.pass_time(80)
        assert "182!!!" in desk.text()


async def test_unread_lines_are_counted_until_the_window_is_looked_at(at_shift):
    async with at_shift(65) as desk:
        assert "柠檬不加糖 •2" in desk.text().replace("  ", " ")
        await desk.press("tab")
        await desk.pass_time(0)
        assert "柠檬不加糖 •2" not in desk.text().replace("  ", " ")


async def test_who_finds_no_place_queues_and_comes_up(at_shift):
    async with at_shift(7) as desk:
        assert "排队 1" in desk.text()
        await desk.say("再见")
        await desk.pass_time(5)
        assert "排队" not in desk.text()
        assert "b4" in desk.shift.floor.open


async def test_a_buyer_is_found_by_number_and_by_name(at_shift):
    async with at_shift(5) as desk:
        await desk.press("f2")
        await desk.commit("3")
        await desk.press("enter")
        await desk.until(lambda: place(desk) == "rush" and desk.screen.seat.buyer == "b3")
        await desk.press("f2")
        await desk.commit("柠檬")
        await desk.press("enter")
        await desk.until(lambda: place(desk) == "rush" and desk.screen.seat.buyer == "b2")
        await desk.press("f2")
        await desk.press("escape")
        await desk.until(lambda: place(desk) == "rush")
        assert desk.screen.seat.buyer == "b2"


async def test_the_window_above_and_below(at_shift):
    async with at_shift(5) as desk:
        await desk.press("ctrl+down")
        assert desk.screen.seat.buyer == "b2"
        await desk.press("ctrl+down")
        assert desk.screen.seat.buyer == "b3"
        await desk.press("ctrl+down")
        assert desk.screen.seat.buyer == "b3"
        await desk.press("ctrl+up")
        assert desk.screen.seat.buyer == "b2"


async def test_a_click_on_the_list_turns_there(at_shift):
    async with at_shift(5) as desk:
        await desk.pilot.click("#list", offset=(6, 2))
        await desk.settle()
        assert desk.screen.seat.buyer == "b2"
        assert desk.screen.composer.has_focus


async def test_what_cannot_go_out_stays_a_draft(at_shift):
    async with at_shift(22) as desk:
        assert "消息发不出去" in desk.text()
        await desk.say("您好，在的")
        assert desk.said_to("b1") == []
        assert desk.screen.composer.text == "您好，在的"
        await desk.pass_time(10)
        await desk.press("enter")
        assert desk.said_to("b1") == ["您好，在的"]


async def test_cards_stay_shut_while_they_are_out_of_order(at_shift):
    async with at_shift(41) as desk:
        await desk.press("f3")
        assert "12 瓦" not in desk.text()
        await desk.pass_time(5)
        await desk.press("f3")
        assert "12 瓦" in desk.text()
        assert [e.event.card for e in desk.shift.run.log if isinstance(e.event, ev.CardOpened)] == ["product"]


async def test_typing_goes_on_behind_what_cannot_go_out(at_shift):
    async with at_shift(22) as desk:
        await desk.burst(*"先写的", "enter", *"后写的", "tab", *"给别人的")
        await desk.until(lambda: desk.screen.composer.text == "给别人的")
        await desk.press("shift+tab")
        assert desk.screen.composer.text == "先写的后写的"


async def test_the_list_marks_windows_with_a_draft(at_shift):
    async with at_shift(5) as desk:
        await desk.commit("写了一半")
        assert "✎" not in desk.text()
        await desk.press("tab")
        assert "小鹿慢慢跑 ✎" in desk.text()
        await desk.press("shift+tab", "enter", "tab")
        assert "✎" not in desk.text()


async def test_cards_beside_the_chat_are_leafed_through_and_the_chat_still_scrolls(at_shift):
    async with at_shift(5, size=(140, 18)) as desk:
        for n in range(12):
            await desk.say(f"第{n}句")
        await desk.press("f3", "f3")
        opened = [e.event.card for e in desk.shift.run.log if isinstance(e.event, ev.CardOpened)]
        assert opened == list(desk.screen.seat.program.scenario.cards)[:2]
        assert desk.screen.facts.scroll_offset.y > 0
        assert "第0句" not in desk.text()
        await desk.press("pageup", "pageup", "pageup")
        assert "第0句" in desk.text()


async def test_a_list_that_gives_way_to_the_bar_and_comes_back(at_shift):
    async with at_shift(34) as desk:
        await desk.pilot.resize_terminal(64, 20)
        await desk.settle()
        await desk.pass_time(10)
        narrow = desk.text()
        assert "等" in narrow.splitlines()[1]
        assert "云边小卖部" not in narrow
        await desk.pilot.resize_terminal(80, 24)
        await desk.settle()
        assert "云边小卖部" in desk.text()
        assert "44!" in desk.text()


async def test_a_note_says_whose_order_it_is_on_and_is_not_lost_without_a_word(at_shift):
    async with at_shift(5) as desk:
        shift = desk.shift
        await desk.press("f6")
        assert "备注：小鹿慢慢跑" in desk.text()
        await desk.commit("补发一袋")
        shift.leave()
        await desk.press("enter")
        assert "补发一袋" in desk.text()


async def test_a_notice_stands_there_until_it_is_read(at_shift):
    async with at_shift(51) as desk:
        assert "台灯券已经领完" in desk.text()
        await desk.press("f7")
        await desk.press("escape")
        await desk.pass_time(0)
        assert "台灯券已经领完" not in desk.text()
        assert [e.event.index for e in desk.shift.run.log if isinstance(e.event, rv.NoticeRead)] == [0]


async def test_quick_replies_take_the_buyer_in_front(at_shift, home_folder):
    (home_folder / "quick-replies.yaml").write_text(
        "groups: [{title: 问好, replies: [{text: '{昵称}您好，{商品}尾号{尾号}', key: zz}]}]\n", "utf-8"
    )
    async with at_shift(5) as desk:
        for buyer, name, tail in (("b1", "小鹿慢慢跑", "0001"), ("b2", "柠檬不加糖", "0002")):
            await desk.commit("/zz")
            await desk.press("enter", "enter")
            assert desk.said_to(buyer) == [f"{name}您好，护眼台灯尾号{tail}"]
            await desk.press("tab")


async def test_what_is_typed_before_a_dialog_is_there_reaches_its_field(at_shift, home_folder):
    """All keys in one read: find a buyer, answer with a quick reply, note the order, answer by hand."""
    (home_folder / "quick-replies.yaml").write_text(
        "groups: [{title: 问好, replies: [{text: '{昵称}您好，马上看', key: zz}]}]\n", "utf-8"
    )
    async with at_shift(5) as desk:
        keys = [*"写给小鹿的", "f2", *"柠檬", "enter", *"/zz", "enter", "enter"]
        keys += ["f6", *"送灯罩", "enter", *"稍后回您", "enter"]
        await desk.burst(*keys)
        await desk.until(lambda: place(desk) == "rush" and len(desk.said_to("b2")) == 2)
        assert desk.said_to("b2") == ["柠檬不加糖您好，马上看", "稍后回您"]
        assert desk.shift.floor.seats["b2"].state.notes == {"": "送灯罩"}
        await desk.press("shift+tab")
        assert desk.screen.composer.text == "写给小鹿的"


async def test_a_busy_agent_gets_nobody_new_and_is_told_what_it_costs(at_shift):
    async with at_shift(1) as desk:
        await desk.press("ctrl+o")
        await desk.pass_time(4)
        assert len(desk.shift.floor.open) == 1
        assert "忙碌 4 秒 · 门外 2 位" in desk.text()
        await desk.press("ctrl+o")
        assert len(desk.shift.floor.open) == 3
        assert "忙碌 4 秒" not in desk.text()


async def test_a_pause_stops_all_clocks(at_shift):
    async with at_shift(5) as desk:
        await desk.press("f5")
        assert "已暂停" in desk.text()
        await desk.pass_time(500)
        await desk.press("f5")
        await desk.pass_time(1)
        assert desk.shift.now == 6.0
        assert len(desk.shift.floor.open) == 3


async def test_a_crash_in_the_middle_resumes_the_whole_shift(at_shift):
    async with at_shift(5) as desk:
        await desk.say("您好，请问谁用呢？")
        await desk.pass_time(3)
        before = [rv.to_line(entry) for entry in desk.shift.run.log]
        desk.screen.play.close()
        desk.app.go_home()
        desk.app.rush.resume()
        await desk.until(lambda: place(desk) == "rush")
        await desk.pass_time(0)
        log = [rv.to_line(entry) for entry in desk.shift.run.log]
        assert log[: len(before)] == before
        assert '"kind":"resumed"' in log[len(before)]
        assert "谁用呢" in desk.text()
        assert len(desk.shift.floor.open) == 3
        await desk.pass_time(60)
        assert "人呢？" in desk.text()


async def test_after_the_bell_enter_leads_to_the_report(at_shift, dumped):
    async with at_shift(5, size=(100, 30)) as desk:
        await desk.say("您好，请问谁用呢？")
        await desk.pass_time(10)
        await desk.say("好的，再见")
        await desk.pass_time(600)
        assert "下班了" in desk.text()
        await desk.commit("喂")
        assert desk.screen.composer.text == ""
        await desk.press("enter")
        await desk.until(lambda: place(desk) == "rush-report" and desk.screen._ranking)
        await desk.settle()
        dumped("rush-report-100x30", desk.text())
        await desk.press("right", "right")
        assert "小鹿慢慢跑" in desk.text()
        await desk.press("right")
        assert "主管 阿岚" in desk.text()
        await desk.press("b")
        await desk.commit("小鹿")
        await desk.press("enter")
        await desk.until(lambda: place(desk) == "ledger" and "谁用呢" in desk.text())
        await desk.press("escape")
        results = list(desk.app.rush.room.logs.results())
        assert [(r.shift, r.sold) for r in results] == [("three", 1)]


async def test_the_result_is_kept_when_the_report_is_left_at_once(at_shift, monkeypatch):
    left, report = threading.Event(), ShiftPlay.report

    def slowly(play):
        assert left.wait(30)
        return report(play)

    monkeypatch.setattr(ShiftPlay, "report", slowly)
    async with at_shift(5) as desk:
        await desk.pass_time(600)
        await desk.press("enter")
        await desk.until(lambda: place(desk) == "rush-report")
        desk.app.go_home()
        left.set()
        await desk.until(lambda: list(desk.app.rush.room.logs.results()))


async def test_leaving_asks_first_and_keeps_the_shift(at_shift):
    async with at_shift() as desk:
        await desk.press("escape")
        await desk.press("enter")
        assert place(desk) == "rush"
        await desk.press("f10")
        await desk.press("down", "down", "enter")
        await desk.until(lambda: desk.screen is desk.app._home)
        assert list(desk.app.rush.room.logs.unfinished())


async def test_the_menu_lists_shifts_and_tells_what_is_wrong(at_desk, home_folder):
    nobody = "schema: 1\nid: bad\ntitle: x\nminutes: 5\nat_once: 2\narrivals: []\n"
    (home_folder / "shifts" / "bad.yaml").write_text(nobody, "utf-8")
    async with at_desk() as desk:
        await desk.press("w")
        await desk.until(lambda: place(desk) == "rush-menu" and desk.screen._found is not None)
        await desk.settle()
        assert "三位一起来" in desk.text()
        await desk.press("p")
        assert "KS401" in desk.text()
        await desk.press("escape")
        await desk.press("enter")
        await desk.until(lambda: place(desk) == "rush")


async def test_names_and_lines_from_outside_never_act(at_shift, home_folder):
    path = home_folder / "shifts" / "three.yaml"
    path.write_text(path.read_text("utf-8").replace("小鹿慢慢跑", '"[b]x[/][@click=x]"'), "utf-8")
    async with at_shift(5, size=(140, 45)) as desk:
        assert "[b]x[/][@click=x]" in desk.text()


@pytest.mark.parametrize("size", [(59, 20), (80, 15)])
async def test_too_small_a_window_says_so(at_shift, size):
    async with at_shift(size=(80, 24)) as desk:
        await desk.pilot.resize_terminal(*size)
        await desk.settle()
        assert "窗口太小" in desk.text()


async def test_a_hundred_buyers_fit_a_small_list(at_desk, home_folder):
    many = "\n".join(f"  - {{at: {n}, scenario: desk-lamp}}" for n in range(100))
    text = f"schema: 1\nid: many\ntitle: 一百位\nminutes: 30\nat_once: 100\narrivals:\n{many}\n"
    (home_folder / "shifts" / "many.yaml").write_text(text, "utf-8")
    async with at_desk() as desk:
        await desk.rush("many")
        await desk.pass_time(99)
        assert len(desk.shift.floor.open) == 100
        assert "另有 79 个" in desk.text()
        await desk.press("f2")
        await desk.commit("77")
        await desk.press("enter")
        await desk.until(lambda: place(desk) == "rush" and desk.screen.seat.number == 77)
        await desk.pass_time(0)
        assert "77" in desk.text()


async def test_the_order_note_is_written_for_the_buyer_in_front_and_stands_beside_the_chat(at_shift):
    async with at_shift(5, size=(140, 45)) as desk:
        await desk.press("f6")
        await desk.commit("送小夜灯")
        await desk.press("enter")
        await desk.until(lambda: "送小夜灯" in desk.text())
        await desk.press("tab")
        assert "送小夜灯" not in desk.text()
        noted = [e for e in desk.shift.run.log if isinstance(e.event, ev.Noted)]
        assert [(e.buyer, e.event.text) for e in noted] == [("b1", "送小夜灯")]


async def test_a_long_name_hides_neither_marks_nor_unread_lines(at_shift):
    async with at_shift(5) as desk:
        for visit in desk.shift.floor.visits.values():
            object.__setattr__(visit, "name", "电量只剩百分之一的小熊")
        await desk.pass_time(40)
        rows = [line[:30] for line in desk.text().splitlines() if "电量只剩" in line[:30]]
        assert len(rows) == 3
        assert sum("•" in row for row in rows) == 2
        assert all("!" in row for row in rows)


async def test_after_the_bell_a_form_is_asked_for_everybody_left_with_their_chat_in_view(at_shift, home_folder):
    shift = home_folder / "shifts" / "three.yaml"
    shift.write_text(shift.read_text("utf-8").replace("minutes: 10", "minutes: 1\nhandover: true"), "utf-8")
    async with at_shift(70, size=(120, 40)) as desk:
        await desk.press("enter")
        await desk.until(lambda: "交接单：小鹿慢慢跑" in desk.text())
        for text in ("小鹿慢慢跑", "0001", "问台灯怎么卖", "无", "今晚20点前回复"):
            await desk.commit(text)
            await desk.press("enter")
        await desk.until(lambda: "交接单：柠檬不加糖" in desk.text())
        assert desk.screen.app.screen_stack[-2].seat.visit.name == "柠檬不加糖"
        while place(desk) != "rush-report":
            await desk.press("escape")
        await desk.until(lambda: desk.screen._report is not None)
        (first, *others) = desk.screen._report.handed
        assert all(first.slots.values())
        assert not any(value for one in others for value in one.slots.values())


async def test_the_report_archives_the_chats_into_a_folder_of_ones_choice(at_shift, tmp_path):
    async with at_shift(5) as desk:
        await desk.say("您好，请问谁用呢？")
        await desk.pass_time(700)
        await desk.press("enter")
        await desk.until(lambda: place(desk) == "rush-report" and desk.screen._report)
        await desk.press("a")
        await desk.until(lambda: "聊天记录存档" in desk.text())
        await desk.commit(str(tmp_path / "kept"))
        await desk.press("enter")
        await desk.until(lambda: list(tmp_path.glob("kept/*/shift.jsonl")))
        await desk.until(lambda: "已存到" in desk.text())
        (chats,) = tmp_path.glob("kept/*/chats")
        assert "您好，请问谁用呢？" in "".join(file.read_text("utf-8") for file in chats.iterdir())


async def test_a_form_takes_what_is_typed_in_one_go_and_is_not_given_up_by_one_key(at_shift):
    async with at_shift(5) as desk:
        seat = desk.screen.seat
        desk.screen.run_worker(desk.screen.hand_over(seat))
        await desk.until(lambda: "交接单：小鹿慢慢跑" in desk.text())
        await desk.burst(*"小鹿", "enter", *"1234", "enter", *"台灯不亮")
        await desk.until(lambda: "台灯不亮" in desk.text())
        fields = [desk.screen.query_one(f"#field-{n}").text for n in range(3)]
        assert fields == ["小鹿", "1234", "台灯不亮"]
        await desk.press("escape")
        assert "再按一次 Esc" in desk.text()
        await desk.press("escape")
        await desk.until(lambda: place(desk) == "rush")
        assert not desk.shift.floor.forms
