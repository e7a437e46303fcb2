import pytest

from kefu_sim.tui.report import reply_blocks

from .conftest import written

SIZES = ((80, 24), (120, 40))


@pytest.fixture
def at_scorecard(at_desk):
    async def play(desk):
        await desk.open()
        await desk.pass_time(8)
        await desk.say("您好，请问是谁用呢？")
        await desk.react()
        await desk.pass_time(20)
        await desk.say("再见")
        await desk.react()
        await desk.press("enter")
        await desk.until(lambda: desk.screen.place == "scorecard" and desk.screen._report is not None)
        await desk.settle()

    return play


@pytest.mark.parametrize("size", SIZES)
async def test_the_three_things_come_first_then_the_hundred_points(at_desk, at_scorecard, size):
    async with at_desk(size=size) as desk:
        await at_scorecard(desk)
        shown = desk.text()
        places = [shown.index(word) for word in ("响应速度", "礼貌用语", "八步流程", "百分构成", "八步时间线")]
        assert places == sorted(places)
        assert "3/8 步" in shown
        assert "成交" in shown


async def test_every_row_of_the_ledger_can_be_read(at_desk, at_scorecard):
    async with at_desk() as desk:
        await at_scorecard(desk)
        await desk.press("right")
        page = written(desk.screen.page)
        score = desk.screen._report.score
        assert page.count("更好") == sum(bool(row.better.zh) for row in score.ledger)
        for row in score.ledger:
            assert f"{row.points:+g}" in page
        before = desk.text()
        await desk.press("pagedown")
        assert desk.text() != before


async def test_each_reply_is_looked_at_again(at_desk, at_scorecard):
    async with at_desk() as desk:
        await at_scorecard(desk)
        await desk.press("left")
        page = written(desk.screen.page)
        for words in ("在吗？台灯怎么卖[优惠]", "你说    您好，请问是谁用呢？", "更好", "为什么"):
            assert words in page


async def test_f4_shows_what_each_reply_was_understood_as(at_desk, at_scorecard):
    async with at_desk() as desk:
        await at_scorecard(desk)
        assert "F4" not in desk.text().splitlines()[-1]
        await desk.press("f4")
        assert desk.screen.place == "scorecard"
        await desk.press("left")
        assert "F4 解读" in desk.text().splitlines()[-1]
        for words in ("✓ 提问  因为“谁用”", "✓ 告别  因为“再见”"):
            before = desk.screen.page.row
            await desk.press("f4")
            await desk.until(lambda: desk.screen.place == "ledger")
            await desk.settle()
            assert words in desk.text()
            await desk.press("escape")
            assert desk.screen.page.row == before
            await desk.press("down")


async def test_f4_on_a_line_of_the_buyer_says_so(at_desk, at_scorecard):
    async with at_desk() as desk:
        await at_scorecard(desk)
        await desk.press("left")
        desk.screen.page.show_rows(reply_blocks(desk.screen._report), [0])
        await desk.press("f4")
        assert desk.screen.place == "scorecard"
        await desk.until(lambda: "这句是买家说的" in desk.text())


async def test_the_same_buyer_comes_again_with_the_same_seed(at_desk, at_scorecard):
    async with at_desk() as desk:
        await at_scorecard(desk)
        opened = desk.screen._play.opened
        await desk.press("r")
        await desk.until(lambda: desk.app.reception is not None)
        assert (desk.play.opened.scenario, desk.play.opened.seed) == (opened.scenario, opened.seed)


async def test_next_goes_on_to_the_next_buyer_and_home_shows_the_best_score(at_desk, at_scorecard):
    async with at_desk() as desk:
        await at_scorecard(desk)
        await desk.press("n")
        await desk.until(lambda: desk.app.reception is not None)
        await desk.settle()
        assert desk.kinds()[0] == "opened"
        await desk.press("escape")
        await desk.press("down", "enter")
        await desk.until(lambda: desk.screen.place == "scorecard")
        await desk.press("h")
        await desk.until(lambda: desk.screen is desk.app._home)
        await desk.until(lambda: "最好 " in desk.text() or "最高 " in desk.text())
