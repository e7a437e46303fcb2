"""A first scenario plays, and is sound, whatever was answered."""

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kefu_sim.author.fairness import examine
from kefu_sim.author.lint import house_rules, lint_files, lint_text
from kefu_sim.author.new import KINDS, Wish, id_of, price_of, render, write_new
from kefu_sim.author.schema import EDITOR_LINE, FILE_NAME, scenario_schema
from kefu_sim.author.soak_kit import kit_for
from kefu_sim.author.subjects import subject_of
from kefu_sim.author.transcripts import run_tests
from kefu_sim.author.verify import verify
from kefu_sim.base.errors import KefuError
from kefu_sim.base.yamlfile import read_yaml
from kefu_sim.engine.script import play_script
from kefu_sim.i18n import set_language
from kefu_sim.programs import program_for
from kefu_sim.rulebook.known import known_ids
from kefu_sim.scenario.library import shipped_folder
from kefu_sim.scenario.load import load_scenario
from kefu_sim.scenario.model import ScriptTurn
from kefu_sim.scores import score_log

RULES = house_rules()


def wish(kind="sale", **more):
    usual = {"title": "送妈妈的按摩仪", "shop": "山声数码", "product": "颈椎按摩仪", "price": "159"}
    return Wish(kind=kind, **{**usual, **more})


def story_of(wanted):
    return load_scenario(render(wanted), "new.yaml", known_ids())


def played(story, turns, seed=1):
    program = program_for(story)
    log = play_script(program, turns, seed, "r")
    return log, score_log(program, log).total


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_file_is_sound_in_both_languages(kind, lang, tmp_path):
    set_language(lang)
    path = write_new(wish(kind), tmp_path, known_ids(), {})
    assert lint_files([path], RULES) == []
    text = path.read_text(encoding="utf-8")
    assert text.startswith(EDITOR_LINE)
    assert (tmp_path / FILE_NAME).is_file()
    assert "<<" not in text
    assert ("给培训老师" in text) == (lang == "zh")
    assert not re.search(r"#(zh|en)", text)


@pytest.mark.parametrize("kind", KINDS)
def test_what_it_says_and_models_is_understood(kind):
    set_language("en")
    found = verify(subject_of(render(wish(kind)), "new.yaml"))
    assert [str(finding) for finding in found.findings] == []


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("kind", KINDS)
def test_whoever_says_the_model_answers_wins_and_silence_earns_nothing(kind, seed):
    story = story_of(wish(kind))
    good = [node.model.excellent for node in story.nodes.values() if node.model and node.title != "质问"]
    log, total = played(story, [turn for text in good for turn in (ScriptTurn(wait=10), ScriptTurn(say=text))], seed)
    assert log[-1].outcome in {"sold", "kept"}
    assert total >= 95
    log, total = played(story, [], seed)
    assert log[-1].outcome == "lost"
    assert total <= 10


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_fair_as_it_is(kind):
    subject = subject_of(render(wish(kind)), "new.yaml")
    assert [str(finding) for finding in examine(subject, kit_for(subject.story)).findings] == []


@pytest.mark.parametrize("kind", KINDS)
def test_its_own_transcripts_hold(kind):
    subject = subject_of(render(wish(kind)), "new.yaml")
    assert len(subject.story.tests) >= 3
    assert list(run_tests(subject, subject.program)) == []


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=50), st.sampled_from(KINDS))
def test_any_answer_can_stand_in_the_file(words, kind):
    try:
        text = render(wish(kind, title=words, shop=words, product=words, id="any"))
    except KefuError:
        assert not "".join(words.split()).strip('"\\') or not words.isprintable()
        return
    assert lint_text(text, "any.yaml", RULES) == []


@pytest.mark.parametrize(
    ("given_price", "written"), [("159", "159"), ("12.50", "12.5"), (" ¥99 ", "99"), ("128元", "128"), ("0.9", "0.9")]
)
def test_prices_as_people_write_them(given_price, written):
    assert price_of(given_price) == written
    assert story_of(wish(price=given_price)).limits.price == float(written)


@pytest.mark.parametrize("strange", ["", "abc", "-3", "0", "nan", "1e9", "一百"])
def test_what_is_no_price_is_told(strange):
    with pytest.raises(KefuError, match="no price"):
        price_of(strange)


@pytest.mark.parametrize(
    ("title", "name"),
    [("送妈妈的按摩仪", "song-ma-ma-de-an-mo-yi"), ("5G 手机", "story-5g-shou-ji"), ("！？", "story")],
)
def test_the_file_is_named_in_pinyin(title, name):
    assert id_of(title) == name


def test_nothing_is_ever_overwritten(tmp_path):
    path = write_new(wish(id="mine"), tmp_path, known_ids(), {})
    path.write_text("my own words", encoding="utf-8")
    with pytest.raises(KefuError, match="taken"):
        write_new(wish(id="mine"), tmp_path, known_ids(), {})
    with pytest.raises(KefuError, match="taken by shipped"):
        write_new(wish(id="bargainer"), tmp_path, known_ids(), {"bargainer": "shipped"})
    assert path.read_text(encoding="utf-8") == "my own words"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine.yaml", FILE_NAME]


def test_an_unknown_temperament_is_told(tmp_path):
    with pytest.raises(KefuError, match="hesitant"):
        write_new(wish(persona="nobody"), tmp_path, known_ids(), {})
    assert list(tmp_path.iterdir()) == []


def test_the_shipped_scenarios_have_the_schema_beside_them():
    tool = Path(__file__).parents[2] / "tools" / "editor_schema.py"
    done = subprocess.run([sys.executable, str(tool), "--check"], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 0)


def test_the_schema_knows_everything_the_format_can_say():
    check = jsonschema.Draft7Validator(scenario_schema(known_ids()))
    root = Path(__file__).parents[2]
    for path in [*shipped_folder().glob("*.yaml"), root / "docs" / "format" / "example.yaml"]:
        data = read_yaml(path.read_text(encoding="utf-8"), path.name).data
        assert [error.message for error in check.iter_errors(data)] == [], path.name


def test_the_schema_asks_for_words_unless_an_intent_extends_another():
    check = jsonschema.Draft7Validator(scenario_schema(known_ids()))
    path = shipped_folder() / "bargainer.yaml"
    data = read_yaml(path.read_text(encoding="utf-8"), path.name).data
    data["intents"]["hold"] = {"extends": True, "say": ["稍等哈"]}
    assert list(check.iter_errors(data)) == []
    data["intents"]["hold"] = {"say": ["稍等哈"]}
    assert list(check.iter_errors(data))


def test_the_schema_takes_what_the_program_takes_and_refuses_what_it_refuses():
    schema = json.loads(json.dumps(scenario_schema(known_ids())))
    jsonschema.Draft7Validator.check_schema(schema)
    check = jsonschema.Draft7Validator(schema)
    for kind in KINDS:
        text = render(wish(kind))
        assert list(check.iter_errors(read_yaml(text, "new.yaml").data)) == []
        for old, wrong in (("difficulty:", "dificulty:"), ("start: open", "start: [open]"), ("end: lost", "end: gone"),
                           ("goto: offended" if kind == "sale" else "goto: insulted", "gotto: x")):  # fmt: skip
            data = read_yaml(text.replace(old, wrong), "new.yaml").data
            assert list(check.iter_errors(data)), (kind, wrong)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_its_commands_name_it_so_that_they_can_be_typed(kind, lang, tmp_path):
    set_language(lang)
    apart = write_new(wish(kind, id="mine"), tmp_path / "my stories", known_ids(), None).read_text("utf-8")
    assert apart.count(f"kefu-sim practice '{tmp_path}/my stories/mine.yaml'") == 1
    assert apart.count(f"kefu-sim author watch '{tmp_path}/my stories/mine.yaml'") == 1
    own = write_new(wish(kind, id="mine"), tmp_path, known_ids(), {}).read_text("utf-8")
    assert "kefu-sim practice mine" in own
    assert str(tmp_path) not in own


def test_a_complaint_is_about_whatever_was_bought():
    text = render(wish("complaint", product="保温杯"))
    assert not re.search("插上|通电|灯|按键", text)
