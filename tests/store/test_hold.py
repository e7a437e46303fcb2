"""One program at a time on one log; looking is free."""

import threading

import pytest

from kefu_sim.store.hold import PAUSE, held, hold

fcntl = pytest.importorskip("fcntl", reason="Windows knows no shared locks")


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "log.jsonl"
    made.write_bytes(b"")
    return made


def test_a_file_is_kept_until_it_is_closed(path):
    with path.open("a") as first, path.open("a") as second:
        assert hold(first)
        assert held(path)
        assert not hold(second)
    assert not held(path)


def test_two_that_look_at_once_do_not_take_each_other_for_a_player(path):
    with path.open("rb") as looking:
        fcntl.flock(looking, fcntl.LOCK_SH)
        assert not held(path)


def test_a_look_does_not_keep_a_player_out(path):
    looking = path.open("rb")
    fcntl.flock(looking, fcntl.LOCK_SH)
    threading.Timer(PAUSE, looking.close).start()
    with path.open("a") as file:
        assert hold(file)


def test_a_file_that_is_not_there_is_kept_by_nobody(path):
    assert not held(path.with_name("none"))
