"""Levels of difficulty: the same story, other numbers."""

from kefu_sim.rulebook.difficulty import load_levels
from kefu_sim.scenario.difficulty import at_level
from kefu_sim.scenario.model import Persona, Scenario

STORY = {
    "schema": 1, "id": "cup", "title": "杯子", "persona": "calm", "difficulty": 3, "shop": {"name": "店"},
    "vars": {"mood": {"init": 50, "out": "gone"}, "patience": 60, "count": 0},
    "always": [{"when": "rude", "add": {"mood": -20, "count": -5}}],
    "start": "open",
    "nodes": {
        "open": {
            "buyer": "在吗",
            "silence": [{"after": 30, "add": {"patience": -20}, "buyer": "人呢"}, {"after": 90, "goto": "gone"}],
            "unclear": {"buyer": "？", "add": {"mood": -5}},
            "replies": [{"when": "any", "add": {"mood": 10}, "goto": "gone"}],
        },
        "gone": {"end": "lost"},
    },
}  # fmt: skip
PERSONA = {"id": "calm", "title": "平和", "delay": [2, 4], "tone": {"curt": {"mood": -10}}, "unclear": ["？", "啥"]}


def at(level, **more):
    story, persona = Scenario.model_validate({**STORY, **more}), Persona.model_validate(PERSONA)
    return at_level(story, persona, level, load_levels())


def figures(level, **more):
    story, persona = at(level, **more)
    node = story.nodes["open"]
    return {
        "waits": [branch.after for branch in node.silence],
        "loss": story.always[0].add["mood"],
        "gain": node.replies[0].add["mood"],
        "mood": story.vars["mood"].init,
        "delay": persona.delay[1],
        "tone": persona.tone["curt"]["mood"],
    }


def test_without_a_level_and_at_its_own_a_story_is_as_written():
    story, persona = at(0)
    assert story == Scenario.model_validate(STORY)
    assert at(3) == (story, persona)


def test_an_easier_buyer_waits_longer_forgives_more_and_begins_in_a_better_mood():
    easy, own, hard = figures(1), figures(3), figures(5)
    assert easy["waits"] == [45, 135]
    assert hard["waits"] == [21, 63]
    for name in ("loss", "gain", "mood", "delay", "tone"):
        assert easy[name] > own[name] > hard[name], name


def test_the_bookkeeping_of_the_story_is_left_alone():
    assert at(5)[0].always[0].add["count"] == -5
    assert at(5)[0].vars["count"].init == 0


def test_a_buyer_near_the_end_of_his_mood_does_not_begin_beyond_it():
    grim = {"vars": {"mood": {"init": 4, "out": "gone"}, "patience": 60, "count": 0}}
    assert figures(5, **grim)["mood"] == 1


def test_a_story_may_say_what_a_level_means_for_it():
    own = {"levels": {"1": {"waiting": 2, "vars": {"mood": 90}}}}
    assert figures(1, **own)["waits"] == [60, 180]
    assert figures(1, **own)["mood"] == 90
    assert figures(1, **own)["loss"] == -20


def test_words_and_ways_stay():
    story, _ = at(5)
    assert story.fingerprint() != Scenario.model_validate(STORY).fingerprint()
    assert [line.text for line in story.nodes["open"].buyer] == ["在吗"]
    assert story.nodes["open"].replies[0].goto == "gone"
