"""Trying a story out: from any node, with any numbers, following its file."""

import pytest

from kefu_sim.author.trial import TrialHouse
from kefu_sim.base.clock import ManualClock
from kefu_sim.base.errors import BadFileError, KefuError
from kefu_sim.engine import events as ev
from kefu_sim.engine.step import Say

from .examples import SOUND


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "sound.yaml"
    path.write_text(SOUND, encoding="utf-8")
    return path


def begun(file, clock=None, **wish):
    house = TrialHouse(what=str(file), **wish)
    return house.begin(house.library.get("sound"), seed=1, clock=clock or ManualClock())


def saved(file, *pairs):
    text = file.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def test_a_trial_begins_where_and_with_what_it_is_told(file):
    play = begun(file, at="order", settings=["patience=10", " asked = 1"])
    state = play.session.state
    assert (state.node, state.meters["patience"], state.meters["asked"]) == ("order", 10, 1)
    assert play.opened.trial
    assert play.scenario.nodes["order"].buyer[0].text in {line.text for line in play.scenario.nodes["order"].buyer}


def test_a_trial_leaves_nothing_behind(file):
    house = TrialHouse(what=str(file))
    play = house.begin(house.story, seed=1, clock=ManualClock())
    play.session.leave()
    assert play.score().total >= 0
    assert list(house.receptions.unfinished()) == []
    assert house.receptions.filed_ids() == house.receptions.open_ids() == []
    assert not play.unsaved


def test_another_buyer_of_the_list_is_received_as_ever(file):
    house = TrialHouse(what=str(file))
    play = house.begin(house.library.get("bargainer"), seed=1, clock=ManualClock())
    assert not play.opened.trial
    assert play.reception
    play.close()


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"at": "ordr"}, "did you mean `order`"),
        ({"settings": ["pateince=1"]}, "did you mean `patience`"),
        ({"settings": ["patience"]}, "patience=10"),
        ({"settings": ["patience=999"]}, "from 0 to 100"),
        ({"settings": ["patience=nan"]}, "from 0 to 100"),
    ],
)
def test_wishes_nobody_can_grant_are_told_with_a_mend(file, wish, words):
    with pytest.raises(KefuError, match=words):
        TrialHouse(what=str(file), **wish)


def test_a_story_that_cannot_be_played_is_not_tried_out(file):
    saved(file, ("persona: hesitant", "persona: nobody"))
    with pytest.raises(BadFileError, match="KS101"):
        TrialHouse(what=str(file))


def test_a_saved_file_goes_on_in_place(file):
    clock = ManualClock()
    play = begun(file, clock)
    play.session.send(Say("您好，请问您是自己用还是送人呢？"))
    clock.advance(5)
    play.session.tick()
    assert play.session.state.node == "order"
    assert play.follow() == ""
    new = ("我说我拍了 对不对, 帮我核对下订单呀", "新写的一句话, 新写的另一句")
    saved(file, ("vars:\n", "vars:\n  trust: {init: 40}\n"), ("rude, goto", "rude, add: {trust: 1}, goto"), new)
    assert "goes on with the new story" in play.follow()
    assert (play.session.state.node, play.session.state.meters["trust"]) == ("order", 40)
    play.session.send(Say("亲，杯身能刻字哦"))
    clock.advance(9)
    play.session.tick()
    said = [event.text for event in play.session.log if isinstance(event, ev.BuyerSaid)]
    assert said[-1].startswith("新写的")


def test_a_broken_save_is_told_and_the_reception_goes_on(file):
    play = begun(file)
    saved(file, ("goto: order", "goto: ordr"))
    news = play.follow()
    assert "KS103" in news
    assert "did you mean `order`" in news
    assert play.scenario.nodes["open"].replies[0].goto == "order"
    assert play.follow() == ""


@pytest.fixture
def fragment(file, tmp_path):
    """The file of a fragment with what the buyer says when the story's second node is not understood."""
    path = tmp_path / "home" / "fragments" / "mine.yaml"
    path.parent.mkdir(parents=True)
    text = "fragments:\n  again:\n    unclear: {buyer: [我说我拍了 对不对], max: 1, goto: sold}\n"
    path.write_text(text, encoding="utf-8")
    saved(file, ("unclear: {buyer: [我说我拍了 对不对, 帮我核对下订单呀], max: 1, goto: sold}", "use: again"))
    return path


def test_a_saved_fragment_goes_on_in_place(file, fragment):
    play = begun(file, at="order")
    saved(fragment, ("我说我拍了 对不对", "新写的一句话"))
    assert "goes on with the new story" in play.follow()
    assert [line.text for line in play.scenario.nodes["order"].unclear.buyer] == ["新写的一句话"]


def test_a_mistake_saved_in_a_fragment_is_told_with_its_file(file, fragment):
    play = begun(file, at="order")
    saved(fragment, ("goto: sold", "goto: solt"))
    assert f"{fragment}:3:" in play.follow()
    assert [line.text for line in play.scenario.nodes["order"].unclear.buyer] == ["我说我拍了 对不对"]


def test_a_place_that_is_gone_cannot_be_kept(file):
    play = begun(file, at="order")
    saved(file, ("order", "checkout"))
    assert "`order`" in play.follow()
    assert "order" in play.scenario.nodes


NOTICE = ("tests:\n", "notices:\n  late: {text: 底价改了, at: 5, limits: {floor: 70}}\ntests:\n")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (("  box: {about", "  call: {about: 回电, made: 问好, kept: 告别, due: 60}\n  box: {about"), "call"),
        (NOTICE, "late"),
    ],
    ids=["promise", "notice"],
)
def test_a_promise_or_notice_that_was_met_cannot_be_taken_away(file, written, name):
    saved(file, written)
    clock = ManualClock()
    play = begun(file, clock)
    clock.advance(3)
    play.session.send(Say("您好，欢迎光临"))
    clock.advance(6)
    play.session.tick()
    saved(file, (f"  {name}: {{", "  other: {"))
    assert f"`{name}`" in play.follow()
    for _ in range(10):
        clock.advance(10)
        play.session.tick()
    assert play.score().total >= 0


def test_a_file_that_vanishes_for_a_moment_is_waited_for(file):
    play = begun(file)
    file.unlink()
    assert play.follow() == ""
