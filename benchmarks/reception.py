"""A whole reception on the virtual clock, after import: time to play and to score it.

usage: python benchmarks/reception.py [--rounds N]

Plays the longest good script of each shipped story. The first round loads and compiles what is loaded lazily; the
rounds after it are what one more reception costs. Prints milliseconds a reception, scaled to 20 messages.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

from kefu_sim.engine.events import AgentSent
from kefu_sim.engine.script import play_script, read_script
from kefu_sim.house import House
from kefu_sim.programs import program_for
from kefu_sim.scores import rubric_version, score_log

SCRIPTS = Path(__file__).resolve().parents[1] / "tests" / "scenarios"


def main() -> None:
    """Measure every story."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    house = House()
    for story in sorted(house.library.entries):
        texts = [path.read_text(encoding="utf-8") for path in (SCRIPTS / story).glob("good-*.jsonl")]
        longest = max(texts, key=lambda text: text.count('"say"'), default="")
        turns = read_script(longest.splitlines(), story)
        took = []
        for _ in range(rounds + 1):
            program = program_for(house.library.get(story))
            start = time.perf_counter()
            log = play_script(program, turns, 1, rubric_version())
            score_log(program, log)
            said = sum(isinstance(event, AgentSent) for event in log)
            took.append((time.perf_counter() - start) * 1000 * 20 / max(said, 1))
        print(f"{story}: first {took[0]:.0f} ms, then {statistics.median(took[1:]):.0f} ms for 20 messages")


if __name__ == "__main__":
    main()
