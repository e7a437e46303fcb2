"""What is taken for pasted or dictated, and what is not."""

from kefu_sim.drill import events as ev
from kefu_sim.drill.measure import figures


def test_long_phrases_of_an_input_method_are_typing(typist):
    someone = typist()
    someone.even(20, pace=200)
    assert someone.sheet.watch.doubt is None


def test_one_line_by_the_terminals_paste_is_a_commit(typist):
    someone = typist()
    someone.wait(2)
    someone.run.paste("您好欢迎")
    assert someone.sheet.watch.doubt is None
    assert someone.sheet.aligner.tally.right == 4


def test_several_pasted_lines_are_no_typing(typist):
    someone = typist()
    someone.wait(2)
    someone.run.paste("您好\n欢迎")
    assert someone.sheet.watch.doubt == "lines"
    assert someone.sheet.aligner.tally.right == 4


def test_a_line_break_inside_a_commit_is_no_typing(typist):
    someone = typist()
    someone.wait(2)
    someone.commit("您好\n欢迎")
    someone.wait(1)
    assert someone.sheet.watch.doubt == "inside"


def test_enter_after_a_commit_is_typing(typist):
    someone = typist()
    someone.copy(2, 2.0)
    someone.wait(0.2)
    someone.run.key("\n", someone.clock.now())
    someone.copy(2, 2.0)
    assert someone.sheet.watch.doubt is None


def test_more_than_hands_can_type_is_no_typing_and_withholds_the_record(typist):
    someone = typist()
    someone.copy(25, 2.0)
    someone.wait(0.5)
    assert someone.sheet.watch.doubt == "burst"
    someone.even(4)
    found = figures(someone.sheet)
    assert found.complete
    assert not found.counts


def test_pasting_in_small_pieces_is_seen_too(typist):
    someone = typist()
    for _ in range(10):
        someone.copy(6, 0.3)
    assert someone.sheet.watch.doubt == "burst"


def test_whole_lines_are_held_against_their_time(typist):
    someone = typist(face="plain")
    someone.wait(20)
    someone.run.line(someone.run.opened.text[:30])
    assert someone.sheet.watch.doubt is None
    someone.wait(2)
    someone.run.line(someone.run.opened.text[30:50])  # ten a second
    assert someone.sheet.watch.doubt == "burst"
    assert isinstance(someone.run.log[-1], ev.Commit)
