"""A simulated agent at the real screen, and the report she sees held against the log, counted by hand.

`python tools/shift_typist.py promotion` does the same with a whole evening, at the pace of the clock.
"""

import json
import shutil
import sys
from importlib import import_module
from pathlib import Path

import pytest

pytest.importorskip("pty")
pytest.importorskip("pyte")

from kefu_sim.engine.step import Say
from kefu_sim.house import House
from kefu_sim.i18n import set_language
from kefu_sim.rush.agents import work
from kefu_sim.rush.events import to_data
from kefu_sim.rush.figures import figures, served
from kefu_sim.rush.run import Run
from kefu_sim.rush.script import finish
from kefu_sim.rush.skills import Skill
from kefu_sim.shifts import ShiftRoom

TOOLS = Path(__file__).parents[2] / "tools"
SHIFT = Path(__file__).with_name("typist_shift.yaml")


@pytest.fixture
def tool(monkeypatch):
    monkeypatch.syspath_prepend(str(TOOLS))
    yield import_module
    for name in ("shift_typist", "shift_by_hand"):
        sys.modules.pop(name, None)


@pytest.mark.parametrize("shift", ["tutorial", "weekday", "promotion", "double-eleven", "hand-over"])
@pytest.mark.parametrize("colleague", [0, 7, 8])
def test_every_figure_can_be_counted_by_hand_from_the_log(tool, shift, colleague):
    by_hand = tool("shift_by_hand")
    room = ShiftRoom()
    plan = room.plan(room.library.get(shift))
    run = work(plan, plan.rules.colleagues[colleague])
    rows = [json.loads(json.dumps(to_data(entry))) for entry in run.log]
    told = {p.scenario.id: (p.scenario.complaint, p.scenario.limits.price or 0.0) for p in plan.programs.values()}
    counted, reported = by_hand.count(rows, told, plan.rules.come_back), figures(run.floor, served(run.floor, run.log))
    assert counted == {name: reported.value(name) for name in counted}
    assert by_hand.longest(rows) == reported.longest_wait_buyer


def test_a_busy_agents_figures_too(tool):
    room = ShiftRoom()
    plan = room.plan(room.library.get("tutorial"))
    run = Run(plan)
    run.open()
    for second, busy in ((5, True), (30, False), (32, True), (34, False)):
        run.set_busy(second, busy=busy)
    run.feed("b2", Say("您好，在的～今天给您发出"), 41.5)
    finish(run)
    rows = [to_data(entry) for entry in run.log]
    told = {p.scenario.id: (p.scenario.complaint, p.scenario.limits.price or 0.0) for p in plan.programs.values()}
    counted = tool("shift_by_hand").count(rows, told, plan.rules.come_back)
    reported = figures(run.floor, served(run.floor, run.log))
    assert counted == {name: reported.value(name) for name in counted}
    assert counted["first_reply_s"] == 29.5
    assert (reported.busy_s, reported.kept_out) == (27.0, 1)


def test_the_report_on_the_screen_is_what_the_log_says(tool, tmp_path):
    typist = tool("shift_typist")
    home = tmp_path / "home"
    (home / "shifts").mkdir(parents=True)
    shutil.copy(SHIFT, home / "shifts" / "two.yaml")
    set_language("zh")
    room = ShiftRoom(House(home))
    plan = room.plan(room.library.get("two"))
    skill = Skill(id="typist", title={"zh": "客服", "en": "Typist"}, typing=300, quick=0.6, care=0.8)
    agent = typist.Typist(plan, home, skill, reading=0.5)
    try:
        agent.work()
        compared = agent.report()
    finally:
        agent.terminal.close()
    assert [one for one in compared if not one.shown] == []
    assert {"first_reply_s", "conversion", "answer_ratio", "typing_cpm"} <= {one.name for one in compared}
    assert all(agent.mind.said.values())
    assert agent.floor.read == {0}
