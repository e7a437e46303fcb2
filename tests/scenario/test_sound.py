"""A sound story is parsed once; what is kept of it never outlives its text, its fragments or its soundness."""

import pytest

from kefu_sim.author.lint import house_rules, lint_text
from kefu_sim.base.errors import BadFileError
from kefu_sim.base.paths import cache_folder
from kefu_sim.rulebook.known import known_ids
from kefu_sim.scenario import sound
from kefu_sim.scenario.library import read_text, shipped_folder
from kefu_sim.scenario.sound import SoundStories

PATH = shipped_folder() / "bargainer.yaml"
TEXT = read_text(PATH)
ORPHAN = "nodes:\n  attic: {buyer: 在吗, end: left}\n"


@pytest.fixture
def stories(tmp_path):
    return SoundStories(tmp_path, known_ids())


@pytest.fixture
def unread(monkeypatch):
    """From the call on nothing is parsed any more."""

    def refuse(*_):
        raise AssertionError("parsed again")

    return lambda: monkeypatch.setattr(sound, "load_with_places", refuse)


def test_a_story_comes_back_as_it_was_read_with_every_place(stories, unread):
    story, file = stories.load_with_places(TEXT, "b.yaml")
    assert file.foreign
    unread()
    assert stories.load_with_places(TEXT, "b.yaml") == (story, file)
    assert stories.load(TEXT, "b.yaml") == story


def test_another_text_name_or_shelf_of_fragments_is_read_anew(stories, tmp_path):
    file = stories.load_with_places(TEXT, "b.yaml")[1]
    assert stories.load_with_places("\n" + TEXT, "b.yaml")[1].positions != file.positions
    assert stories.load_with_places(TEXT, "./b.yaml")[1].source == "./b.yaml"
    with pytest.raises(BadFileError):
        stories.load(TEXT.replace("persona: ", "person: "), "b.yaml")
    (tmp_path / "fragments").mkdir()
    (tmp_path / "fragments" / "own.yaml").write_text("fragments: {words-price: {vars: {}}}\n", encoding="utf-8")
    with pytest.raises(BadFileError):
        SoundStories(tmp_path, known_ids(tmp_path)).load(TEXT, "b.yaml")


def test_lint_keeps_what_can_be_played_and_nothing_else(monkeypatch, tmp_path, unread):
    monkeypatch.setenv("KEFU_SIM_CACHE", str(tmp_path))
    stories, rules = SoundStories(cache_folder(), known_ids()), house_rules()
    read = stories.load_with_places(TEXT, "b.yaml")
    orphan = TEXT.replace("nodes:\n", ORPHAN, 1)
    codes = [finding.problem.code for text in (TEXT, orphan) for finding in lint_text(text, f"{len(text)}.yaml", rules)]
    assert "KS114" in codes
    with pytest.raises(BadFileError):
        stories.load_with_places(orphan, f"{len(orphan)}.yaml")
    unread()
    assert stories.load_with_places(TEXT, f"{len(TEXT)}.yaml")[0] == read[0]
