"""What a running drill takes and leaves."""

import pytest

from kefu_sim.drill import events as ev
from kefu_sim.drill.measure import figures
from kefu_sim.drill.sheet import sheet_of


def kinds(run):
    return [event.kind for event in run.log]


def test_keys_before_the_start_signal_do_not_count(typist, standards):
    someone = typist()
    early = someone.run
    early._watch = type(early._watch)(someone.clock, -standards.countdown_s)
    assert early.now == -standards.countdown_s
    someone.commit("您好")
    assert not early.sheet.typed
    someone.wait(standards.countdown_s)
    someone.commit("您好")
    assert len(early.sheet.typed) == 2


def test_keys_at_once_are_one_commit_and_keys_apart_are_several(typist):
    someone = typist()
    someone.copy(4, 1.0)
    someone.copy(1, 0.1)
    someone.copy(12, 1.0)
    someone.wait(1)
    assert [e.text for e in someone.run.log if isinstance(e, ev.Commit)] == [
        "您好欢迎", "光", "临本店请问有什么可以帮您",
    ]  # fmt: skip


def test_a_length_drill_ends_with_its_last_character(typist):
    someone = typist(seconds=0.0, text="您好欢迎")
    someone.copy(4, 3.0)
    assert kinds(someone.run) == ["opened", "commit", "ended"]
    assert someone.run.log[-1] == ev.Ended(3.0, "done")


def test_a_wrong_last_character_can_be_mended_or_left_with_enter(typist):
    someone = typist(seconds=0.0, text="您好欢迎")
    someone.wait(3)
    someone.commit("您好欢影")
    assert not someone.run.over
    someone.wait(1)
    someone.run.key("\n", someone.clock.now())
    assert someone.run.log[-1] == ev.Ended(4.0, "done")
    assert figures(someone.sheet).tally.wrong == 1


def test_enter_is_the_blank_between_two_lines_of_words(typist):
    someone = typist(seconds=0.0, text="good day to you", starts=(0, 9))
    for piece in ("good", "\n", " day", "\n", "to you"):
        someone.wait(1)
        someone.commit(piece)
    assert someone.run.over
    assert "".join(someone.sheet.aligner.typed) == "good day to you"
    assert figures(someone.sheet).tally.errors == 0
    assert someone.sheet.watch.doubt is None


@pytest.mark.parametrize("way", ["paste", "commit"])
def test_a_line_break_inside_is_the_blank_between_two_lines_of_words_only(typist, standards, way):
    english = typist(seconds=0.0, text="good day to you all", starts=(0, 9))
    chinese = typist(seconds=0.0, text="您好在的请问要什么", starts=(0, 4))
    for someone, lines in ((english, "good day\nto you"), (chinese, "您好在的\n请问")):
        someone.wait(3)
        if way == "paste":
            someone.run.paste(lines)
        else:
            someone.commit(lines)
        someone.wait(1)
        again = sheet_of(someone.run.log, standards)
        assert again.aligner.typed == someone.sheet.aligner.typed
        assert figures(again).tally.errors == 0
        assert figures(again).doubt is not None
    assert "".join(english.sheet.aligner.typed) == "good day to you"
    assert "".join(chinese.sheet.aligner.typed) == "您好在的请问"


def test_enter_elsewhere_does_nothing(typist):
    someone = typist()
    someone.copy(4, 3.0)
    someone.wait(1)
    someone.run.key("\n", someone.clock.now())
    someone.wait(1)
    assert kinds(someone.run) == ["opened", "commit"]
    assert someone.sheet.last_t == 3.0


def test_a_pause_stops_the_clock_in_practice_only(typist):
    someone = typist()
    someone.copy(4, 3.0)
    someone.run.pause()
    someone.wait(100)
    someone.commit("不算")
    someone.run.resume()
    assert someone.run.now == pytest.approx(3.0)
    assert len(someone.sheet.typed) == 4
    exam = typist(mode="exam")
    exam.copy(4, 3.0)
    exam.run.pause()
    exam.wait(2)
    assert exam.run.now == pytest.approx(5.0)


def test_at_the_bell_one_commit_is_waited_for_and_no_more(typist):
    someone = typist()
    someone.copy(4, 55.0)
    someone.wait(6.0)
    assert someone.run.ringing
    someone.commit("光临本店")
    someone.wait(0.1)
    someone.commit("请问")
    assert someone.run.log[-1].t == pytest.approx(61.0)
    assert len(someone.sheet.typed) == 8


def test_enter_at_the_bell_ends_at_once(typist):
    someone = typist()
    someone.copy(4, 55.0)
    someone.wait(6.0)
    someone.run.key("\n", someone.clock.now())
    assert someone.run.log[-1] == ev.Ended(60.0, "time")


def test_a_machine_that_slept_through_the_bell_ends_on_time(typist):
    someone = typist()
    someone.copy(4, 3.0)
    someone.clock.advance(4000)
    someone.run.tick()
    assert someone.run.log[-1] == ev.Ended(60.0, "time")


def test_deleting_more_than_there_is_deletes_all(typist):
    someone = typist()
    someone.copy(4, 3.0)
    someone.wait(1)
    someone.run.delete(99)
    assert someone.sheet.corrected == 4
    someone.run.delete(1)
    assert kinds(someone.run) == ["opened", "commit", "deleted"]


@pytest.mark.parametrize("kind", [ev.Opened, ev.Commit, ev.Ended, ev.Answered])
def test_events_come_back_from_their_lines(kind):
    event = {
        ev.Opened: ev.Opened(0.0, "copy", "exam", 80, 60.0, "您好", (0,), "句子", "bank", "1.0"),
        ev.Commit: ev.Commit(1.25, "您好\n“[/]”"),
        ev.Ended: ev.Ended(60.0, "time"),
        ev.Answered: ev.Answered(3.0, "在的", 2, 1.5, 0),
    }[kind]
    assert ev.from_line(ev.to_line(event)) == event


@pytest.mark.parametrize(
    "line", ["[]", "{}", '{"kind":"no","t":1}', '{"kind":"commit","t":"x","text":""}', '{"kind":"commit","t":1}']
)
def test_rows_that_are_no_events_are_refused(line):
    with pytest.raises(ValueError, match=r".+"):
        ev.from_line(line)
