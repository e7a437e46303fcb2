import asyncio

import pytest

from kefu_sim.base.errors import UnwritableError
from kefu_sim.house import House
from kefu_sim.tui import themes


async def test_a_small_window_is_covered_until_it_grows(at_desk, dumped):
    async with at_desk() as desk:
        await desk.open()
        await desk.commit("您好")
        await desk.pilot.resize_terminal(59, 24)
        await desk.settle()
        dumped("too-small", desk.text())
        await desk.pilot.resize_terminal(80, 15)
        await desk.settle()
        assert "80×15" in desk.text()
        await desk.pilot.resize_terminal(60, 16)
        await desk.settle()
        assert "窗口太小" not in desk.text()
        assert desk.screen.composer.text == "您好"
        await desk.say("在的")
        assert "在的" in desk.text()


async def test_ctrl_c_quits_only_when_pressed_twice(at_desk):
    async with at_desk() as desk:
        await desk.open()
        await desk.press("ctrl+c")
        assert desk.app._exit is False
        assert "再按一次" in desk.text()
        await desk.press("ctrl+c")
        assert desk.app.return_value == 130


async def test_disk_trouble_is_told_once_and_the_play_goes_on(at_desk, monkeypatch):
    async with at_desk() as desk:
        await desk.open()

        def full(new):
            raise UnwritableError("磁盘满了")

        monkeypatch.setattr(desk.play.writer, "write", full)
        await desk.say("您好")
        assert "磁盘满了" in desk.text()
        desk.app.clear_notifications()
        await desk.react()
        await desk.say("在的")
        assert "磁盘满了" not in desk.text()
        assert "在的" in desk.text()


async def test_a_folder_that_cannot_be_written_is_told_and_played_on(at_desk, home_folder):
    (home_folder / "receptions").write_text("a file where the folder should be")
    async with at_desk() as desk:
        await desk.open()
        assert "存不了盘" in desk.text()
        await desk.say("您好")
        assert "对方正在输入" in desk.text()


async def test_a_defect_in_a_reception_is_told_and_home_stays_usable(at_desk, monkeypatch):
    async with at_desk() as desk:
        await desk.open()
        monkeypatch.setattr(desk.play.session, "tick", lambda: 1 / 0)
        await desk.pass_time(1)
        await desk.until(lambda: desk.screen is desk.app._home)
        assert "ZeroDivisionError" in desk.text()
        await desk.until(lambda: "没接待完" in desk.text())


async def test_a_scenario_named_at_the_start_opens_at_once(at_desk):
    async with at_desk(scenario="desk-lamp", mode="exam") as desk:
        await desk.until(lambda: desk.app.reception is not None)
        assert desk.play.opened.mode == "exam"
        assert desk.play.opened.seed == 3


async def test_an_unknown_scenario_is_told_with_the_nearest(at_desk):
    async with at_desk(scenario="desk-lam") as desk:
        await desk.until(lambda: "desk-lamp" in desk.text())


async def test_a_reception_named_at_the_start_goes_on(at_desk, home_folder):
    house = House(home_folder)
    play = house.begin(house.library.get("desk-lamp"), seed=1)
    play.close()
    async with at_desk(reception=play.reception) as desk:
        await desk.until(lambda: desk.app.reception is not None)
        assert desk.kinds()[-1] == "resumed"


@pytest.mark.parametrize("theme", [theme.name for theme in themes.THEMES])
async def test_every_theme_draws_every_screen(at_desk, theme):
    async with at_desk() as desk:
        desk.app.theme = theme
        await desk.open("guided")
        await desk.say("您好")
        await desk.press("f1")
        assert "接待时的按键" in desk.text()
        await desk.press("escape", "f9")
        assert desk.app.theme == themes.after(theme)


async def test_without_colour_everything_is_still_said(at_desk, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with at_desk() as desk:
        await desk.open()
        await desk.say("您好")
        await desk.react()
        await desk.pass_time(31)
        for sign in ("✓问好", "▸提问", "·分析", "秒 !", "买家 ", "我 "):
            assert sign in desk.text()


async def test_enter_pressed_twice_opens_one_reception(at_desk, home_folder):
    async with at_desk() as desk:
        await desk.pilot.press("enter", "enter")
        await desk.until(lambda: desk.app.reception is not None)
        await desk.settle()
        assert len(list((home_folder / "receptions").glob("*.jsonl"))) == 1


@pytest.mark.parametrize(
    ("keys", "kept"), [(["您", "好", "q", "x", "backspace", "y"], "您好qy"), (["enter", "您", "好", "q"], "您好q")]
)
async def test_keys_typed_while_a_reception_opens_are_kept_for_it(at_desk, keys, kept):
    async with at_desk() as desk:
        await desk.pilot.press("enter", *keys)
        await desk.until(lambda: desk.app.reception is not None and desk.app.reception.is_current)
        await desk.until(lambda: desk.screen.is_mounted and desk.screen.composer.text == kept)


async def test_a_whole_reply_typed_while_a_reception_opens_is_sent(at_desk):
    async with at_desk() as desk:
        await desk.pilot.press("enter", "您", "好", "enter")
        await desk.until(lambda: "agent" in desk.kinds() if desk.app.reception else False)
        assert [event.text for event in desk.log if event.kind == "agent"] == ["您好"]


async def test_after_a_reception_that_could_not_be_opened_keys_belong_to_home_again(at_desk):
    async with at_desk(scenario="desk-lam") as desk:
        await desk.until(lambda: "desk-lamp" in desk.text())
        await desk.press("d")
        await desk.until(lambda: getattr(desk.screen, "place", "") == "drill-menu")


async def test_leaving_in_the_middle_is_remembered(at_desk):
    async with at_desk() as desk:
        await desk.open()
        await desk.press("ctrl+q")
        assert desk.app.left_open


@pytest.mark.parametrize("turns", [0, 2])
async def test_leaving_at_the_moment_a_reception_opens_is_no_defect(at_desk, turns):
    async with at_desk() as desk:
        desk.app.simulate_key("enter")
        while desk.app.reception is None:  # noqa: ASYNC110 (each turn of the loop counts)
            await asyncio.sleep(0)
        for _ in range(turns):
            await asyncio.sleep(0)
    assert desk.app._exception is None
