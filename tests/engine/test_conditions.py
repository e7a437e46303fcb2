"""What replies can ask of numbers: of the turn, of the reception so far, of the story; where rows hold."""

import pytest

from kefu_sim.base.clock import ManualClock
from kefu_sim.engine import events as ev
from kefu_sim.engine.program import Program
from kefu_sim.engine.session import Session
from kefu_sim.engine.step import OpenCard, Say
from kefu_sim.language.verdict import Amount, Quantity, Recognition
from kefu_sim.scenario.model import Persona, Scenario

PERSONA = {
    "id": "calm", "title": "平和", "delay": [1, 1], "unclear": {"buyer": ["我没懂", "没明白"], "max": 9},
    "silence": [{"after": 77, "buyer": ["类型催", "类型又催"]}],
}  # fmt: skip


def understand(reply, context, previous, node):
    """Reads `价90`, `减20`, `折0.8`, `3天`, `30分`, `补15` apart; `嗯` is nothing."""
    amounts, quantities = [], []
    for word in reply.split():
        for mark, kind in (("价", "price"), ("减", "off"), ("折", "discount")):
            if word.startswith(mark):
                amounts.append(Amount(kind, float(word[1:]), 0, 1))
        for mark, kind in (("天", "days"), ("分", "minutes"), ("补", "amends")):
            if word.endswith(mark):
                quantities.append(Quantity(kind, float(word[:-1]), 0, 1))
    return Recognition(amounts=tuple(amounts), quantities=tuple(quantities))


understand.version = "words"


def session(**story):
    """A reception whose first node answers 中 when the row under test fits, else 不中."""
    given = {
        "schema": 1, "id": "x", "title": "x", "persona": "calm", "shop": {"name": "店"},
        "limits": {"price": 100, "floor": 85, "amends": 10}, "vars": {"mood": {"init": 50}},
        "cards": {"product": {"名称": "杯"}}, "start": "open",
        "nodes": {
            "open": {"buyer": ["在吗", "在"], "replies": [{"when": "any", "buyer": ["不中", "没中"]}]},
            "other": {"buyer": ["到了", "来了"], "replies": [{"when": "any", "buyer": ["不中", "没中"]}]},
            "gone": {"buyer": ["走", "走了"], "end": "lost"},
        },
    }  # fmt: skip
    program = Program(Scenario.model_validate({**given, **story}), Persona.model_validate(PERSONA), understand, "f")
    made = Session(program, 1, ManualClock())
    made.open("practice", "r")
    return made


def after(made, seconds):
    made._watch._clock.advance(seconds)
    made.tick()


def row(conditions, **more):
    return {"always": [{"when": "any", "if": conditions, "buyer": ["中", "中了"], **more}]}


def hits(made, *said):
    for text in said:
        made.send(Say(text))
        after(made, 5)
    return [event.text.startswith("中") for event in made.log if isinstance(event, ev.BuyerSaid)][-1]


@pytest.mark.parametrize(
    ("conditions", "said", "fits"),
    [
        ({"offer": "< floor"}, "价80", True),
        ({"offer": "< floor"}, "价90", False),
        ({"offer": "< floor"}, "嗯", False),
        ({"deal": "< floor"}, "减20", True),
        ({"deal": "< floor"}, "减10", False),
        ({"deal": "< floor"}, "折0.8", True),
        ({"deal": "< floor"}, "价80", True),
        ({"days": "> 3"}, "5天", True),
        ({"days": "> 3"}, "2天", False),
        ({"hours": "<= 0.5"}, "30分", True),
        ({"amends": "> most_amends"}, "15补", True),
        ({"amends": "> most_amends"}, "10补", False),
        ({"mood": [">= 20", "< 60"]}, "嗯", True),
        ({"mood": [">= 20", "< 50"]}, "嗯", False),
        ({"messages": "== 1"}, "嗯", True),
    ],
)
def test_numbers_of_the_turn(conditions, said, fits):
    assert hits(session(**row(conditions)), said) == fits


def test_messages_of_one_turn_are_counted_and_the_wait_before_it():
    made = session(**row({"burst": ">= 3"}))
    for text in ("嗯", "啊", "哦"):
        made.send(Say(text))
    after(made, 5)
    assert made.log[-1].text.startswith("中")
    slow = session(**row({"waited": "> 30"}))
    after(slow, 40)
    assert hits(slow, "嗯")
    assert not hits(slow, "嗯")


def test_messages_since_the_node_was_entered():
    made = session(always=[{"when": "any", "if": {"here": ">= 2"}, "goto": "other"}])
    hits(made, "嗯", "嗯")
    assert made.state.node == "other"
    hits(made, "嗯")
    assert made.state.visits["other"] == 1


def test_whether_a_card_was_looked_at():
    made = session(**row({"opened.product": "== 1"}))
    assert not hits(made, "嗯")
    made.send(OpenCard("product"))
    assert hits(made, "嗯")


@pytest.mark.parametrize(
    ("where", "first", "second"),
    [
        ({"at": "open"}, True, False),
        ({"not_at": "open"}, False, True),
        ({"since": "other"}, False, True),
        ({"until": "other"}, True, False),
    ],
)
def test_rows_hold_at_their_places(where, first, second):
    made = session(**row({}, **where))
    assert hits(made, "嗯") == first
    other = session(start="other", **row({}, **where))
    assert hits(other, "嗯") == second


def test_confusion_and_silence_come_from_the_nearest_that_speaks_of_them():
    nodes = {
        "open": {"buyer": ["在吗", "在"], "replies": [{"when": "问好", "goto": "gone"}]},
        "gone": {"buyer": ["走", "走了"], "end": "lost"},
    }
    made = session(nodes=nodes)
    made.send(Say("嗯"))
    after(made, 5)
    assert made.log[-1].text in {"我没懂", "没明白"}
    after(made, 78)
    assert made.log[-1].text in {"类型催", "类型又催"}
    own = session(nodes=nodes, unclear={"max": 1, "goto": "gone"}, silence=[{"after": 20, "buyer": ["故事催", "催"]}])
    after(own, 21)
    assert own.log[-1].text in {"故事催", "催"}
    own.send(Say("嗯"))
    after(own, 5)
    assert own.log[-1].text in {"我没懂", "没明白"}, "the story says how often, the temperament in which words"
    own.send(Say("嗯"))
    after(own, 5)
    assert own.state.over
