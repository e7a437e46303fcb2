"""Every code of lint is shown by its own example, and the example mended has nothing wrong with it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kefu_sim.author.codes import load_codes, shown
from kefu_sim.author.coverage import read_coverage
from kefu_sim.author.lint import house_rules, lint_files, lint_text
from kefu_sim.base.errors import BadFileError
from kefu_sim.engine.script import read_script
from kefu_sim.i18n import set_language

from .examples import SOUND, completed

ROOT = Path(__file__).parents[2]
CODES = load_codes()
PIECES = [code for code in CODES.values() if isinstance(code.bad, str)]
FILES = [code for code in CODES.values() if not isinstance(code.bad, str)]


@pytest.fixture(scope="module")
def rules():
    return house_rules()


def in_english(told):
    """Sentences that have no Chinese in them, or two English words running; what is quoted does not count."""
    plain = [re.sub("`[^`]*`|“[^”]*”", "", sentence) for sentence in told]
    english = re.compile("[A-Za-z]{2,} [A-Za-z]{2,}")
    return [words for words in plain if words.strip() and (english.search(words) or not re.search("[一-鿿]", words))]


def sentences(problems):
    return [sentence for problem in problems for sentence in (problem.message, problem.fix)]


def codes_in(text, rules, source="sound.yaml"):
    return [finding.problem.code for finding in lint_text(text, source, rules)]


def test_the_story_behind_the_examples_is_sound(rules):
    assert lint_text(SOUND, "sound.yaml", rules) == []


@pytest.mark.parametrize("code", PIECES, ids=lambda code: code.code)
def test_the_bad_example_has_this_fault_and_no_other(code, rules):
    assert codes_in(completed(code.bad), rules) == [code.code]


@pytest.mark.parametrize("code", PIECES, ids=lambda code: code.code)
def test_the_bad_example_is_told_in_chinese(code, rules):
    set_language("zh")
    told = lint_text(completed(code.bad), "sound.yaml", rules)
    assert in_english(sentences(finding.problem for finding in told)) == []


PATTERNS = [
    *("送(盒", "送)盒", "*盒", "盒[a", "盒\\q", "盒{2000}", "[z-a]", "盒**", "盒\\", "(?z)盒", "[[:foo:]]"),
    *("(?P<n-n>a)", "a*", "(?=盒)", "(?!盒)", "(?>盒)", "(?P=n)"),
]
VALUES = [
    *("difficulty: .inf", "difficulty: 9", "difficulty: x", "difficulty: 1.5", "complaint: 1", "title: 3", "id: ''"),
    *("history: [{when: 昨天, chat: [" + "买家：在, " * 21 + "]}]", "vars: {mood: []}", "covers: [b]", "silence: 5"),
    *("limits: {floor: x}", "cards: 3", "levels: {3: {waiting: 99}}", "facts: {a: {about: 大, is: [1, 2, 3]}}"),
    *("promises: {x: {about: 送, made: any, kept: any, due: 99999}}", "title: *x", "title: !x y", "%x", "- x", "? x"),
    *('title: "\\q"', "title: [", "title: '", "title: |x", "---", "title: @x", "\ttitle: x", "title: a: b"),
]
JSON = ["[1", "x", '{"a" 1}', "{a: 1}", '{"a', '{"a": "\\q"}', "{} {}", "[" * 99_999, "{}", "[]"]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_what_is_wrong_with_a_pattern_is_told_in_chinese(pattern, rules):
    set_language("zh")
    piece = completed(f"facts: {{size: {{about: 多大, right: [{{re: '{pattern}'}}], answer: 很大}}}}\n")
    told = [finding.problem for finding in lint_text(piece, "sound.yaml", rules)]
    assert "KS117" in {problem.code for problem in told}
    assert in_english(sentences(told)) == []


@pytest.mark.parametrize("line", VALUES)
def test_what_is_wrong_with_a_value_or_the_yaml_is_told_in_chinese(line, rules):
    set_language("zh")
    told = [finding.problem for finding in lint_text(f"{SOUND}{line}\n", "sound.yaml", rules)]
    assert told
    assert in_english(sentences(told)) == []


@pytest.mark.parametrize("line", JSON)
def test_what_is_wrong_with_a_line_of_json_is_told_in_chinese(line):
    set_language("zh")
    for read in (lambda: read_coverage(line, "c.jsonl"), lambda: read_script([line], "s.jsonl")):
        with pytest.raises(BadFileError) as caught:
            read()
        assert in_english(problem.message for problem in caught.value.problems) == []


def test_a_line_of_a_coverage_file_that_lacks_something_is_told_by_its_key():
    with pytest.raises(BadFileError, match=r"KS302 not a line of a coverage file \(`fingerprint`: is missing\)"):
        read_coverage('{"scenario": "cup"}', "c.jsonl")


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
