"""Scripts of a shift: what they can say, and that they can do what an agent at the screen can."""

import json

import pytest

from kefu_sim.base.errors import BadFileError
from kefu_sim.engine import events as ev
from kefu_sim.quick.model import QuickReply, book_of
from kefu_sim.rush import events as rv
from kefu_sim.rush.agents import work
from kefu_sim.rush.handover import SLOTS, left_behind
from kefu_sim.rush.script import play_script, read_script
from kefu_sim.rush.skills import Skill

BOOK = book_of([("常用", QuickReply(text="{昵称}您好，{商品}有货 [answer]", key="yh"))])


def read(*rows):
    return read_script([json.dumps(row, ensure_ascii=False) for row in rows], "s.jsonl", BOOK)


def rows_of(log):
    """What an agent did, as rows of a script."""
    now = 0.0
    for entry in log:
        event, row = entry.event, None
        match event:
            case ev.AgentSent():
                row = {"to": entry.buyer, "say": event.text}
            case ev.Noted():
                row = {"to": entry.buyer, "note": event.text, "order": event.order}
            case rv.HandedOver():
                row = {"to": event.buyer, "form": {slot: getattr(event, slot) for slot in SLOTS}}
            case rv.Archived():
                row = {"archive": "/srv/交接" if event.sound else "/tmp/x"}
        if row is not None:
            yield {"wait": event.t - now, **row}
            now = event.t


def told(log):
    """A log without what only a keyboard knows."""
    bare = [rv.to_data(entry) for entry in log if not isinstance(entry.event, rv.Turned)]
    return [{k: v for k, v in row.items() if k not in {"typed", "typing_s", "pasted"}} for row in bare]


def test_a_script_can_do_whatever_an_agent_did(plan):
    shift = plan(minutes=2, handover=True)
    run = work(shift, Skill(id="a", title={"zh": "客服", "en": "Agent"}, typing=120))
    again, refused = play_script(shift, read(*rows_of(run.log)))
    assert left_behind(run.floor)
    assert refused == []
    assert told(again.log) == told(run.log)


def test_a_quick_reply_is_filled_for_its_buyer_and_may_be_changed(plan):
    rows = ({"wait": 5, "to": "b1", "quick": "yh"}, {"wait": 9, "to": "here", "quick": "yh", "say": "谢谢您 [bye]"})
    run, refused = play_script(plan(), read(*rows))
    name = run.floor.visits["b1"].name
    sent = [event for event in run.floor.seats["b1"].log if isinstance(event, ev.AgentSent)]
    assert refused == []
    assert [event.text for event in sent] == [f"{name}您好，茶杯有货 [answer]", "谢谢您 [bye]"]
    assert sent[0].pasted == len(sent[0].text)
    used = [event.reply for event in run.floor.seats["b1"].log if isinstance(event, ev.QuickUsed)]
    assert used == [BOOK.groups[0].replies[0].text] * 2


@pytest.mark.parametrize(
    ("row", "column", "fix"),
    [
        ({"to": "b1", "sya": "您好"}, 14, "did you mean `say`?"),
        ({"to": "b1", "quick": "yx"}, 14, "did you mean `yh`?"),
        ({"to": "b1", "form": {"whom": "小鹿"}}, 23, "did you mean `who`?"),
        ({"to": "b1", "form": "小鹿"}, 14, "write"),
        ({"say": "您好"}, 2, "write"),
        ({"busy": "yes"}, 2, "write"),
        ({"to": "b1"}, 1, "write"),
    ],
)
def test_what_is_written_wrong_is_told_with_its_place(row, column, fix):
    with pytest.raises(BadFileError) as caught:
        read({"wait": 1}, row)
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (2, column)
    assert fix in problem.fix


def test_what_cannot_be_done_is_told_and_the_rest_goes_on(plan):
    rows = (
        {"wait": 1, "to": "b9", "say": "您好"},
        {"to": "b1", "note": "送人", "order": "friend"},
        {"to": "b1", "card": "produkt"},
        {"to": "b8", "form": {"who": "小鹿"}},
        {"wait": 3600, "to": "b1", "say": "您好"},
        {"archive": "/srv/交接"},
    )
    run, refused = play_script(plan(), read(*rows))
    assert [one.line for one in refused] == [1, 2, 3, 4, 5]
    assert "leave `order` out" in refused[1].why
    assert "did you mean `product`?" in refused[2].why
    assert run.floor.archived is True
