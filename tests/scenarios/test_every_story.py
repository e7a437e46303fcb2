"""What holds of every shipped story: its good scripts, its own tests, its samples, its model answers, its layout."""

import pytest

from kefu_sim.author.transcripts import unmet
from kefu_sim.engine.events import AgentSent
from kefu_sim.engine.program import labels_of
from kefu_sim.house import House
from kefu_sim.rulebook.recogniser import load_recogniser
from kefu_sim.rulebook.typists import load_typists

from .receptions import IDS, SEEDS, names, play, play_models, program

BEST = {story: play(story, program(story).scenario.tests[0].turns).ending for story in IDS}
"""The good ending of each: where the first of its own tests leads."""
GOOD = [(story, name) for story in IDS for kind in ("good-*", "outsider-*") for name in names(story, kind)]
CASES = [
    pytest.param(story, case, id=f"{story}-{case.name}") for story in IDS for case in program(story).scenario.tests
]
NODES = [(story, name) for story in IDS for name, node in program(story).scenario.nodes.items() if node.end is None]
INTENTS = [(story, name) for story in IDS for name in program(story).scenario.intents]
TRAPS = {
    "off_yes", "below_floor", "slander", "lowest_claim", "drive_away", "press", "fake_rush", "rival_bad", "big_one",
    "deflect", "vow_date", "big_money", "no_amends", "cannot",
}  # fmt: skip
"""Intents no model answer may carry."""


def test_the_shipped_files_have_no_problems(tmp_path):
    library = House(tmp_path).library
    assert not library.problems
    assert set(library.entries) == set(IDS)


@pytest.mark.parametrize(("story", "name"), GOOD)
def test_a_competent_agent_reaches_the_good_ending_whatever_her_manner(story, name):
    for seed in SEEDS:
        played = play(story, name, seed)
        needs = {hidden for hidden, told in program(story).scenario.hidden.items() if told.need}
        assert played.ending == BEST[story], seed
        assert len(played.steps) >= 6, (seed, played.steps)
        assert story != "complainer" or played.revealed == needs, seed


@pytest.mark.parametrize(("story", "name"), GOOD)
def test_a_competent_agent_scores_well(story, name):
    assert play(story, name).score.total >= 85


@pytest.mark.parametrize(("story", "case"), CASES)
def test_what_the_file_says_about_itself_holds(story, case):
    assert list(unmet(case.expect, play(story, case.turns, case.seed))) == []


@pytest.mark.parametrize(("story", "name"), INTENTS)
def test_samples_of_the_intents_are_told_apart(story, name):
    intent, understand = program(story).scenario.intents[name], program(story).understand
    assert len(intent.say) >= 5
    assert len(intent.not_) >= 4
    assert not [text for text in intent.say if name not in understand(text, (), ()).intents]
    assert not [text for text in intent.not_ if name in understand(text, (), ()).intents]


@pytest.mark.parametrize(("story", "name"), NODES)
def test_every_moment_is_complete(story, name):
    scenario, persona = program(story).scenario, program(story).persona
    node = scenario.nodes[name]
    assert node.title
    assert node.hint
    assert node.model is not None
    assert node.model.why
    unclear = node.unclear or scenario.unclear or persona.unclear
    silence = node.silence or scenario.silence or persona.silence
    assert unclear.max
    assert silence
    spoken = [node.buyer, unclear.buyer, *(part.buyer for part in (*node.replies, *silence, *scenario.always))]
    assert all(len(wordings) != 1 for wordings in spoken)


@pytest.mark.parametrize(("story", "name"), NODES)
def test_the_model_answer_does_what_its_moment_asks_for(story, name):
    """The excellent one does one of its steps, politely, and breaks no rule of this story; neither has a fault."""
    node, understand = program(story).scenario.nodes[name], program(story).understand
    context = tuple(f"买家：{line.text}" for line in node.buyer[:1])
    best = understand(node.model.excellent, context, ())
    assert not node.steps or {step.value for step in best.steps} & set(node.steps)
    assert best.politeness >= 1
    for found in (best, understand(node.model.pass_, context, ())):
        assert not found.faults
        assert not TRAPS & set(found.intents)
        assert not [label for label in found.intents if label.startswith("fact.") and label.endswith(".wrong")]


@pytest.mark.parametrize(("grade", "points"), [("pass_", 85), ("excellent", 95)])
@pytest.mark.parametrize("story", IDS)
def test_the_model_answers_carry_the_story(story, grade, points):
    for seed in SEEDS:
        played = play_models(story, grade, seed)
        assert played.ending == BEST[story], seed
        assert played.score.total >= points, seed


@pytest.mark.parametrize("story", IDS)
def test_traditional_characters_are_worth_the_same(story):
    characters = load_typists().traditional
    simplified = play_models(story, "excellent")
    traditional = play_models(story, "excellent", spelt=lambda said: "".join(characters.get(c, c) for c in said))
    assert [event.text for event in traditional.log if isinstance(event, AgentSent)] != [
        event.text for event in simplified.log if isinstance(event, AgentSent)
    ]
    assert _bill(traditional) == _bill(simplified)


def _bill(played):
    return [(row.rule, row.points) for row in played.score.ledger]


def test_the_story_hears_what_the_score_hears():
    assert {program(story).understand.version for story in IDS} == {load_recogniser().version}


@pytest.mark.parametrize(
    "kind",
    [
        "您放心，答应您的我一定做到",
        "这件事我肯定给您办到",
        "您这份心意她肯定感受得到",
        "您说的我保证都听到了",
        "说助眠、祛痘那都是骗您的",
    ],
)
@pytest.mark.parametrize("story", IDS)
def test_a_vow_about_oneself_is_no_wrong_answer(story, kind):
    found = program(story).understand(kind, (), ())
    told = {label for label in labels_of(found) if label.endswith(".wrong")}
    breaches = {label for breach in program(story).scenario.breaches for label in breach.when} & {"heal", "boast"}
    assert told | (breaches & set(labels_of(found))) == set()
