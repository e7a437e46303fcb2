"""Counts the figures of a shift by hand: from the lines of its log as they stand in the file, and nothing else.

This is the second pair of eyes. It shares no code with the report: plain rows in, plain numbers out, each by its
definition. A buyer's line opens a round unless one is open or the buyer is gone with it; the agent's next message
closes it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

Row = Mapping[str, Any]


def rows_of(path: Path) -> list[Row]:
    """Rows of a log."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def waits(rows: Sequence[Row]) -> list[tuple[float, float | None, float]]:
    """(opened, seconds to the answer or None, seconds waited) of each round of one buyer."""
    gone = next((row["t"] for row in rows if row["kind"] == "ended"), rows[-1]["t"])
    left = any(row["kind"] == "ended" and row["outcome"] == "left" for row in rows)
    found: list[tuple[float, float | None, float]] = []
    since: float | None = None
    for row in rows:
        if row["kind"] == "buyer" and since is None and (left or row["t"] < gone):
            since = row["t"]
        elif row["kind"] == "agent" and since is not None:
            found.append((since, round(row["t"] - since, 3), round(row["t"] - since, 3)))
            since = None
    if since is not None:
        found.append((since, None, round(gone - since, 3)))
    return found


def kept_out(log: Sequence[Row], buyer: str) -> float:
    """Seconds a buyer stood outside while the agent was busy: they count as waiting for the first answer."""
    came = next(row["t"] for row in log if row["kind"] == "came" and row["buyer"] == buyer)
    seated = next((row["t"] for row in log if row.get("b") == buyer), came)
    moves = [row for row in log if row["kind"] == "busy"]
    ends = [row["t"] for row in moves[1:]] + [log[-1]["t"]]
    spans = [(move["t"], end) for move, end in zip(moves, ends, strict=False) if move["on"]]
    waited: float = sum(max(min(seated, end) - max(came, begin), 0.0) for begin, end in spans)
    return round(waited, 3)


def rounds_of(log: Sequence[Row], buyer: str, rows: Sequence[Row]) -> list[tuple[float, float | None, float]]:
    """`waits`, the first of them as much longer as the buyer stood outside."""
    outside = kept_out(log, buyer)
    return [
        (opened, seconds, waited)
        if i
        else (opened, None if seconds is None else round(seconds + outside, 3), round(waited + outside, 3))
        for i, (opened, seconds, waited) in enumerate(waits(rows))
    ]


def promises(rows: Sequence[Row], come_back: float) -> tuple[int, int]:
    """(settled, kept in time) of one buyer: those of the story, and every request to wait a moment."""
    story: dict[str, str] = {}
    settled = kept = 0
    due: float | None = None
    for row in rows:
        if row["kind"] == "promised":
            story[row["name"]] = "open"
        elif row["kind"] == "kept" and row["name"] in story:
            story[row["name"]] = "late" if row["late"] else "kept"
        elif row["kind"] == "missed" and row["name"] in story:
            story[row["name"]] = "missed"
        elif row["kind"] == "agent" and due is not None:
            settled, kept, due = settled + 1, kept + (row["t"] <= due), None
        elif row["kind"] == "understood" and "hold" in row["labels"]:
            told = row["numbers"]
            due = row["t"] + told.get("minutes", told.get("hours", come_back / 3600) * 60) * 60
    gone = next((row["t"] for row in rows if row["kind"] == "ended"), None)
    if due is not None and gone is not None and gone > due:
        settled += 1
    over = gone is not None
    settled += sum(how != "open" or over for how in story.values())
    return settled, kept + sum(how == "kept" for how in story.values())


def percent(part: float, whole: float) -> float | None:
    """Percent to one decimal; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def count(log: Sequence[Row], stories: Mapping[str, tuple[bool, float]], come_back: float) -> dict[str, float | None]:
    """Figures by name. `stories`: scenario → (the buyer complains, price in yuan)."""
    came = {row["buyer"]: row for row in log if row["kind"] == "came"}
    by = {buyer: [row for row in log if row.get("b") == buyer] for buyer in came}
    seated = {buyer: rows for buyer, rows in by.items() if rows}
    rounds = {buyer: rounds_of(log, buyer, rows) for buyer, rows in seated.items()}
    every = [one for found in rounds.values() for one in found]
    answered = [seconds for _, seconds, _ in every if seconds is not None]
    firsts = [found[0][1] for found in rounds.values() if found and found[0][1] is not None]
    outcome = {b: next((r["outcome"] for r in rows if r["kind"] == "ended"), "") for b, rows in seated.items()}
    sold = [buyer for buyer, how in outcome.items() if how == "sold"]
    meters = {b: [r for r in rows if r["kind"] == "adjusted"] for b, rows in seated.items()}
    sales = sum(_last(meters[b], "basket", stories[came[b]["scenario"]][1]) for b in sold)
    asking = sum(not stories[row["scenario"]][0] for row in came.values())
    mine = sum(row["kind"] == "agent" for row in log)
    theirs = sum(row["kind"] == "buyer" for row in log)
    typed = [row for row in log if row["kind"] == "agent" and row["typed"] and row["typing_s"]]
    pledged = [promises(rows, come_back) for rows in seated.values()]
    happy = sum(
        outcome[b] in {"sold", "kept", "later"} and _last(meters[b], "mood", 0.0) >= _first(meters[b], "mood", 0.0)
        for b in seated
    )
    return {
        "first_reply_s": round(fmean(firsts), 1) if firsts else None,
        "mean_reply_s": round(fmean(min(s, 600) for s in answered), 1) if answered else None,
        "replied_3min": percent(sum(s <= 180 for s in answered), len(every)),
        "replied_30s": percent(sum(s <= 30 for s in answered), len(every)),
        "conversion": percent(len(sold), asking),
        "basket": round(sales / len(sold), 2) if sold else None,
        "sales": round(sales, 2),
        "answer_ratio": round(mine / theirs, 2) if theirs else None,
        "satisfaction": percent(happy, sum(bool(how) for how in outcome.values())),
        "longest_wait_s": max((waited for _, _, waited in every), default=None),
        "promises_kept": percent(sum(k for _, k in pledged), sum(n for n, _ in pledged)),
        "unanswered": sum(
            bool(rounds[b]) and not any(r["kind"] == "agent" for r in rows) for b, rows in seated.items()
        ),
        "gave_up": sum(row["kind"] == "gave-up" for row in log),
        "typing_cpm": _per_minute(sum(r["typed"] for r in typed), sum(r["typing_s"] for r in typed)),
    }


def _per_minute(characters: float, seconds: float) -> float | None:
    return round(characters * 60 / seconds, 1) if seconds else None


def longest(log: Sequence[Row]) -> str:
    """Id of the buyer who waited longest."""
    buyers = [row["buyer"] for row in log if row["kind"] == "came"]
    by = {buyer: [row for row in log if row.get("b") == buyer] for buyer in buyers}
    worst = {b: max((w for _, _, w in rounds_of(log, b, rows)), default=-1.0) for b, rows in by.items() if rows}
    return max(worst, key=lambda buyer: worst[buyer], default="")


def _last(meters: Sequence[Row], name: str, without: float) -> float:
    return next((float(row["value"]) for row in reversed(meters) if row["meter"] == name), without)


def _first(meters: Sequence[Row], name: str, without: float) -> float:
    return next((float(row["value"]) for row in meters if row["meter"] == name), without)
