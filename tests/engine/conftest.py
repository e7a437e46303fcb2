"""A small story and a transparent understanding: what a message means is written in it as [labels]."""

import re

import pytest

from kefu_sim.engine.program import Program
from kefu_sim.language.verdict import Amount, Recognition, Step, StepVerdict
from kefu_sim.scenario.model import Persona, Scenario

STORY = {
    "schema": 1,
    "id": "tiny",
    "title": "小故事",
    "persona": "calm",
    "shop": {"name": "小店"},
    "limits": {"floor": 90, "price": 100},
    "vars": {"mood": {"init": 50}, "patience": {"init": 60, "out": "gone"}},
    "cards": {"product": {"名称": "杯子"}},
    "hidden": {"gift": {"text": "送人用"}},
    "orders": {"a": "甲单", "b": "乙单"},
    "promises": {
        "call": {
            "about": "回来",
            "made": "callback",
            "kept": "thanks",
            "due": 25,
            "missed": {"buyer": ["说好的呢", "喂"]},
        },
        "box": {"about": "礼盒", "made": "boxed", "note": ["礼盒"], "order": "b"},
    },
    "notices": {
        "cheaper": {"text": "底价改了", "at": 40, "limits": {"floor": 70}},
        "there": {"text": "到价钱了", "node": "price", "cards": {"product": {"价格": "90 元"}}},
    },
    "always": [
        {"when": "offplatform", "buyer": ["不加微信"], "goto": "gone"},
        {"when": "thanks or sorry", "once": True, "buyer": ["不客气"]},
    ],
    "start": "open",
    "nodes": {
        "open": {
            "buyer": ["在吗", "有人吗", "你好"],
            "replies": [
                {"when": "rude", "add": {"patience": -100}, "buyer": ["什么态度"]},
                {"when": ["问好", "提问"], "reveal": ["gift"], "buyer": ["送人的"], "goto": "price"},
                {"when": "问好", "once": True, "buyer": ["嗯，想买个杯子"]},
                {"when": "问好", "buyer": ["怎么又问好"], "goto": "price"},
            ],
            "unclear": {"buyer": ["没看懂", "啥意思"], "max": 2, "goto": "price", "add": {"mood": -5}},
            "silence": [
                {"after": 30, "buyer": ["？", "人呢"], "add": {"patience": -20}},
                {"after": 90, "goto": "gone"},
            ],
        },
        "price": {
            "buyer": ["便宜点吗", "能少点吗", {"text": "心情好，便宜点呗", "if": {"mood": ">= 55"}}],
            "silence": [
                {"after": 20, "if": {"mood": "< 50"}, "goto": "gone"},
                {"after": 20, "buyer": ["在吗"]},
                {"after": 120, "add": {"patience": -100}},
            ],
            "replies": [
                {"when": "any", "if": {"offer": "< floor"}, "goto": "gone"},
                {"when": "谈判", "if": {"mood": ">= 50"}, "goto": "sold"},
                {"when": "谈判", "goto": "gone"},
            ],
        },
        "sold": {"buyer": ["拍了", "买了"], "end": "sold"},
        "gone": {"buyer": ["算了", "不买了"], "end": "lost"},
    },
}
PERSONA = {
    "id": "calm",
    "title": "平和",
    "delay": [1, 3],
    "tone": {"rude": {"mood": -40}, "curt": {"mood": -10}, "warm": {"mood": 10}},
    "unclear": ["？"],
    "silence": [{"after": 50, "buyer": ["在吗"]}, {"after": 120, "add": {"patience": -100}}],
}


class Marked:
    """Understands `您好 [问好 hold] [-1] [90元] [?推荐]`; the last is nearly a step."""

    version = "marked"

    def __call__(self, reply, context, previous, node=""):
        words = " ".join(re.findall(r"\[([^]]*)\]", reply)).split()
        steps = tuple(s for s in Step if s.value in words)
        politeness = next((int(w) for w in words if re.fullmatch(r"[-+]?[0-2]", w)), 0)
        prices = [float(w[:-1]) for w in words if w.endswith("元")]
        intents = tuple(w for w in words if w.isascii() and w.isalpha())
        intents += ("noted.promise.box",) if "礼盒" in reply else ()
        nearly = (Step(w[1:]) for w in words if w.startswith("?"))
        return Recognition(
            steps=steps,
            verdicts=tuple(StepVerdict(step, "ask", 0.3, -0.1) for step in nearly),
            politeness=politeness,
            intents=intents,
            amounts=tuple(Amount("price", p, 0, 1) for p in prices),
        )


@pytest.fixture(scope="session")
def program():
    return Program(Scenario.model_validate(STORY), Persona.model_validate(PERSONA), Marked(), "f00d")
