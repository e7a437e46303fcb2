"""The hand-over form: five slots, and a word to the buyer."""

from dataclasses import replace

import pytest

from kefu_sim.engine.step import Say
from kefu_sim.rush import events as rv
from kefu_sim.rush import ledger
from kefu_sim.rush.figures import figures, served
from kefu_sim.rush.handover import SLOTS, graded, left_behind, sound_folder
from kefu_sim.rush.run import Run
from kefu_sim.rush.script import finish

from .conftest import plan_of

LATE = [{"at": 20, "scenario": "gripe", "name": "小鹿慢慢跑", "tail": "0572"}]
GOOD = {
    "who": "小鹿慢慢跑", "order": "尾号0572", "issue": "白瓷花瓶收到碎了，要补发", "promise": "无",
    "action": "今晚20点前回复补发单号",
}  # fmt: skip


def shift(*said, **form):
    """A shift that ends while the buyer is still there; the form may come after the bell."""
    run = Run(plan_of(arrivals=LATE, minutes=1, handover=True))
    run.open()
    for second, text in said:
        run.feed("b1", Say(text), second)
    finish(run)
    if form:
        run.hand_over(rv.HandedOver(61.0, "b1", **form))
    return run


def test_a_form_with_all_five_slots():
    (one,) = graded((run := shift(**GOOD)).floor, run.log)
    assert one.share == 1.0
    assert [seat.buyer for seat in left_behind(run.floor)] == ["b1"]


@pytest.mark.parametrize(
    ("slot", "text"),
    [
        ("who", "一位买家"), ("order", "尾号5720"), ("order", ""), ("issue", "有事"), ("issue", "问发票的事情"),
        ("promise", ""), ("action", "跟进一下"), ("action", "今晚20点"),
    ],
)  # fmt: skip
def test_each_slot_is_judged_by_itself(slot, text):
    (one,) = graded((run := shift(**{**GOOD, slot: text})).floor, run.log)
    assert [name for name in SLOTS if not one.slots[name]] == [slot]


def test_an_order_that_the_story_names_stands_for_the_buyers():
    run = shift(**{**GOOD, "order": "尾号3712"})
    assert not graded(run.floor, run.log)[0].slots["order"]
    seat = run.floor.seats["b1"]
    orders = {"mine": "尾号3721 自己吃", "friend": "尾号3712 送朋友"}
    seat.program = replace(seat.program, scenario=seat.program.scenario.model_copy(update={"orders": orders}))
    assert graded(run.floor, run.log)[0].slots["order"]


def test_what_was_promised_cannot_be_left_out():
    said = ((30, "您稍等，我查一下"),)
    for text, right in (("无", False), ("让他稍等，查到回复", True)):
        run = shift(*said, **{**GOOD, "promise": text})
        (one,) = graded(run.floor, run.log)
        assert one.slots["promise"] is right


def test_a_whole_phone_number_spoils_the_form():
    (one,) = graded((run := shift(**{**GOOD, "order": "尾号0572 电话13812345678"})).floor, run.log)
    assert one.private
    assert not one.slots["order"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("我马上交班，同事今晚20点前给您回复", True),
        ("我马上下班了，再见", False),
        ("同事会联系您的", False),
        ("今晚20点前给您回复", False),
    ],
)
def test_the_buyer_is_told_who_goes_on_and_when(text, told):
    (one,) = graded((run := shift((40, text))).floor, run.log)
    assert one.told is told


def rows(run):
    everybody = served(run.floor, run.log)
    names = {buyer: visit.name for buyer, visit in run.floor.visits.items()}
    handed = graded(run.floor, run.log)
    case = ledger.ShiftCase(
        figures(run.floor, everybody), {"b1": 50.0}, names, handed=handed, archived=run.floor.archived
    )
    return {row.rule: row.points for row in ledger.score(case, run.plan.rules).rows}


def test_forms_words_and_archive_earn_their_points():
    bare = rows(shift())
    assert (bare["handover.form"], bare["handover.told"], bare["archive"]) == (0, 0, 0)
    run = shift((40, "我马上交班，同事今晚20点前给您回复"), **GOOD)
    run.archive(70, sound=True)
    full = rows(run)
    assert (full["handover.form"], full["handover.told"], full["archive"]) == (10, 5, 3)


def test_the_last_form_counts_and_a_log_may_end_with_it():
    run = shift(**{**GOOD, "order": "不知道"})
    run.hand_over(rv.HandedOver(62.0, "b1", **GOOD))
    (one,) = graded(run.floor, run.log)
    assert one.share == 1.0
    assert rv.rung(run.log)
    assert [rv.from_line(rv.to_line(entry)) for entry in run.log] == run.log


@pytest.mark.parametrize(
    ("path", "sound"),
    [
        ("/home/ye/交接/0612", True), ("D:\\交接\\夜班", True), ("/srv/share/chats", True),
        ("C:\\交接", False), ("/home/ye/Desktop/chats", False), ("/home/ye/桌面", False), ("/tmp/x", False),
        ("/home/ye/Downloads/a", False),
    ],
)  # fmt: skip
def test_where_chats_are_kept_well(path, sound):
    assert sound_folder(path) is sound


def test_what_is_written_after_the_bell_makes_the_shift_no_longer(plan):
    run = Run(plan(minutes=1, handover=True))
    run.open()
    run.advance(60.0)
    assert run.floor.over
    rang = run.floor.lasted
    run.hand_over(rv.HandedOver(rang + 90, next(iter(run.floor.seats)), "a", "b", "c", "d", "e"))
    assert (run.floor.t, run.floor.lasted) == (rang + 90, rang)
