import threading

from kefu_sim.base.clock import ManualClock
from kefu_sim.engine.events import AgentSent
from kefu_sim.house import House
from kefu_sim.tui.app import KefuApp


async def test_the_buyers_are_listed_with_stars_persona_and_best_score(at_desk, dumped):
    async with at_desk() as desk:
        dumped("home-80x24", desk.text())
    async with at_desk(size=(120, 40)) as desk:
        dumped("home-120x40", desk.text())


async def test_home_is_painted_before_anything_is_loaded(home_folder):
    ready = threading.Event()

    def slow_house():
        ready.wait(5)
        return House(home_folder)

    app = KefuApp(slow_house, clock=ManualClock())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        ready.set()
    assert "网店客服接待训练" in shown
    assert "正在请买家进店" in shown


async def test_arrows_choose_the_mode_and_say_what_it_does(at_desk):
    async with at_desk() as desk:
        await desk.press("right")
        assert desk.app.mode == "guided"
        assert "● 引导" in desk.text()
        await desk.press("left", "left")
        assert desk.app.mode == "exam"
        assert "不能暂停" in desk.text()


async def test_broken_files_are_named_and_the_others_stay_playable(at_desk, home_folder):
    (home_folder / "scenarios" / "bad.yaml").write_text("schema: 1\nid: [/]\n", "utf-8")
    async with at_desk() as desk:
        assert "1 个场景文件" in desk.text()
        await desk.press("p")
        assert "KS" in desk.text()
        await desk.press("escape")
        await desk.open()
        assert desk.kinds()[0] == "opened"


async def test_an_interrupted_reception_is_offered_and_goes_on_at_the_same_line(at_desk):
    async with at_desk() as desk:
        await desk.open()
        await desk.say("您好")
        before = desk.kinds()
    async with at_desk() as desk:
        assert "没接待完" in desk.text()
        await desk.press("r")
        await desk.until(lambda: desk.app.reception is not None)
        await desk.settle()
        assert desk.kinds() == [*before, "resumed"]
        assert "您好" in desk.text()


async def test_what_was_being_typed_when_the_program_was_killed_stands_there_again(at_desk, home_folder):
    async with at_desk() as desk:
        await desk.open()
        await desk.commit("您好，请稍")
        await desk.pass_time(2)
        [kept] = (home_folder / "receptions").glob("*.draft")
        assert kept.read_text("utf-8") == "您好，请稍"
    async with at_desk() as desk:
        await desk.press("r")
        await desk.until(lambda: desk.app.reception is not None)
        await desk.commit("候")
        await desk.press("enter")
        [sent] = [event for event in desk.log if isinstance(event, AgentSent)]
        assert (sent.text, sent.typing_s) == ("您好，请稍候", 0.0)
        assert not kept.exists()


async def test_an_empty_library_says_so(at_desk, tmp_path):
    async with at_desk(folder=tmp_path / "nothing") as desk:
        assert "没有能用的买家" in desk.text()
        await desk.press("enter")
        assert desk.app.reception is None


async def test_the_mouse_looks_before_it_takes(at_desk):
    async with at_desk() as desk:
        home = desk.screen
        await desk.pilot.click("#modes", offset=(28, 1))
        assert desk.app.mode == "exam"
        for _ in range(2):
            assert desk.screen is home
            await desk.pilot.click("#buyers", offset=(10, 0))
            await desk.settle()
        await desk.until(lambda: desk.app.reception is not None)
        assert desk.play.opened.mode == "exam"
