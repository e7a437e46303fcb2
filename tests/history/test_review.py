"""A finished reception opened again: what it shows is what was scored; a reply can be re-entered exactly."""

from dataclasses import replace

import pytest

from kefu_sim.base.clock import ManualClock
from kefu_sim.base.errors import KefuError
from kefu_sim.engine import events as ev
from kefu_sim.engine.step import Say
from kefu_sim.history.branch import Pair, before_reply, begin_branch, pair_of
from kefu_sim.history.disputing import docket_of_review
from kefu_sim.history.intake import take_in
from kefu_sim.history.review import find_reception, other_way, reading_at, review_of
from kefu_sim.house import House
from kefu_sim.plain_review import pair_text, review_text
from kefu_sim.programs import program_for
from kefu_sim.progress.record import Wanted
from kefu_sim.scoring.score import case_of

MORNING = "2026-03-02T09:00:00+08:00"


@pytest.fixture
def review(house, finish):
    """A middling reception, opened again."""
    finish(house, MORNING, script="middling-plain")
    take_in(house)
    return review_of(house, find_reception(house, "last"))


def test_the_review_is_the_score_that_was_given(house, review):
    assert review.score.total == review.record.total
    assert sum(row.points for row in review.score.ledger) == pytest.approx(review.score.total, abs=0.01)
    said = [event.text for event in review.log if isinstance(event, ev.BuyerSaid | ev.AgentSent)]
    assert [turn.text for turn in review.turns] == said
    assert all(review.advice_at(at) for at, turn in enumerate(review.turns) if turn.role == "agent")


def test_as_text_each_reply_has_its_points_and_what_is_better(house, review):
    text = review_text(review, docket_of_review(house, review))
    assert "You: " in text
    assert "Better: " in text
    assert "Why: " in text
    assert [line.split(":")[0] for line in text.splitlines()[-3:]] == ["Keep doing", "Start doing", "Stop doing"]


def test_a_story_that_is_gone_leaves_chat_and_ledger(house, review, monkeypatch):
    monkeypatch.setattr("kefu_sim.scenario.library.shipped_folder", lambda: house.folder / "none")
    again = review_of(House(house.folder), review.record)
    assert again.story is None
    assert again.score == review.score
    assert [turn.text for turn in again.turns] == [turn.text for turn in review.turns]


def test_what_is_asked_for_is_found_or_named(house, review, finish):
    finish(house, "2026-03-02T09:30:00+08:00", "complainer", "good-brisk")
    take_in(house)
    assert find_reception(house, "20260302T0900").id == review.record.id
    with pytest.raises(KefuError, match="fits several") as caught:
        find_reception(house, "20260302")
    assert review.record.id in caught.value.hint
    with pytest.raises(KefuError, match="no finished reception"):
        find_reception(house, "nothing")
    with pytest.raises(KefuError, match="no reception finished yet"):
        find_reception(House(house.folder / "empty"), "")


def replies(review):
    return [at for at, turn in enumerate(review.turns) if turn.role == "agent"]


def test_before_a_reply_everything_is_as_it_was_but_for_the_hesitating(review):
    for at in replies(review):
        log = before_reply(review.log, at)
        assert log == list(review.log[: len(log)])
        assert not isinstance(log[-1], ev.Nudged | ev.TypingStarted | ev.CardOpened)
        said = sum(isinstance(event, ev.BuyerSaid | ev.AgentSent) for event in log)
        assert said <= at
    with pytest.raises(ValueError, match="no reply"):
        before_reply(review.log, 0)
    with pytest.raises(ValueError, match="no reply"):
        before_reply(review.log, 99)


def test_a_reply_is_read_as_it_was_scored(review):
    """After the same lines and the same earlier messages."""
    scored = case_of(review.log, review.story, program_for(review.story).understand).turns
    for at in replies(review):
        reading = reading_at(review, at)
        assert reading.study.recognition == scored[at].recognition
        assert reading.same_rules


@pytest.mark.parametrize("since", [{"recogniser": "older"}, {"fingerprint": "other"}])
def test_whether_a_reply_is_read_by_other_rules_than_then_is_known(review, since):
    older = replace(review, log=(replace(review.log[0], **since), *review.log[1:]))
    assert not reading_at(older, replies(review)[0]).same_rules


def test_nudges_are_taken_back_and_two_messages_in_a_row_stay_apart():
    log = [
        ev.Opened(0.0, "cup", "f", 1, "practice", "1", "c"),
        ev.Entered(0.0, "open", "start"),
        ev.BuyerSaid(0.0, "在吗", "open", "node", "x"),
        ev.Adjusted(0.0, "mood", 60.0, "start"),
        ev.Nudged(30.0, 0),
        ev.BuyerSaid(30.0, "？", "open", "silence", "x"),
        ev.TypingStarted(31.0),
        ev.AgentSent(33.0, "您好"),
        ev.Understood(33.0, ("any",), None, 35.0),
        ev.AgentSent(34.0, "在的"),
        ev.Understood(34.0, ("any",), None, 36.0),
    ]
    assert before_reply(log, 2) == log[:4]
    assert before_reply(log, 3) == log[:9]


def test_the_same_words_again_lead_to_the_same_reception(house, review):
    """Same seed, same inputs at the same times: the branch is the original, byte for byte."""
    at = replies(review)[1]
    clock = ManualClock()
    play = begin_branch(house, review, at, clock)
    assert play.opened.branch_of == review.record.id
    assert play.opened.seed == review.record.seed
    for event in review.log[len(play.session.log) - 1 :]:
        clock.advance(max(event.t - play.session.now, 0))
        play.session.tick()
        if isinstance(event, ev.AgentSent):
            play.session.send(Say(event.text, event.typed, event.typing_s, event.pasted))
    assert play.session.log[1:] == list(review.log[1:])


def test_a_branch_is_kept_beside_the_original_and_never_a_best(house, review):
    play = begin_branch(house, review, replies(review)[-1], ManualClock())
    play.session.send(Say("谢谢您的支持，收到有问题随时找我，祝您生活愉快～"))
    play.session.leave()
    assert take_in(house) == 1
    whole, both = (house.records.rows(Wanted(whole=flag)) for flag in (True, False))
    assert (len(whole), len(both)) == (1, 2)
    branch = next(row for row in both if row.branch_of)
    assert other_way(house, review.record) == branch
    assert other_way(house, branch) == review.record
    pair = pair_of(review, review_of(house, branch))
    assert pair.at >= replies(review)[-1] - 1
    assert sum(move.by for move in pair.moved) == pytest.approx(branch.total - review.record.total, abs=0.05)
    assert "谢谢您的支持" in pair_text(pair)
    assert house.desk.bests() == {"bargainer": review.record.total}


def test_a_branch_goes_on_after_the_program_was_killed(house, review):
    play = begin_branch(house, review, replies(review)[0], ManualClock())
    play.close()
    resumed = House(house.folder).resume(play.reception, ManualClock())
    assert resumed.opened.branch_of == review.record.id
    assert resumed.session.state.node == play.session.state.node
    resumed.close()


def test_a_story_that_was_changed_cannot_be_re_entered(house, review):
    copied = house.library.get("bargainer")
    text = (house.library.folders[-1] / "bargainer.yaml").read_text("utf-8")
    folder = house.folder / "scenarios"
    folder.mkdir(parents=True)
    (folder / "bargainer.yaml").write_text(text.replace(f"difficulty: {copied.difficulty}", "difficulty: 5"), "utf-8")
    changed = House(house.folder)
    with pytest.raises(KefuError, match="was changed") as caught:
        begin_branch(changed, review, replies(review)[0], ManualClock())
    assert f"--seed {review.record.seed}" in caught.value.hint


@pytest.fixture
def promising(house, finish):
    """The parcel with two notes: promises, two order notes, a notice."""
    log = house.library.get("two-notes").tests[0]
    finish(house, MORNING, "two-notes", turns=log.turns)
    take_in(house)
    return review_of(house, find_reception(house, "last"))


def test_notes_promises_and_notices_stand_in_the_order_of_time(house, promising):
    lines = review_text(promising, docket_of_review(house, promising)).splitlines()
    told = [line.split(maxsplit=1)[1] for line in lines if line.startswith("     0")]
    assert [line[0] for line in told] == list("◇◇◆✎◆✎◇◇*◆")
    assert told[3].startswith("✎ Note on 尾号 3021 · 陈立文: 补发A07")
    notice = next(at for at, line in enumerate(lines) if "* Notice: Next morning" in line)
    assert "（第二天 10:00）" in lines[notice + 1]
    assert sum("kept in time: " in line for line in lines) == 3
    assert [vow.outcome for vow in promising.beside.vows] == ["kept"] * 3
    assert set(promising.beside.notes) == {"mine", "other"}


def test_a_note_on_the_wrong_order_keeps_no_promise(house, finish):
    story = house.library.get("two-notes")
    wrong = next(test for test in story.tests if test.name == "备注又写到了另一单上")
    finish(house, MORNING, "two-notes", turns=wrong.turns)
    take_in(house)
    review = review_of(house, find_reception(house, "last"))
    outcomes = {vow.about: vow.outcome for vow in review.beside.vows}
    assert outcomes["补发蓝色 L，写在 3021 的备注里"] == "elsewhere"
    assert "on the wrong order: 补发蓝色 L" in review_text(review, docket_of_review(house, review))


def test_two_ways_side_by_side_show_what_was_promised(promising):
    made = next(vow.turn for vow in promising.beside.vows)
    assert "◇ Promised: 补发的东西念给他对" in pair_text(Pair(promising, promising, made))


def test_without_the_story_names_stand_for_what_was_promised(house, promising, monkeypatch):
    monkeypatch.setattr("kefu_sim.scenario.library.shipped_folder", lambda: house.folder / "none")
    again = review_of(House(house.folder), promising.record)
    assert {vow.name for vow in again.beside.vows} == {vow.about for vow in again.beside.vows}
    assert [aside.after for aside in again.beside.asides] == [aside.after for aside in promising.beside.asides]
