"""Going on with a log that does not fit its story any more is refused, and the log is left as it was."""

import pytest

from kefu_sim.base.clock import ManualClock
from kefu_sim.base.errors import BadLogError, KefuError
from kefu_sim.engine import events as ev
from kefu_sim.engine.step import Say, UseQuick
from kefu_sim.house import House
from kefu_sim.i18n import set_language
from kefu_sim.shifts import ShiftRoom


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


@pytest.fixture
def log(house):
    play = house.begin(house.library.get("bargainer"), seed=1, clock=ManualClock())
    play.close()
    return house.receptions.folder / f"{play.reception}.jsonl"


def lines(log):
    return log.read_bytes().splitlines(keepends=True)


def without(log, words):
    kept = [line for line in lines(log) if words not in line]
    assert len(kept) < len(lines(log))
    log.write_bytes(b"".join(kept))


def test_a_whole_log_is_gone_on_with(house, log):
    play = house.resume(log.stem, ManualClock())
    assert play.session.state.node == "open"
    play.close()


def test_what_another_window_said_until_the_log_was_taken_is_known(house, log, monkeypatch):
    take = house.receptions.continue_log

    def late(reception):
        other = House(house.folder).resume(reception, ManualClock())
        other.session.send(Say("您好，在的"))
        other.close()
        return take(reception)

    monkeypatch.setattr(house.receptions, "continue_log", late)
    play = house.resume(log.stem, ManualClock())
    play.session.send(Say("这款是139元"))
    play.close()
    assert play.session.log == house.receptions.read(log.stem)
    assert play.session.state.said == ("您好，在的", "这款是139元")


def test_a_reception_that_ended_in_another_window_is_not_gone_on_with(house, log, monkeypatch):
    take = house.receptions.continue_log

    def late(reception):
        other = House(house.folder).resume(reception, ManualClock())
        other.session.leave()
        return take(reception)

    monkeypatch.setattr(house.receptions, "continue_log", late)
    with pytest.raises(KefuError, match="has ended"):
        house.resume(log.stem, ManualClock())


@pytest.mark.parametrize("words", [b'"meter":"mood"', b'"kind":"entered"'])
def test_a_log_with_rows_missing_is_refused(house, log, words):
    without(log, words)
    with log.open("ab") as file:
        file.write(b'{"kind":"buyer","t":9.0,"te')
    before = log.read_bytes()
    with pytest.raises(BadLogError, match="not a readable log") as caught:
        house.resume(log.stem, ManualClock())
    assert "left as it is" in caught.value.hint
    assert log.read_bytes() == before
    assert not house.receptions.going_on(log.stem)


def test_a_log_cut_off_after_its_first_row_is_refused(house, log):
    log.write_bytes(lines(log)[0])
    with pytest.raises(BadLogError, match="where the story stands"):
        house.resume(log.stem, ManualClock())


def test_a_log_that_speaks_of_a_moment_the_story_lacks_is_refused(house, log):
    log.write_bytes(log.read_bytes().replace(b'"node":"open"', b'"node":"opne"'))
    with pytest.raises(BadLogError, match="opne"):
        house.resume(log.stem, ManualClock())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b'"node":"open"', b'"node":"opne"', "剧本里没有节点 `opne`"),
        (b'"meter":"mood"', b'"meter":"moood"', "没有一行写明 `mood` 是多少"),
        (b'"kind":"entered"', b'"kind":"enterd"', '不认识的记录类型 "enterd"'),
    ],
)
def test_why_a_log_cannot_be_read_is_said_in_chinese_to_who_reads_chinese(house, log, old, new, said):
    set_language("zh")
    assert old in log.read_bytes()
    log.write_bytes(log.read_bytes().replace(old, new))
    with pytest.raises(BadLogError) as caught:
        house.resume(log.stem, ManualClock())
    assert f"不是可读的记录（{said}）" in caught.value.message


STORY = """\
schema: 1
id: cup
title: 杯子
persona: polite
shop: {name: 店}
vars: {patience: 80}
start: open
nodes:
  open: {buyer: [在吗, 有人吗], replies: [{when: 问好, goto: ask}, {when: any, buyer: [嗯, 哦], goto: ask}]}
  ask: {buyer: [多少钱, 怎么卖], replies: [{when: any, goto: sold}]}
  sold: {buyer: [拍了, 买了], end: sold}
"""


def begun(tmp_path, text):
    folder = tmp_path / "scenarios"
    folder.mkdir(exist_ok=True)
    (folder / "cup.yaml").write_text(text, encoding="utf-8")
    house, clock = House(tmp_path), ManualClock()
    play = house.begin(house.library.get("cup"), seed=1, clock=clock)
    clock.advance(3)
    play.session.send(UseQuick("您好", 2))
    play.session.send(Say("您好，在的"))
    clock.advance(5)
    play.session.tick()
    play.close()
    return play


def test_a_story_edited_where_it_does_not_matter_goes_on(tmp_path):
    old = begun(tmp_path, STORY)
    row = "{when: 告别, goto: sold}, "
    (tmp_path / "scenarios" / "cup.yaml").write_text(STORY.replace("[{when: 问好", "[" + row + "{when: 问好"), "utf-8")
    play = House(tmp_path).resume(old.reception, ManualClock())
    assert play.session.state.node == "ask"
    play.close()


def test_a_story_edited_where_it_matters_says_where(tmp_path):
    old = begun(tmp_path, STORY)
    (tmp_path / "scenarios" / "cup.yaml").write_text(STORY.replace("多少钱, 怎么卖", "贵不贵呀, 几块钱呀"), "utf-8")
    with pytest.raises(BadLogError) as caught:
        House(tmp_path).resume(old.reception, ManualClock())
    assert "after message 2" in str(caught.value)
    assert "kefu-sim practice cup" in str(caught.value)


def test_a_best_goes_to_who_began_though_the_story_was_edited_and_another_profile_chosen_since(tmp_path):
    desk = House(tmp_path).desk
    desk.choose("小林")
    old = begun(tmp_path, STORY)
    desk.choose("小王")
    (tmp_path / "scenarios" / "cup.yaml").write_text(STORY.replace("title: 杯子", "title: 茶杯"), "utf-8")
    clock = ManualClock()
    play = House(tmp_path).resume(old.reception, clock)
    clock.advance(3)
    play.session.send(Say("二十元一个"))
    clock.advance(20)
    play.session.tick()
    assert play.session.state.outcome == "sold"
    assert desk.bests() == {}
    desk.choose("小林")
    assert list(desk.bests()) == ["cup"]


def test_a_branch_of_a_reception_goes_on_in_an_edited_story(tmp_path):
    old = begun(tmp_path, STORY)
    log = tmp_path / "receptions" / f"{old.reception}.jsonl"
    log.write_text(log.read_text("utf-8").replace('"branch_of":""', '"branch_of":"20260101T000000-cup"'), "utf-8")
    (tmp_path / "scenarios" / "cup.yaml").write_text(STORY.replace("title: 杯子", "title: 茶杯"), "utf-8")
    play = House(tmp_path).resume(old.reception, ManualClock())
    assert play.opened.branch_of == "20260101T000000-cup"
    assert play.opened.fingerprint == play.session.program.fingerprint != old.opened.fingerprint
    play.close()


def test_a_shift_with_a_row_missing_says_so_in_words(house):
    set_language("zh")
    room = ShiftRoom(house)
    begun = room.begin(room.library.get("tutorial"), clock=ManualClock())
    begun.close()
    log = room.logs.path(begun.name)
    without(log, b'"kind":"came"')
    with pytest.raises(BadLogError, match="前后几行对不上"):
        room.resume(begun.name, ManualClock())


def test_what_another_window_did_on_a_shift_until_its_log_was_taken_is_known(house, monkeypatch):
    room = ShiftRoom(house)
    begun = room.begin(room.library.get("tutorial"), clock=ManualClock())
    begun.close()
    take = room.logs.continue_log

    def late(name):
        other = ShiftRoom(House(house.folder)).resume(name, ManualClock())
        other.set_busy(busy=True)
        other.close()
        return take(name)

    monkeypatch.setattr(room.logs, "continue_log", late)
    play = room.resume(begun.name, ManualClock())
    play.close()
    assert play.floor.busy
    assert play.run.log == room.logs.read(begun.name)


def test_a_best_that_cannot_be_kept_is_not_told_as_the_loss_of_the_log(house):
    (house.folder / "bests.json").mkdir(parents=True)
    play = house.begin(house.library.get("bargainer"), seed=1, clock=ManualClock())
    play.session.leave()
    assert (play.unsaved, play.kept) == ("", True)
    assert isinstance(house.receptions.read(play.reception)[-1], ev.Ended)


def test_a_log_that_cannot_be_written_to_its_end_is_told_of(house):
    play = house.begin(house.library.get("bargainer"), seed=1, clock=ManualClock())
    play.close()
    play.session.leave()
    assert "cannot be written" in play.unsaved
    assert not play.kept
