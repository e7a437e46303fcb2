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
    return passed(play_script(program_for(story), [ScriptTurn(**turn) for turn in turns], 1, "r"), story)


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
    counts = passed(log, late)
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


SHARED = (
    ("      - {after: 40, buyer: [人呢, 在不在], add: {mood: -10}}\n      - {after: 120, goto: gone}\n", ""),
    ("    unclear: {buyer: [我想买保温杯, 就问问保温杯], max: 1, goto: doubt}\n    silence:\n", ""),
    ("start: open\n", "start: open\nunclear: {buyer: [啊？, 没懂], max: 1, goto: doubt}\nLADDER\n"),
    ("LADDER", "silence: [{after: 30, buyer: [人呢, 在不在]}, {after: 90, goto: gone}]"),
)
"""Changes after which one node leaves silence and confusion to the story."""


def test_what_the_story_says_for_all_nodes_is_a_place_of_its_own_and_counted_by_node_too(cup):
    story = cup(*SHARED).story
    ids = {place.id for place in places(story)}
    assert {"*/silence:0", "*/silence:0#1", "*/silence:1", "*/unclear", "*/unclear#0", "*/unclear:goto"} <= ids
    assert not any(place.startswith(("open/silence", "open/unclear")) for place in ids)
    silent = played(story)
    assert silent["*/silence:0"] == silent["open/silence:0"] == silent["*/silence:1"] == 1
    assert silent["*/silence:0#0"] + silent["*/silence:0#1"] == 1
    confused = played(story, {"wait": 5, "say": "一二三"}, {"wait": 9, "say": "四五六"}, {"wait": 99})
    assert confused["*/unclear"] == 2
    assert confused["*/unclear:goto"] == 1
    assert confused["doubt/silence:0"] == 1
    assert confused["*/silence:0"] == 0


def test_the_wording_of_a_node_that_has_none_of_its_own_is_the_storys(cup):
    wordless = ("unclear: {buyer: [我想买保温杯, 就问问保温杯], max: 1,", "unclear: {max: 1,")
    story = cup(wordless, ("start: open\n", "start: open\nunclear: {buyer: [啊？]}\n")).story
    counts = played(story, {"wait": 5, "say": "一二三"}, {"wait": 9})
    assert counts["*/unclear#0"] == counts["open/unclear"] == 1
    assert counts["*/unclear"] == 0


KEPT = "brush: {about: 答应送的杯刷要写进备注, made: gift, kept: noted}"
LATE = (
    (KEPT, KEPT[:-1] + ", due: 30, missed: {buyer: [杯刷呢, 说好的备注呢]}}"),
    ("hidden:\n", "notices: {rush: {text: 后面排队了, at: 60}, paid: {text: 付款了, node: pay}}\nhidden:\n"),
)


def test_a_missed_promise_with_what_is_said_of_it_and_notices_are_places(cup):
    story = cup(*LATE).story
    kinds = {place.id: place.kind for place in places(story)}
    assert kinds["missed:brush"] == "missed"
    assert kinds["missed:brush#1"] == "line"
    assert kinds["notice:rush"] == kinds["notice:paid"] == "notice"
    assert "missed:brush" not in {place.id for place in places(cup().story)}
    counts = played(story, {"wait": 5, "say": "下单给您送一支杯刷"}, {"wait": 70})
    assert counts["missed:brush"] == counts["notice:rush"] == 1
    assert counts["missed:brush#0"] + counts["missed:brush#1"] == 1
    assert "notice:paid" not in counts
