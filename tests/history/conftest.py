"""Houses with finished receptions in them, played from the scripts of the shipped stories on a virtual clock."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from kefu_sim.engine import events as ev
from kefu_sim.engine.script import play_script, read_script
from kefu_sim.house import House
from kefu_sim.programs import program_for
from kefu_sim.scores import rubric_version

SCRIPTS = Path(__file__).parents[1] / "scenarios"


@pytest.fixture
def house(tmp_path):
    return House(tmp_path / "home")


@pytest.fixture
def finish():
    """`finish(house, started, story, script)`: the log of a reception that has ended, as a killed program left it."""

    def play(
        house, started, story="bargainer", script="good-by-the-book", *, seed=1, trainee="", mode="practice", turns=()
    ):
        if not turns:
            path = SCRIPTS / story / f"{script}.jsonl"
            turns = read_script(path.read_text("utf-8").splitlines(), script)
        log = play_script(program_for(house.library.get(story)), turns, seed, rubric_version(), mode)
        log[0] = ev.Opened(
            0.0, story, log[0].fingerprint, seed, mode, log[0].rubric, log[0].recogniser, started, trainee=trainee
        )
        writer = house.receptions.new_log(story, datetime.fromisoformat(started).strftime("%Y%m%dT%H%M%S"))
        writer.write(log)
        writer.close()
        return writer.path.stem

    return play


@pytest.fixture
def kefu_at(tmp_path):
    """The command line in a process of its own, with a data folder of one's choice."""

    def run(folder, *arguments):
        env = {**os.environ, "LC_ALL": "en_US.UTF-8", "KEFU_SIM_HOME": str(folder)}
        command = [sys.executable, "-m", "kefu_sim", *arguments]
        return subprocess.run(command, capture_output=True, timeout=120, cwd=tmp_path, env=env, check=False)

    return run
