"""What starting costs: a whole reception by `kefu-sim run`, in processes of its own, beside importing its libraries.

usage: python benchmarks/start.py [--runs N]

Processor seconds of the processes, the best of N: on a first run nothing is kept yet, on later ones what was read of
rules and stories is. The libraries (numpy, pydantic, re2) cannot be had for less.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[1] / "tests" / "scenarios" / "bargainer" / "good-long-messages.jsonl"
RECEPTION = [sys.executable, "-m", "kefu_sim", "run", "bargainer", "--script", str(SCRIPT), "--json"]
LIBRARIES = [sys.executable, "-c", "import kefu_sim, numpy, re2; from pydantic import BaseModel, model_validator"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    libraries = min(_seconds(LIBRARIES, "") for _ in range(runs))
    print(f"libraries alone: {libraries:.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        first = min(_seconds(RECEPTION, f"{folder}/{n}") for n in range(runs))
        later = min(_seconds(RECEPTION, f"{folder}/0") for _ in range(runs))
    print(f"a reception, first run: {first:.2f} s, ×{first / libraries:.1f}")
    print(f"a reception, later: {later:.2f} s, ×{later / libraries:.1f}")


def _seconds(command: list[str], home: str) -> float:
    """Processor seconds of a process that runs to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, env={**os.environ, "KEFU_SIM_HOME": home}, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
