"""The hesitant buyer against many kinds of agents: where the story ends, what comes out, what it is worth."""

from pathlib import Path

import pytest

from kefu_sim.engine import events as ev
from kefu_sim.engine.script import play_script, read_script
from kefu_sim.play import House, program_for, score_log
from kefu_sim.rulebook.recogniser import load_recogniser
from kefu_sim.rulebook.rubric import load_rubric
from kefu_sim.scenario.labels import STEP_NAMES

SCRIPTS = Path(__file__).parent / "think-it-over"
SEEDS = range(1, 6)
GOOD = sorted(path.stem for path in SCRIPTS.glob("good-*.jsonl"))
COUPON = "the face value of a coupon is read as a price below the floor"
ENOUGH = "够了 about size is read as impatience"
FACTS = "facts in Traditional characters are not recognised"
UNDERRATED = {
    "good-facts-early": COUPON, "good-late-coupon": COUPON, "good-prepared": COUPON, "good-short": COUPON,
    "good-product-first": ENOUGH, "good-slow": ENOUGH, "good-traditional": FACTS,
}  # fmt: skip
"""Good receptions that recognition or scoring still undervalues, and why."""


@pytest.fixture(scope="module")
def program():
    return program_for(House().library.get("think-it-over"))


def play(program, name, seed=1):
    turns = read_script((SCRIPTS / f"{name}.jsonl").read_text("utf-8").splitlines(), name)
    log = play_script(program, turns, seed, load_rubric().version)
    return log, score_log(program, log)


def nodes(log):
    return [event.node for event in log if isinstance(event, ev.Entered)]


def lines(log):
    return [event.text for event in log if isinstance(event, ev.BuyerSaid)]


@pytest.mark.parametrize("name", GOOD)
def test_a_competent_agent_sells_whatever_her_style(program, name):
    for seed in SEEDS:
        log, score = play(program, name, seed)
        assert nodes(log)[-1] == "sold_happy"
        assert "hesitate" in nodes(log)
        assert score.total >= (60 if name in UNDERRATED else 85), (seed, score.total)


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=pytest.mark.xfail(reason=why, strict=False)) for n, why in UNDERRATED.items()]
)
def test_her_good_work_is_worth_it(program, name):
    assert play(program, name)[1].total >= 85


@pytest.mark.parametrize("name", ["good-formal", "good-warm", "good-double", "good-two-questions"])
def test_both_hidden_doubts_come_out_when_she_is_asked(program, name):
    log, score = play(program, name)
    assert {event.name for event in log if isinstance(event, ev.Revealed)} == {"counter", "night"}
    done = {step.value for step, status in score.steps.items() if status in {"done", "late"}}
    assert done >= STEP_NAMES - {"分析", "推荐"}


@pytest.mark.parametrize(
    ("name", "ends", "low", "high"),
    [
        ("later-follow-up", {"later_warm"}, 70, 95),
        ("no-farewell", {"sold_plain"}, 60, 84),
        ("mid-polite", {"later_cold"}, 45, 84),
        ("mid-no-numbers", {"later_cold"}, 40, 84),
        ("mid-terse", {"sold_plain", "later_cold"}, 30, 70),
        ("urger-sorry", {"sold_happy"}, 60, 100),
        ("under-floor", {"later_cold", "lost_cold"}, 0, 65),
        ("lazy-one-word", {"lost_cold"}, 0, 59),
        ("lazy-dismissive", {"lost_cold"}, 0, 59),
        ("no-words", {"lost_cold"}, 0, 40),
        ("silent", {"lost_cold"}, 0, 10),
        ("silent-midway", {"lost_cold"}, 0, 59),
        ("rude-opening", {"lost_rude"}, 0, 59),
        ("rude-later", {"lost_rude"}, 0, 59),
        ("rival-abuse", {"lost_rude", "lost_push", "lost_cold"}, 0, 59),
        ("urger", {"lost_push"}, 0, 59),
        ("overpromise", {"lost_cold", "lost_push", "later_cold"}, 0, 65),
        ("offplatform", {"lost_push"}, 0, 10),
        ("offplatform-late", {"lost_cold", "later_cold"}, 0, 10),
        ("stuffer", {"lost_cold", "later_cold"}, 0, 40),
    ],
)
def test_other_agents_get_what_they_deserve(program, name, ends, low, high):
    for seed in SEEDS:
        log, score = play(program, name, seed)
        assert nodes(log)[-1] in ends
        assert low <= score.total <= high, (seed, score.total)


def test_a_first_push_is_forgiven_when_the_agent_backs_off(program):
    log, _ = play(program, "urger-sorry")
    path = nodes(log)
    assert path.index("pushed") < path.index("size") < path.index("paid")


def test_numbers_given_early_are_remembered(program):
    path = nodes(play(program, "good-facts-early")[0])
    assert "size" not in path
    assert "noise" not in path


def test_wrong_figures_are_noticed(program):
    said = lines(play(program, "overpromise")[0])
    assert any("27" in line for line in said)


def test_wordings_vary_with_the_seed(program):
    assert len({tuple(lines(play(program, "good-formal", seed)[0])) for seed in SEEDS}) > 1


def test_what_the_file_says_about_itself_holds(program):
    for case in program.scenario.tests:
        log = play_script(program, case.turns, case.seed, load_rubric().version)
        score, expect = score_log(program, log), case.expect
        path = tuple(nodes(log))
        ended = next(event for event in reversed(log) if isinstance(event, ev.Ended))
        assert not expect.path or path == expect.path, case.name
        assert set(expect.visits) <= set(path), case.name
        assert expect.end in {None, ended.outcome}, case.name
        assert set(expect.reveals) <= {e.name for e in log if isinstance(e, ev.Revealed)}, case.name
        done = {step.value for step, status in score.steps.items() if status in {"done", "late"}}
        assert set(expect.steps) <= done, case.name
        assert _bound(expect.score, score.total), (case.name, score.total)


def _bound(test, total):
    if not test:
        return True
    sign, limit = test.split()
    return {">=": total >= float(limit), "<=": total <= float(limit), "<": total < float(limit)}[sign]


def test_samples_of_every_intent_are_told_apart(program):
    for name, intent in program.scenario.intents.items():
        assert len(intent.say) >= 6
        assert len(intent.not_) >= 4
        missed = [text for text in intent.say if name not in program.understand(text, (), ()).intents]
        wrong = [text for text in intent.not_ if name in program.understand(text, (), ()).intents]
        assert (name, missed, wrong) == (name, [], [])


def test_model_answers_do_what_their_node_asks_for(program):
    """The excellent answer at a node does at least one of its steps, politely, and states no fact wrongly."""
    understand = program.understand
    assert understand.version == load_recogniser().version
    for name, node in program.scenario.nodes.items():
        if node.end is not None:
            continue
        assert node.model is not None, name
        assert node.hint, name
        assert node.unclear is not None, name
        assert node.silence, name
        found = understand(node.model.excellent, (), ())
        assert set(node.steps) & {step.value for step in found.steps} or name == "noise", name
        assert found.politeness >= 1, name
        assert not found.faults, (name, found.faults)
        assert not {"press", "fake_rush", "rival_bad", "wrong_size", "wrong_noise"} & set(found.intents), name


def test_every_buyer_line_has_two_wordings(program):
    for name, node in program.scenario.nodes.items():
        spoken = [node.buyer, *(reply.buyer for reply in node.replies), *(branch.buyer for branch in node.silence)]
        spoken += [node.unclear.buyer] if node.unclear else []
        assert all(len(wordings) != 1 for wordings in spoken), name
