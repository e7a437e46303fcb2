"""What is asked of the records, with 10,000 receptions in them: milliseconds a question, beside a bare table scan.

usage: python benchmarks/history.py [--receptions 10000] [--rounds 5] [--db URL]

Fills a fresh SQLite file, or the empty database given, with made-up receptions of one trainee over two years, then asks
each question anew. Times are this process's own (of SQLite all the work, of a server the part on this side), so that
other programs do not count. The bare scan reads as many rows of one column through sqlite3. Exit code 1 when a question
takes longer than LIMIT milliseconds.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from kefu_sim.engine import events as ev
from kefu_sim.history.look import look_back
from kefu_sim.house import House
from kefu_sim.language.verdict import STEPS, Step
from kefu_sim.progress.record import Wanted
from kefu_sim.scoring.ledger import DIMENSIONS, Part, Phrase, Place, Row, Score, Status
from kefu_sim.scoring.metrics import Metrics
from kefu_sim.store.address import address_of
from kefu_sim.store.entries import Entry, Kept, reception_entry, scored
from kefu_sim.store.records import Records, _insert

LIMIT = 100.0
STORIES = 30
START = datetime(2025, 1, 1, 9, tzinfo=UTC)


def entries(count: int) -> Iterator[Entry]:
    """Receptions that get better."""
    draw = random.Random(7)
    for number in range(count):
        at = START + timedelta(minutes=number * 100)
        story = f"story-{draw.randrange(STORIES)}"
        opened = ev.Opened(0.0, story, "f00d", number, "practice", "1.0", "c1", at.isoformat())
        log = [opened, *(ev.BuyerSaid(float(t), "在吗，这款多少钱？", "open", "node", "x#0") for t in range(20))]
        log += [ev.AgentSent(20.0 + t, "您好，在的", 5, 2.0) for t in range(10)]
        log.append(ev.Ended(300.0, "sold", "deal"))
        text = "".join(ev.to_line(event) + "\n" for event in log)
        kept = Kept(f"{at:%Y%m%dT%H%M%S}-{story}", text, "desk", at)
        yield scored(reception_entry(kept, log, story), log, _score(draw, number / count), 2.0)


def _score(draw: random.Random, skill: float) -> Score:
    steps: dict[Step, Status] = {step: "done" if draw.random() < 0.3 + 0.6 * skill else "missing" for step in STEPS}
    rows = [
        Row("step.missing", 0.0, Phrase("没做", "missing"), 4.0, Place(3), topic=Phrase(step.value, step.value))
        for step, status in steps.items()
        if status == "missing"
    ]
    rows += [Row(rule, 1.0, Phrase("扣分", "lost"), 3.0, Place(5)) for rule in ("speed.mean", "tone.plain", "brevity")]
    rows += [
        Row(
            "fact.unanswered", 0.0, Phrase("没答", "lost"), 4.0, topic=Phrase(name := f"参数{draw.randrange(40)}", name)
        )
        for _ in range(3)
    ]
    total = round(40 + 50 * skill + draw.random() * 10, 2)
    metrics = Metrics(20.0, 60 - 40 * skill, 90.0, 8, 7, 8, 50 + 40 * skill)
    return Score(total, dict.fromkeys(DIMENSIONS, Part(4.0, 5.0)), steps, metrics, tuple(rows), rubric="1.0")


def fill(records: Records, count: int) -> None:
    """Everything in one transaction: filling is not what is measured."""
    with records.database.writing() as connection:
        for entry in entries(count):
            _insert(connection, entry)


def timed(ask: Callable[[], object], rounds: int) -> float:
    """Median milliseconds."""
    took = []
    for _ in range(rounds):
        start = time.process_time()
        ask()
        took.append((time.process_time() - start) * 1000)
    return median(took)


def main() -> int:
    """Print a line for each question."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--receptions", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--db", default="")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        house = House(Path(name))
        records = Records(address_of(args.db, house.folder))
        house.__dict__["records"] = records
        start = time.perf_counter()
        fill(records, args.receptions)
        print(f"{args.receptions} receptions filled in within {time.perf_counter() - start:.0f} s")
        bare = Path(name) / "bare.db"
        scan = _bare(bare, args.receptions)
        mine = Wanted(trainee="", kind="reception")
        ids = records.rows(mine, 1)[0].id
        questions: dict[str, Callable[[], object]] = {
            "the newest 20": lambda: records.rows(mine, 20),
            "all points of the curves": lambda: records.points(mine),
            "lost points of the last 30": lambda: records.causes(mine, 30),
            "lost points of all": lambda: records.causes(mine),
            "one story since half a year": lambda: records.rows(Wanted(scenario="story-3", since="2026-06-01")),
            "best totals": records.bests,
            "turns that went wrong": lambda: records.slips(""),
            "one by its id": lambda: records.find(ids),
            "what is known of this folder": lambda: records.ids("desk"),
        }
        over = False
        for title, ask in questions.items():
            ask()
            took = timed(ask, args.rounds)
            over = over or took > LIMIT
            print(f"{title:<32} {took:6.1f} ms  {took / timed(scan, args.rounds):5.1f} bare scans")
        look = timed(lambda: look_back(house, mine, date(2026, 12, 1)), args.rounds)
        print(f"{'the whole progress page':<32} {look:6.1f} ms")
    return int(over)


def _bare(path: Path, count: int) -> Callable[[], object]:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bare (day TEXT)")
    connection.executemany("INSERT INTO bare VALUES (?)", [("2026-01-01",)] * count)
    connection.commit()
    return lambda: connection.execute("SELECT day FROM bare").fetchall()


if __name__ == "__main__":
    sys.exit(main())
