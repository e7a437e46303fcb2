"""Failed turns come back the next day, then after longer and longer stretches, until they are learnt."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kefu_sim.engine import events as ev
from kefu_sim.progress.slips import failed_turns
from kefu_sim.progress.spacing import Slip, Try, cards, due_on
from kefu_sim.scoring.ledger import Phrase, Place, Row

BOXES = (1, 3, 7)


def slip(day, node="open", scenario="cup", hour=9):
    return Slip(f"2026-03-{day:02}", day * 24.0 + hour, scenario, node, f"在吗{day}", "嗯", 4.0)


def answer(day, passed, node="open", scenario="cup", hour=12):
    return Try(f"2026-03-{day:02}", day * 24.0 + hour, scenario, node, passed)


def only(slips, tries):
    (card,) = cards(slips, tries, BOXES)
    return card.due.day, card.box, card.slips


def test_a_slip_is_due_the_next_day():
    assert only([slip(1)], []) == (2, 0, 1)


def test_good_answers_put_it_off_for_longer_and_longer():
    tries = [answer(2, passed=True)]
    assert only([slip(1)], tries) == (5, 1, 1)
    tries.append(answer(5, passed=True))
    assert only([slip(1)], tries) == (12, 2, 1)
    tries.append(answer(12, passed=True))
    assert cards([slip(1)], tries, BOXES) == []


def test_a_bad_answer_or_another_slip_begins_anew():
    assert only([slip(1)], [answer(2, passed=True), answer(5, passed=False)]) == (6, 0, 1)
    assert only([slip(1), slip(4)], [answer(2, passed=True)]) == (5, 0, 2)
    learnt = [answer(day, passed=True) for day in (2, 5, 12)]
    assert only([slip(1), slip(20)], learnt) == (21, 0, 1)


def test_answers_to_what_never_went_wrong_change_nothing():
    assert cards([], [answer(2, passed=False)], BOXES) == []


def test_the_last_slip_is_the_one_that_is_shown():
    (card,) = cards([slip(3), slip(1)], [], BOXES)
    assert card.buyer == "在吗3"


def test_the_longest_due_come_first_then_the_most_often_wrong():
    found = cards([slip(3, "a"), slip(1, "b"), slip(2, "c"), slip(3, "d"), slip(2, "d")], [], BOXES)
    assert [card.node for card in found] == ["b", "c", "d", "a"]
    assert [card.node for card in due_on(found, date(2026, 3, 3))] == ["b", "c"]


@given(st.lists(st.tuples(st.integers(1, 28), st.booleans(), st.booleans())))
def test_whatever_happens_a_card_is_due_after_its_last_event_and_within_the_longest_stretch(happened):
    slips = [slip(day, hour=at / 100) for at, (day, is_slip, _) in enumerate(happened) if is_slip]
    tries = [answer(day, passed, hour=at / 100) for at, (day, is_slip, passed) in enumerate(happened) if not is_slip]
    for card in cards(slips, tries, BOXES):
        last = max(day for day, _, _ in happened)
        assert 0 <= card.box < len(BOXES)
        assert date(2026, 3, 2) <= card.due <= date(2026, 3, last + 7) if last <= 24 else True


LOG = [
    ev.Opened(0.0, "cup", "f00d", 1, "practice", "1", "c"),
    ev.Entered(0.0, "open", "start"),
    ev.BuyerSaid(0.0, "在吗", "open", "node", "x"),
    ev.AgentSent(5.0, "嗯"),
    ev.Entered(7.0, "price", "reply:0"),
    ev.BuyerSaid(7.0, "多少钱", "price", "node", "x"),
    ev.BuyerSaid(9.0, "？", "price", "silence", "x"),
    ev.AgentSent(20.0, "自己看"),
    ev.AgentSent(21.0, "您看下详情页"),
    ev.Ended(60.0, "lost", "price"),
]


def row(rule, points, of=0.0, turn=None, dimension="flow"):
    return Row(rule, points, Phrase("x", "x"), of, Place(turn), dimension=dimension)


def test_failed_replies_are_those_that_cost_enough_and_what_a_buyer_line_lost_counts_for_its_answer():
    ledger = [
        row("tone.curt", 0.0, 2.0, turn=1),
        row("step.missing", 0.0, 4.0, turn=2),
        row("fault.minor", -3.0, turn=4, dimension=None),
        row("speed.mean", 0.0, 8.0, turn=5),
        row("tone.plain", 0.5, 2.0, turn=5),
    ]
    found = failed_turns(LOG, ledger, least=2.0)
    assert [(one.turn, one.node, one.buyer, one.said, one.lost) for one in found] == [
        (1, "open", "在吗", "嗯", 2.0),
        (4, "price", "？", "自己看", 7.0),
    ]
    assert failed_turns(LOG, ledger, least=7.5) == []


def test_rows_that_point_beyond_the_last_reply_or_at_nothing_are_passed_over():
    assert failed_turns(LOG, [row("step.missing", 0.0, 4.0), row("step.missing", 0.0, 4.0, turn=6)], 2.0) == []
