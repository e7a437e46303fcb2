"""Scenarios of the user beside those of the installation."""

import json

import pytest

from kefu_sim.base.errors import BadFileError, KefuError
from kefu_sim.scenario import library as room
from kefu_sim.scenario import sound
from kefu_sim.scenario.check import Known
from kefu_sim.scenario.library import MOST_BYTES, Library, read_text

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


@pytest.fixture
def read_files(monkeypatch):
    """Names of the files that were read whole, in order."""
    names = []

    def reading(path):
        names.append(path.name)
        return read_text(path)

    monkeypatch.setattr(room, "read_text", reading)
    return names


def titles(library):
    return {entry.id: entry.title for entry in library.entries.values()}


def test_the_users_own_stands_in_for_the_shipped_one_without_a_word(folders):
    library = Library(folders, KNOWN)
    assert titles(library) == {"cup": "own"}
    assert library.get("cup").title == "own"
    assert not library.problems


def test_a_broken_one_of_the_user_leaves_the_shipped_one_in_play(folders):
    (folders[0] / "cup.yaml").write_text("schema: 1\n", encoding="utf-8")
    library = Library(folders, KNOWN)
    assert library.get("cup").title == "shipped"
    assert library.problems


def test_two_of_one_folder_with_the_same_id_are_told_apart(folders):
    (folders[0] / "dish.yaml").write_text(STORY % "second", encoding="utf-8")
    library = Library(folders, KNOWN)
    assert titles(library) == {"cup": "own"}
    assert [(problem.code, problem.file) for problem in library.problems] == [("KS116", str(folders[0] / "dish.yaml"))]


@pytest.mark.parametrize("listed", [False, True])
@pytest.mark.parametrize("name", ["a.yaml", "dish.yaml"])
def test_which_of_two_is_played_does_not_hang_on_what_was_asked_before(folders, monkeypatch, listed, name):
    monkeypatch.setattr(room, "shipped_folder", lambda: folders[1])
    (folders[0] / name).write_text(STORY % "second", encoding="utf-8")
    library = Library(folders, KNOWN)
    if listed:
        assert set(library.entries) == {"cup"}
    assert library.get("cup").title == {"a.yaml": "second", "dish.yaml": "own"}[name]


def test_one_shipped_scenario_is_had_without_reading_the_others(folders, monkeypatch, read_files):
    monkeypatch.setattr(room, "shipped_folder", lambda: folders[1])
    (folders[1] / "pot.yaml").write_text(STORY.replace("cup", "pot") % "pot", encoding="utf-8")
    (folders[0] / "cup.yaml").unlink()
    assert Library(folders, KNOWN).get("cup").title == "shipped"
    assert read_files == ["cup.yaml"]


def test_a_file_of_any_name_can_stand_in_for_a_shipped_one(folders):
    (folders[0] / "cup.yaml").rename(folders[0] / "my own.yaml")
    assert Library(folders, KNOWN).get("cup").title == "own"


def test_a_file_named_like_an_id_it_does_not_bear_is_not_taken_for_it(folders):
    (folders[1] / "pot.yaml").write_text(STORY % "again", encoding="utf-8")
    with pytest.raises(KefuError, match="pot"):
        Library(folders, KNOWN).get("pot")


def test_the_only_file_of_an_id_being_broken_is_said_with_its_problems(folders):
    (folders[0] / "pot.yaml").write_text("schema: 1\nid: pot\n", encoding="utf-8")
    with pytest.raises(BadFileError) as caught:
        Library(folders, KNOWN).get("pot")
    assert {problem.file for problem in caught.value.problems} == {str(folders[0] / "pot.yaml")}


def test_ids_are_no_way_out_of_the_folders(folders, tmp_path):
    (tmp_path / "pot.yaml").write_text(STORY.replace("cup", "pot") % "outside", encoding="utf-8")
    with pytest.raises(KefuError):
        Library(folders, KNOWN).get("../pot")


def test_unchanged_files_are_not_read_again_for_the_list(folders, tmp_path, read_files):
    kept = tmp_path / "cache" / "library.json"
    first = Library(folders, KNOWN, kept).entries
    assert read_files == ["cup.yaml", "cup.yaml"]
    assert Library(folders, KNOWN, kept).entries == first
    assert len(read_files) == 2
    (folders[0] / "cup.yaml").write_text(STORY % "changed!", encoding="utf-8")
    assert titles(Library(folders, KNOWN, kept)) == {"cup": "changed!"}
    assert len(read_files) == 3


def test_other_rules_make_the_kept_index_worthless(folders, tmp_path):
    kept = tmp_path / "library.json"
    assert titles(Library(folders, KNOWN, kept))
    library = Library(folders, Known(frozenset({"hasty"}), KNOWN.flows, KNOWN.intents), kept)
    assert not library.entries
    assert library.problems


@pytest.mark.parametrize("spoilt", ["", "[]", "{", '{"stamp": 1, "files": []}', "\x00"])
def test_a_spoilt_index_counts_as_none(folders, tmp_path, spoilt):
    kept = tmp_path / "library.json"
    kept.write_text(spoilt, encoding="utf-8")
    assert titles(Library(folders, KNOWN, kept)) == {"cup": "own"}
    assert json.loads(kept.read_text(encoding="utf-8"))["files"]


def test_rows_of_the_index_that_make_no_sense_are_passed_over(folders, tmp_path):
    kept = tmp_path / "library.json"
    assert Library(folders, KNOWN, kept).entries
    data = json.loads(kept.read_text(encoding="utf-8"))
    for row in data["files"].values():
        row["words"] = {"id": "cup"}
    kept.write_text(json.dumps(data), encoding="utf-8")
    assert titles(Library(folders, KNOWN, kept)) == {"cup": "own"}


def test_a_folder_that_takes_no_index_is_no_hindrance(folders, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert titles(Library(folders, KNOWN, tmp_path / "file" / "library.json")) == {"cup": "own"}


def test_a_file_far_too_large_is_not_even_read(tmp_path):
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(BadFileError, match="too large"):
        read_text(huge)


def test_what_is_kept_of_a_story_makes_the_same_story(folders, tmp_path, monkeypatch):
    kept, path = tmp_path / "cache" / "library.json", folders[0] / "cup.yaml"
    first = Library(folders, KNOWN, kept).get("cup")
    with monkeypatch.context() as patched:
        patched.setattr(sound, "load_with_places", None)
        again = Library(folders, KNOWN, kept).get("cup")
    assert (again, again.fingerprint()) == (first, first.fingerprint())
    path.write_text(STORY % "edited", encoding="utf-8")
    assert Library(folders, KNOWN, kept).get("cup").title == "edited"
    path.write_text((STORY % "edited").replace("goto: deal", "goto: nowhere"), encoding="utf-8")
    with pytest.raises(BadFileError, match="KS103"):
        Library(folders[:1], KNOWN, kept).get("cup")


def test_a_story_kept_under_a_rule_that_fell_is_read_again(folders, tmp_path):
    kept = tmp_path / "cache" / "library.json"
    Library(folders, KNOWN, kept).get("cup")
    with pytest.raises(BadFileError, match="KS101"):
        Library(folders[:1], Known(frozenset(), KNOWN.flows, KNOWN.intents), kept).get("cup")
