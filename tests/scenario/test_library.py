"""Scenarios of the user beside those of the installation."""

import pytest

from kefu_sim.base.errors import BadFileError
from kefu_sim.scenario.check import Known
from kefu_sim.scenario.library import MOST_BYTES, read_library, read_text

KNOWN = Known(frozenset({"calm"}), frozenset({"eight-step"}), frozenset())
STORY = """\
schema: 1
id: cup
title: %s
persona: calm
shop: {name: 小店}
start: open
nodes:
  open: {buyer: 在吗, replies: [{when: any, goto: deal}]}
  deal: {buyer: 行, end: sold}
"""


@pytest.fixture
def folders(tmp_path):
    made = [tmp_path / "own", tmp_path / "shipped"]
    for folder in made:
        folder.mkdir()
        (folder / "cup.yaml").write_text(STORY % folder.name, encoding="utf-8")
    return made


def test_the_users_own_stands_in_for_the_shipped_one_without_a_word(folders):
    library = read_library(folders, KNOWN)
    assert library.scenarios["cup"].title == "own"
    assert library.problems == []


def test_a_broken_one_of_the_user_leaves_the_shipped_one_in_play(folders):
    (folders[0] / "cup.yaml").write_text("schema: 1\n", encoding="utf-8")
    library = read_library(folders, KNOWN)
    assert library.scenarios["cup"].title == "shipped"
    assert library.problems


def test_two_of_one_folder_with_the_same_id_are_told_apart(folders):
    (folders[0] / "dish.yaml").write_text(STORY % "second", encoding="utf-8")
    library = read_library(folders, KNOWN)
    assert library.scenarios["cup"].title == "own"
    assert [(problem.code, problem.file) for problem in library.problems] == [("KS116", str(folders[0] / "dish.yaml"))]


def test_a_file_far_too_large_is_not_even_read(tmp_path):
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(BadFileError, match="too large"):
        read_text(huge)
