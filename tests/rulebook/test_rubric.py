"""The shipped rules load, and broken ones are reported with their place."""

import pytest

from kefu_sim.base.errors import BadFileError
from kefu_sim.base.paths import package_file
from kefu_sim.base.yamlfile import read_yaml
from kefu_sim.rulebook.flows import load_flows
from kefu_sim.rulebook.rubric import load_rubric
from kefu_sim.scenario.load import validate
from kefu_sim.scoring.flows import Flow
from kefu_sim.scoring.rubric import Rubric

SHIPPED = package_file("rules", "rubric.yaml").read_text(encoding="utf-8")


def test_the_dimensions_are_a_hundred_points():
    assert sum(load_rubric().dimensions.values()) == 100


@pytest.mark.parametrize("flow", ["eight-step", "seven-step", "complaint"])
def test_steps_and_answering_fill_the_dimension(flow):
    rubric = load_rubric()
    points = sum(step.points for step in load_flows()[flow].steps)
    assert points + rubric.flow.answering == rubric.dimensions["flow"]


def test_parts_fill_their_dimensions():
    rubric = load_rubric()
    speed, courtesy, substance = rubric.speed, rubric.courtesy, rubric.substance
    assert speed.first + speed.mean + speed.steady == rubric.dimensions["speed"]
    parts = (courtesy.address, courtesy.request, courtesy.thanks, courtesy.care, courtesy.clean, courtesy.tone)
    assert sum(parts) == rubric.dimensions["politeness"]
    assert substance.facts + substance.policy + substance.promises == rubric.dimensions["accuracy"]
    assert substance.need + substance.consent + substance.outcome == rubric.dimensions["resolution"]


def test_every_sentence_speaks_both_languages():
    for text in load_rubric().rules.values():
        assert text.reason.zh
        assert text.reason.en
        assert bool(text.better.zh) == bool(text.better.en)


def test_an_unknown_key_is_reported_with_line_and_column():
    with pytest.raises(BadFileError) as caught:
        validate(read_yaml(SHIPPED.replace("  steady:", "  stedy:"), "mine.yaml"), Rubric)
    assert any(p.file == "mine.yaml" and p.line > 1 and "stedy" in p.message for p in caught.value.problems)


def test_a_pattern_that_does_not_compile_is_reported():
    with pytest.raises(BadFileError, match="regular expression"):
        validate(read_yaml(SHIPPED.replace("  thanks: [谢谢", "  thanks: ['(谢谢'"), "mine.yaml"), Rubric)


def test_a_missing_sentence_is_reported():
    with pytest.raises(BadFileError, match=r"speed\.first"):
        validate(read_yaml(SHIPPED.replace("  speed.first:", "  speed.frist:"), "mine.yaml"), Rubric)


def test_a_flow_without_steps_is_refused():
    with pytest.raises(BadFileError):
        validate(read_yaml("id: x\ntitle: {zh: 空, en: empty}\nsteps: []\n", "x.yaml"), Flow)
