"""Bots receive a small story: what they meet, what they are worth, and what they find when something is wrong."""

from collections import Counter
from dataclasses import replace

import pytest

from kefu_sim.author.bots import BOTS
from kefu_sim.author.bots_directed import Directed
from kefu_sim.author.coverage import passed, places
from kefu_sim.author.exhaustive import walk_all
from kefu_sim.author.soak import Plan, soak
from kefu_sim.author.soak_kit import kit_for
from kefu_sim.author.soak_memory import Memory
from kefu_sim.author.soak_play import play, play_together
from kefu_sim.engine import events as ev
from kefu_sim.engine.state import rebuild
from kefu_sim.programs import program_for

from .conftest import ROUND


@pytest.fixture(scope="module")
def kit(sound):
    return kit_for(sound.story)


STEADY = ("vars:\n  mood: {init: 60, out: gone}", "vars:\n  mood: {init: 60, min: 60, max: 60}")
"""A change after which no tone moves anything: few states are left."""


def soaked(subject, runs=40):
    return soak(subject, kit_for(subject.story), Plan(runs))


def found(result, code):
    return [f for f in result.findings if f.code == code]


def test_every_place_of_a_sound_story_is_met(sound):
    result = soaked(sound)
    assert result.sound, [str(f) for f in result.findings]
    assert result.coverage.unmet(sound.story) == ()
    assert list(result.records)[: len(BOTS)] == list(BOTS)
    assert all(len(result.records[name].totals) == 4 for name in BOTS)


@pytest.mark.parametrize("name", BOTS)
def test_a_bot_and_a_seed_make_one_reception(sound, kit, name):
    again = kit_for(sound.story)
    play(again, BOTS["paster"], 99)
    one, other = play(kit, BOTS[name], 7), play(again, BOTS[name], 7)
    assert one == other
    assert isinstance(one.log[-1], ev.Ended)
    assert rebuild(one.log).over


def test_different_seeds_make_different_receptions(kit):
    logs = {name: {repr(play(kit, BOTS[name], seed).log) for seed in range(6)} for name in BOTS}
    assert all(len(different) > 1 for different in logs.values())


def said(run):
    return [event.text for event in run.log if isinstance(event, ev.AgentSent)]


def test_each_bot_is_what_its_name_says(kit):
    story, words = kit.story, kit.words
    runs = {name: play(kit, bot, 3) for name, bot in BOTS.items()}
    assert set(said(runs["model"])) <= set(kit.models)
    assert said(runs["expert"])
    assert not any(kit.copied(text) for text in said(runs["expert"]))
    assert said(runs["disorder"])[0] == story.nodes["bye"].model.excellent
    assert set(said(runs["lazy"])) <= set(words.lazy)
    assert said(runs["silent"]) == []
    first_wait = next(event.t for event in runs["slow"].log if isinstance(event, ev.AgentSent))
    assert first_wait >= 40
    models = [node.model.pass_ for node in story.nodes.values() if node.model]
    scolded = {form.format(answer=answer) for form in words.scolding for answer in models}
    assert set(said(runs["rude"])) <= {*words.rude, *scolded}
    assert all(event.pasted for event in runs["paster"].log if isinstance(event, ev.AgentSent))
    heard = [event.text for event in runs["echoer"].log if isinstance(event, ev.BuyerSaid)]
    assert set(said(runs["echoer"])) <= set(heard)


def test_the_bots_are_told_apart_by_their_scores(sound):
    records = soaked(sound, runs=30).records
    assert min(records["model"].totals) >= 95
    assert min(records["expert"].totals) >= 85
    assert max(records["silent"].totals) <= 10
    assert max(records["stuffer"].totals) <= 40
    assert max(max(records[name].totals) for name in ("rude", "lazy")) < 60


def test_the_memory_says_what_the_recogniser_says(sound):
    plain, remembered = program_for(sound.story), kit_for(sound.story)
    for name in ("expert", "stuffer", "echoer", "slow"):
        log = play(remembered, BOTS[name], 5).log
        for at, event in enumerate(log):
            if isinstance(event, ev.AgentSent):
                before = rebuild(log[:at])
                one, other = (
                    program.understand(event.text, before.context, before.said, before.node)
                    for program in (remembered.program, plain)
                )
                assert replace(one, verdicts=()) == replace(other, verdicts=())
                assert [v.decision for v in one.verdicts] == [v.decision for v in other.verdicts]
                assert [v.score for v in one.verdicts] == pytest.approx([v.score for v in other.verdicts], abs=1e-5)
    assert remembered.memory.looked < remembered.memory.asked
    assert isinstance(remembered.program.understand, Memory)


def test_receptions_side_by_side_are_those_played_alone_and_one_that_breaks_off_ends_alone(kit):
    class Broken:
        name = "broken"

        def act(self, view):
            raise ZeroDivisionError(len(view.log))

    lazy, broken, slow = play_together(kit, [(BOTS["lazy"], 1), (Broken(), 1), (BOTS["slow"], 2)])
    assert isinstance(broken, ZeroDivisionError)
    assert (lazy, slow) == (play(kit, BOTS["lazy"], 1), play(kit, BOTS["slow"], 2))


def test_an_endless_chat_is_named_with_the_command_that_shows_it(cup):
    story = cup(
        ("    unclear: {buyer: [能便宜吗, 问你价格呢], max: 2, goto: later}\n", ""),
        ("      - {when: any, unless: curt, once: true, buyer: [所以能便宜吗, 问你便宜点呢]}\n",
         "      - {when: any, buyer: [所以能便宜吗, 问你便宜点呢]}\n"),
        ("mood: {init: 60, out: gone}", "mood: {init: 60}"),
    )  # fmt: skip
    finding = next(f for f in found(soaked(story), "ENDLESS") if "`price`" in f.message)
    assert "kefu-sim author soak cup --bot" in finding.fix
    assert story.file.text.splitlines()[finding.line - 1] == "  price:"


def test_model_answers_that_lead_back_are_named_at_their_node(cup):
    story = cup(*ROUND)
    result = soaked(story)
    assert not found(result, "CRASH")
    finding = next(f for f in found(result, "ENDLESS") if "model answers" in f.message)
    node = finding.message.split("`")[1]
    assert node in {"doubt", "price"}
    assert story.file.text.splitlines()[finding.line - 1] == f"  {node}:"


def test_a_model_answer_without_a_goto_is_named_and_the_ending_of_the_way_still_found(cup):
    story = cup(("buyer: [六小时够了, 那可以], goto: price}", "buyer: [六小时够了, 那可以]}"))
    kit = kit_for(story.story)
    assert kit.stuck == "doubt"
    assert kit.goals == {"sold"}
    assert kit_for(cup().story).stuck == ""


def test_where_the_way_comes_to_no_end_all_successes_are_worth_coming_to(cup):
    kit = kit_for(cup().story)
    vars(kit)["led"] = ()
    assert kit.goals == {"sold"}
    assert kit.distance == {}


def test_an_ending_nobody_reaches_is_named(cup):
    story = cup(
        ("      - {when: 告别, goto: later}\n", ""),
        ("max: 2, goto: later}", "max: 2, goto: pay}"),
        ("      - {after: 120, goto: later}", "      - {after: 120, goto: gone}"),
        ("      - {when: hold_price or 谈判, add",
         "      - {when: warm, if: {mood: '> 200'}, goto: later}\n      - {when: hold_price or 谈判, add"),
    )  # fmt: skip
    (finding,) = found(soaked(story), "ENDING")
    assert "`later`" in finding.message


def test_a_reply_that_cannot_be_had_is_named_with_a_way_to_try(cup):
    story = cup(("      - {when: gift, add: {mood: 6}", "      - {when: gift, if: {mood: '> 200'}, add: {mood: 6}"))
    (finding,) = found(soaked(story), "UNMET")
    assert "price/reply:0" in finding.message
    assert "mood > 200" in finding.fix
    assert "杯刷" in finding.fix


KEPT = "brush: {about: 答应送的杯刷要写进备注, made: gift, kept: noted}"
HARD_TO_MEET = (
    (KEPT, KEPT[:-1] + ", due: 200, missed: {buyer: [杯刷呢, 说好的呢], goto: later}}"),
    ("hidden:\n", "notices: {rush: {text: 后面排队了, at: 300}}\nhidden:\n"),
    ("    unclear: {buyer: [能便宜吗, 问你价格呢], max: 2, goto: later}\n", ""),
    ("      - {after: 60, buyer: [人呢, 付了钱就不理了], add: {mood: -10}}\n", ""),
    ("    silence:\n      - {after: 150, goto: sold}\n", ""),
    ("start: open\n", "start: open\nunclear: {buyer: [啊？, 没懂], max: 2, goto: later}\nLADDER\n"),
    ("LADDER", "silence: [{after: 60, buyer: [还在吗, 人呢]}, {after: 150, goto: sold}]"),
)
"""Changes after which there is a promise to break, a notice to wait for, and branches that only the story has."""


def test_what_bots_do_not_do_by_themselves_a_directed_one_does(cup):
    """It breaks a promise, waits for a notice, and is silent and confused where only the story says what follows."""
    story = cup(*HARD_TO_MEET)
    result = soaked(story)
    assert result.sound, [str(f) for f in result.findings]
    shares = result.coverage.shares(story.story)
    assert shares["missed"] == shares["notice"] == (1, 1)


@pytest.mark.parametrize(
    ("change", "place", "fix"),
    [
        ((KEPT, KEPT[:-1] + ", missed: {buyer: [杯刷呢, 说好的呢]}}"), "missed:brush", "never falls due"),
        (("hidden:\n", "notices: {rush: {text: 排队了, at: 3600}}\nhidden:\n"), "notice:rush", "over before 3600 s"),
        (("start: open\n", "start: open\nsilence: [{after: 60, goto: gone}]\n"), "*/silence:0", "delete that of the"),
    ],
)
def test_what_nobody_can_come_by_says_why(cup, change, place, fix):
    (finding,) = found(soaked(cup(change), 20), "UNMET")
    assert place in finding.message
    assert fix in finding.fix


def test_a_branch_that_another_reply_takes_away_says_which(cup):
    change = ("      - {when: any, unless: curt, once: true, buyer: [所以能便宜吗, 问你便宜点呢]}\n",
              "      - {when: any, goto: later}\n")  # fmt: skip
    findings = found(soaked(cup(change)), "UNMET")
    assert any("price/unclear" in f.message and "reply:3 takes whatever is said" in f.fix for f in findings)


def test_what_breaks_the_program_is_told_and_the_soak_goes_on(sound, monkeypatch):
    def broken(log):
        if any(isinstance(event, ev.AgentSent) and event.text == "在" for event in log):
            raise ZeroDivisionError("on purpose")
        return kit_for(sound.story).total(log)

    kit = kit_for(sound.story)
    monkeypatch.setattr(kit, "total", broken)
    result = soak(sound, kit, Plan(30, bots=["lazy"]))
    (finding,) = found(result, "CRASH")
    assert "ZeroDivisionError: on purpose" in finding.message
    assert "--bot lazy" in finding.fix
    assert len(result.records["lazy"].totals) < 30


def test_what_breaks_in_the_search_is_told_with_the_soak_it_belongs_to(sound, monkeypatch):
    def broken(search):
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(Directed, "receptions", broken)
    result = soak(sound, kit_for(sound.story), Plan(10, seed=3))
    (finding,) = found(result, "CRASH")
    assert "ZeroDivisionError: on purpose" in finding.message
    assert finding.fix.endswith("kefu-sim author soak cup --seed 3 --runs 10")
    assert sum(len(record.totals) for record in result.records.values()) == 10


def test_only_a_whole_soak_asks_for_everything(sound):
    result = soak(sound, kit_for(sound.story), Plan(2, bots=["silent"]))
    assert result.sound
    assert result.coverage.unmet(sound.story)


def test_the_same_soak_gives_the_same_coverage(sound):
    assert soaked(sound, 20).coverage == soaked(sound, 20).coverage


def test_every_state_is_walked_or_the_walk_says_it_was_cut_short(sound):
    short = walk_all(sound, 300)
    assert short.capped
    assert "cut short" in short.summary
    assert short.moves == 300


def test_what_no_labels_lead_to_is_never_met(cup):
    story = cup(
        ("      - {when: gift, add: {mood: 6}", "      - {when: gift, if: {mood: '> 200'}, add: {mood: 6}"),
        STEADY,
    )
    walked = walk_all(story, 60_000)
    assert not walked.capped
    assert [f.message for f in walked.findings if f.code == "NEVER"] == [
        "nothing that can be understood or kept silent comes by price/reply:0"
    ]


def test_a_trap_is_a_node_without_a_way_to_any_ending(cup):
    walked = walk_all(
        cup(
            ("      - {when: 告别, goto: sold}\n    unclear: {buyer: [嗯嗯, 那先这样], max: 1, goto: sold}\n",
             "      - {when: 告别, goto: bye}\n    unclear: {buyer: [嗯嗯, 那先这样]}\n"),
            ("      - {after: 60, goto: sold}", "      - {after: 60, buyer: 嗯}"),
            ("vars:\n  mood: {init: 60, out: gone}", "vars:\n  mood: {init: 60, min: 60, max: 60}"),
            ("always:\n  - {when: rude, goto: gone}\n", ""),
        ),
        60_000,
    )  # fmt: skip
    (finding,) = [f for f in walked.findings if f.code == "TRAP"]
    assert "`bye`" in finding.message


def test_coverage_of_a_soak_counts_what_its_receptions_came_by(sound, kit):
    result = soak(sound, kit_for(sound.story), Plan(3, bots=["model"]))
    logs = [play(kit, BOTS["model"], seed).log for seed in range(3)]
    counts = sum((passed(log, sound.story) for log in logs), start=Counter())
    assert dict(result.coverage.counts) == dict(sorted(counts.items()))


def test_a_search_cut_short_is_a_warning_that_says_how_to_go_on(sound, cup):
    walked = walk_all(sound, 300)
    (finding,) = [f for f in walked.findings if f.code == "CAPPED"]
    assert finding.severity == "warning"
    assert "300 moves" in finding.message
    assert "kefu-sim author soak cup --exhaustive 1500" in finding.fix
    assert not [f for f in walk_all(cup(STEADY), 60_000).findings if f.code == "CAPPED"]


def test_of_a_search_cut_short_is_told_what_receptions_did_not_come_by_either(cup):
    story = cup(("      - {when: gift, add: {mood: 6}", "      - {when: gift, if: {mood: '> 200'}, add: {mood: 6}"))
    met = soaked(story).coverage.counts
    (finding,) = [f for f in walk_all(story, 300, met).findings if f.code == "NEVER"]
    assert finding.severity == "warning"
    assert "price/reply:0" in finding.message
    assert len([f for f in walk_all(story, 300).findings if f.code == "NEVER"]) > 1


def test_the_search_makes_and_breaks_promises(cup):
    story = cup((KEPT, KEPT[:-1] + ", due: 20, missed: {goto: later}}"), STEADY)
    assert walk_all(story, 60_000).findings == ()


def test_a_search_that_cannot_be_completed_asks_for_no_longer_one(cup, monkeypatch):
    monkeypatch.setattr("kefu_sim.author.exhaustive.MOST", 40)
    subject = cup()
    seen = [place.id for place in places(subject.story)]
    (note,) = walk_all(subject, 40, seen).findings
    assert (note.code, note.severity) == ("CAPPED", "note")
    assert "nothing to be done" in note.fix
    (warning,) = [finding for finding in walk_all(subject, 40).findings if finding.code == "CAPPED"]
    assert warning.severity == "warning"
    assert "under NEVER first" in warning.fix
    short = [finding for finding in walk_all(subject, 20, seen).findings if finding.code == "CAPPED"]
    assert "--exhaustive 100" in short[0].fix
