"""The database is loaded by what asks it alone, OpenSSL by nobody: other commands stay quick and small."""

import subprocess
import sys

import pytest

from kefu_sim.cli import COMMANDS, NAMESAKES, build_parser, needed
from kefu_sim.house import House

RUN = """
import sys
from kefu_sim.cli import main
try:
    main({arguments!r})
except SystemExit:
    pass
print("LOADED", sorted(name for name in ("sqlalchemy", "alembic", "sqlite3", "_ssl") if name in sys.modules))
"""
HOME = """
import asyncio, sys
from kefu_sim.house import House
from kefu_sim.tui.app import KefuApp

async def look():
    app = KefuApp(House)
    async with app.run_test(size=(80, 24)) as pilot:
        while not app._home._loaded:
            await pilot.pause(0.05)
        await pilot.press("enter")
        while app.reception is None:
            await pilot.pause(0.05)

asyncio.run(look())
print("LOADED", sorted(name for name in ("sqlalchemy", "alembic", "sqlite3") if name in sys.modules))
"""


def loaded(script, given=""):
    done = subprocess.run(
        [sys.executable, "-c", script], input=given, capture_output=True, text=True, timeout=120, check=False
    )
    assert "LOADED" in done.stdout, done.stderr
    return done.stdout.rsplit("LOADED ", 1)[1].strip()


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["history", "--help"], ["list"], ["judge"], ["run", "bargainer", "--script", "-"], ["score", "-"]],
)
def test_commands_that_ask_no_records_do_not_load_a_database(arguments):
    given = '{"role": "buyer", "t": 0, "text": "在吗"}\n' if arguments[0] == "score" else ""
    assert loaded(RUN.format(arguments=arguments), given) == "[]"


def test_home_and_a_reception_do_not_load_a_database():
    assert loaded(HOME) == "[]"


FIRST_PAINT = """
import asyncio, os, sys, threading
from kefu_sim.tui.app import KefuApp

async def look():
    wait = threading.Event()
    app = KefuApp(lambda: wait.wait() and None)
    async with app.run_test(size=(80, 24)):
        found = sorted({"numpy", "pydantic", "re2", "yaml"} & sys.modules.keys())
        print("LOADED", found, file=sys.__stdout__, flush=True)
        os._exit(0)

asyncio.run(look())
"""


def test_home_is_painted_before_anything_of_a_story_is_loaded():
    assert loaded(FIRST_PAINT) == "[]"


def test_an_interrupted_reception_alone_does_not_load_a_database(tmp_path, monkeypatch):
    monkeypatch.setenv("KEFU_SIM_HOME", str(tmp_path))
    house = House(tmp_path)
    house.begin(house.library.get("bargainer"), seed=1).close()
    assert not house.uncounted
    assert loaded(HOME) == "[]"


def test_only_the_parser_of_the_named_command_is_built_and_it_knows_that_command():
    assert needed([]) == ()
    assert needed(["listing"]) == needed(["--help"]) == needed(["archiv"]) == COMMANDS
    for name in sorted(NAMESAKES):
        assert needed([name, "--help"]) == (name,)
        commands = next(a for a in build_parser((name,))._actions if a.dest == "command")
        assert name in commands.choices
