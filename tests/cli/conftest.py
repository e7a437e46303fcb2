"""The command line as a user starts it: in a process of its own."""

import os
import subprocess
import sys

import pytest

from kefu_sim.base.clock import ManualClock
from kefu_sim.engine.step import Say
from kefu_sim.history.intake import try_to_take_in
from kefu_sim.play import House


@pytest.fixture
def received(monkeypatch):
    """`received(*replies)`: the bargainer was received and left after these replies; nobody had to wait for her."""

    def receive(*replies, seed=1, trainee=""):
        with monkeypatch.context() as place:
            if trainee:
                place.setenv("KEFU_SIM_TRAINEE", trainee)
            house, clock = House(), ManualClock()
            session = house.begin(house.library.get("bargainer"), seed=seed, clock=clock).session
            for reply in replies:
                session.send(Say(reply))
                while session.state.due is not None:
                    clock.advance(max(session.state.due - session.now, 0.0))
                    session.tick()
            session.leave()
            assert not try_to_take_in(house)

    return receive


@pytest.fixture
def kefu(tmp_path):
    def run(*arguments, given="", env=None):
        return subprocess.run(
            [sys.executable, "-m", "kefu_sim", *arguments],
            input=given.encode() if isinstance(given, str) else given,
            capture_output=True,
            timeout=60,
            cwd=tmp_path,
            env={**os.environ, "LC_ALL": "en_US.UTF-8", **(env or {})},
            check=False,
        )

    return run
