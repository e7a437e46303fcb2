"""The figures of simulated typists, beside what they are by hand."""

import pytest

from kefu_sim.drill.bill import bill
from kefu_sim.drill.measure import consistency, curve, figures, typing_time
from kefu_sim.drill.pace import ghost, live
from kefu_sim.drill.phrases import phrases, remeasured, worst
from kefu_sim.drill.sheet import Stroke, sheet_of
from kefu_sim.drill.standards import phrase_goal


def measured(someone):
    someone.until_over()
    return figures(someone.sheet)


@pytest.mark.parametrize("per_commit", [1, 2, 4, 8])
@pytest.mark.parametrize("pace", [60, 80, 100])
def test_an_even_typist_gets_the_same_figures_however_much_a_commit_holds(typist, per_commit, pace):
    someone = typist()
    someone.even(per_commit, pace)
    found = measured(someone)
    assert found.net == pytest.approx(pace, abs=0.5)
    assert found.gross == found.net
    assert found.consistency >= 99
    assert found.accuracy == 100
    assert found.per_commit == per_commit
    assert someone.sheet.ended.why == "time"


def test_the_commit_in_progress_at_the_bell_counts_by_real_time(typist):
    someone = typist()
    for _ in range(8):
        someone.copy(8, 7.0)  # the eighth comes at 56 s, the ninth at 63 s
    someone.copy(8, 7.0)
    someone.copy(8, 7.0)
    found = measured(someone)
    assert (found.typed, found.elapsed) == (72, pytest.approx(63.0))
    assert found.net == pytest.approx(72 * 60 / 63)


def test_nobody_gains_by_stopping_before_the_bell(typist):
    someone = typist()
    for _ in range(10):
        someone.copy(4, 3.0)
    found = measured(someone)
    assert (found.typed, found.elapsed) == (40, 60.0)
    assert found.net == 40


def test_five_are_taken_off_for_each_error(typist):
    someone = typist()
    someone.copy(40, 30)
    someone.wait(10)
    someone.commit("错错")
    someone.at += 2
    someone.copy(18, 10)
    someone.at += 1  # one is missed
    someone.copy(19, 10)
    found = measured(someone)
    assert (found.tally.wrong, found.tally.missed, found.tally.extra) == (2, 1, 0)
    assert found.typed == 79
    assert found.net == pytest.approx((79 - 15) * 60 / found.elapsed)
    assert found.gross == pytest.approx(79 * 60 / found.elapsed)
    assert found.accuracy == pytest.approx(100 * 77 / 80)


def test_net_speed_is_never_negative(typist):
    someone = typist()
    someone.wait(10)
    someone.commit("错" * 10)
    assert measured(someone).net == 0


def test_corrections_are_counted_apart_and_their_time_is_on_the_bill(typist):
    someone = typist(seconds=0.0, text="您好欢迎光临本店请问有什么可以帮您这款现在有货了")
    someone.copy(4, 4.0)
    someone.wait(2.0)
    someone.commit("光零")
    someone.wait(1.0)
    someone.run.delete(1)
    someone.at += 1
    someone.copy(1, 1.0)
    while not someone.run.over:
        someone.copy(2, 2.0)
    found = figures(someone.sheet)
    rows = {row.reason: row for row in bill(someone.sheet, found)}
    # 零 took 1 s, taking it back 1 s: 2 s of 26
    assert (found.corrected, found.tally.errors, found.elapsed) == (1, 0, pytest.approx(26.0))
    assert found.net == pytest.approx(24 * 60 / 26)
    assert rows["corrections"].seconds == pytest.approx(2.0)
    assert rows["corrections"].without == pytest.approx(24 * 60 / 24)
    assert rows["errors"].lost == 0


def test_pauses_and_slow_phrases_are_on_the_bill(typist):
    someone = typist(seconds=0.0, text="您好欢迎光临本店请问有什么可以帮您这款现在有货")
    for seconds in (2.0, 2.0, 2.0, 7.0, 3.5, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0):
        someone.copy(2, seconds)
    someone.copy(1, 1.0)
    found = figures(someone.sheet)
    rows = {row.reason: row for row in bill(someone.sheet, found)}
    # the usual pace is 1 s a character: 7 s for two hold a pause of 5, 3.5 s for two are 1.5 too slow
    assert found.elapsed == pytest.approx(29.5)
    assert (rows["pauses"].count, rows["pauses"].seconds) == (1, pytest.approx(5.0))
    assert (rows["slow"].count, rows["slow"].seconds) == (1, pytest.approx(1.5))
    assert rows["pauses"].without == pytest.approx(23 * 60 / 24.5)


def test_a_bursty_typist_is_less_consistent_than_an_even_one_at_the_same_speed(typist):
    someone = typist()
    while not someone.run.over and someone.run.now < 60:
        for _ in range(4):
            someone.copy(2, 0.75)
        someone.copy(2, 4.5)
    found = measured(someone)
    assert found.net == pytest.approx(80, abs=1)
    # 8 characters in 3 s and 2 in 4.5 s: speeds of 160 and 26.7 a minute; the formula gives 12 to 30 %
    assert 5 < found.consistency < 40


def test_spread_characters_fill_the_seconds_they_took():
    strokes = [Stroke(0.0, 2.0, 4, 0), Stroke(2.0, 3.5, 3, 4), Stroke(3.5, 4.0, -1, 6), Stroke(4.0, 5.0, 1, 6)]
    assert curve(strokes, 5.0) == pytest.approx([120, 120, 120, 60, 60])
    assert sum(curve(strokes, 5.0)) / 60 == pytest.approx(8)


def test_consistency_is_monkeytypes():
    assert consistency([80.0] * 60) == 100
    assert consistency([0.0, 0.0]) is None
    # c = 1: tanh(1 + 1/3 + 1/5) = 0.91106…
    assert consistency([0.0, 160.0]) == pytest.approx(100 * (1 - 0.911065), abs=0.01)


def test_the_first_commit_is_given_the_mean_time_of_the_others():
    assert typing_time(12, 4, 6.0) == pytest.approx(9.0)
    assert typing_time(4, 4, 1.0) == 0


def test_ghosts_run_by_the_clock_alone():
    assert [ghost(v, 30.0, 1000) for v in (60, 80, 100)] == [30, 40, 50]
    assert ghost(100, 30.0, 20) == 20


def test_the_line_says_how_far_behind_and_how_fast_to_go_on(typist):
    someone = typist()
    for _ in range(9):
        someone.copy(4, 3.333)
    found = live(someone.sheet, someone.run.now)
    # 36 characters at 30 s; 80 a minute would be 39.996: 39 whole ones; 44 more in 30 s are 88 a minute
    assert found.ahead == -3
    assert found.need == pytest.approx((80 - 36) * 60 / (60 - 29.997))
    assert found.left == pytest.approx(60 - 29.997)


def test_live_speed_of_an_even_typist_is_even(typist):
    someone = typist()
    seen = []
    for _ in range(10):
        someone.copy(4, 3.0)
        seen += [live(someone.sheet, someone.run.now + later).net for later in (0.0, 1.0, 2.0)]
    assert seen == pytest.approx([80.0] * 30)


def test_slow_and_wrong_phrases_are_found_with_their_sentence(typist):
    text = "您好，欢迎光临，请问有什么可以帮您？"
    someone = typist(seconds=0.0, text=text, starts=(0, 3))
    for size, seconds in ((2, 1.0), (1, 0.5), (2, 1.0), (2, 6.0), (1, 0.5), (2, 1.0), (3, 1.5), (2, 1.0)):
        someone.copy(size, seconds)
    someone.wait(1.0)
    someone.commit("邦您")
    someone.at += 2
    someone.copy(1, 0.5)
    found = {p.text: p for p in phrases(someone.sheet)}
    assert [found[t].ms for t in ("您好", "光临", "帮您")] == [500, 3000, 500]
    assert found["光临"].sentence == "欢迎光临，请问有什么可以帮您？"
    goal = phrase_goal(80)
    assert [p.text for p in worst(found.values(), goal, 5)] == ["光临", "帮您"]
    again = remeasured(someone.sheet, ["欢迎光临"])
    assert again["欢迎光临"].ms == pytest.approx(7000 / 4)


def test_the_same_numbers_come_from_the_stored_commits(typist, standards):
    someone = typist()
    someone.copy(4, 3.0)
    someone.wait(2)
    someone.commit("错字")
    someone.run.delete(1)
    someone.run.pause()
    someone.wait(30)
    someone.run.resume()
    someone.even(4)
    again = sheet_of(someone.run.log, standards)
    assert figures(again) == figures(someone.sheet)
    assert phrases(again) == phrases(someone.sheet)
    assert bill(again, figures(again)) == bill(someone.sheet, figures(someone.sheet))


def test_a_run_broken_off_too_short_or_pasted_has_a_speed_but_neither_level_nor_record(typist):
    left = typist()
    for _ in range(8):
        left.copy(4, 2.0)
    left.run.leave()
    short = typist(seconds=0.0, text="您好欢迎光临本店")
    short.copy(4, 2.0)
    short.copy(4, 2.0)
    pasted = typist()
    pasted.wait(30)
    pasted.run.paste(pasted.run.opened.text[:100])
    pasted.wait(45)
    for someone in (left, short, pasted):
        found = figures(someone.sheet)
        assert someone.run.over
        assert found.net >= 100
        assert (found.level, found.counts) == (None, False)
    whole = typist()
    whole.even(4)
    assert (figures(whole.sheet).level, figures(whole.sheet).counts) == ("good", True)
