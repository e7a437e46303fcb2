"""Every save of a story, and of what it can take in, is seen, whichever way an editor saves."""

import threading

import pytest

from kefu_sim.author.watch import saves, written

from .examples import SOUND


def in_place(path):
    path.write_text(SOUND + "# changed\n", encoding="utf-8")


def by_another_file(path):
    draft = path.with_suffix(".tmp")
    draft.write_text(SOUND + "# changed\n", encoding="utf-8")
    draft.replace(path)


@pytest.mark.parametrize("save", [in_place, by_another_file])
@pytest.mark.parametrize("name", ["sound.yaml", "fragments/own/greeting.yaml"])
def test_a_save_is_seen(tmp_path, name, save):
    story, saved = tmp_path / "sound.yaml", tmp_path / name
    saved.parent.mkdir(parents=True, exist_ok=True)
    for path in (story, saved):
        path.write_text(SOUND, encoding="utf-8")
    stop = threading.Event()
    watched = saves(story, tmp_path, stop)
    next(watched)
    save(saved)
    give_up = threading.Timer(30, stop.set)
    give_up.start()
    assert next(watched, "gave up") is None
    give_up.cancel()
    stop.set()
    assert next(watched, "ended") == "ended"


def test_a_file_that_is_being_replaced_is_waited_for(tmp_path):
    path = tmp_path / "sound.yaml"
    assert written(path, tmp_path) == ""
    path.write_text(SOUND, encoding="utf-8")
    assert written(path, tmp_path)
