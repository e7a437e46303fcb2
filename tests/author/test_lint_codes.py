"""Every code is shown by its own example, and the example mended has nothing wrong with it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kefu_sim.author.codes import load_codes, shown
from kefu_sim.author.lint import house_rules, lint_files, lint_text

from .examples import SOUND, completed

ROOT = Path(__file__).parents[2]
CODES = load_codes()
PIECES = [code for code in CODES.values() if isinstance(code.bad, str)]
FILES = [code for code in CODES.values() if not isinstance(code.bad, str)]


@pytest.fixture(scope="module")
def rules():
    return house_rules()


def codes_in(text, rules, source="sound.yaml"):
    return [finding.problem.code for finding in lint_text(text, source, rules)]


def test_the_story_behind_the_examples_is_sound(rules):
    assert lint_text(SOUND, "sound.yaml", rules) == []


@pytest.mark.parametrize("code", PIECES, ids=lambda code: code.code)
def test_the_bad_example_has_this_fault_and_no_other(code, rules):
    assert codes_in(completed(code.bad), rules) == [code.code]


@pytest.mark.parametrize("code", PIECES, ids=lambda code: code.code)
def test_the_good_example_has_none(code, rules):
    assert codes_in(completed(code.good), rules) == []


def codes_of_files(files, folder, rules):
    """Codes lint tells of files put into a folder; of those that are to be missing too."""
    for file in files:
        if not file.missing:
            (folder / file.name).write_bytes(file.content(completed))
    return [finding.problem.code for finding in lint_files([folder / file.name for file in files], rules)]


@pytest.mark.parametrize("code", FILES, ids=lambda code: code.code)
def test_the_bad_example_of_files_has_this_fault_and_no_other(code, tmp_path, rules):
    assert codes_of_files(code.bad, tmp_path, rules) == [code.code]


@pytest.mark.parametrize("code", FILES, ids=lambda code: code.code)
def test_the_good_example_of_files_has_none(code, tmp_path, rules):
    assert codes_of_files(code.good, tmp_path, rules) == []


def test_every_fault_of_several_files_is_told_at_its_own(tmp_path, rules):
    (tmp_path / "sound.yaml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "gbk.yaml").write_text(SOUND, encoding="gbk")
    (tmp_path / "twin.yaml").write_text(SOUND.replace("id: sound", "id: sound  # lint: allow KS217"), encoding="utf-8")
    paths = [tmp_path / name for name in ("gbk.yaml", "gone.yaml", "sound.yaml", "twin.yaml")]
    found = [(Path(finding.problem.file).name, finding.problem.code) for finding in lint_files(paths, rules)]
    assert found == [("gbk.yaml", "KS013"), ("gone.yaml", "KS014"), ("twin.yaml", "KS116")]


def test_a_page_shows_what_no_text_can():
    bytes_of = "送".encode("gbk").hex(" ")
    (shown_of,) = shown(CODES["KS013"].bad, "zh")
    assert bytes_of in shown_of.text
    assert "GBK" in shown_of.caption


def test_every_code_that_can_be_told_has_a_page():
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert set(re.findall(r'"(KS[012]\d\d)"', source)) - {"KS200"} == set(CODES)


def test_the_handbook_has_a_page_for_each_code_in_both_languages():
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "lint_pages.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.stdout == ""
    assert done.returncode == 0
