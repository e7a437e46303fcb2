"""The format reference: it is up to date, every key has an example, and every example loads."""

import copy
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from kefu_sim.author.keys import keys_of, words_of
from kefu_sim.base.yamlfile import read_yaml
from kefu_sim.rulebook.known import known_ids
from kefu_sim.scenario.load import load_persona, load_scenario

ROOT = Path(__file__).parents[1]
TOOL = ROOT / "tools" / "format_reference.py"


def load_tool():
    spec = importlib.util.spec_from_file_location("format_reference", TOOL)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


reference = load_tool()
BASE = yaml.safe_load((ROOT / "docs" / "format" / "base.yaml").read_text("utf-8"))
EXAMPLES = [pytest.param(*row, id=f"{row[0]}.{row[1]}") for row in reference.examples()]
PERSONA = {"id": "patient", "title": "耐心型", "unclear": ["啥", "嗯"]}


def put(base, place, example):
    """The base story with an example at its place; what is None in the example is taken away."""
    whole = {"": copy.deepcopy(base)}
    at, key = whole, ""
    for part in place:
        at = at[key]
        key = part
        if isinstance(at, dict):
            at.setdefault(key, {})
    if not isinstance(at[key], dict):
        at[key] = {"text": at[key]} if isinstance(at[key], str) and part == 0 else {}
    at[key] = {name: value for name, value in {**at[key], **example}.items() if value is not None}
    return whole[""]


@pytest.mark.parametrize(("model", "key", "place", "example"), EXAMPLES)
def test_every_example_loads(model, key, place, example):
    assert key in example, "an example shows its own key"
    if model == "Persona":
        load_persona(yaml.safe_dump({**PERSONA, **example}, allow_unicode=True), "persona.yaml")
        return
    base = copy.deepcopy(BASE)
    if model in {"Line", "PatternItem"}:
        target = base["nodes"]["open"] if model == "Line" else base["intents"]["offer"]
        name = "buyer" if model == "Line" else "any"
        target[name] = [{"text": "在吗"} if model == "Line" else {"re": "送"}]
    text = yaml.safe_dump(put(base, place, example), allow_unicode=True, sort_keys=False)
    load_scenario(text, "example.yaml", known_ids())


def test_every_key_is_told_in_both_languages():
    for cls in reference.MODELS:
        for key in keys_of(cls):
            told = words_of(cls, key)
            assert told.zh, (cls, key)
            assert told.en, (cls.__name__, key)


def test_the_pages_are_up_to_date():
    done = subprocess.run([sys.executable, str(TOOL), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_story_that_shows_everything_loads():
    path = ROOT / "docs" / "format" / "example.yaml"
    assert load_scenario(path.read_text("utf-8"), path.name, known_ids()).promises


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_cheat_sheet_is_yaml_with_keys_there_are(lang):
    page = (ROOT / "docs" / lang / "format.md").read_text("utf-8")
    block = page.split("```yaml\n", 1)[1].split("```", 1)[0]
    data = read_yaml(block, "cheatsheet").data
    known = {"Scenario": data, "Reply": data["nodes"]["need"]["replies"][0], "Promise": data["promises"]["back"]}
    models = {cls.__name__: cls for cls in reference.MODELS}
    for name, told in known.items():
        assert set(told) <= set(keys_of(models[name]).keys()), name
    assert len(block.splitlines()) <= 40
