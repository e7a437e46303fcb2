"""Every test starts with an English interface and a data folder of its own."""

import os

import pytest
from hypothesis import settings

from kefu_sim.i18n import set_language

from .postgres import Cluster, program

# the same examples in every run; KEFU_SIM_HYPOTHESIS=random looks for new ones
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("random", deadline=None)
settings.load_profile(os.environ.get("KEFU_SIM_HYPOTHESIS", "same"))
TERMINALS = ("test_drill_typists.py", "test_typist.py", "test_terminal.py")


def pytest_xdist_auto_num_workers(config):
    """One worker more than there are cores: those that wait for a screen or a bell leave theirs idle."""
    del config
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items):
    """Those on a real terminal mostly wait: they begin first, so that nobody waits for them alone."""
    items.sort(key=lambda item: item.path.name not in TERMINALS)


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory):
    """One cache for all tests: homes are new in each, stories and rules are the same."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "cache"


@pytest.fixture(autouse=True)
def _own_place(tmp_path, monkeypatch, shared_cache):
    monkeypatch.setenv("KEFU_SIM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KEFU_SIM_CACHE", str(shared_cache))
    monkeypatch.delenv("KEFU_SIM_DB", raising=False)
    monkeypatch.delenv("KEFU_SIM_TRAINEE", raising=False)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    set_language("en")


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server for this run of the tests; KEFU_SIM_NEED_POSTGRES makes its absence a failure."""
    import importlib.util

    missing = [name for name in ("initdb", "pg_ctl", "postgres") if program(name) is None]
    missing += ["psycopg"] if importlib.util.find_spec("psycopg") is None else []
    if missing:
        what = f"PostgreSQL cannot be tried here: no {', '.join(missing)}"
        if os.environ.get("KEFU_SIM_NEED_POSTGRES"):
            pytest.fail(what)
        pytest.skip(what)
    cluster = Cluster()
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request, tmp_path):
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'database' / 'records.db'}"
    return request.getfixturevalue("postgres").fresh()
