"""Order of steps: the heaviest run of steps that keeps the flow's order (domain E.1)."""

from __future__ import annotations

from collections.abc import Sequence


def heaviest_run(seen: Sequence[tuple[int, float]]) -> tuple[int, ...]:
    """Indexes into `seen` of a run with strictly rising positions and the greatest sum of weights.

    `seen` holds (position in the flow, weight ≥ 0) in the order of the conversation. One detour therefore costs the
    detour alone, not everything after it. With equal weights it is a longest increasing subsequence.
    """
    best: list[tuple[float, int, int]] = []
    for index, (position, weight) in enumerate(seen):
        total, length, back = weight, 1, -1
        for earlier in range(index):
            sum_, steps, _ = best[earlier]
            if seen[earlier][0] < position and (sum_ + weight, steps + 1) > (total, length):
                total, length, back = sum_ + weight, steps + 1, earlier
        best.append((total, length, back))
    at = max(range(len(best)), key=lambda i: best[i][:2], default=-1)
    run: list[int] = []
    while at >= 0:
        run.append(at)
        at = best[at][2]
    return tuple(reversed(run))
