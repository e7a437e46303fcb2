"""A shop of one buyer, and demos of it."""

from pathlib import Path

import pytest

from kefu_sim import demonstrations
from kefu_sim.demonstrations import DemoRoom
from kefu_sim.house import House
from kefu_sim.scenario import library

LAMP = Path(__file__).parents[1] / "tui" / "desk_lamp.yaml"

DEMO = """\
schema: 1
id: lamp
title: 台灯
title_en: The lamp
about: 看第一句
scenario: desk-lamp
seed: 3
bad:
  - {wait: 20, say: 在, remark: 太短, ask: true}
good:
  - {wait: 5, say: 您好，请问谁用呢, remark: 先问, remark_en: Ask first, ask: true}
  - {wait: 9, say: 推荐这盏，护眼不刺眼, ask: true}
"""


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """A data folder with the lamp; `shop(demo="…", playlist="…")` adds files and gives the room."""
    folder = tmp_path / "data"
    for name in ("scenarios", "demos", "playlists"):
        (folder / name).mkdir(parents=True)
    (folder / "scenarios" / "lamp.yaml").write_text(LAMP.read_text("utf-8"), "utf-8")
    monkeypatch.setattr(library, "shipped_folder", lambda: tmp_path / "none")
    monkeypatch.setattr(demonstrations, "shipped", lambda name: tmp_path / "none")

    def make(demo=DEMO, playlist=None):
        (folder / "demos" / "lamp.yaml").write_text(demo, "utf-8")
        if playlist is not None:
            (folder / "playlists" / "lesson.yaml").write_text(playlist, "utf-8")
        return DemoRoom(House(folder))

    return make
