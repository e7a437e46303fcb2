"""The drill's screens: what one sees, which keys do what, and that nothing foreign is taken for markup."""

import pytest
from textual import events

from kefu_sim.drills import DrillRoom, Settings
from kefu_sim.house import House
from kefu_sim.store.drills import Drills

TEXT = "您好，欢迎光临本店，请问有什么可以帮您？[/]这款现在有货"


@pytest.fixture
def drilling(at_desk, home_folder):
    """`desk, run = await drilling(desk, …)`: a drill of TEXT, counted down."""

    async def begin(desk, text=TEXT, **options):
        path = home_folder / "text.txt"
        path.write_text(text, "utf-8")
        given = {"source": "file", "file": str(path), "seconds": 60.0, "seed": 1, **options}
        desk.app.drills.begin(Settings(**given))
        await desk.until(lambda: getattr(desk.app.screen, "place", "") == "drill")
        await desk.settle()
        await desk.pass_time(3)
        return desk.app.screen.play.run

    return begin


async def commit(desk, text, seconds=1.0):
    """One commit, so many seconds after the last."""
    desk.clock.advance(seconds)
    for index, char in enumerate(text):
        key = events.Key(char, char)
        key.time = desk.clock.now() + index * 0.0005
        desk.app.focused.post_message(key)
    await desk.settle()


async def looked(desk):
    for _ in range(4):
        await desk.pass_time(0.11)


async def test_home_leads_to_the_choice_of_drills(at_desk, dumped):
    async with at_desk() as desk:
        await desk.press("d")
        await desk.until(lambda: desk.screen.place == "drill-menu")
        await desk.until(lambda: "没有纪录" in desk.text())
        dumped("drill-menu-80x24", desk.text())
        await desk.press("down", "right", "down", "right", "right", "right", "right")
        settings = desk.screen.settings()
        assert (settings.target, settings.seconds, settings.length) == (100, 0.0, 200)
        await desk.press("escape")
        assert desk.screen.place == "home"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_drill_shows_ghosts_errors_and_the_gap(at_desk, drilling, dumped, size):
    async with at_desk(size) as desk:
        await drilling(desk)
        await commit(desk, "您号", 1.5)
        await commit(desk, "，", 0.5)
        await commit(desk, "欢光临", 2.0)
        await commit(desk, "本店店,请", 8.0)
        await looked(desk)
        text = desk.text()
        assert "▾60" in text
        assert "距80线" in text
        assert all(sign in text for sign in "×∧+~")
        dumped(f"drill-{size[0]}x{size[1]}", text)


async def test_ghosts_that_are_near_do_not_cover_each_other(at_desk, drilling):
    async with at_desk() as desk:
        await drilling(desk)
        for seconds, ghosts in ((2.4, "▾ ▾ ▾60·80·100"), (2.4, "▾60 ▾80 ▾100"), (7.2, "▾60     ▾80     ▾100")):
            desk.clock.advance(seconds)
            await looked(desk)
            row = next(line for line in desk.text().splitlines() if "▾" in line)
            assert row.strip() == ghosts


async def test_typing_moves_nothing_but_what_it_changes(at_desk, drilling):
    async with at_desk() as desk:
        await drilling(desk)
        before = desk.text().splitlines()
        await commit(desk, "您好，欢迎")
        after = desk.text().splitlines()
        typed = next(row for row, line in enumerate(after) if line.strip() == "您好，欢迎")
        changed = {row for row, (a, b) in enumerate(zip(before, after, strict=True)) if a != b}
        assert changed <= {0, 1, typed - 2, typed}  # the time, the figures, the ghosts above the line


async def test_the_terminal_cursor_stands_where_the_next_character_goes(at_desk, drilling):
    async with at_desk() as desk:
        await drilling(desk)
        rows = desk.text().splitlines()
        row = next(at for at, line in enumerate(rows) if "您好，欢迎" in line) + 1
        start = desk.app.cursor_position
        await commit(desk, "您好，欢")
        assert start.y == row
        assert (desk.app.cursor_position.x - start.x, desk.app.cursor_position.y) == (8, row)


async def test_keys_take_back_a_character_a_word_a_line(at_desk, drilling):
    async with at_desk() as desk:
        run = await drilling(desk)
        await commit(desk, "您好，欢迎光临")
        await desk.press("backspace")
        assert "".join(run.sheet.aligner.typed) == "您好，欢迎光"
        await desk.press("ctrl+w")
        assert "".join(run.sheet.aligner.typed) == "您好，"
        await desk.press("ctrl+u")
        assert run.sheet.aligner.typed == []
        assert run.sheet.corrected == 7


async def test_the_bell_leads_to_the_result_and_tab_to_another_drill(at_desk, drilling, dumped):
    async with at_desk((100, 30)) as desk:
        run = await drilling(desk, "您好欢迎光临本店请问有什么可以帮您" * 20)
        text, at = run.opened.text, 0
        while not run.over and run.now < 70:
            await commit(desk, text[at : at + 8], 6.0)
            at += 8
            await desk.pass_time(0)
        await desk.until(lambda: getattr(desk.app.screen, "report", None) is not None)
        await desk.settle()
        report = desk.screen.report
        assert (report.figures.net, report.figures.consistency, report.record) == (80, 100, True)
        dumped("drill-result-100x30", desk.text())
        await desk.press("tab")
        await desk.until(lambda: desk.screen.place == "drill")
        assert desk.screen.play.run is not run


async def test_a_second_run_is_compared_with_the_best(at_desk, drilling):
    async with at_desk() as desk:
        for pace in (6.0, 5.0):
            run = await drilling(desk, "您好欢迎光临本店请问有什么可以帮您" * 20)
            text, at = run.opened.text, 0
            while not run.over:
                await commit(desk, text[at : at + 8], pace)
                at += 8
                await desk.pass_time(0)
            await desk.until(lambda: getattr(desk.app.screen, "report", None) is not None)
        assert (desk.screen.report.before, desk.screen.report.record) == (80, True)
        assert "之前 80.0" in desk.text()
        assert "每次 8.0 字" in desk.text()


async def test_an_exam_has_no_pause_no_hint_and_exact_punctuation(at_desk, drilling):
    async with at_desk() as desk:
        run = await drilling(desk, mode="exam")
        await commit(desk, "您好,")
        await desk.press("f5")
        assert desk.screen.place == "drill"
        assert run.sheet.aligner.tally.wrong == 1
        await desk.pass_time(5)
        await looked(desk)
        assert "xiè" not in desk.text()
        assert "须完全一致" in desk.text()


async def test_pinyin_is_shown_to_one_who_hesitates(at_desk, drilling):
    async with at_desk() as desk:
        await drilling(desk)
        screen = desk.screen
        await desk.until(lambda: bool(screen._readings))
        await commit(desk, "您好，")
        await looked(desk)
        assert "huān" not in desk.text()
        await desk.pass_time(2.0)
        await looked(desk)
        assert "huān yíng guāng lín" in desk.text()


async def test_a_page_over_a_practice_stops_its_clock(at_desk, drilling):
    async with at_desk() as desk:
        run = await drilling(desk)
        await commit(desk, "您好")
        now = run.now
        await desk.press("f1")
        await desk.pass_time(30)
        assert run.now == now
        await desk.press("escape")
        await desk.pass_time(1)
        assert run.now == pytest.approx(now + 1)
        await desk.press("f5")
        await desk.pass_time(30)
        await desk.press("f5")
        assert run.now == pytest.approx(now + 1)


async def test_a_new_width_breaks_the_text_anew_and_keeps_the_run(at_desk, drilling):
    async with at_desk() as desk:
        run = await drilling(desk, TEXT * 3)
        await commit(desk, "您好，欢迎")
        await desk.pilot.resize_terminal(62, 20)
        await desk.settle()
        await commit(desk, "光临")
        assert run.sheet.aligner.reached == 7
        await desk.pilot.resize_terminal(50, 10)
        await desk.settle()
        assert run.paused
        await desk.pilot.resize_terminal(120, 40)
        await desk.settle()
        assert not run.paused
        assert "您好，欢迎光临" in desk.text()


async def test_leaving_keeps_the_run_and_says_that_it_ended_early(at_desk, drilling, home_folder):
    async with at_desk() as desk:
        await drilling(desk)
        await commit(desk, "您好，欢迎")
        await desk.press("escape")
        await desk.until(lambda: getattr(desk.app.screen, "report", None) is not None)
        assert "提前结束" in desk.text()
    drills = Drills(home_folder / "drills")
    (drill,) = drills.ids()
    assert drills.read(drill)[-1].why == "left"
    (row,) = DrillRoom(House(home_folder)).rows()
    assert (row.id, row.record, row.complete) == (drill, False, False)


async def test_nothing_is_kept_of_a_drill_in_which_nothing_was_typed(at_desk, drilling, home_folder):
    async with at_desk() as desk:
        await drilling(desk)
        await desk.press("escape")
        await desk.settle()
        assert "全部达标" not in desk.text()
    assert not (home_folder / "drills").exists()


async def test_a_text_that_cannot_be_typed_is_refused_with_a_reason(at_desk, home_folder):
    (home_folder / "empty.txt").write_text("\n\n", "utf-8")
    async with at_desk() as desk:
        desk.app.drills.begin(Settings(source="file", file=str(home_folder / "empty.txt")))
        await desk.until(lambda: "没有可打的内容" in desk.text())


async def test_a_reply_drill_shows_speed_and_recognition(at_desk, dumped):
    async with at_desk() as desk:
        desk.app.drills.begin_reply(1)
        await desk.until(lambda: getattr(desk.app.screen, "place", "") == "reply-drill")
        await desk.settle()
        await desk.pass_time(4)
        await commit(desk, "您好，", 1.0)
        await commit(desk, "请问给谁用呢", 2.0)
        await desk.press("enter")
        await desk.until(lambda: "识别到" in desk.text())
        text = desk.text()
        assert "7.0 秒" in text
        assert "问好" in text
        dumped("reply-drill-80x24", text)
        await desk.press("enter")
        await desk.until(lambda: "应答练习结束" in desk.text())


async def test_an_answer_that_does_not_come_in_time_is_none(at_desk):
    async with at_desk() as desk:
        desk.app.drills.begin_reply(1)
        await desk.until(lambda: getattr(desk.app.screen, "place", "") == "reply-drill")
        await desk.settle()
        await desk.pass_time(31)
        await desk.until(lambda: "没有应答" in desk.text())


async def test_the_input_method_check_names_fault_and_cure(at_desk, dumped):
    async with at_desk((100, 40)) as desk:
        desk.app.drills.check_input_method()
        await desk.until(lambda: getattr(desk.app.screen, "place", "") == "ime-test")
        await desk.settle()
        for text in ("好", "欢迎光临", "请问有什^[0;;24744:u", "?()"):
            await commit(desk, text)
            desk.clock.advance(1)
            await desk.press("enter")
        await desk.paste("一行\n两行")
        await desk.press("enter")
        await desk.settle()
        assert [finding for _, finding, _ in desk.screen.findings] == ["fine", "fine", "garbled", "half", "fine"]
        text = desk.text()
        assert "TEXTUAL_DISABLE_KITTY_KEY=1" in text
        dumped("ime-test-100x40", text)
