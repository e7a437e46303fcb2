import pytest

from kefu_sim.base.errors import BadFileError, KefuError
from kefu_sim.demo.load import load_demo, load_playlist

from .conftest import DEMO

LESSON = """\
schema: 1
id: short
title: 短课
items:
  - {demo: lamp, minutes: 3}
  - {talk: 小结, talk_en: Summary, points: [一句话], minutes: 1.5}
"""


def problems(read):
    with pytest.raises(BadFileError) as caught:
        read()
    return [str(problem) for problem in caught.value.problems]


def demo_problems(text):
    return problems(lambda: load_demo(text, "d.yaml", {"desk-lamp"}))


def test_a_demo_is_read_with_everything_in_it():
    demo = load_demo(DEMO, "d.yaml", {"desk-lamp"})
    assert demo.shows() == ("compare", "bad", "good")
    assert [turn.ask for turn in demo.good] == [True, True]
    assert demo.name.pick("en") == "The lamp"
    assert demo.watch.pick("en") == "看第一句"  # what is not translated is shown as it is
    assert demo.good[0].told.pick("en") == "Ask first"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("scenario: desk-lamp", "scenario: desk-lmap", "d.yaml:6:1 KS401 unknown scenario `desk-lmap` → did you mean"),
        ("seed: 3", "seed: 3\nstep: 问侯", "d.yaml:8:1 KS402 unknown step `问侯` → did you mean `问好`?"),
        ("{wait: 20, say: 在, remark: 太短, ask: true}", "{remark: 太短}", "d.yaml:9:5 KS404 neither `wait` nor `say`"),
        (
            "{wait: 20, say: 在, remark: 太短, ask: true}",
            "{wait: 20, ask: true}",
            "d.yaml:9:16 KS405 nothing is said here",
        ),
        ("title: 台灯", "titel: 台灯", "d.yaml:3:1 KS021 unknown key `titel` → did you mean `title`?"),
        ("seed: 3", "seed: drei", "d.yaml:7:1 KS025 `seed`"),
        ("wait: 20", "wait: -1", "d.yaml:9:6 KS025 `wait`"),
    ],
)
def test_a_mistake_is_shown_where_it_stands_with_a_mend(old, new, said):
    assert old in DEMO
    assert any(problem.startswith(said) for problem in demo_problems(DEMO.replace(old, new)))


def test_a_demo_without_an_agent_is_refused():
    assert demo_problems(DEMO.partition("bad:")[0]) == [
        "d.yaml:1:1 KS403 neither `good` nor `bad` → write the lines of at least one agent"
    ]


def test_one_side_is_enough_and_is_then_the_only_way_to_show_it(shop):
    room = shop(DEMO.partition("good:")[0])
    demo = room.find("lamp")
    assert demo.shows() == ("bad",)
    assert len(room.show(demo).film.lanes) == 1
    with pytest.raises(KefuError, match="has no `good`"):
        room.way(demo, "good")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("demo: lamp", "demo: lmap", "l.yaml:5:6 KS407 unknown demo `lmap` → did you mean `lamp`?"),
        ("demo: lamp", "demo: lamp, talk: 又", "l.yaml:5:5 KS406 an item is a `demo` or a `talk`"),
        ("demo: lamp, ", "", "l.yaml:5:5 KS406 an item is a `demo` or a `talk`"),
        ("minutes: 3", "minutes: 0", "l.yaml:5:18 KS025 `minutes`"),
    ],
)
def test_a_mistake_in_a_lesson_is_shown_where_it_stands(old, new, said):
    demos = {"lamp": load_demo(DEMO, "d.yaml", {"desk-lamp"})}
    found = problems(lambda: load_playlist(LESSON.replace(old, new), "l.yaml", demos))
    assert any(problem.startswith(said) for problem in found)


def test_a_lesson_may_only_show_the_sides_there_are():
    demos = {"lamp": load_demo(DEMO.partition("good:")[0], "d.yaml", {"desk-lamp"})}
    text = LESSON.replace("demo: lamp", "demo: lamp, show: compare")
    assert problems(lambda: load_playlist(text, "l.yaml", demos)) == [
        "l.yaml:5:18 KS408 `lamp` cannot be shown as `compare` → write bad"
    ]


def test_broken_files_are_told_and_the_others_can_be_shown(shop):
    room = shop(playlist=LESSON)
    (room.house.folder / "demos" / "bad.yaml").write_text("schema: 1\nid: [/]\n", "utf-8")
    assert [demo.id for demo in room.in_order()] == ["lamp"]
    assert room.playlists.items["short"].minutes == 4.5
    assert {problem.file.rpartition("/")[2] for problem in room.problems} == {"bad.yaml"}


def test_the_users_own_demo_stands_in_for_a_shipped_one(shop, tmp_path, monkeypatch):
    from kefu_sim import demonstrations

    shipped = tmp_path / "shipped" / "demos"
    shipped.mkdir(parents=True)
    (shipped / "lamp.yaml").write_text(DEMO.replace("title: 台灯", "title: 原来的"), "utf-8")
    monkeypatch.setattr(demonstrations, "shipped", lambda name: tmp_path / "shipped" / name)
    room = shop()
    assert room.find("lamp").title == "台灯"
    assert not room.problems


def test_a_demo_is_found_by_id_by_step_and_by_buyer(shop):
    room = shop(DEMO.replace("seed: 3", "seed: 3\nstep: 问好"))
    assert room.find("问好").id == "lamp"
    with pytest.raises(KefuError, match="no demo and no lesson has the id `lmap`"):
        room.find("lmap")
    assert shop().find("desk-lamp").id == "lamp"


def test_a_buyer_without_a_demo_is_answered_by_the_storys_model_answers(shop):
    room = shop(DEMO.replace("seed: 3", "seed: 3\nstep: 问好"))
    demo = room.find("desk-lamp")
    assert [turn.say for turn in demo.good] == ["您好，在的～请问是给谁用呢？"]
    film = room.show(demo).film
    assert film.total(1) > film.total(0) + 10


def test_a_reception_whose_story_has_changed_says_so(shop):
    room = shop()
    play = room.house.begin(room.house.library.get("desk-lamp"), seed=3)
    play.session.leave()
    assert room.replay().film.seconds > 0
    story = room.house.folder / "scenarios" / "lamp.yaml"
    story.write_text(story.read_text("utf-8").replace("open:", "door:").replace("start: open", "start: door"), "utf-8")
    with pytest.raises(KefuError, match="was changed after this reception began"):
        shop().replay()
