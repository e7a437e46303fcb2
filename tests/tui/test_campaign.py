"""The campaign on the screen."""

from kefu_sim.history.intake import take_in
from kefu_sim.house import House

OWN = """schema: 1
passed: 1
stages:
  - {id: one, title: 第一关, title_en: One, unlock: 1, buyers: [desk-lamp]}
  - {id: two, title: 第二关, title_en: Two, unlock: 1, buyers: [second-lamp]}
"""


def second_buyer(folder):
    text = (folder / "scenarios" / "desk_lamp.yaml").read_text("utf-8")
    text = text.replace("id: desk-lamp", "id: second-lamp").replace('"[满减] 台灯 [/]"', "第二盏")
    (folder / "scenarios" / "second.yaml").write_text(text, "utf-8")
    (folder / "campaign.yaml").write_text(OWN, "utf-8")


async def open_campaign(desk):
    await desk.press("g")
    await desk.until(lambda: getattr(desk.app.screen, "place", "") == "campaign")
    await desk.settle()


async def test_a_locked_stage_says_how_it_opens_and_opens_when_a_buyer_is_passed(at_desk, home_folder):
    second_buyer(home_folder)
    async with at_desk() as desk:
        await open_campaign(desk)
        assert "第二关" in desk.text()
        assert "未解锁" in desk.text()
        await desk.press("down", "enter")
        await desk.until(lambda: "还没解锁" in desk.text())
        assert desk.app.screen.place == "campaign"
        await desk.press("up", "enter")
        await desk.until(lambda: desk.app.reception is not None and desk.app.reception.is_current)
        await desk.pass_time(5)
        await desk.say("您好，请问谁用呢")
        await desk.react()
        await desk.press("escape", "down", "enter")
        await desk.until(lambda: getattr(desk.app.screen, "place", "") == "scorecard")
        await desk.until(lambda: desk.app.screen._report is not None)
        take_in(House(home_folder))
        await desk.press("h")
        await desk.settle()
        await open_campaign(desk)
        assert "未解锁" not in desk.text()
        await desk.press("enter")
        await desk.until(lambda: desk.app.reception is not None and desk.app.reception.is_current)
        assert desk.play.scenario.id == "second-lamp"


async def test_a_campaign_that_cannot_be_read_is_told_of(at_desk, home_folder):
    (home_folder / "campaign.yaml").write_text(OWN, "utf-8")
    async with at_desk() as desk:
        await desk.press("g")
        await desk.until(lambda: "KS501" in desk.text())
        assert desk.app.screen.place == "home"
