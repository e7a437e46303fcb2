"""The command line as a user starts it."""

import io
import os
import subprocess
import sys
import time
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import pytest

from kefu_sim.base.clock import ManualClock
from kefu_sim.base.wallclock import WallClock
from kefu_sim.cli import main
from kefu_sim.engine.step import Say
from kefu_sim.history.intake import try_to_take_in
from kefu_sim.house import House
from kefu_sim.i18n import set_language


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
    """`kefu(argument, …)` runs a command to its end in this process: most of a process of its own would be starting it.

    What hangs on a real process (closed and full pipes, signals, a slow reader) is tested with one. Buyers take ten
    times as little of our time to answer as they do of their own.
    """

    def run(*arguments, given="", env=None):
        typed = given.encode() if isinstance(given, str) else given
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
        here = {**os.environ, "LC_ALL": "en_US.UTF-8", "COLUMNS": "80", "LINES": "24", **(env or {})}
        before = Path.cwd()
        with ExitStack() as stack:
            stack.callback(set_language, "en")
            stack.callback(os.chdir, before)
            os.chdir(tmp_path)
            stack.enter_context(patch.dict(os.environ, here))
            stack.enter_context(patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed), encoding="utf-8")))
            stack.enter_context(patch.object(WallClock, "now", lambda _: 10 * time.monotonic()))
            stack.enter_context(redirect_stdout(out))
            stack.enter_context(redirect_stderr(err))
            try:
                code = main(arguments)
            except SystemExit as stopped:
                code = stopped.code or 0
        return subprocess.CompletedProcess(arguments, int(code), out.buffer.getvalue(), err.buffer.getvalue())

    return run


@pytest.fixture
def kefu_process(tmp_path):
    """The same in a process of its own."""

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
