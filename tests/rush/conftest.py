"""A shop of two small stories and a transparent understanding: what a message means is written in it as [labels]."""

import re
from collections.abc import Callable

import pytest

from kefu_sim.engine.program import Program
from kefu_sim.language.verdict import Quantity, Recognition, Step
from kefu_sim.rulebook.rush import load_rush_rules
from kefu_sim.rush.model import Shift
from kefu_sim.rush.run import Plan
from kefu_sim.rush.traffic import Cast, visits
from kefu_sim.scenario.model import Persona, Scenario

QUESTION = {
    "schema": 1, "id": "question", "title": "问一句", "persona": "brisk", "shop": {"name": "小店"},
    "limits": {"price": 80}, "few": 1,
    "vars": {"mood": {"init": 50}, "patience": {"init": 60, "out": "gone"}, "basket": {"init": 80, "max": 500}},
    "cards": {"product": {"商品": "青釉茶杯", "简称": "茶杯"}},
    "start": "open",
    "nodes": {
        "open": {
            "buyer": ["有货吗", "还有没有货"],
            "replies": [
                {"when": "answer", "add": {"mood": 5}, "buyer": ["好，拍了"], "goto": "paid"},
                {"when": "more", "set": {"basket": 120}, "buyer": ["那多买一个"], "goto": "paid"},
            ],
            "unclear": {"buyer": ["我问有没有货"], "max": 3},
            "model": {"pass": "有货的 [answer]", "excellent": "您好，有货的，您放心拍 [answer 问好]"},
            "silence": [{"after": 40, "buyer": ["人呢"]}, {"after": 200, "goto": "gone"}],
        },
        "paid": {
            "replies": [{"when": "any", "goto": "sold"}],
            "model": {"pass": "谢谢 [bye]", "excellent": "谢谢您，今天发 [bye]"},
            "silence": [{"after": 90, "goto": "sold"}],
        },
        "sold": {"buyer": ["嗯嗯"], "end": "sold"},
        "gone": {"buyer": ["算了"], "end": "lost"},
    },
}  # fmt: skip
GRIPE = {
    "schema": 1, "id": "gripe", "title": "碎了", "persona": "brisk", "shop": {"name": "小店"}, "complaint": True,
    "flow": "complaint",
    "vars": {"mood": {"init": 20}}, "intents": {"mend": {"any": ["补发"]}},
    "cards": {"product": {"商品": "白瓷花瓶"}},
    "start": "open",
    "nodes": {
        "open": {
            "buyer": ["花瓶碎了"],
            "replies": [{"when": "answer or mend", "add": {"mood": 30}, "goto": "kept"}],
            "model": {"pass": "给您补发 [answer]", "excellent": "抱歉，给您补发 [answer]"},
            "silence": [{"after": 60, "buyer": ["说话"]}, {"after": 150, "goto": "gone"}],
        },
        "kept": {"buyer": ["行"], "end": "kept"},
        "gone": {"buyer": ["投诉了"], "end": "lost"},
    },
}  # fmt: skip
PERSONA = {"id": "brisk", "title": "利落", "delay": [1, 2], "tone": {"rude": {"mood": -40}}, "unclear": ["？"]}


class Marked:
    """Understands `您好 [问好 answer]`; 稍等 asks for a moment."""

    version = "marked"

    def __call__(self, reply, context, previous, node=""):
        words = " ".join(re.findall(r"\[([^]]*)\]", reply)).split()
        intents = [w for w in words if w.isascii()] + ["hold"] * ("稍等" in reply)
        minutes = [Quantity("minutes", float(w[:-2]), 0, 1) for w in words if w.endswith("分钟")]
        steps = tuple(step for step in Step if step.value in words)
        return Recognition(steps=steps, intents=tuple(intents), quantities=tuple(minutes))


def program_of(story) -> Program:
    return Program(Scenario.model_validate(story), Persona.model_validate(PERSONA), Marked(), story["id"])


PROGRAMS = {(story["id"], "brisk"): program_of(story) for story in (QUESTION, GRIPE)}
CAST = Cast(
    {"question": ("question",), "gripe": ("gripe",), "any": ("gripe", "question")},
    {"question": "brisk", "gripe": "brisk"},
    load_rush_rules().names,
)
SHIFT = {
    "schema": 1, "id": "small", "title": "小班", "minutes": 10, "at_once": 4,
    "arrivals": [{"at": 0, "scenario": "question"}, {"from": 10, "to": 100, "count": 5}],
    "mix": [{"scenario": "question", "weight": 2}, {"scenario": "gripe"}],
}  # fmt: skip


def plan_of(seed=1, forbids: Callable[[str], frozenset[int]] = lambda _: frozenset(), **changes) -> Plan:
    """A plan of the small shift with other keys."""
    shift = Shift.model_validate({**SHIFT, **changes})
    return Plan(shift, seed, visits(shift, CAST, seed), PROGRAMS, load_rush_rules(), "r1", forbids)


@pytest.fixture
def plan():
    return plan_of


def say(text, **numbers):
    from kefu_sim.engine.step import Say

    return Say(text, **numbers)
