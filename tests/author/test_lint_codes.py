"""Every code is shown by its own example, and the example mended has nothing wrong with it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kefu_sim.author.codes import load_codes
from kefu_sim.author.lint import house_rules, lint_files, lint_text

from .examples import SOUND, completed

ROOT = Path(__file__).parents[2]
CODES = load_codes()
SHOWN = [code for code in CODES.values() if code.bad]


@pytest.fixture(scope="module")
def rules():
    return house_rules()


def codes_in(text, rules, source="sound.yaml"):
    return [finding.problem.code for finding in lint_text(text, source, rules)]


def test_the_story_behind_the_examples_is_sound(rules):
    assert lint_text(SOUND, "sound.yaml", rules) == []


@pytest.mark.parametrize("code", SHOWN, ids=lambda code: code.code)
def test_the_bad_example_has_this_fault_and_no_other(code, rules):
    assert codes_in(completed(code.bad), rules) == [code.code]


@pytest.mark.parametrize("code", SHOWN, ids=lambda code: code.code)
def test_the_good_example_has_none(code, rules):
    assert codes_in(completed(code.good), rules) == []


@pytest.mark.parametrize(
    ("code", "text"),
    [("KS002", ""), ("KS003", "a" * 400_001), ("KS020", "- 送人的保温杯\n")],
)
def test_faults_of_a_whole_file(code, text, rules):
    assert codes_in(text, rules) == [code]


def test_faults_of_files(tmp_path, rules):
    (tmp_path / "sound.yaml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "gbk.yaml").write_text(SOUND, encoding="gbk")
    (tmp_path / "twin.yaml").write_text(SOUND.replace("id: sound", "id: sound  # lint: allow KS217"), encoding="utf-8")
    paths = [tmp_path / name for name in ("gbk.yaml", "gone.yaml", "sound.yaml", "twin.yaml")]
    found = [(Path(finding.problem.file).name, finding.problem.code) for finding in lint_files(paths, rules)]
    assert found == [("gbk.yaml", "KS013"), ("gone.yaml", "KS014"), ("twin.yaml", "KS116")]


def test_every_code_that_can_be_told_has_a_page():
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert set(re.findall(r'"(KS[012]\d\d)"', source)) - {"KS200"} == set(CODES)


def test_the_handbook_has_a_page_for_each_code_in_both_languages():
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "lint_pages.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.stdout == ""
    assert done.returncode == 0
