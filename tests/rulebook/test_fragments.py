"""The shipped guards at work in a story: what they catch, once and twice."""

import pytest

from kefu_sim.engine import events as ev
from kefu_sim.engine.script import play_script
from kefu_sim.programs import program_for
from kefu_sim.rulebook.known import known_ids
from kefu_sim.scenario.load import load_scenario
from kefu_sim.scenario.model import ScriptTurn

STORY = """\
schema: 1
id: guards
title: 守则
persona: polite
shop: {name: 店}
limits: {price: 159, floor: 149, amends: 20}
vars: {mood: {init: 90}, patience: {init: 100}}
use:
  - words-price
  - words-push
  - words-own
  - words-listen
  - {rude-leaves: {goto: gone}}
  - {guard-offplatform-twice: {first: wary, goto: gone}}
  - {below-floor: {goto: broken, again: fooled, until: paid}}
  - {beyond-amends: {goto: fooled}}
  - {overpromise-pinned: {goto: pinned, until: paid}}
  - {pushed: {first: pressed, goto: gone, until: paid}}
  - {shirked: {first: wary, goto: gone}}
  - slander-costs
  - dismissed
  - {ends-lost: {node: gone}}
  - {ends-sold: {node: sold}}
  - {ends-lost: {node: fooled, title: 出尔反尔}}
silence: [{use: {waits-patient: {goto: gone}}}]
unclear: {max: 9}
start: open
nodes:
  open: {buyer: [在吗, 便宜点不], replies: [{when: 核实, goto: paid}, {when: 问好, buyer: [嗯, 好]}]}
  wary: {buyer: [这…, 啊], replies: [{when: 核实, goto: paid}]}
  broken: {buyer: [你说的啊, 截图了], replies: [{when: honest or apology, goto: open}]}
  pinned: {buyer: [真的假的, 敢保证吗], replies: [{when: honest or apology, goto: open}]}
  pressed: {buyer: [别催, 我想想], replies: [{when: apology, goto: open}]}
  paid: {use: {goodbye: {goto: sold}}, title: 拍了}
"""
BUY = "跟您核对一下：黑色1件，地址尾号3021，对吗？"


@pytest.fixture(scope="module")
def path():
    program = program_for(load_scenario(STORY, "guards.yaml", known_ids()))

    def walk(*said):
        script = [ScriptTurn(wait=6, say=text) for text in said]
        log = play_script(program, script, 1, "r")
        return [event.node for event in log if isinstance(event, ev.Entered)]

    return walk


@pytest.mark.parametrize(
    ("said", "way"),
    [
        (("你有病吧，买不起别问",), ["open", "gone"]),
        (("您加我微信吧，私下便宜给您",), ["open", "wary", "gone"]),
        (("您加我微信吧", "加个微信聊嘛，私下转账"), ["open", "wary", "gone"]),
        (("好的，140元给您吧",), ["open", "broken", "gone"]),
        (("给您便宜20块吧", "那就130元给您"), ["open", "broken", "fooled"]),
        (("给您打八折", "抱歉，刚才是我说错了", "最低149元给您", BUY, "谢谢您，有事随时找我"),
         ["open", "broken", "open", "paid", "sold"]),
        (("补偿您15元红包", BUY, "谢谢您，有事随时找我"), ["open", "paid", "sold"]),
        (("这样吧，补偿您50元",), ["open", "fooled"]),
        (("保证永远不坏，绝对没问题",), ["open", "pinned", "gone"]),
        (("赶紧拍吧，别犹豫了", "快下单啊，到底买不买"), ["open", "pressed", "gone"]),
        (("这是快递的问题，您找快递去", "不归我们管，您自己打快递电话"), ["open", "wary", "gone"]),
        (("您好，在的", BUY, "谢谢您的支持，有事随时找我"), ["open", "paid", "sold"]),
        ((), ["open", "gone"]),
    ],
    ids=str,
)  # fmt: skip
def test_what_the_guards_catch(path, said, way):
    assert path(*said) == way
