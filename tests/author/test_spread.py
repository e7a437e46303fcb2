"""Work spread over workers comes back whole and in order, whatever becomes of the workers."""

import os
import threading
import time
from pathlib import Path

import pytest

from kefu_sim.author import spread as rooms
from kefu_sim.author.spread import spread
from kefu_sim.i18n import set_language, tr

WORDS = [(at, word) for at, word in enumerate("here", 1)]


def slowest_first(item):
    """The item with who looked at it, and a word in the language of that one."""
    at, word = item
    time.sleep(0.2 / at)
    return word, os.getpid(), tr("yes")


@pytest.fixture
def cores(monkeypatch):
    monkeypatch.setattr(rooms, "_cores", lambda: 2)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_results_stand_in_the_order_of_the_items(cores, monkeypatch, method):
    monkeypatch.setattr(rooms, "_method", lambda: method)
    monkeypatch.syspath_prepend(Path(__file__).parents[2])  # where a worker that is spawned finds this file
    set_language("zh")
    done = list(spread(slowest_first, WORDS, 1.0))
    assert "".join(word for word, _, _ in done) == "here"
    assert len({who for _, who, _ in done} - {os.getpid()}) == 2
    assert {thanks for _, _, thanks in done} == {tr("yes")} != {"yes"}


def test_little_is_done_here(cores):
    assert {who for _, who, _ in spread(slowest_first, WORDS, 0.001)} == {os.getpid()}


def loaded(_item):
    """Who loaded what the work needs, and who looks."""
    return LOADED[:], os.getpid()


LOADED = []


def test_workers_that_are_forked_share_what_was_loaded_before(cores, monkeypatch):
    monkeypatch.setattr(rooms, "_method", lambda: "fork")
    monkeypatch.setattr(f"{__name__}.LOADED", [])
    done = list(spread(loaded, WORDS, 1.0, ready=lambda: LOADED.append(os.getpid())))
    assert all(who == [os.getpid()] for who, _ in done)
    assert os.getpid() not in {looker for _, looker in done}


def die_on_r(item):
    if item[1] == "r" and os.getpid() != item[0]:
        os._exit(1)
    return item[1]


def test_what_a_lost_worker_leaves_undone_is_done_here(cores):
    assert "".join(spread(die_on_r, [(os.getpid(), word) for word in "here again"], 1.0)) == "here again"


def fail(item):
    raise ValueError(item)


def test_what_goes_wrong_is_told_here(cores, capfd):
    with pytest.raises(ValueError, match="2"):
        list(spread(fail, [2, 3, 4], 1.0))
    assert capfd.readouterr().err == ""


def test_a_program_with_threads_is_not_forked():
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    assert rooms._method() == "spawn"
    stop.set()
    thread.join()
