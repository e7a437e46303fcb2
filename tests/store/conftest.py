"""Entries as they come from finished receptions, without playing any."""

from datetime import UTC, datetime

import pytest

from kefu_sim.engine import events as ev
from kefu_sim.language.verdict import STEPS
from kefu_sim.scoring.ledger import DIMENSIONS, Part, Phrase, Place, Row, Score
from kefu_sim.scoring.metrics import Metrics
from kefu_sim.store.entries import Kept, reception_entry, scored


def score_of(total, lost=(), late=()):
    """A score; `lost` names steps that are missing, each of four points."""
    rows = [Row("speed.mean", 6.0, Phrase("平均", "mean"), 8.0)]
    rows += [
        Row("step.missing", 0.0, Phrase("没做", "missing"), 4.0, Place(1, (0, 2)), topic=Phrase(step, step))
        for step in lost
    ]
    rows.append(Row("scale", -1.5, Phrase("折算", "scaled")))
    steps = {step: "missing" if step in lost else "late" if step in late else "done" for step in STEPS}
    parts = dict.fromkeys(DIMENSIONS, Part(6.0, 8.0)) | {"accuracy": Part(0.0, 0.0)}
    return Score(total, parts, steps, Metrics(12.0, 15.5, 40.0, 5, 4, 5, 66.0), tuple(rows), rubric="1.0")


@pytest.fixture
def entry():
    """`entry(n, total=80, day=3, …)`: the reception n, on a day of March."""

    def make(number=0, total=80.0, day=1, scenario="cup", trainee="", lost=(), branch_of="", desk="desk", mode="exam"):
        started = f"2026-03-{day:02}T10:{number:02}:00+08:00"
        log = [
            ev.Opened(0.0, scenario, "f00d", number, mode, "1.0", "c1", started, trainee=trainee, branch_of=branch_of),
            ev.Entered(0.0, "open", "start"),
            ev.BuyerSaid(0.0, "在吗 [/]", "open", "node", "open/line#0"),
            ev.AgentSent(9.0, "在", 1, 0.5),
            ev.Ended(63.5, "sold", "deal"),
        ]
        text = "".join(ev.to_line(event) + "\n" for event in log)
        stamp = f"202603{day:02}T10{number:02}00-{scenario}"
        kept = Kept(stamp, text, desk, datetime(2026, 3, day, 3, number, 9, tzinfo=UTC))
        return scored(reception_entry(kept, log, "杯子 [/]"), log, score_of(total, lost), 2.0)

    return make
