"""Disputes on the screens of a trainee, and the inbox on the screen of a trainer."""

import pytest

from kefu_sim.author.inbox import groups
from kefu_sim.history.intake import take_in
from kefu_sim.house import House
from kefu_sim.i18n import set_language
from kefu_sim.progress.disputes import counted, marks
from kefu_sim.scoring.ledger import Phrase
from kefu_sim.tui.render import plain
from kefu_sim.tui.screens.note import RemarkScreen
from kefu_sim.tui.screens.page import AskScreen
from kefu_sim.tui.widgets.row_page import RowPage

from .conftest import written
from .test_progress import leave, open_review


async def disputed(desk, remark=""):
    """The dispute key, then a remark, until it is kept."""
    before = len(found(desk.app.house.folder))
    await desk.press("d")
    await desk.until(lambda: isinstance(desk.screen, RemarkScreen))
    await desk.commit(remark)
    await desk.press("enter")
    await desk.until(lambda: len(found(desk.app.house.folder)) > before)


async def scored(desk, *said):
    await desk.open()
    for text in said:
        await desk.pass_time(6)
        await desk.say(text)
        await desk.react()
    await leave(desk)
    await desk.until(lambda: desk.screen._docket is not None)
    await desk.settle()


def found(folder):
    return House(folder).inbox.disputes()


async def test_a_row_of_the_ledger_is_disputed_and_taken_back(at_desk, home_folder):
    async with at_desk() as desk:
        await scored(desk, "您好")
        total = desk.screen._report.score.total
        await desk.press("right", "down", "down")
        assert "D 判错申诉" in desk.text()
        assert any(line.lstrip(" │").startswith("▸") for line in desk.text().splitlines())
        await disputed(desk, "我问好了")
        (one,) = found(home_folder)
        assert (one.remark, one.rule) == ("我问好了", desk.screen._report.score.ledger[2].rule)
        await desk.until(lambda: "有异议" in desk.text())
        assert desk.screen._report.score.total == total
        await desk.press("d")
        await desk.until(lambda: not found(home_folder))


async def test_a_remark_may_stay_empty_and_escape_disputes_nothing(at_desk, home_folder):
    async with at_desk() as desk:
        await scored(desk, "您好")
        await desk.press("right")
        await desk.press("d")
        await desk.until(lambda: isinstance(desk.screen, RemarkScreen))
        await desk.press("escape")
        await desk.until(lambda: desk.screen.place == "scorecard")
        assert found(home_folder) == []
        await disputed(desk)
        assert [one.remark for one in found(home_folder)] == [""]


async def test_on_the_replies_a_row_of_the_reply_is_chosen(at_desk, home_folder):
    async with at_desk() as desk:
        await scored(desk, "您好")
        await desk.press("left", "down", "d")
        await desk.until(lambda: isinstance(desk.screen, AskScreen))
        assert "哪一行判错了" in desk.text()
        await desk.press("down", "enter")
        await desk.until(lambda: isinstance(desk.screen, RemarkScreen))
        await desk.press("enter")
        await desk.until(lambda: found(home_folder))
        (one,) = found(home_folder)
        assert one.said == "您好"
        await desk.until(lambda: "有异议" in written(desk.screen.page))


async def test_the_overview_has_no_rows_and_no_key(at_desk):
    async with at_desk() as desk:
        await scored(desk, "您好")
        assert "判错申诉" not in desk.text().splitlines()[-1]
        await desk.press("d")
        assert desk.screen.place == "scorecard"


async def test_in_the_review_and_on_its_ledger(at_desk, home_folder):
    async with at_desk((100, 40)) as desk:
        await scored(desk, "嗯", "您好，请问谁用呢")
        await open_review(desk)
        await desk.press("d")
        await desk.until(lambda: isinstance(desk.screen, AskScreen | RemarkScreen))
        if isinstance(desk.screen, AskScreen):
            await desk.press("down", "enter")
            await desk.until(lambda: isinstance(desk.screen, RemarkScreen))
        await desk.commit("不该扣")
        await desk.press("enter")
        await desk.until(lambda: found(home_folder))
        await desk.until(lambda: "不该扣" in written(desk.screen.page))
        await desk.press("l")
        await desk.until(lambda: desk.screen.place == "ledger")
        await desk.settle()
        assert "不该扣" in written(desk.screen.page)
        await desk.press("down")
        await disputed(desk, "这条也是")
        await desk.until(lambda: "这条也是" in written(desk.screen.page))
        assert len(found(home_folder)) == 2
        await desk.press("escape")
        await desk.until(lambda: desk.screen.place == "review")


async def test_a_reading_is_disputed_while_the_reception_goes_on(at_desk, home_folder):
    async with at_desk() as desk:
        await desk.open()
        await desk.say("请问谁用呢")
        await desk.press("f4")
        assert "D 判错申诉" in desk.text()
        await disputed(desk, "还问好了")
        await desk.until(lambda: "还问好了" in desk.text())
        await desk.press("escape")
        assert desk.screen.composer.has_focus
        (one,) = found(home_folder)
        assert (one.rule, one.said, one.node, one.reason_zh) == (
            "reading.steps", "请问谁用呢", "open", "听出的步骤：提问",
        )  # fmt: skip
        await desk.press("f4")
        assert "还问好了" in desk.text()
        await desk.press("d")
        await desk.until(lambda: not found(home_folder))
        assert "disputed" not in " ".join(desk.kinds())


async def test_an_earlier_reply_is_turned_back_to_and_disputed(at_desk, home_folder):
    async with at_desk() as desk:
        await desk.open()
        await desk.say("请问谁用呢")
        await desk.react()
        await desk.say("您好，推荐这款")
        await desk.press("f4")
        assert "您好，推荐这款" in desk.text()
        assert "换一句" in desk.text().splitlines()[-1]
        await desk.press("right")
        assert "您好，推荐这款" in desk.text()
        await desk.press("left")
        assert "请问谁用呢" in desk.text()
        assert "第 1 句解读，共 2 句" in desk.text()
        await disputed(desk, "还问好了")
        await desk.until(lambda: "还问好了" in desk.text())
        (one,) = found(home_folder)
        assert (one.said, one.node, one.turn) == ("请问谁用呢", "open", 1)
        await desk.press("right")
        assert "还问好了" not in desk.text()
        await desk.press("left")
        assert "还问好了" in desk.text()


async def test_points_so_far_are_disputed_while_the_reception_goes_on(at_desk, home_folder):
    async with at_desk((100, 40)) as desk:
        await desk.open()
        await desk.pass_time(60)
        await desk.say("请问谁用呢")
        await desk.react()
        await desk.press("f4", "l")
        await desk.until(lambda: "眼下得分" in desk.text())
        page = written(desk.screen.page)
        assert "首次回复用了 60 秒" in page
        assert "更好" not in page
        await disputed(desk, "网卡了")
        await desk.until(lambda: "网卡了" in desk.text())
        (one,) = found(home_folder)
        assert (one.rule, one.said, one.scenario) == ("speed.first", "请问谁用呢", "desk-lamp")
        await desk.press("escape", "escape")
        assert desk.screen.composer.has_focus
        await leave(desk)
        await desk.until(lambda: desk.screen._docket is not None)
        await desk.press("right")
        await desk.until(lambda: "网卡了" in written(desk.screen.page))


async def test_a_row_out_of_view_is_shown_and_named_when_it_is_disputed(at_desk, home_folder):
    async with at_desk((60, 20)) as desk:
        await desk.open()
        await desk.pass_time(60)
        await desk.say("请问谁用呢")
        await desk.react()
        await desk.press("f4", "l")
        await desk.until(lambda: "眼下得分" in desk.text())
        await desk.press("end")
        await desk.until(lambda: "▸ +" not in desk.text())
        await desk.press("d")
        await desk.until(lambda: isinstance(desk.screen, RemarkScreen))
        await desk.until(lambda: "“首次回复用了 60 秒" in desk.text())
        assert "▸ +" in desk.text()
        await desk.commit("网卡了")
        await desk.press("enter")
        await desk.until(lambda: found(home_folder))
        assert found(home_folder)[0].rule == "speed.first"


async def test_points_so_far_give_nothing_away(at_desk):
    async with at_desk() as desk:
        await desk.open()
        await desk.say("您好")
        await desk.react()
        whole = desk.play.score().ledger
        told = counted(whole, desk.log)
        assert {row.rule for row in whole} - {row.rule for row in told} >= {"step.missing"}
        assert all(row.better == Phrase() for row in told)
        assert "speed.first" in {row.rule for row in told}
        assert set(marks(told)) <= set(marks(whole))


async def test_what_was_disputed_in_the_reception_stands_in_the_review(at_desk):
    async with at_desk((100, 40)) as desk:
        await desk.open()
        await desk.say("请问谁用呢")
        await desk.press("f4")
        await disputed(desk, "还问好了")
        await desk.until(lambda: "还问好了" in desk.text())
        await desk.press("escape")
        await desk.react()
        await leave(desk)
        await open_review(desk)
        desk.screen.turns.highlighted = 1
        await desk.until(lambda: "还问好了" in written(desk.screen.page))
        assert "听出的步骤：提问" in written(desk.screen.page)


async def test_a_reading_is_disputed_from_the_review(at_desk, home_folder):
    async with at_desk((100, 40)) as desk:
        await scored(desk, "请问谁用呢")
        await open_review(desk)
        desk.screen.turns.highlighted = 1
        await desk.settle()
        await desk.press("f4")
        await desk.until(lambda: desk.screen.place == "ledger")
        await desk.settle()
        await disputed(desk, "还问好了")
        await desk.until(lambda: "还问好了" in desk.text())
        (one,) = found(home_folder)
        assert (one.rule, one.said, one.reason_zh) == ("reading.steps", "请问谁用呢", "听出的步骤：提问")
        await desk.press("escape")
        await desk.until(lambda: desk.screen.place == "review")
        await desk.until(lambda: "还问好了" in written(desk.screen.page))


async def test_rows_of_a_buyer_of_a_shift_are_disputed_from_its_report(at_shift, home_folder):
    async with at_shift(5, size=(80, 24)) as desk:
        await desk.say("您好，请问谁用呢？")
        await desk.pass_time(700)
        await desk.press("enter")
        await desk.until(lambda: desk.screen.place == "rush-report" and desk.screen._report)
        await desk.press("b")
        await desk.commit("小鹿")
        await desk.press("enter")
        await desk.until(lambda: desk.screen.place == "ledger")
        await desk.settle()
        assert "判错申诉" in desk.text().splitlines()[-1]
        reason = desk.screen.docket.ledger[0].reason.zh
        assert reason[:8] not in desk.text()
        await desk.press("d")
        await desk.until(lambda: isinstance(desk.screen, RemarkScreen))
        await desk.press("escape")
        await desk.until(lambda: desk.screen is not None and not isinstance(desk.screen, RemarkScreen))
        assert reason[:8] in desk.text()
        await disputed(desk, "排队的人太多")
        await desk.until(lambda: "排队的人太多" in desk.text())
        (one,) = found(home_folder)
        assert (one.scenario, one.reason_zh, one.remark) == ("desk-lamp", reason, "排队的人太多")
        shift = desk.app.rush.room.logs.ids()[0]
        assert one.reception == f"{shift}/b1"
        await desk.press("escape")
        desk.app.past.open_review(one.reception)
        await desk.until(lambda: desk.screen.place == "review")
        assert desk.screen.docket.disputed
        await desk.until(lambda: "解读" in desk.text())
        assert "R 重来" not in desk.text().splitlines()[-1]
        await desk.press("r")
        assert desk.screen.place == "review"


async def test_rows_of_a_shift_are_disputed_in_its_report(at_shift, home_folder):
    async with at_shift(5, size=(100, 40)) as desk:
        await desk.say("您好，请问谁用呢？")
        await desk.pass_time(700)
        await desk.press("enter")
        await desk.until(lambda: desk.screen.place == "rush-report" and desk.screen._docket)
        await desk.settle()
        assert "判错申诉" not in desk.text().splitlines()[-1]
        await desk.press("right")
        assert "判错申诉" in desk.text().splitlines()[-1]
        await disputed(desk, "人太多了")
        await desk.until(lambda: "人太多了" in desk.text())
        (one,) = found(home_folder)
        row = desk.screen._report.score.rows[0]
        assert (one.rule, one.reason_zh) == (row.rule, row.reason.zh)
        assert (one.scenario, one.reception) == ("three", desk.app.rush.room.logs.ids()[0])
        await desk.press("d")
        await desk.until(lambda: not found(home_folder))


async def test_an_exam_lets_nothing_be_disputed_before_its_end(at_desk, home_folder):
    async with at_desk() as desk:
        await desk.open("exam")
        await desk.say("您好")
        await desk.press("f4")
        assert desk.screen.place == "reception"
        await desk.react()
        await leave(desk)
        await desk.until(lambda: desk.screen._docket is not None)
        await desk.press("right")
        await disputed(desk)
        assert len(found(home_folder)) == 1


async def test_records_that_cannot_be_opened_take_the_key_away(at_desk, home_folder):
    (home_folder / "records.db").write_text("no database" * 99, "utf-8")
    async with at_desk() as desk:
        await desk.open()
        await desk.say("您好")
        await leave(desk)
        await desk.press("right", "d")
        assert desk.screen.place == "scorecard"
        assert desk.screen._report is not None


@pytest.fixture
def at_inbox(at_desk, home_folder):
    """`async with at_inbox(size) as desk:` — the trainer's screen over one reception."""
    import contextlib

    @contextlib.asynccontextmanager
    async def start(size=(80, 24), *said):
        async with at_desk() as desk:
            await scored(desk, *(said or ("咕噜咕噜", "呜哩哇啦", "咕噜咕噜呀")))
        take_in(House(home_folder))
        set_language("zh")
        async with at_desk(size, opening=lambda app: app.inbox.open()) as desk:
            await desk.until(lambda: getattr(desk.screen, "_groups", None) is not None)
            await desk.settle()
            yield desk

    return start


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_inbox_shows_entries_and_what_they_may_mean(at_inbox, size):
    async with at_inbox(size) as desk:
        await desk.until(lambda: "· who" in desk.text())
        text = desk.text()
        for words in ("收件箱", "desk-lamp", "2×", "? 咕噜咕噜", "买家刚说过", "客服的回复", "S 是这意思"):
            assert words in text, text
        await desk.press("down")
        await desk.until(lambda: "呜哩哇啦" in written(desk.screen.page))


async def test_one_key_adds_a_reply_and_verify_speaks(at_inbox, home_folder):
    async with at_inbox() as desk:
        await desk.until(lambda: "· who" in desk.text())
        await desk.press("enter")
        await desk.until(lambda: isinstance(desk.screen, AskScreen))
        await desk.press("down", "enter")
        await desk.until(lambda: desk.screen.place == "inbox")
        await desk.press("s")
        await desk.until(lambda: "PATTERN" in written(desk.screen.verdict))
        await desk.until(lambda: desk.screen.entries.option_count == 2)
        await desk.until(lambda: "· who" in written(desk.screen.page))
        text = (home_folder / "scenarios" / "desk_lamp.yaml").read_text("utf-8")
        assert "who: {any: [谁用], say: [咕噜咕噜" in text
        await desk.press("n")
        await desk.until(lambda: isinstance(desk.screen, AskScreen))
        await desk.press("down", "enter")
        await desk.until(lambda: "收件箱是空的" in desk.text())
        assert "not: [呜哩哇啦]" in (home_folder / "scenarios" / "desk_lamp.yaml").read_text("utf-8")


async def test_a_file_that_cannot_be_changed_is_told_and_the_entry_stays(at_inbox, home_folder):
    async with at_inbox() as desk:
        await desk.until(lambda: "· who" in desk.text())
        path = home_folder / "scenarios" / "desk_lamp.yaml"
        path.write_text(path.read_text("utf-8").replace("goto: need", "goto: nowhere"), "utf-8")
        await desk.press("n")
        await desk.until(lambda: isinstance(desk.screen, AskScreen))
        await desk.press("down", "enter")
        await desk.until(lambda: "nowhere" in written(desk.screen.verdict))
        assert "not:" not in path.read_text("utf-8")
        assert len(desk.screen._at) == 2


async def test_one_key_puts_an_entry_away(at_inbox, home_folder):
    async with at_inbox() as desk:
        await desk.press("d")
        await desk.until(lambda: len(desk.screen._at) == 1)
        assert [group.count for group in groups(House(home_folder))] == [1]
        await desk.press("d")
        await desk.until(lambda: not desk.screen._at)
        await desk.press("escape")
    assert desk.app.return_value == 0


async def test_text_that_looks_like_markup_is_shown_as_it_is(at_inbox):
    async with at_inbox((120, 40), "[/]咕噜[@click=app.quit]") as desk:
        await desk.until(lambda: "· who" in desk.text())
        assert "[/]咕噜[@click=app.quit]" in desk.text()


async def test_the_cursor_of_a_page_goes_from_row_to_row_and_stays_in_sight(at_desk):
    async with at_desk() as desk:
        page = RowPage()
        await desk.screen.mount(page)
        page.styles.height = 6
        blocks = [lambda width, style_of, n=n: [plain(f"{n} 甲"), plain(f"{n} 乙"), plain("")] for n in range(6)]
        page.show_rows(blocks, [1, 3, 5])
        page.focus()
        await desk.settle()
        seen = []
        for _ in range(4):
            seen.append(page.row)
            lines = [page.render_line(y).text for y in range(6)]
            assert any(line.startswith(f"▸ {page.row} 甲") for line in lines)
            await desk.press("down")
        assert seen == [1, 3, 5, 5]
        await desk.press("up")
        assert page.row == 3
