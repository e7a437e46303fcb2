"""Lint and verify in one go say what both say, and what one has found the others need not look for."""

import pytest

from kefu_sim.author import check, lint_all, verify_all
from kefu_sim.author.check import check_files
from kefu_sim.author.lint import house_rules, lint_files
from kefu_sim.cli import author_watch
from kefu_sim.rulebook.known import known_ids
from kefu_sim.scenario.sound import SoundStories

from .conftest import CUP, planted

DEAF = planted(("say: [下单给您送一支杯刷", "say: [今天天气真好, 下单给您送一支杯刷"))


@pytest.fixture
def shelf(tmp_path):
    """A sound story, one with a sample it does not recognise, one that cannot be played, and what is no text."""
    texts = {
        "a": CUP,
        "b": DEAF.replace("id: cup", "id: mug"),
        "c": planted(("persona: ", "person: "), ("id: cup", "id: can")),
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "d.yaml").write_bytes(b"\xff")
    return [tmp_path / f"{name}.yaml" for name in "abcd"]


def test_all_that_both_find_is_told_file_by_file(shelf):
    rules = house_rules()
    found, verified = check_files(shelf, rules)
    places = [(one.problem.file, one.problem.line) for one in found]
    assert places == sorted(places)
    linted = {str(one) for one in lint_files(shelf, rules)}
    alone = [one for one in verify_all.verified(shelf, known_ids()) if isinstance(one, verify_all.Verified)]
    heard = {str(finding) for one in alone for finding in one.findings}
    assert {str(one) for one in found} == linted | heard
    assert {one.problem.code for one in found} >= {"PATTERN", "KS013"}
    assert [one.scenario for one in verified] == ["cup", "mug"]


def test_what_was_found_is_kept_for_each_of_the_tools(shelf, monkeypatch):
    rules = house_rules()
    linted, first = lint_files(shelf, rules), check_files(shelf, rules)
    looked = []
    tools = ((check, "lint_story"), (check, "verify_text"), (lint_all, "lint_text"), (verify_all, "verify"))
    for module, name in tools:
        monkeypatch.setattr(module, name, lambda *_: looked.append("again"))
    assert check_files(shelf, rules) == first
    assert lint_files(shelf, rules, lint_all.linted) == linted
    assert list(verify_all.verified(shelf[:1], known_ids())) == first[1][:1]
    assert not looked


def test_a_sound_story_is_read_once_for_both(shelf, monkeypatch):
    monkeypatch.setattr(SoundStories, "load_with_places", lambda *_: pytest.fail("read again"))
    found, verified = check_files(shelf[:2], house_rules())
    assert [one.scenario for one in verified] == ["cup", "mug"]
    assert "PATTERN" in {one.problem.code for one in found}


def test_on_every_save_samples_are_tried_too(shelf, tmp_path, capsys):
    author_watch.report(shelf[1], tmp_path)
    told = capsys.readouterr().out
    assert "PATTERN" in told
    assert "今天天气真好" in told
    author_watch.report(shelf[0], tmp_path)
    told = capsys.readouterr().out
    assert "PATTERN" not in told
    assert "17 samples tried" in told


def test_on_every_save_fragments_are_read_anew(tmp_path, capsys):
    story, fragment = tmp_path / "cup.yaml", tmp_path / "fragments" / "mine.yaml"
    fragment.parent.mkdir()
    story.write_text(CUP + "use: [greet]\n", encoding="utf-8")
    written = "fragments:\n  greet:\n    intents:\n      hi: {any: [天王盖地虎], say: [%s]}\n"
    fragment.write_text(written % "天王盖地虎", encoding="utf-8")
    author_watch.report(story, tmp_path)
    assert "小鸡炖蘑菇" not in capsys.readouterr().out
    fragment.write_text(written % "小鸡炖蘑菇", encoding="utf-8")
    author_watch.report(story, tmp_path)
    assert "小鸡炖蘑菇" in capsys.readouterr().out
