"""Chats written with what each reply was understood as, so that scoring is tested by itself."""

import pytest

from kefu_sim.language.verdict import Fault, Recognition, Step, StepVerdict
from kefu_sim.rulebook.flows import load_flows
from kefu_sim.rulebook.rubric import load_rubric
from kefu_sim.scoring.score import Case, score
from kefu_sim.scoring.transcript import Turn


@pytest.fixture(scope="session")
def rubric():
    return load_rubric()


@pytest.fixture(scope="session")
def eight_step():
    return load_flows()["eight-step"]


def buyer(t, text, **more):
    return Turn("buyer", t, text, **more)


def agent(t, text, steps="", politeness=1, **more):
    faults, gaming = more.pop("faults", ()), more.pop("gaming", ())
    nearly = more.pop("nearly", "").split()
    found = Recognition(
        steps=tuple(Step(name) for name in steps.split()),
        politeness=politeness,
        faults=tuple(Fault(category, severity, 0, len(text)) for category, severity in faults),
        gaming=tuple(gaming),
        verdicts=tuple(StepVerdict(Step(name), "ask", 0.3, -0.1) for name in nearly),
    )
    return Turn("agent", t, text, recognition=found, **more)


GOOD = (
    buyer(0, "在吗，想给妈妈买个双肩包，有点贵能便宜吗"),
    agent(8, "您好，在的～谢谢您来看看，阿姨平时是通勤背还是旅行背呢？", "问好 提问", 2),
    buyer(20, "旅行背的，别太重"),
    agent(30, "明白了，阿姨出门背、要轻一点，那推荐18升这款，只有0.6公斤，背久了肩膀不累", "分析 推荐"),
    buyer(40, "能便宜点不"),
    agent(50, "谢谢您喜欢，价格是统一定的，您领这张满150减10的券，再送您一个收纳袋好吗？", "谈判 帮助", 2),
    buyer(60, "行，拍了"),
    agent(70, "跟您核对一下：藏青18升1个，送收纳袋，发中通，手机尾号3721，对吗？", "核实"),
    buyer(80, "对"),
    agent(88, "谢谢您的信任，今天17点前给您发出，有事随时找我，祝阿姨旅途平安", "告别", 2),
)
LAZY = (
    buyer(0, "在吗，想给妈妈买个双肩包，有点贵能便宜吗"),
    agent(20, "在", politeness=-1, faults=[("单字敷衍", "M")]),
    buyer(30, "有什么推荐的吗"),
    agent(55, "都行", "推荐", 0),
    buyer(65, "能便宜点不"),
    agent(95, "不讲价", "谈判", -1),
    buyer(105, "怎么下单"),
    agent(130, "直接拍", "帮助", 0),
    buyer(140, "算了"),
)
RUDE = (
    buyer(0, "在吗，这个能便宜吗"),
    agent(5, "买不起别买", politeness=-2, faults=[("嘲讽鄙视", "S")]),
    buyer(12, "你怎么说话的"),
    agent(18, "爱买不买，随便你投诉", politeness=-2, faults=[("争吵/阴阳怪气", "S")]),
    buyer(25, "投诉了"),
)


@pytest.fixture
def total(rubric, eight_step):
    def of(turns, story=None):
        return score(Case(tuple(turns), story), rubric, eight_step)

    return of
