"""What the author tools cost: seconds for 25 stories, growth with their number, and against merely loading them.

usage: python benchmarks/author.py [--stories N]

The shipped stories are copied under other ids until there are N (25). Processor time of this process, after import, so
that a busy machine does not blur the figures; imports are told apart. Work on all cores is told by the clock.
Garbage is collected as rarely as in the program.
"""

from __future__ import annotations

import argparse
import gc
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

RUNS = 400
"""Receptions of a soak, before the search for what they did not meet. The first ones read what bots say; more of the
same story find it read."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=25)
    most = parser.parse_args().stories
    begun = process_time()
    from kefu_sim.author.bots import BOTS
    from kefu_sim.author.drawings import as_dot
    from kefu_sim.author.graph import graph_of
    from kefu_sim.author.lint import house_rules, lint_files
    from kefu_sim.author.schema import schema_text
    from kefu_sim.author.soak import Soak
    from kefu_sim.author.soak_kit import kit_for
    from kefu_sim.author.subjects import read_subject
    from kefu_sim.author.verify import verify
    from kefu_sim.cli import COLLECT
    from kefu_sim.rulebook.known import known_ids
    from kefu_sim.scenario.library import read_text, shipped_folder
    from kefu_sim.scenario.load import load_scenario

    gc.set_threshold(*COLLECT)
    print(f"imports: {process_time() - begun:.2f} s")
    begun = process_time()
    rules, known = house_rules(), known_ids()
    print(f"rules: {process_time() - begun:.2f} s")
    originals = sorted(shipped_folder().glob("*.yaml"))
    with tempfile.TemporaryDirectory() as folder:
        paths = [_copy(originals[i % len(originals)], i, Path(folder)) for i in range(most)]
        _by_the_clock(paths, Path(folder))  # first: this process remembers what it has looked at
        lint_files(paths[:1], rules)
        load = _seconds(lambda: [load_scenario(read_text(path), str(path), known) for path in paths])
        print(f"load {most}: {load:.2f} s")
        for count in sorted({most // 5, most // 2, most}):
            took = _seconds(lambda count=count: lint_files(paths[:count], rules))  # type: ignore[misc]
            print(f"lint {count}: {took:.2f} s, {1000 * took / count:.0f} ms each")
        print(f"lint against load: ×{_seconds(lambda: lint_files(paths, rules)) / load:.2f}")
        verified = _seconds(lambda: [verify(read_subject(path, known)) for path in paths])
        print(f"verify {most}, after lint: {verified:.2f} s")
        subject = read_subject(paths[0], known)
        going = Soak(subject, kit_for(subject.story))
        turns = [(bot, seed) for seed in range(2 * RUNS // len(BOTS)) for bot in BOTS.values()]
        first = _seconds(lambda: going.run(turns[:RUNS]))
        search = _seconds(lambda: going.search(0, RUNS))
        more = _seconds(lambda: going.run(turns[RUNS:]))
        print(f"soak: {RUNS} receptions of one story {first:.1f} s, search {search:.1f} s, {RUNS} more {more:.1f} s")
        print(f"soak: 10,000 receptions of one story {first + search + more / RUNS * (10_000 - RUNS):.0f} s,")
        print(f"      {RUNS} of each of 25 such stories, with the search in each, {25 * (first + search):.0f} s")
        story = load_scenario(read_text(paths[0]), str(paths[0]), known)
        print(f"graph: {1000 * _seconds(lambda: as_dot(graph_of(story))):.0f} ms")
        print(f"schema: {1000 * _seconds(lambda: schema_text(known)):.0f} ms")


def _by_the_clock(paths: list[Path], folder: Path) -> None:
    """Lint and verify on all cores, with nothing kept from before."""
    from kefu_sim.author.lint import house_rules, lint_files
    from kefu_sim.author.lint_all import linted
    from kefu_sim.author.verify_all import verified

    os.environ["KEFU_SIM_CACHE"] = str(folder)
    rules = house_rules()
    linting = _seconds(lambda: lint_files(paths, rules, linted), perf_counter)
    verifying = _seconds(lambda: list(verified(paths, rules.known)), perf_counter)
    print(f"by the clock, {os.cpu_count()} cores: lint {linting:.2f} s, verify {verifying:.2f} s")


def _copy(path: Path, number: int, folder: Path) -> Path:
    name = f"{path.stem}-{number}"
    copy = folder / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    copy.write_text(text.replace(f"\nid: {path.stem}\n", f"\nid: {name}\n", 1), encoding="utf-8")
    return copy


def _seconds(work: Callable[[], object], clock: Callable[[], float] = process_time) -> float:
    begun = clock()
    work()
    return clock() - begun


if __name__ == "__main__":
    main()
