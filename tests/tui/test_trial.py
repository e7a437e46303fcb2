"""An author tries a story out on the screen while she edits it."""

from kefu_sim.author.trial import TrialHouse


async def test_a_trial_says_so_and_follows_its_file(at_desk, home_folder):
    file = home_folder / "scenarios" / "desk_lamp.yaml"
    async with at_desk() as desk:
        desk.app.house = TrialHouse(home_folder, what=str(file))
        await desk.open()
        await desk.pass_time(0.3)
        assert "试写" in desk.text()
        await desk.press("f3")
        assert "护眼台灯" in desk.text()
        file.write_text(file.read_text("utf-8").replace("护眼台灯", "落地灯"), "utf-8")
        await desk.pass_time(0.3)
        assert "落地灯" in desk.text()
        assert "护眼台灯" not in desk.text()
        assert "已保存" in desk.text()
        assert not (home_folder / "receptions").exists()


async def test_a_card_that_is_gone_closes(at_desk, home_folder):
    file = home_folder / "scenarios" / "desk_lamp.yaml"
    async with at_desk() as desk:
        desk.app.house = TrialHouse(home_folder, what=str(file))
        await desk.open()
        await desk.press("f3")
        file.write_text(file.read_text("utf-8").replace("  product: {", "  goods: {"), "utf-8")
        await desk.pass_time(0.3)
        assert "护眼台灯" not in desk.text()
        await desk.press("f3")
        assert "护眼台灯" in desk.text()


async def test_a_trial_cannot_be_put_off(at_desk, home_folder):
    async with at_desk() as desk:
        desk.app.house = TrialHouse(home_folder, what=str(home_folder / "scenarios" / "desk_lamp.yaml"))
        await desk.open()
        await desk.press("escape")
        assert "结束接待" in desk.text()
        assert "以后继续" not in desk.text()
        desk.app.exit(0)
        assert not desk.app.left_open


async def test_what_a_trial_does_not_do_is_said_at_its_start_and_where_it_is_tried(at_desk, home_folder):
    async with at_desk() as desk:
        desk.app.house = TrialHouse(home_folder, what=str(home_folder / "scenarios" / "desk_lamp.yaml"))
        await desk.open()
        await desk.until(lambda: "不保存" in desk.text())
        await desk.press(*"您好", "enter")
        await desk.press("f4")
        assert "申诉" not in desk.text().splitlines()[-1]
        await desk.press("d")
        await desk.until(lambda: "没法申诉" in desk.text())
        await desk.press("escape")
        assert desk.app.screen.composer.text == ""


async def test_only_the_news_of_the_last_save_lie_over_the_chat(at_desk, home_folder):
    file = home_folder / "scenarios" / "desk_lamp.yaml"
    async with at_desk() as desk:
        desk.app.house = TrialHouse(home_folder, what=str(file))
        await desk.open()
        for name in ("落地灯", "吸顶灯", "小夜灯"):
            file.write_text(file.read_text("utf-8") + f"# {name}\n", "utf-8")
            await desk.pass_time(0.3)
        assert desk.text().count("已保存") == 1
