"""Many buyers at once: keys, ticks, switches and memory with 100 live buyers, beside one reception in the same run.

usage: python benchmarks/rush.py [--buyers 100] [--messages 50] [--rounds 3]

Keys, switches and memory are measured from outside, over a pseudo-terminal; ticks inside the program, with a clock that
moves by hand. Programs take turns, so that a busy machine slows both. Exit code 1 when a limit is passed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import fmean, median

from pty_meter import Measured, Terminal, measure
from screen import HERE, PROGRAM

from kefu_sim.base.clock import ManualClock
from kefu_sim.engine import events as ev
from kefu_sim.house import House
from kefu_sim.rush import events as rv
from kefu_sim.rush.run import Run
from kefu_sim.shifts import ShiftPlay, ShiftRoom
from kefu_sim.tui.app import KefuApp
from kefu_sim.tui.screens.rush import RushScreen

SIZE = (140, 45)
KEYS_RATIO, TICK_MS, SWITCH_MS, MEMORY_RATIO, MEMORY_EACH = 2.0, 10.0, 50.0, 1.5, 0.5
TICK = 0.22
"""Seconds between two looks at the clock."""
IDLE_RATIO = 1.5
"""A look at the clock with nothing due, 100 buyers beside 10: flat but for noise."""
SHIFT = """schema: 1
id: many
title: 一百位
minutes: 60
at_once: {n}
arrivals: [{{from: 0, to: 9, count: {n}}}]
mix: [{{scenario: patient}}]
"""


def home_with(folder: Path, buyers: int) -> ShiftRoom:
    """A data folder with a shift of so many buyers who never lose patience."""
    (folder / "scenarios").mkdir(parents=True)
    (folder / "shifts").mkdir()
    shutil.copy(HERE / "patient.yaml", folder / "scenarios")
    (folder / "shifts" / "many.yaml").write_text(SHIFT.format(n=max(buyers, 2)), encoding="utf-8")
    return ShiftRoom(House(folder))


def talk(play: ShiftPlay, messages: int) -> None:
    """So many messages with everybody; a third of the buyers wait for an answer in the end."""
    for _ in range(100):
        play.clock.advance(0.1)  # type: ignore[union-attr]
        play.advance()
    entries = list(_lines(list(play.floor.open), messages, play.floor.t))
    play.run.log.extend(entries)
    play.floor.take_all(entries)
    if play.writer is not None:
        play.writer.write(entries)


def _lines(buyers: list[str], messages: int, begin: float) -> Iterator[rv.Entry]:
    for i in range(messages):
        for number, buyer in enumerate(buyers):
            t = round(begin + i * 5 + number * 0.04, 3)
            if (i + (number % 3 == 0)) % 2 == 0:
                text = f"您好，第{i}次回复您：一到两个人用刚好，不占地方哦～"
                yield rv.Entry(ev.AgentSent(t, text, 20, 5.0, 0), buyer)
            else:
                text = f"第{i}句：这款到底好不好用？一个人用会不会太大？"
                yield rv.Entry(ev.BuyerSaid(t, text, "open", "node", f"x#{i}"), buyer)


def saved_shift(home: Path, buyers: int, messages: int) -> None:
    """An interrupted shift."""
    room = home_with(home, buyers)
    play = room.begin(room.library.get("many"), clock=ManualClock())
    talk(play, messages)
    play.close()


def saved_reception(home: Path, messages: int) -> None:
    """An interrupted reception of as many messages."""
    house = home_with(home, 2).house
    play = house.begin(house.library.get("patient"), seed=1, clock=ManualClock())
    play.keep([entry.event for entry in _lines(["b1"], messages, 3.0) if isinstance(entry.event, ev.Event)])
    play.close()


def outside(buyers: int, messages: int, keys: int) -> tuple[Measured, Measured, list[float]]:
    """One reception; the shift; milliseconds of its switches."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as many:
        saved_reception(Path(one), messages)
        saved_shift(Path(many), buyers, messages)
        env = {**os.environ, "LANG": "zh_CN.UTF-8"}
        alone = {**env, "KEFU_SIM_HOME": one}
        shift = {**env, "KEFU_SIM_HOME": many}
        single = measure([*PROGRAM, "resume"], keys=keys, env=alone, ready="Ctrl+J", size=SIZE)
        rush = measure([*PROGRAM, "rush", "--resume"], keys=keys, env=shift, ready="Ctrl+J", size=SIZE)
        return single, rush, list(switches([*PROGRAM, "rush", "--resume"], shift, keys))


def switches(command: list[str], env: dict[str, str], count: int) -> Iterator[float]:
    """Milliseconds from Tab to the other window's name over the composer."""
    terminal = Terminal(command, *SIZE, env)
    try:
        if not terminal.wait(60.0, "Ctrl+J"):
            raise RuntimeError("the shift never came")
        terminal.wait(3.0)
        for _ in range(count):
            began = time.perf_counter()
            terminal.write("\t")
            if not terminal.wait(2.0, "回复 "):
                raise RuntimeError("no other window came")
            yield (time.perf_counter() - began) * 1000
            terminal.wait(0.15)
    finally:
        terminal.close()


async def ticks(buyers: int, messages: int, count: int) -> list[float]:
    """Milliseconds of the processor for each look at the clock on the screen of a shift."""
    with tempfile.TemporaryDirectory() as name:
        home_with(Path(name), buyers)
        clock = ManualClock()
        app = KefuApp(lambda: House(Path(name)), clock=clock)
        async with app.run_test(size=SIZE) as pilot:
            while app.house is None:
                await pilot.pause(0.05)
            app.rush.begin("many")
            while not isinstance(app.screen, RushScreen) or not app.screen.is_mounted:
                await pilot.pause(0.05)
            screen = app.screen
            talk(screen.play, messages)
            clock.advance(messages * 5)
            took = []
            for _ in range(count):
                clock.advance(TICK)
                began = time.thread_time()
                screen.advance()
                took.append((time.thread_time() - began) * 1000)
                await pilot.pause()
            return took[5:]


def idle(buyers: int) -> Callable[[], float]:
    """Gives milliseconds of one look at the clock while nothing is due."""
    with tempfile.TemporaryDirectory() as name:
        room = home_with(Path(name), buyers)
        run = Run(room.plan(room.library.get("many")))
    run.open()
    run.advance(60.0)
    now = [60.0]

    def look() -> float:
        began = time.thread_time()
        for _ in range(100):
            now[0] += 0.001
            run.advance(now[0])
        return (time.thread_time() - began) * 10

    return look


def quantile(values: list[float], q: float) -> float:
    """A quantile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(q * len(ordered)))]


def told(what: str, value: float, limit: float, unit: str) -> bool:
    """Print one figure; whether it keeps its limit."""
    print(f"{what:<34}{value:8.2f} {unit:<3} (limit {limit:g}){'' if value <= limit else '   OVER'}")
    return value <= limit


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--buyers", type=int, default=100)
    parser.add_argument("--messages", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keys", type=int, default=60)
    args = parser.parse_args()
    ratios, switched, memory, alone = [], [], [], []
    for _ in range(args.rounds):
        single, rush, took = outside(args.buyers, args.messages, args.keys)
        ratios.append(rush.quantile(0.95) / single.quantile(0.95))
        switched += took
        memory.append(rush.memory)
        alone.append(single.memory)
        print(
            f"one    p50 {single.quantile(0.5):5.1f}  p95 {single.quantile(0.95):5.1f} ms  {single.memory:4.0f} MB\n"
            f"shift  p50 {rush.quantile(0.5):5.1f}  p95 {rush.quantile(0.95):5.1f} ms  {rush.memory:4.0f} MB  "
            f"switch p50 {quantile(took, 0.5):5.1f}  p95 {quantile(took, 0.95):5.1f} ms  lost {rush.lost}"
        )
    sizes = [max(args.buyers // 4, 2), max(args.buyers // 2, 2), args.buyers]
    looks = {n: asyncio.run(ticks(n, args.messages, 400)) for n in sizes}
    for n, took in looks.items():
        print(f"tick with {n:>3} buyers: mean {fmean(took):.2f} ms  p99 {quantile(took, 0.99):.2f} ms")
    few, many = idle(10), idle(args.buyers)
    pairs = [(few(), many()) for _ in range(15)]
    growth = fmean(looks[sizes[2]]) / fmean(looks[sizes[0]])
    good = [
        told("key to paint, p95, beside one", median(ratios), KEYS_RATIO, "x"),
        told("switch, p95", quantile(switched, 0.95), SWITCH_MS, "ms"),
        told("tick, p99", quantile(looks[args.buyers], 0.99), TICK_MS, "ms"),
        told("tick growth, 4 times the buyers", growth, 4.0, "x"),
        told("tick with nothing due, beside 10", median(b / a for a, b in pairs), IDLE_RATIO, "x"),
        told("memory", max(memory), MEMORY_RATIO * min(alone) + MEMORY_EACH * args.buyers, "MB"),
    ]
    return int(not all(good))


if __name__ == "__main__":
    sys.exit(main())
