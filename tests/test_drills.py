"""Drills from their text to the comparison with earlier ones, and what is kept on disk."""

import json
from dataclasses import replace
from itertools import pairwise

import pytest

from kefu_sim.base.clock import ManualClock
from kefu_sim.base.errors import BadLogError, KefuError, UnwritableError
from kefu_sim.drill import events as ev
from kefu_sim.drill.reply import Answer, Question
from kefu_sim.drills import DrillRoom, Settings
from kefu_sim.house import House
from kefu_sim.programs import program_for
from kefu_sim.reply_questions import judge


@pytest.fixture
def room(tmp_path):
    return DrillRoom(House(tmp_path))


def typed(room, pace=80.0, per_commit=4, **options):
    """A drill typed evenly to its end."""
    clock = ManualClock()
    play = room.begin(Settings(**{"seed": 1, **options}), clock)
    run = play.run
    clock.advance(room.standards.countdown_s)
    text, at = run.opened.text, 0
    while not run.over:
        clock.advance(per_commit * 60 / pace)
        for char in text[at : at + per_commit]:
            run.key(char, clock.now())
        at += per_commit
        if at >= len(text) or (run.opened.seconds and run.now >= run.opened.seconds):
            clock.advance(0.5)
            run.tick()
    return play


def test_the_result_is_kept_and_the_same_from_the_log(room):
    report = room.report(typed(room))
    assert (report.record, report.before, report.figures.net) == (True, None, pytest.approx(80))
    (row,) = room.rows()
    (room.house.folder / "records.db").unlink()
    assert room.rows() == [row]
    assert room.drills.read(report.id)[0] == report.opened


def test_the_best_is_kept_for_each_level(room):
    room.report(typed(room, 70, target=60))
    slower = room.report(typed(room, 65, target=60))
    other = room.report(typed(room, 66, target=100))
    faster = room.report(typed(room, 90, target=60))
    assert (slower.before, slower.record) == (pytest.approx(70, abs=0.5), False)
    assert (other.before, other.record) == (None, True)
    assert (faster.before, faster.record) == (pytest.approx(70, abs=0.5), True)


def test_the_next_drill_is_made_of_the_worst_phrases_until_they_beat_their_goal(room):
    slow = room.report(typed(room, 50, seconds=0.0, length=40))
    assert 0 < len(slow.next) <= 5
    play = typed(room, 120, source="phrases", seconds=0.0)
    assert all(phrase.text in play.run.opened.text for phrase in slow.next)
    after = {phrase.text for phrase in room.report(play).next}
    assert not after & {phrase.text for phrase in slow.next}


def test_without_a_slow_phrase_there_is_no_drill_of_them(room):
    with pytest.raises(KefuError, match="no phrase"):
        room.begin(Settings(source="phrases"))


@pytest.mark.parametrize("seconds", [5.0, 60.0, 3600.0])
def test_a_timed_drill_has_text_enough(room, tmp_path, seconds):
    (tmp_path / "short.txt").write_text("您好在的", "utf-8")
    for options in ({}, {"source": "file", "file": str(tmp_path / "short.txt")}):
        opened = room.begin(Settings(seconds=seconds, seed=1, **options)).run.opened
        assert len(opened.text) >= (seconds + 5) * 120 * 5 / 60  # 120 English words a minute, and a late last commit


def test_model_answers_of_a_scenario_can_be_typed(room):
    settings = Settings(source="scenario", scenario="bargainer", seconds=0.0, length=5000)
    opened = room.begin(settings).run.opened
    assert opened.source == "scenario:bargainer"
    models = [node.model for node in room.house.library.get("bargainer").nodes.values() if node.model is not None]
    answers = {said for model in models for said in (model.pass_, model.excellent)}
    lines = [opened.text[a:b] for a, b in pairwise([*opened.starts, len(opened.text)])]
    assert set(lines) == answers  # all of them, and nothing that one must not say
    assert len(room.begin(replace(settings, length=100)).run.opened.text) <= 100


def test_questions_of_a_reply_drill_differ_and_are_judged(room):
    clock = ManualClock()
    play = room.begin_reply(3, seed=1, clock=clock)
    asked = set()
    for _ in range(3):
        play.run.ask()
        asked.add((play.run.question.scenario, play.run.question.node))
        clock.advance(5)
        play.run.answer("您好，很抱歉让您久等了，我马上帮您查一下", 20, 5.0, 0)
    play.run.ask()
    judged = room.judged(play)
    assert len(asked) == 3
    assert all("问好" in one.done for one in judged)
    (row,) = room.rows()
    assert (row.drill, row.asked, row.answered, row.mean_reply_s, row.gross) == ("reply", 3, 3, 5.0, 240.0)


def test_an_excellent_answer_to_any_moment_of_any_story_is_understood(room):
    for story in room.house.library.all():
        program = program_for(story)
        for name, node in story.nodes.items():
            if node.model is not None and node.buyer and node.end is None:
                question = Question(node.buyer[-1].text, story.id, name)
                answer = Answer(question, node.model.excellent, 5.0, 10, 4.0, 0)
                assert judge(program, answer).understood, (story.id, name)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "nothing to type"),
        (b"a\0b" * 10, "no text"),
        ("您好".encode("gbk"), "not UTF-8"),
        (b"x" * 5_000_001, "too large"),
        ("\u202e\u0007😀".encode(), "nothing to type"),
    ],
)
def test_a_file_that_cannot_be_typed_is_refused_with_the_reason(room, tmp_path, data, reason):
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    with pytest.raises(KefuError, match=reason):
        room.begin(Settings(source="file", file=str(path)))


@pytest.mark.parametrize("name", ["nowhere.txt", ".", "\0"])
def test_a_file_that_is_none_is_refused(room, tmp_path, name):
    with pytest.raises(KefuError):
        room.begin(Settings(source="file", file=str(tmp_path) + "/" + name))


def test_a_torn_log_is_read_and_a_broken_one_is_passed_over_but_never_changed(room):
    report = room.report(typed(room))
    path = room.drills.folder / f"{report.id}.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole[:-5])
    assert room.drills.read(report.id)[-1].kind == "commit"
    broken = room.drills.folder / "20200101T000000.jsonl"
    broken.write_text('{"kind":"commit","t":1,"text":"x"}\n', "utf-8")
    newer = room.drills.folder / "20200101T000001.jsonl"
    newer.write_text(ev.to_line(ev.Opened(0.0, "copy", "exam", 80, 60.0, "x", format=99)) + "\n", "utf-8")
    for bad in (broken, newer):
        with pytest.raises(BadLogError):
            room.drills.read(bad.stem)
    assert len(room.rows()) == 1
    assert broken.read_text("utf-8") == '{"kind":"commit","t":1,"text":"x"}\n'


def test_a_disk_that_refuses_does_not_stop_the_drill(room, monkeypatch):
    def full(_stamp):
        raise UnwritableError("no space left")

    monkeypatch.setattr(room.drills, "new_log", full)
    play = typed(room)
    assert play.keeper.unsaved == "no space left"
    assert room.report(play).figures.net == pytest.approx(80)


def test_every_commit_is_on_disk_as_it_happens(room):
    clock = ManualClock()
    play = room.begin(Settings(seed=1), clock)
    clock.advance(5)
    play.run.key("您", clock.now())
    clock.advance(1)
    play.run.key("好", clock.now())
    rows = (room.drills.folder / f"{play.keeper.id}.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(row)["kind"] for row in rows] == ["opened", "commit"]


def test_drills_are_measured_anew_under_other_standards_once(room, monkeypatch):
    room.report(typed(room))
    newer = room.standards.model_copy(update={"version": "9.9"})
    monkeypatch.setattr("kefu_sim.history.intake.load_standards", lambda: newer)
    assert [row.rules for row in room.rows()] == ["9.9"]
    assert room.house.records.outdated(room.house.desk.id, "9.9") == []
