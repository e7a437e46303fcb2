"""Every save is seen, whichever way an editor saves."""

import threading

import pytest

from kefu_sim.author.watch import saves

from .examples import SOUND


def in_place(path):
    path.write_text(SOUND + "# changed\n", encoding="utf-8")


def by_another_file(path):
    draft = path.with_suffix(".tmp")
    draft.write_text(SOUND + "# changed\n", encoding="utf-8")
    draft.replace(path)


@pytest.mark.parametrize("save", [in_place, by_another_file])
def test_a_save_is_seen(tmp_path, save):
    path = tmp_path / "sound.yaml"
    path.write_text(SOUND, encoding="utf-8")
    stop, seen = threading.Event(), threading.Event()

    def watch():
        for _ in saves(path, stop):
            seen.set()

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        for _ in range(50):  # the watch needs a moment to begin
            save(path)
            if seen.wait(0.2):
                break
        assert seen.is_set()
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()
