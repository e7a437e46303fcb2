"""The progress screen, the review and the way back into a reply, as a trainee sees them."""

from dataclasses import replace

import pytest

from kefu_sim.history.intake import take_in
from kefu_sim.house import House
from kefu_sim.i18n import set_language
from kefu_sim.progress.record import Wanted
from kefu_sim.tui.keys import on_key_line
from kefu_sim.tui.widgets.key_line import KeyLine


async def leave(desk):
    """Leave the buyer and look at the scorecard."""
    await desk.press("escape", "down", "enter")
    await desk.until(lambda: getattr(desk.app.screen, "place", "") == "scorecard")
    await desk.until(lambda: desk.app.screen._report is not None)


async def received(desk, *said):
    """One reception from the first line to its scorecard, then the progress screen."""
    await desk.open()
    for text in said:
        await desk.pass_time(6)
        await desk.say(text)
        await desk.react()
    await leave(desk)


async def open_progress(desk):
    await desk.press("h", "s")
    await desk.until(lambda: getattr(desk.app.screen, "look", None) is not None)
    await desk.settle()


async def open_review(desk):
    await desk.press("v")
    await desk.until(lambda: getattr(desk.app.screen, "place", "") == "review")
    await desk.settle()


async def test_before_the_first_reception_there_is_one_thing_to_do(at_desk):
    async with at_desk() as desk:
        await desk.press("s")
        await desk.until(lambda: getattr(desk.app.screen, "look", None) is not None)
        await desk.settle()
        assert "从最容易的买家开始" in desk.text()
        await desk.press("1")
        await desk.until(lambda: desk.app.reception is not None)


async def test_a_finished_reception_is_in_the_figures_and_in_the_list(at_desk):
    async with at_desk() as desk:
        await received(desk, "您好，请问谁用呢")
        await open_progress(desk)
        assert desk.screen.look.receptions == 1
        text = desk.text()
        assert "每天的平均分" in text
        assert "连续天数" in text
        await desk.press("right")
        assert "1 次里做到 1 次" in desk.text()
        await desk.press("right")
        assert "分丢在哪里" in desk.text()
        await desk.press("right")
        (row,) = [line for line in desk.text().splitlines() if "[满减] 台灯 [/]" in line]
        assert row.split()[-1] == f"{desk.screen.look.totals.now:.0f}"
        await desk.press("enter")
        await desk.until(lambda: getattr(desk.app.screen, "place", "") == "review")


async def test_filters_narrow_what_is_shown(at_desk):
    async with at_desk() as desk:
        await received(desk, "您好")
        await open_progress(desk)
        await desk.press("m", "m")
        await desk.until(lambda: desk.screen.look.receptions == 0)
        assert "引导" in desk.text()
        await desk.press("m", "m")
        await desk.until(lambda: desk.screen.look.receptions == 1)
        await desk.press("t")
        await desk.until(lambda: "7 天" in desk.text())
        await desk.press("p")
        await desk.until(lambda: "看谁的进步" in desk.text())
        await desk.press("down", "enter")
        await desk.until(lambda: "所有人" in desk.text())


async def test_records_that_cannot_be_opened_are_named_and_practice_goes_on(at_desk, home_folder):
    (home_folder / "records.db").write_text("no database" * 99, "utf-8")
    async with at_desk() as desk:
        await received(desk, "您好")
        assert desk.screen._report.score.total >= 0
        await desk.press("h", "s")
        await desk.until(lambda: "不是档案数据库" in desk.text())
        await desk.press("escape")
        await desk.open()


async def test_a_review_shows_chat_and_ledger_turn_by_turn(at_desk):
    async with at_desk((100, 40)) as desk:
        await received(desk, "嗯", "您好，请问谁用呢")
        await open_review(desk)
        text = desk.text()
        assert "你说" in text
        assert "为什么" in text
        assert "保持" in text
        assert "[/]" in text
        desk.screen.turns.highlighted = 0
        await desk.settle()
        assert "买家说" in desk.text()
        await desk.press("l")
        await desk.until(lambda: "总分就是" in desk.text() or "每一分" in desk.text())


async def test_f4_in_a_review_shows_what_a_reply_was_understood_as(at_desk):
    async with at_desk() as desk:
        await received(desk, "嗯", "您好，请问谁用呢")
        await open_review(desk)
        mine = [at for at, turn in enumerate(desk.screen.review.turns) if turn.role == "agent"]
        desk.screen.turns.highlighted = mine[1]
        await desk.settle()
        assert "F4 解读" in desk.text().splitlines()[-1]
        await desk.press("f4")
        await desk.until(lambda: desk.screen.place == "ledger")
        await desk.settle()
        shown = desk.text()
        assert "您好，请问谁用呢" in shown
        assert "✓ 问好  因为“您好”" in shown
        assert "✓ 提问  因为“谁用”" in shown
        assert "规则或故事后来改过" not in shown
        await desk.press("escape")
        await desk.until(lambda: desk.screen.place == "review")
        assert desk.screen.turns.highlighted == mine[1]
        assert desk.screen.turns.has_focus
        desk.screen.turns.highlighted = mine[0]
        await desk.press("f4")
        await desk.until(lambda: desk.screen.place == "ledger")
        await desk.settle()
        assert "这一句没认出步骤" in desk.text()


async def test_f4_on_a_line_of_the_buyer_opens_nothing(at_desk):
    async with at_desk() as desk:
        await received(desk, "您好")
        await open_review(desk)
        desk.screen.turns.highlighted = 0
        await desk.settle()
        assert "F4" not in desk.text().splitlines()[-1]
        await desk.press("f4")
        assert desk.screen.place == "review"
        await desk.press("down", "f4")
        await desk.until(lambda: desk.screen.place == "ledger")


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_keys_of_a_review_fit_a_narrow_window(at_desk, lang):
    async with at_desk() as desk:
        await received(desk, "您好")
        await open_review(desk)
        set_language(lang)
        line = desk.screen.query_one(KeyLine)
        if lang == "zh":  # English words take more room: with one key more the last of them gives way
            desk.screen._other = desk.screen.review
        offered = [action.shown for action in on_key_line("review") if desk.screen.check_action(action.name, ())]
        await desk.until(lambda: "F4" in line.render().plain)
        assert all(f" {shown} " in line.render().plain for shown in offered)


async def test_f4_in_a_review_needs_the_story(at_desk, home_folder):
    async with at_desk() as desk:
        await received(desk, "您好")
        await open_review(desk)
        desk.screen.review = replace(desk.screen.review, story=None)
        desk.screen.turns.highlighted = 1
        await desk.press("f4")
        assert desk.screen.place == "review"


async def test_f4_in_a_review_tells_that_the_story_was_changed(at_desk):
    async with at_desk() as desk:
        await received(desk, "您好")
        await open_review(desk)
        review = desk.screen.review
        desk.screen.review = replace(review, log=(replace(review.log[0], fingerprint="other"), *review.log[1:]))
        desk.screen.turns.highlighted = 1
        await desk.press("f4")
        await desk.until(lambda: desk.screen.place == "ledger")
        await desk.until(lambda: "规则或故事后来改过" in desk.text())


async def test_from_a_reply_one_goes_another_way_and_sees_both_side_by_side(at_desk, home_folder):
    async with at_desk((100, 40)) as desk:
        await received(desk, "嗯")
        first = desk.screen._play.session.log
        await open_review(desk)
        await desk.press("r")
        await desk.until(lambda: desk.app.reception is not None and desk.app.reception.is_current)
        await desk.settle()
        assert desk.play.opened.branch_of
        assert desk.log[1 : len(desk.log) - 1] == first[1 : len(desk.log) - 1]
        await desk.say("您好，请问谁用呢")
        await desk.react()
        await leave(desk)
        await open_review(desk)
        await desk.press("c")
        await desk.until(lambda: "当时" in desk.text())
        text = desk.text()
        assert "现在" in text
        assert "嗯" in text
        assert "请问谁用呢" in text
    house = House(home_folder)
    take_in(house)
    assert len(house.records.rows(Wanted())) == 2
    assert len(house.records.rows(Wanted(whole=True))) == 1
