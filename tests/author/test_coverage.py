"""What a reception came by, as counts of stable places."""

import pytest

from kefu_sim.author.coverage import Coverage, passed, places, read_coverage
from kefu_sim.author.graph import graph_of
from kefu_sim.author.ways import EVERYWHERE
from kefu_sim.base.errors import BadFileError
from kefu_sim.engine import events as ev
from kefu_sim.engine.script import play_script
from kefu_sim.house import House
from kefu_sim.programs import program_for
from kefu_sim.scenario.model import ScriptTurn


@pytest.fixture(scope="module")
def story():
    return House().library.get("bargainer")


def played(story, *turns):
    return passed(play_script(program_for(story), [ScriptTurn(**turn) for turn in turns], 1, "r"))


def test_silence_is_counted_branch_by_branch_down_to_the_ending(story):
    counts = played(story)
    assert counts["open"] == counts["open/silence:0"] == counts["open/silence:1"] == counts["walk/end"] == 1
    assert "open/reply:0" not in counts


def test_replies_wordings_and_replies_of_everywhere(story):
    counts = played(story, {"wait": 5, "say": "您好，请问您主要做什么用呢？"}, {"wait": 9, "say": "嫌贵就别买，滚"})
    assert counts["open/reply:2"] == counts["need"] == counts["always:2"] == 1
    assert sum(n for place, n in counts.items() if place.startswith("open/line#")) == 1


def test_not_understood_and_going_on_all_the_same_are_two_places(story):
    counts = played(story, {"wait": 5, "say": "一二三"}, {"wait": 9, "say": "四五六"})
    assert counts["open/unclear"] == 2
    assert counts["open/unclear:goto"] == 1


def test_a_silence_branch_passed_over_is_not_met(story):
    branch = story.nodes["open"].silence[0].model_copy(update={"if_": {"mood": "> 99"}})
    node = story.nodes["open"].model_copy(update={"silence": (branch, *story.nodes["open"].silence[1:])})
    counts = played(story.model_copy(update={"nodes": {**story.nodes, "open": node}}))
    assert "open/silence:0" not in counts
    assert counts["open/silence:1"] == 1


def test_a_way_taken_because_a_promise_was_not_kept_in_time_is_counted_and_drawn():
    late = House().library.get("handover")
    log = [ev.Entered(0, "relay", "start"), ev.Missed(9, "relay"), ev.Entered(9, "blind", "missed:relay")]
    counts = passed(log)
    assert counts["missed:relay"] == counts["blind"] == 1
    drawn = graph_of(late, Coverage(scenario=late.id, fingerprint=late.fingerprint(), counts=counts))
    (arrow,) = [arrow for arrow in drawn.leaving(EVERYWHERE) if arrow.target == "blind" and not arrow.spoken]
    assert arrow.count == 1


def test_everything_counted_of_the_story_itself_is_one_of_its_places(story):
    ids = {place.id for place in places(story)}
    assert set(played(story, {"wait": 5, "say": "您好"}, {"wait": 9, "say": "一二三"})) <= ids


def test_shares_and_what_was_never_met(story):
    none = Coverage(scenario=story.id, fingerprint=story.fingerprint())
    some = none.model_copy(update={"counts": {"open": 3, "open/reply:0": 1}})
    assert some.shares(story)["node"] == (1, len(story.nodes))
    assert len(none.unmet(story)) - len(some.unmet(story)) == 2


def test_a_file_is_read_back_and_a_bad_line_named(story):
    some = Coverage(scenario=story.id, fingerprint="f", counts={"open": 2})
    assert read_coverage(some.to_line(), "c.jsonl") == {story.id: some}
    with pytest.raises(BadFileError, match=r"c\.jsonl:2:1 KS302"):
        read_coverage(some.to_line() + '{"scenario": "x"}\n', "c.jsonl")
