"""Key to paint, first paint and memory of the full-screen program, as ratios to a bare TextArea app in the same run.

usage: python benchmarks/screen.py [--rounds 3] [--keys 100]

The reception holds 200 messages. Both programs take turns, so that a busy machine slows both. Exit code 1 when a
ratio is over its limit.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from pty_meter import Measured, measure

from kefu_sim.base.clock import ManualClock
from kefu_sim.engine import events as ev
from kefu_sim.house import House

HERE = Path(__file__).resolve().parent
LIMITS = {"key p50": 1.5, "key p95": 1.5, "first paint": 2.0}
MEMORY = 90.0
"""Megabytes."""
PROGRAM = [sys.executable, "-m", "kefu_sim"]
MESSAGES = 200


def long_reception(home: Path) -> None:
    """An unfinished reception of 200 messages with a buyer who never loses patience."""
    folder = home / "scenarios"
    folder.mkdir(parents=True)
    shutil.copy(HERE / "patient.yaml", folder)
    house = House(home)
    play = house.begin(house.library.get("patient"), seed=1, clock=ManualClock())
    rows: list[ev.Event] = []
    for i in range(MESSAGES // 2):
        rows.append(
            ev.BuyerSaid(8.0 * i + 3, f"第{i}句：这款到底好不好用？一个人用会不会太大？", "open", "node", f"x#{i}")
        )
        rows.append(ev.AgentSent(8.0 * i + 8, f"您好，第{i}次回复您：一到两个人用刚好，不占地方哦～", 20, 5.0, 0))
    play.keep(rows)
    play.close()


def one_round(keys: int) -> tuple[Measured, Measured, Measured]:
    """Bare app, home, reception."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        long_reception(home)
        env = {**os.environ, "KEFU_SIM_HOME": name, "LANG": "zh_CN.UTF-8"}
        bare = measure([sys.executable, str(HERE / "bare.py")], keys=keys, env=env)
        start = measure(PROGRAM, keys=0, env=env)
        chat = measure([*PROGRAM, "resume"], keys=keys, env=env, ready="Ctrl+J")
    return bare, start, chat


def main() -> int:
    """Print the ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keys", type=int, default=100)
    args = parser.parse_args()
    ratios: dict[str, list[float]] = {name: [] for name in LIMITS}
    memory: list[float] = []
    for _ in range(args.rounds):
        bare, start, chat = one_round(args.keys)
        ratios["key p50"].append(chat.quantile(0.5) / bare.quantile(0.5))
        ratios["key p95"].append(chat.quantile(0.95) / bare.quantile(0.95))
        ratios["first paint"].append(start.first_paint / bare.first_paint)
        memory.append(chat.memory)
        print(
            f"bare   first {bare.first_paint:5.0f} ms  p50 {bare.quantile(0.5):5.1f}  p95 {bare.quantile(0.95):5.1f}  "
            f"{bare.memory:3.0f} MB\nours   first {start.first_paint:5.0f} ms  p50 {chat.quantile(0.5):5.1f}  "
            f"p95 {chat.quantile(0.95):5.1f}  {chat.memory:3.0f} MB  lost {chat.lost}"
        )
    over = max(memory) > MEMORY
    print(f"memory      {max(memory):.0f} MB (limit {MEMORY:.0f})")
    for name, limit in LIMITS.items():
        middle = median(ratios[name])
        over = over or middle > limit
        print(f"{name:<11} {middle:.2f}x (limit {limit}x)")
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
