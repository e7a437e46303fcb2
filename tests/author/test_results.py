"""Lint and verify say the same on one core, on many and the second time, when nobody looks again."""

import pytest

from kefu_sim.author import lint_all, verify_all
from kefu_sim.author.lint import house_rules, lint_files
from kefu_sim.author.subjects import story_files
from kefu_sim.author.verify import Verified
from kefu_sim.house import House
from kefu_sim.rulebook.known import known_ids

from .conftest import CUP, planted


def test_the_second_look_costs_nothing_and_says_the_same(tmp_path, monkeypatch):
    path, rules = tmp_path / "cup.yaml", house_rules()
    broad = planted(("persona: ", "person: "))
    path.write_text(CUP, encoding="utf-8")

    def look():
        return [*verify_all.verified([path], known_ids()), *lint_all.linted([(broad, "cup.yaml")], rules)]

    first = look()
    assert first[0].samples
    assert first[1]
    looked = []
    monkeypatch.setattr(verify_all, "verify", looked.append)
    monkeypatch.setattr(lint_all, "lint_text", lambda *_: looked.append("lint") or [])
    assert look() == first
    assert not looked
    assert list(lint_all.linted([(CUP, "cup.yaml")], rules)) == [[]]
    assert looked == ["lint"]


@pytest.fixture
def shelf(tmp_path):
    """Stories of which the first two share an id, the third cannot be played, and the fourth is no text."""
    for name, text in {
        "b": planted(("id: cup", "id: mug")),
        "a": planted(("id: cup", "id: mug\ndifficulty: 5")),
        "c": planted(("persona: ", "person: ")),
        "e": CUP,
    }.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "d.yaml").write_bytes(b"\xff")
    return tmp_path


def test_a_library_is_verified_in_the_order_of_its_list(shelf):
    found = verify_all.verified_library([shelf], known_ids())
    assert [(one.scenario, one.difficulty) for one in found] == [("cup", 1), ("mug", 5)]


def test_a_folder_is_verified_without_a_look_at_the_library(shelf, monkeypatch):
    monkeypatch.setattr(House, "library", property(lambda _: pytest.fail("read")))
    assert story_files(House(shelf), [str(shelf)]) == [shelf / f"{name}.yaml" for name in "abcde"]


def test_files_that_cannot_be_played_are_told_in_their_place(shelf):
    paths = [shelf / f"{name}.yaml" for name in "dce"]
    unread, misspelt, sound = verify_all.verified(paths, known_ids())
    assert [problem.code for problem in unread] == ["KS013"]
    assert "KS" in misspelt[0].code
    assert isinstance(sound, Verified)
    told = [finding.problem.file for finding in lint_files(paths, house_rules(), lint_all.linted)]
    assert list(dict.fromkeys(told)) == list(map(str, paths))
