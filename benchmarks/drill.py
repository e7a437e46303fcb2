"""The drill's figures: measure, key to paint beside a bare Input app, ten minutes of typing, idle cost.

usage: python benchmarks/drill.py [--rounds 4] [--keys 100]

Exit code 1 when a figure is over its limit. Times are ratios: both programs take turns on the same machine.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path

from pty_meter import Terminal, measure

from kefu_sim.base.clock import ManualClock
from kefu_sim.drill import events as ev
from kefu_sim.drill.measure import figures
from kefu_sim.drill.run import Run
from kefu_sim.rulebook.drill import load_standards

HERE = Path(__file__).resolve().parent
PROGRAM = [sys.executable, "-m", "kefu_sim", "--lang", "zh", "drill", "--exam"]
SETTLE = 7.0
"""Seconds until the count-down is over and nothing is loading any more."""
TEN_MINUTES = 1000
"""Characters of ten minutes at 100 a minute."""


def even_typist(per_commit: int, pace: float = 80.0) -> tuple[float, float]:
    """Net speed and consistency of a minute's even typing."""
    clock, standards = ManualClock(), load_standards()
    text = "您好欢迎光临本店请问有什么可以帮您这款现在有货" * 20
    run = Run(ev.Opened(0.0, "copy", "exam", 80, 60.0, text), standards, clock)
    clock.advance(standards.countdown_s)
    at = 0
    while not run.over:
        clock.advance(per_commit * 60 / pace)
        for char in text[at : at + per_commit]:
            run.key(char, clock.now())
        at += per_commit
        if run.now > 60:
            clock.advance(1.0)
            run.tick()
    found = figures(run.sheet)
    return found.net, found.consistency or 0.0


def distinct(count: int) -> str:
    """A text in which every character can be told from its neighbours, in lines of 30."""
    rng = random.Random(1)
    chars = "".join(chr(code) for code in rng.sample(range(0x4E00, 0x9000), count))
    return "\n".join(chars[at : at + 30] for at in range(0, count, 30))


def latency(terminal: Terminal, text: str) -> list[float]:
    """Milliseconds from each key to its character on the screen."""
    found = []
    for char in text:
        began = time.perf_counter()
        terminal.write(char)
        if terminal.wait(1.0, char):
            found.append((time.perf_counter() - began) * 1000)
        terminal.wait(0.04)
    return found


def drill(text: str, env: dict[str, str], count: int) -> tuple[list[float], float]:
    """Key latencies of copying a text, and the growth of memory in megabytes from a tenth of it to its end."""
    path = Path(env["KEFU_SIM_HOME"]) / "text.txt"
    path.write_text(text, "utf-8")
    terminal = Terminal([*PROGRAM, "--text", str(path), "--length", "5000"], 120, 40, env)
    try:
        terminal.wait(SETTLE)
        chars = text.replace("\n", "")[:count]
        begin = count // 10
        early = latency(terminal, chars[:begin])
        before = terminal.memory()
        late = latency(terminal, chars[begin:])
        return [*early, *late], terminal.memory() - before
    finally:
        terminal.close()


def idle(env: dict[str, str], seconds: float = 10.0) -> float:
    """Percent of one core that a drill takes while nobody types."""
    terminal = Terminal([*PROGRAM, "--seconds", "120", "--seed", "1"], 120, 40, env)
    try:
        terminal.wait(SETTLE + 2)
        before, began = cpu(terminal.pid), time.perf_counter()
        while time.perf_counter() - began < seconds:
            terminal.wait(0.5, "\0")
        return 100 * (cpu(terminal.pid) - before) / (time.perf_counter() - began)
    finally:
        terminal.close()


def cpu(pid: int) -> float:
    """Seconds of processor time so far."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def quantile(values: list[float], q: float) -> float:
    """A quantile."""
    return sorted(values)[min(len(values) - 1, int(q * len(values)))]


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--keys", type=int, default=100)
    args = parser.parse_args()
    checks: list[tuple[str, float, float]] = []
    speeds = {count: even_typist(count) for count in (1, 2, 4, 8)}
    for count, (net, consistency) in speeds.items():
        print(f"{count} a commit: net {net:.2f}, consistency {consistency:.1f} %")
    checks.append(("net speed off 80", max(abs(net - 80) for net, _ in speeds.values()), 0.5))
    checks.append(("consistency under 100", max(100 - c for _, c in speeds.values()), 1.0))
    theirs: list[float] = []
    all_ours: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        env = {**os.environ, "KEFU_SIM_HOME": name}
        text = distinct(max(TEN_MINUTES, args.keys) + 300)
        for _ in range(args.rounds):
            bare = measure([sys.executable, str(HERE / "bare_input.py")], keys=args.keys, env=env)
            ours, _ = drill(text, env, args.keys)
            theirs += bare.keys
            all_ours += ours
            print(
                f"bare Input p50 {bare.quantile(0.5):.1f} p95 {bare.quantile(0.95):.1f} ms   "
                f"drill p50 {quantile(ours, 0.5):.1f} p95 {quantile(ours, 0.95):.1f} ms"
            )
        checks += [
            (f"key p{share:.0%}, ratio".replace("%", ""), quantile(all_ours, share) / quantile(theirs, share), 1.0)
            for share in (0.5, 0.95)
        ]
        keys, growth = drill(text, env, TEN_MINUTES)
        tenth = TEN_MINUTES // 10
        drift = quantile(keys[-2 * tenth :], 0.5) / quantile(keys[tenth : 3 * tenth], 0.5)
        checks += [("p50 late / early", drift, 1.5), ("memory growth, MB", growth, 5.0)]
        checks.append(("idle, % of a core", idle(env), 3.0))
    for title, value, limit in checks:
        print(f"{title:<22} {value:6.2f}  (limit {limit}){'' if value <= limit else '  OVER'}")
    return int(any(value > limit for _, value, limit in checks))


if __name__ == "__main__":
    sys.exit(main())
