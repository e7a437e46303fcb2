"""Every test starts with an English interface and a data folder of its own."""

import pytest

from kefu_sim.i18n import set_language


@pytest.fixture(autouse=True)
def _own_place(tmp_path, monkeypatch):
    monkeypatch.setenv("KEFU_SIM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    set_language("en")
