"""The fairness gate: what it lets through and what it catches."""

import re
from dataclasses import replace

import pytest

from kefu_sim.author.bots import MODEL
from kefu_sim.author.fairness import Change, changes, examine
from kefu_sim.author.soak_kit import kit_for
from kefu_sim.author.soak_play import play
from kefu_sim.engine import events as ev
from kefu_sim.rulebook.bots import load_bot_words
from kefu_sim.rulebook.recogniser import load_recogniser
from kefu_sim.scoring.score import score

from .conftest import ROUND


def test_the_gates_are_those_that_were_promised():
    gates = load_bot_words().gates
    assert (gates["model"].least, gates["expert"].least) == (95, 85)
    assert (gates["silent"].most, gates["stuffer"].most) == (10, 40)
    assert max(gates["rude"].most, gates["lazy"].most) < 60


def test_a_story_that_flatters_the_rude_is_unfair(cup, monkeypatch):
    subject = cup()
    kit = kit_for(subject.story)
    gates = {"rude": load_bot_words().gates["rude"].model_copy(update={"most": -1.0})}
    monkeypatch.setattr(kit, "words", kit.words.model_copy(update={"gates": gates}))
    found = examine(subject, kit, receptions=1)
    (finding,) = [f for f in found.findings if f.code == "UNFAIR"]
    assert "`rude` is worth 0.0, at most -1 is due (seed 0)" in finding.message
    assert "--bot rude --seed 0" in finding.fix


def test_a_model_answer_that_says_nothing_is_unfair_to_those_who_follow_it(cup):
    poor = cup(
        ("明白，您是怕放学时水凉了。给您推荐这款450毫升的：316不锈钢，", "嗯嗯好的呢 # "),
        ("pass: 您放心，这款能保温6小时，早上灌的水放学还是温热的，推荐您选它。", "pass: 好的呀，您别客气"),
        ("      - {when: any, unless: curt, goto: price}\n", "      - {when: any, unless: curt, goto: gone}\n"),
    )
    found = examine(poor, kit_for(poor.story), receptions=1)
    finding = next(finding for finding in found.findings if "`model` is worth" in finding.message)
    assert "; most was lost by: " in finding.message
    assert finding.line != 1
    assert poor.file.text.splitlines()[finding.line - 1] in {f"  {name}:" for name in poor.story.nodes}


def test_model_answers_that_lead_back_are_judged_and_break_nothing(cup):
    subject = cup(*ROUND)
    found = examine(subject, kit_for(subject.story), receptions=1)
    assert set(found.totals) == set(load_bot_words().gates)
    assert not any(finding.code == "CRASH" for finding in found.findings)


def test_what_breaks_the_program_is_told_and_the_other_bots_are_judged(cup, monkeypatch):
    subject = cup()
    kit = kit_for(subject.story)

    def broken(log):
        if any(isinstance(event, ev.AgentSent) and event.text in kit.words.lazy for event in log):
            raise ZeroDivisionError("on purpose")
        return kit_for(subject.story).total(log)

    monkeypatch.setattr(kit, "total", broken)
    (finding,) = examine(subject, kit, receptions=2).findings
    assert finding.code == "CRASH"
    assert "ZeroDivisionError: on purpose" in finding.message
    assert "--bot lazy --seed 0" in finding.fix


def test_a_scorer_that_pays_for_length_is_caught(cup, monkeypatch):
    padded = load_bot_words().model_copy(update={"padding": ("，床前一片月光",)})
    monkeypatch.setattr("kefu_sim.author.soak_kit.load_bot_words", lambda: padded)
    subject = cup()
    kit = kit_for(subject.story)
    monkeypatch.setattr("kefu_sim.scoring.scene.content", lambda text, _filler: sum(map(str.isalnum, text)))
    found = examine(subject, kit, receptions=1)
    assert {finding.code for finding in found.findings} == {"LENGTH"}
    assert found.worst["LENGTH"] > 0.05


def test_a_change_goes_wrong_one_way_only():
    assert Change("STEP", "您好", "问好", -0.2).wrong == 0.2
    assert Change("POLITE", "您好", "好", 0.2).wrong == 0.2
    assert Change("LENGTH", "您好", "您好，那个", -0.2).wrong == -0.2


def test_a_step_that_costs_points_is_told_with_its_node_and_the_row_that_changed(cup, monkeypatch):
    subject = cup()
    kit = kit_for(subject.story)
    monkeypatch.setattr("kefu_sim.author.fairness.score", _against_steps)
    found = examine(subject, kit, receptions=1)
    told = [finding for finding in found.findings if finding.code == "STEP"]
    assert told
    lines = subject.file.text.splitlines()
    assert {lines[finding.line - 1] for finding in told} <= {f"  {name}:" for name in subject.story.nodes}
    assert all(re.search(r"is worth -\d+\.\d\d: .* -\d", finding.message) for finding in told)


def _against_steps(case, rubric, flow):
    """A scorer in which every step that is done costs what it would have given."""
    fair = score(case, rubric, flow)
    rows = [replace(row, points=-row.points) if row.rule.startswith("step.") else row for row in fair.ledger]
    return replace(fair, ledger=tuple(rows), total=sum(row.points for row in rows))


def test_an_expert_asks_in_a_complaint_what_a_complaint_is_about():
    asks = load_bot_words().trade["提问"]
    assert not any("送人" in text for text in asks.about(complaint=True))
    assert any("送人" in text for text in asks.about(complaint=False))
    assert not any("价格" in text for text in load_bot_words().trade["谈判"].about(complaint=True))


@pytest.mark.parametrize("complaint", [True, False])
def test_what_an_expert_says_for_a_step_is_understood_as_that_step(complaint):
    study = load_recogniser().study
    for step, trade in load_bot_words().trade.items():
        texts = trade.about(complaint=complaint)
        understood = [step in [one.value for one in study(text, []).recognition.steps] for text in texts]
        assert sum(understood) >= len(texts) / 2, (step, texts, understood)


def test_every_message_is_changed_in_every_way(sound):
    kit = kit_for(sound.story)
    run = play(kit, MODEL, 1)
    tried = [(change.code, change.said) for change in changes(kit, run)]
    said = [event.text for event in run.log if hasattr(event, "typed")]
    assert {text for code, text in tried if code == "STEP"} == set(said)
    assert {text for code, text in tried if code == "LENGTH"} == set(said)
    assert tried.count(("LENGTH", said[0])) == len(kit.words.padding)
