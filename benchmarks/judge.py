"""How fast the judge is on one core: replies per second (one by one, many at once), p99, load time, growth with length.

`python benchmarks/judge.py [LABELLED.jsonl]`; without a file it judges the written corpus. Processor time, not wall
clock, so that a busy machine does not blur the figures.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kefu_sim.language.recognise import Recogniser

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

CORPUS = [Path(__file__).parents[1] / "data" / "recogniser" / f"replies_{n}.jsonl" for n in ("12", "13", "14", "15")]
START, ROWS = 1_500, 700
"""Replies while patterns are still being compiled, and replies after them: one by one, and as many at once."""
AT_ONCE = 64


def main() -> None:
    """Measure and print."""
    from kefu_sim.language.model import RuleView, StatModel, Surroundings
    from kefu_sim.rulebook.recogniser import load_recogniser

    begun = process_time()
    recogniser = load_recogniser()
    print(f"load: {1e3 * (process_time() - begun):.0f} ms")
    sources = [Path(sys.argv[1])] if len(sys.argv) > 1 else CORPUS
    rows = [json.loads(line) for source in sources for line in source.read_text(encoding="utf-8").splitlines()]
    start, later, last = rows[:START], rows[START : START + ROWS], rows[START + ROWS : START + 2 * ROWS]
    _tell("the first replies", _times(recogniser, start))
    _tell("after them", _times(recogniser, later))
    if last:
        begun = process_time()
        for at in range(0, len(last), AT_ONCE):
            _judge_together(recogniser, last[at : at + AT_ONCE])
        print(f"many at once ({len(last)}): {len(last) / (process_time() - begun):.0f} replies/s")
    weights = Path(__file__).parents[1] / "src" / "kefu_sim" / "data" / "recogniser.bin"
    model = StatModel.from_bytes(weights.read_bytes())
    around = [
        (row["reply"], Surroundings(buyer=row["context"][-1] if row["context"] else "")) for row in later or start
    ]
    begun = process_time()
    for text, place in around:
        model.predict_all([(text, place, RuleView())])
    print(f"model alone: {len(around) / (process_time() - begun):.0f} replies/s")
    for length in (100, 1_000, 10_000, 100_000, 1_000_000):
        text = ("您好亲，这款今天拍明天发，" * (length // 13 + 1))[:length]
        begun = process_time()
        recogniser.recognise(text)
        print(f"{length:>9} characters: {1e3 * (process_time() - begun):.1f} ms")


def _judge_together(recogniser: Recogniser, rows: Sequence[Mapping[str, Any]]) -> None:
    recogniser.ahead((row["reply"], row["context"]) for row in rows)
    for row in rows:
        recogniser.recognise(row["reply"], row["context"])


def _times(recogniser: Recogniser, rows: Sequence[Mapping[str, Any]]) -> list[float]:
    """Seconds for each reply; none is asked about twice."""
    times: list[float] = []
    for row in rows:
        begun = process_time()
        recogniser.recognise(row["reply"], row["context"])
        times.append(process_time() - begun)
    return sorted(times)


def _tell(when: str, times: Sequence[float]) -> None:
    if times:
        speed, most = len(times) / sum(times), times[int(0.99 * len(times))]
        print(f"{when} ({len(times)}): {speed:.0f} replies/s, p99 {1e3 * most:.2f} ms")


if __name__ == "__main__":
    main()
