"""The project's own hard cases (tests/corpus): figures that may not fall. `tools/judge_report.py` shows the details."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
F1 = {"问好": 0.86, "提问": 0.77, "分析": 0.60, "推荐": 0.69, "谈判": 0.74, "帮助": 0.75, "核实": 0.71, "告别": 0.77}
MACRO_F1 = 0.75
KAPPA = 0.79
RUDE_FOUND = 0.68
POLITE_CALLED_RUDE = 0.03
ISSUE_F1 = {"dismissive": 0.58, "blame": 0.50, "abuse": 0.50, "overpromise": 0.87, "offplatform": 0.87}


@cache
def tool():
    spec = importlib.util.spec_from_file_location("judge_report", ROOT / "tools" / "judge_report.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["judge_report"] = module
    spec.loader.exec_module(module)
    return module


@cache
def judged():
    return tool().judge_files(sorted((ROOT / "tests" / "corpus").glob("*.jsonl")))


@pytest.mark.parametrize("step", F1)
def test_each_step_is_read_well_enough(step):
    assert tool().f1(*tool().step_scores(judged())[step]) >= F1[step]


def test_all_steps_together():
    assert tool().macro_f1(judged()) >= MACRO_F1


def test_politeness():
    kappa, rude, polite = tool().manners(judged())
    assert kappa >= KAPPA
    assert rude >= RUDE_FOUND
    assert polite <= POLITE_CALLED_RUDE


@pytest.mark.parametrize("issue", ISSUE_F1)
def test_each_issue(issue):
    assert tool().issue_score(judged(), issue) >= ISSUE_F1[issue]


def test_every_row_has_its_evidence_inside_the_reply():
    for j in judged():
        labels = {e.label for e in j.seen.evidence}
        assert {*map(str, j.seen.steps), *j.seen.issues} <= labels
        assert all(0 <= e.start < e.end <= len(j.row["reply"]) for e in j.seen.evidence)


def test_the_report_can_be_read():
    text = tool().report(judged())
    assert "## Worst cases" in text
    assert "| 问好 |" in text
