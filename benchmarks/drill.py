"""The drill's figures: measure, key to paint beside a bare Input app, ten minutes of typing, idle cost.

usage: python benchmarks/drill.py [--keys 1000]

Both programs run at once on terminals of one size, get the same characters from the same text at the same pace, and
take turns line by line, in an order drawn anew each time: a busy machine slows both. A key counts as painted when its
character has come back on the terminal. Speeds are ratios of quantiles, with the bounds of nine in ten resamplings of
the lines. Exit code 1 when a figure is over its limit.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pty_meter import Terminal

from kefu_sim.base.clock import ManualClock
from kefu_sim.drill import events as ev
from kefu_sim.drill.measure import figures
from kefu_sim.drill.run import Run
from kefu_sim.rulebook.drill import load_standards

HERE = Path(__file__).resolve().parent
PROGRAM = [sys.executable, "-m", "kefu_sim", "--lang", "zh", "drill", "--exam"]
LAST = "准备 1"
"""What the last second of the count-down shows."""
SETTLE = 3.0
"""Seconds from then until the clock runs and nothing is loading any more."""
SIZE = (120, 40)
LINE = 30
"""Characters."""
GAP = 0.04
"""Seconds from the paint of a key to the next key."""


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
    """A text in which every character can be told from its neighbours, in lines."""
    rng = random.Random(1)
    chars = "".join(chr(code) for code in rng.sample(range(0x4E00, 0x9000), count))
    return "\n".join(chars[at : at + LINE] for at in range(0, count, LINE))


@dataclass
class Typed:
    """What typing a text into both programs gave: milliseconds of each key, one list for each line."""

    bare: list[list[float]] = field(default_factory=list)
    drill: list[list[float]] = field(default_factory=list)
    growth: float = 0.0
    """Megabytes that the drill took from its second line to the last."""

    def ratio(self, share: float, lines: Sequence[int] | None = None) -> float:
        """Quantile of the drill's keys over that of the bare Input's, on some of the lines."""
        chosen = range(len(self.bare)) if lines is None else lines
        ours, theirs = ([ms for line in chosen for ms in keys[line]] for keys in (self.drill, self.bare))
        return quantile(ours, share) / quantile(theirs, share)

    def bounds(self, share: float) -> tuple[float, float]:
        """Between which nine in ten ratios lie when lines are drawn anew, with repetition."""
        rng, count = random.Random(1), len(self.bare)
        found = sorted(self.ratio(share, rng.choices(range(count), k=count)) for _ in range(500))
        return found[25], found[-26]


def latency(terminal: Terminal, line: str) -> list[float]:
    """Milliseconds from each key to its character on the screen."""
    found = []
    for char in line:
        began = time.perf_counter()
        terminal.write(char)
        if not terminal.wait(2.0, char):
            raise RuntimeError(f"{char!r} never came back")
        found.append((time.perf_counter() - began) * 1000)
        terminal.wait(GAP)
    return found


def ready(drill: Terminal) -> None:
    """Wait until a drill has begun."""
    if not drill.wait(60.0, LAST):
        raise RuntimeError("the count-down never came")
    drill.wait(SETTLE)


def side_by_side(text: str, env: dict[str, str], keys: int) -> Typed:
    """Type the same lines into a bare Input and into a drill."""
    path = Path(env["KEFU_SIM_HOME"]) / "text.txt"
    path.write_text(text, "utf-8")
    lines = text[: keys + keys // LINE].splitlines()
    bare = Terminal([sys.executable, str(HERE / "bare_input.py")], *SIZE, env)
    drill = Terminal([*PROGRAM, "--text", str(path), "--length", "5000"], *SIZE, env)
    found, rng = Typed(), random.Random(2)
    try:
        ready(drill)
        bare.wait(0.5)
        before = 0.0
        for line in lines:
            turns = [(bare, found.bare), (drill, found.drill)]
            rng.shuffle(turns)
            for terminal, kept in turns:
                terminal.wait(GAP)
                kept.append(latency(terminal, line))
            bare.write("\x15")  # the drill goes on to a new line, the Input is emptied
            before = before or drill.memory()
        found.growth = drill.memory() - before
    finally:
        bare.close()
        drill.close()
    return found


def idle(env: dict[str, str], seconds: float = 10.0) -> float:
    """Percent of one core that a drill takes while nobody types."""
    terminal = Terminal([*PROGRAM, "--seconds", "120", "--seed", "1"], *SIZE, env)
    try:
        ready(terminal)
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
    parser.add_argument("--keys", type=int, default=1000, help="as many as in ten minutes at 100 a minute")
    keys = max(parser.parse_args().keys, 5 * LINE)
    checks: list[tuple[str, float, float]] = []
    speeds = {count: even_typist(count) for count in (1, 2, 4, 8)}
    for count, (net, consistency) in speeds.items():
        print(f"{count} a commit: net {net:.2f}, consistency {consistency:.1f} %")
    checks.append(("net speed off 80", max(abs(net - 80) for net, _ in speeds.values()), 0.5))
    checks.append(("consistency under 100", max(100 - c for _, c in speeds.values()), 1.0))
    with tempfile.TemporaryDirectory() as name:
        env = {**os.environ, "KEFU_SIM_HOME": name}
        typed = side_by_side(distinct(keys + LINE), env, keys)
        for program, lines in (("bare Input", typed.bare), ("drill", typed.drill)):
            flat = [ms for line in lines for ms in line]
            print(f"{program:<10} p50 {quantile(flat, 0.5):.1f} p95 {quantile(flat, 0.95):.1f} ms  ({len(flat)} keys)")
        for share in (0.5, 0.95):
            low, high = typed.bounds(share)
            print(
                f"key p{100 * share:.0f}: {typed.ratio(share):.2f} × bare Input, nine in ten of {low:.2f} to {high:.2f}"
            )
            checks.append((f"key p{100 * share:.0f}, ratio", typed.ratio(share), 1.0))
        third = len(typed.bare) // 3
        drift = typed.ratio(0.5, range(len(typed.bare) - third, len(typed.bare))) / typed.ratio(0.5, range(third))
        checks += [("p50 late / early", drift, 1.25), ("memory growth, MB", typed.growth, 5.0)]
        checks.append(("idle, % of a core", idle(env), 3.0))
    for title, value, limit in checks:
        print(f"{title:<22} {value:6.2f}  (limit {limit}){'' if value <= limit else '  OVER'}")
    return int(any(value > limit for _, value, limit in checks))


if __name__ == "__main__":
    sys.exit(main())
