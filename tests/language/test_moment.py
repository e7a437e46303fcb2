"""What the node of a story adds to what is heard in a reply."""

import pytest

from kefu_sim.language.moment import Moment
from kefu_sim.rulebook.recogniser import load_recogniser
from kefu_sim.scenario.labels import STEP_NAMES

EVERY_STEP = Moment(frozenset(STEP_NAMES))
NEARLY = [
    ("角都压扁了，一层泡泡纸护不住", "买家：[图片] 箱子有个角是瘪的 里面就一层泡泡纸…会不会是我拿的时候没拿稳", "分析"),
    ("您好，阿姨喝什么茶", "买家：你好 送未来婆婆的茶 有推荐吗 怕送错", "提问"),
    ("那R7863吧", "买家：都行 舒服就好 你推荐嘛", "推荐"),
]


def read(reply, line, moment=EVERY_STEP):
    return load_recogniser().recognise(reply, [line], moment=moment)


@pytest.mark.parametrize(("reply", "line", "step"), NEARLY)
def test_what_is_nearly_a_step_counts_where_the_moment_waits_for_it(reply, line, step):
    elsewhere, here = load_recogniser().recognise(reply, [line]), read(reply, line, Moment(frozenset({step})))
    assert step not in elsewhere.steps
    assert next(v for v in elsewhere.verdicts if v.step == step).decision == "ask"
    assert here.awaited == (step,)
    assert step in here.steps
    verdict = next(v for v in here.verdicts if v.step == step)
    assert verdict.decision == "accept"
    assert verdict.margin >= 0
    assert any(e.label == step and e.end > e.start for e in here.evidence)


@pytest.mark.parametrize(("reply", "line", "step"), NEARLY)
def test_a_moment_that_waits_for_something_else_adds_nothing(reply, line, step):
    other = Moment(frozenset(STEP_NAMES - {step}))
    assert step not in read(reply, line, other).steps


@pytest.mark.parametrize("reply", ["爱买不买，快点定", "便宜没好货，都是翻新的", "不知道", "床前明月光"])
def test_neither_a_bad_tone_nor_nonsense_is_helped(reply):
    assert not read(reply, "买家：给你看 一拉就一截 像话吗").awaited


def test_a_repeat_is_helped_by_no_moment():
    reply, line, step = NEARLY[0]
    again = load_recogniser().recognise(reply, [line], previous=[reply], moment=Moment(frozenset({step})))
    assert again.gaming == ("repeat",)
    assert not again.steps
    assert not again.awaited


def test_what_counts_anyway_stays_as_it_is():
    said = "您好，请问您平时穿多大码呢？"
    alone, here = load_recogniser().recognise(said, ["买家：在吗"]), read(said, "买家：在吗")
    assert here.steps == alone.steps
    assert here.evidence == alone.evidence
