import pytest

from kefu_sim import demonstrations

from .conftest import written

DEMO = """\
schema: 1
id: lamp
title: 台灯[/]
title_en: The lamp
about: 看第一句，谁问了“给谁用”
scenario: desk-lamp
seed: 3
step: 提问
bad:
  - {wait: 35, say: 在, remark: "半分钟[b]一个字", ask: true}
good:
  - {wait: 5, say: 您好，请问谁用呢, remark: 先问再荐}
  - {wait: 9, say: 推荐这盏, ask: true}
"""
LESSON = """\
schema: 1
id: short
title: 短课
items:
  - {talk: 开场, points: [三样：快、客气、走没走到], minutes: 1, remark: 先问大家}
  - {demo: lamp, show: good, minutes: 2}
"""


@pytest.fixture
def stage(at_desk, home_folder, monkeypatch):
    """The program in a shop with one demo and one lesson."""
    for name, text in (("demos", DEMO), ("playlists", LESSON)):
        (home_folder / name).mkdir()
        (home_folder / name / "x.yaml").write_text(text, "utf-8")
    monkeypatch.setattr(demonstrations, "shipped", lambda name: home_folder / "none")
    return at_desk


async def begin(desk, show=None):
    flow = desk.app.demos
    flow.begin(flow.room.find("lamp"), show)
    await desk.until(lambda: desk.screen.place == "demo" and desk.screen.is_mounted)
    await desk.settle()


async def run(desk, seconds):
    """Let the film run; the ticker looks at the clock five times a second."""
    for _ in range(int(seconds * 2)):
        desk.clock.advance(0.5)
        desk.app._ticker.beat()
    await desk.settle()


def answered(desk):
    """What is said in the film as far as it has been made."""
    return {getattr(event, "text", "") for event in desk.screen.showing.film.lanes[0].log}


def lanes(desk):
    return [written(pane.chat).splitlines() for pane in desk.screen.query("LanePane")]


async def test_home_leads_to_the_demos(stage, dumped):
    async with stage() as desk:
        await desk.press("c")
        await desk.settle()
        dumped("demo-menu-80x24", desk.text())
        await desk.press("down", "right")
        assert "● 只看差的" in desk.text()
        await desk.press("enter")
        await desk.until(lambda: desk.screen.place == "demo")
        assert len(desk.screen.showing.film.lanes) == 1


async def test_it_plays_itself_at_a_human_pace(stage, dumped):
    async with stage() as desk:
        await begin(desk, "good")
        assert "谁问了“给谁用”" in desk.text()
        assert "台灯[/]" in desk.text()
        await run(desk, 6)
        assert "对方正在输入" in desk.text()
        drafts = []
        for _ in range(60):
            await run(desk, 0.5)
            draft = next((line for lane in lanes(desk) for line in lane if "▌" in line), "")
            drafts.append(draft.strip().removesuffix("▌"))
        typed = [draft for draft in drafts if draft]
        assert typed == sorted(typed, key=len)
        assert len({len(draft) for draft in typed}) > 2
        assert desk.screen.player.asking is not None
        dumped("demo-good-80x24", desk.text())


async def test_a_poor_and_a_good_agent_stand_side_by_side(stage, dumped):
    async with stage() as desk:
        await begin(desk)
        await run(desk, 20)
        dumped("demo-question-80x24", desk.text())
        await desk.press("space")
        await run(desk, 9)
        assert desk.screen.player.speed == 1
        dumped("demo-compare-80x24", desk.text())
    async with stage(size=(120, 40)) as desk:
        await begin(desk)
        await run(desk, 20)
        await desk.press("space")
        await run(desk, 22)
        dumped("demo-compare-120x40", desk.text())


async def test_how_it_went_is_shown_at_the_end(stage, dumped):
    async with stage() as desk:
        await begin(desk)
        while not desk.screen.player.over:
            await desk.press("right")
        dumped("demo-end-80x24", desk.text())
        await desk.press("left")
        assert "得分" in desk.text()
        assert not desk.screen.has_class("-curtain")
        await desk.press("right", "right")
        assert desk.screen.place == "demo-menu"


async def test_space_stops_arrows_step_signs_change_the_speed(stage):
    async with stage() as desk:
        await begin(desk, "good")
        await desk.press("space")
        await run(desk, 5)
        assert desk.screen.player.at == 0
        assert "‖ 停住" in desk.text()
        await desk.press("pagedown", "pagedown")
        assert desk.screen.player.frame.beat.kind == "agent"
        await desk.press("plus", "plus", "minus")
        assert "×1.25" in desk.text()
        await desk.press("left")
        assert desk.screen.player.frame.beat.kind == "buyer"
        assert lanes(desk) == [[]]
        await desk.press("r")
        assert desk.screen.player.at == 0


async def test_black_until_a_key_and_the_film_waits(stage):
    async with stage() as desk:
        await begin(desk, "good")
        await run(desk, 3)
        at = desk.screen.player.at
        await desk.press("b")
        assert desk.text().strip() == ""
        await run(desk, 5)
        await desk.press("x")
        assert desk.screen.place == "demo"
        assert desk.screen.player.at == at
        await run(desk, 1)
        assert desk.screen.player.at == at + 1  # the time in the dark does not count


async def test_notes_are_for_whoever_asks_for_them_and_never_markup(stage):
    async with stage() as desk:
        await begin(desk, "bad")
        assert "半分钟" not in desk.text()
        await desk.press("right", "right", "right", "n")
        assert "半分钟[b]一个字" in desk.text()
        await desk.press("n")
        assert "半分钟" not in desk.text()


async def test_the_class_answers_votes_and_the_story_goes_on(stage, dumped):
    async with stage() as desk:
        await begin(desk)
        await run(desk, 20)
        await desk.press("q")
        await desk.until(lambda: desk.screen.place == "class-ask")
        await desk.settle()
        await desk.say("在的[/]")
        await desk.say("您好，请问谁用呢")
        await desk.until(lambda: "judging" not in desk.text() and "正在判" not in desk.text())
        dumped("class-answers-80x24", desk.text())
        await desk.press("1", "2")  # while answers are written, figures are words
        assert desk.screen.ballot.cast == ()
        await desk.press("backspace", "backspace", "tab", "1", "2", "2", "4", "1", "backspace")
        assert desk.screen.ballot.votes == (1, 2)
        dumped("class-votes-80x24", desk.text())
        await desk.press("e")  # what was misheard is put right
        assert (desk.screen.composer.text, desk.screen.ballot.votes) == ("您好，请问谁用呢", (1,))
        await desk.press("enter", "tab", "2", "2")
        await desk.press("enter")
        await desk.until(lambda: desk.screen.place == "demo" and desk.screen.live)
        await run(desk, 8)
        shown = desk.text()
        assert "您好，请问谁用呢" in shown
        assert "给孩子写作业" in shown
        await run(desk, 6)  # the buyer waits: the class is asked again
        await desk.until(lambda: desk.screen.place == "class-ask")
        await desk.settle()
        await desk.say("再见")
        await desk.press("tab", "enter")
        await desk.until(lambda: desk.screen.place == "demo" and "再见" in answered(desk))
        await run(desk, 30)
        assert "全班来答" in desk.text()
        assert "成交" in desk.text()
        await desk.press("escape")
        assert not desk.screen.live
        assert "‖ 停住" in desk.text()
        await desk.press("space")
        await run(desk, 8)
        await desk.until(lambda: any("在" in line for line in lanes(desk)[0]))


async def test_the_answer_that_is_marked_goes_to_the_buyer(stage):
    async with stage() as desk:
        await begin(desk)
        await run(desk, 20)
        await desk.press("q")
        await desk.until(lambda: desk.screen.place == "class-ask")
        await desk.settle()
        for text in ("甲", "乙", "丙", "丁"):
            await desk.say(text)
        assert not desk.screen.writing  # four are enough: hands are counted
        await desk.press("3", "down", "enter")
        await desk.until(lambda: desk.screen.place == "demo" and desk.screen.live)
        assert "丁" in answered(desk)
        assert "丙" not in answered(desk)


async def test_back_from_the_question_nothing_has_happened(stage):
    async with stage() as desk:
        await begin(desk)
        await run(desk, 20)
        await desk.press("q")
        await desk.until(lambda: desk.screen.place == "class-ask")
        await desk.settle()
        await desk.press("escape")
        assert desk.screen.place == "demo"
        assert not desk.screen.live


async def test_a_lesson_leads_through_its_entries_and_keeps_the_time(stage, dumped):
    async with stage() as desk:
        flow = desk.app.demos
        flow.begin_lesson(flow.room.playlists.items["short"])
        await desk.settle()
        dumped("agenda-80x24", desk.text())
        await desk.press("enter")
        await run(desk, 70)
        assert "三样" in desk.text()
        assert "超 00:10" in desk.text()
        await desk.press("n")
        assert "先问大家" in desk.text()
        await desk.press("enter")
        assert "▸ 2" in desk.text()
        await desk.press("pagedown")
        await desk.until(lambda: desk.screen.place == "demo")
        await desk.settle()
        assert "全课 01:50" in desk.text()
        while desk.screen.place == "demo":
            await desk.press("pagedown")
        await desk.until(lambda: desk.screen.place == "agenda")
        await desk.settle()
        assert "这堂课就到这里" in desk.text()
        await desk.press("enter")
        assert desk.screen.place == "demo-menu"


async def test_a_stored_reception_plays_with_names_left_out(stage):
    async with stage() as desk:
        await desk.open()
        await desk.say("您好，我是客服小舟，请问谁用")
        await desk.react()
        await desk.say("再见")
        await desk.react()
        desk.app.demos.replay(None, anonymous=True)
        await desk.until(lambda: desk.screen.place == "demo")
        await desk.settle()
        while not desk.screen.player.over:
            await desk.press("right")
        await desk.until(lambda: any("客服小某" in line for line in lanes(desk)[0]))
        assert "小舟" not in "\n".join(lanes(desk)[0])


async def test_a_demo_that_cannot_be_made_says_why(stage, home_folder):
    async with stage() as desk:
        demo = desk.app.demos.room.find("lamp")
        (home_folder / "scenarios" / "desk_lamp.yaml").unlink()
        del desk.app.house.library
        desk.app.demos.begin(demo)
        await desk.until(lambda: desk.app.screen.place == "demo-menu")
        await desk.settle()
        assert any("desk-lamp" in toast.message for toast in desk.app._notifications)


async def test_every_theme_shows_the_same_words(stage):
    async with stage() as desk:
        await begin(desk)
        await run(desk, 20)
        words = desk.text()
        for _ in range(4):
            await desk.press("f9")
            assert desk.text() == words


async def test_help_names_the_keys_of_the_demo(stage):
    async with stage() as desk:
        await begin(desk)
        await desk.press("f1")
        assert "演示中的按键" in desk.text()
        assert "问全班" in desk.text()
