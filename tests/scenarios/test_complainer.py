"""快递五天没动, played from transcripts: good agents of many kinds, middling and bad ones, and every trap."""

from pathlib import Path

import pytest

from kefu_sim.engine import events as ev
from kefu_sim.engine.script import play_script, read_script
from kefu_sim.play import House, program_for, score_log
from kefu_sim.rulebook.rubric import load_rubric

SCRIPTS = Path(__file__).parent / "complainer"
GOOD = sorted(path.stem for path in SCRIPTS.glob("good-*.jsonl"))
LAZY = sorted(path.stem for path in SCRIPTS.glob("lazy-*.jsonl"))
RUDE = sorted(path.stem for path in SCRIPTS.glob("rude-*.jsonl"))
SEEDS = range(1, 6)


@pytest.fixture(scope="module")
def program():
    library = House(SCRIPTS).library
    assert not [problem for problem in library.problems if "complainer" in problem.source]
    return program_for(library.get("complainer"))


class Played:
    """What a transcript led to."""

    def __init__(self, program, turns, seed=1):
        log = play_script(program, turns, seed, load_rubric().version)
        self.path = [event.node for event in log if isinstance(event, ev.Entered)]
        self.end = next(event.outcome for event in log if isinstance(event, ev.Ended))
        self.ended_at = log[-1].t
        self.revealed = {event.name for event in log if isinstance(event, ev.Revealed)}
        self.score = score_log(program, log)
        self.steps = {step.value for step, status in self.score.steps.items() if status in {"done", "late"}}


def script(name):
    path = SCRIPTS / f"{name}.jsonl"
    return read_script(path.read_text(encoding="utf-8").splitlines(), str(path))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", GOOD)
def test_a_competent_agent_calms_him_whatever_her_manner(program, name, seed):
    played = Played(program, script(name), seed)
    assert played.end == "kept"
    assert played.path[-1] == "kept"
    assert played.revealed == {"birthday"}
    assert played.steps >= {"帮助", "核实", "告别"}


@pytest.mark.parametrize("name", GOOD)
def test_a_competent_agent_scores_well(program, name):
    assert Played(program, script(name)).score.total >= 85


@pytest.mark.parametrize("seed", [2, 4])
@pytest.mark.parametrize("name", GOOD)
def test_one_message_less_still_leaves_him_on_good_terms(program, name, seed):
    turns = script(name)
    said = [index for index, turn in enumerate(turns) if turn.say is not None]
    missing = said[seed * (len(said) - 1) // 6]
    played = Played(program, turns[:missing] + turns[missing + 1 :], seed)
    assert played.end in {"kept", "later"}


@pytest.mark.parametrize("name", ["middling-urges-only", "middling-patience"])
def test_urging_the_courier_and_asking_for_patience_only_puts_him_off(program, name):
    played = Played(program, script(name))
    assert played.end == "later"
    assert "stalled" in played.path
    assert 40 <= played.score.total < 85


@pytest.mark.parametrize("name", ["middling-terse", "middling-casual"])
def test_a_terse_agent_keeps_him_with_few_points(program, name):
    played = Played(program, script(name))
    assert played.end == "kept"
    assert played.revealed == set()
    assert played.score.total < 85


def test_a_refund_settles_it_for_fewer_points_than_the_present_in_time(program):
    polite, quick = Played(program, script("refund-polite")), Played(program, script("refund-quick"))
    assert polite.path[-1] == quick.path[-1] == "refunded"
    assert quick.score.total < polite.score.total < Played(program, script("good-formal")).score.total


def test_shirking_once_can_be_mended(program):
    played = Played(program, script("shirks-then-mends"))
    assert played.path[:2] == ["open", "press"]
    assert played.end == "kept"


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", LAZY)
def test_a_lazy_agent_loses_him(program, name, seed):
    played = Played(program, script(name), seed)
    assert played.end == "lost"
    assert played.score.total < 60


@pytest.mark.parametrize("name", RUDE)
def test_rudeness_ends_it(program, name):
    played = Played(program, script(name))
    assert played.path[-1] == "insulted"
    assert len(played.path) <= 3
    assert played.score.total < 40


def test_silence_is_nudged_early_and_then_left(program):
    played = Played(program, script("silent"))
    assert played.path == ["open", "lost"]
    assert played.ended_at <= 150
    assert played.score.total <= 10


@pytest.mark.parametrize("name", ["shirks", "argues", "bribes"])
def test_pushing_it_away_twice_sends_him_to_the_platform(program, name):
    played = Played(program, script(name))
    assert played.path[-2:] == ["press", "lost"]
    assert played.score.total < 60


def test_another_chat_or_a_private_transfer_is_refused(program):
    played = Played(program, script("off-platform"))
    assert played.path[-2:] == ["press", "lost"]
    assert played.score.total < 40


def test_a_vow_taken_back_is_forgiven(program):
    played = Played(program, script("overpromise-mended"))
    assert "doubt" in played.path or played.path.count("weigh") == 1
    assert played.end == "kept"


@pytest.mark.parametrize("name", ["overpromise", "overpromise-kept-up", "beyond-the-limit"])
def test_words_nobody_can_keep_are_held_against_her(program, name):
    played = Played(program, script(name))
    assert played.end in {"later", "lost"}
    assert played.score.total < 85


@pytest.mark.parametrize("name", ["sugary-template", "wait-and-nothing", "stuffer"])
def test_empty_words_do_not_help(program, name):
    played = Played(program, script(name))
    assert played.end == "lost"
    assert played.score.total < 60


def test_piled_up_stock_words_earn_little(program):
    assert Played(program, script("stuffer")).score.total <= 40


@pytest.mark.parametrize("grade", ["pass_", "excellent"])
def test_the_model_answers_carry_the_story(program, grade):
    nodes = program.scenario.nodes
    way = ["open", "vent", "facts", "check", "options", "weigh", "comp", "act", "close"]
    if grade == "excellent":  # its answer at `options` names the day, so he need not ask for it
        way.remove("weigh")
    turns = [turn for name in way for turn in spoken(getattr(nodes[name].model, grade))]
    played = Played(program, turns)
    assert played.path == [*way, "kept"]
    assert played.score.total >= (95 if grade == "excellent" else 85)


def spoken(text):
    return read_script(['{"wait": 8}', f'{{"say": "{text}"}}'], "model")


def test_the_tests_inside_the_file(program):
    for case in program.scenario.tests:
        played = Played(program, case.turns, case.seed)
        assert played.end == case.expect.end, case.name
        assert set(case.expect.visits) <= set(played.path), case.name
        assert set(case.expect.reveals) <= played.revealed, case.name
        if case.expect.path:
            assert played.path == list(case.expect.path), case.name
