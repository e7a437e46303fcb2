"""Reads the written corpus and folds it the way the recogniser does at run time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kefu_sim.language import features
from kefu_sim.language.context import read_context
from kefu_sim.language.verdict import STEPS
from kefu_sim.rulebook.normaliser import load_normaliser

FOLDER = Path(__file__).parents[2] / "data" / "recogniser"
ISSUES = ("dismissive", "blame", "abuse", "overpromise", "offplatform")


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled reply, folded."""

    id: str
    file: str
    """Stem of the file it stands in: the unit that is held out."""
    text: str
    buyer: str
    agent: str
    flags: tuple[float, float, float]
    """Nothing before · an agent line before · several open buyer lines."""
    tone: tuple[float, float, float]
    """Faces, exclamation marks, ellipses: 0 to 1 each."""
    steps: tuple[float, ...]
    """(8,) of 0 and 1."""
    issues: tuple[float, ...]
    """(5,) of 0 and 1."""
    politeness: int
    """−2 to 2."""
    reply: str
    context: tuple[str, ...]


def read_corpus(folder: Path = FOLDER) -> list[Example]:
    """Read every row of the corpus, in the order of file names and lines."""
    found: list[Example] = []
    for path in sorted(folder.glob("*.jsonl")):
        found.extend(fold_row(row, path.stem) for row in _rows(path))
    return found


def read_rows(path: Path) -> list[Example]:
    """Read one file of labelled replies."""
    return [fold_row(row, path.stem) for row in _rows(path)]


def _rows(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        row = json.loads(line)
        rows.extend(_messages(row) if "turns" in row else [row])
    return rows


def _messages(chat: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the agent's messages of a chat, each with the three lines before it."""
    rows: list[dict[str, Any]] = []
    before: list[str] = []
    for at, turn in enumerate(chat["turns"]):
        agent = turn["role"] == "agent"
        if agent:
            rows.append({**turn, "id": f"{chat['id']}-{at}", "context": before[-3:], "reply": turn["text"]})
        before.append(("客服：" if agent else "买家：") + turn["text"])
    return rows


def fold_row(row: dict[str, Any], file: str) -> Example:
    """Normalise and fold one row."""
    normaliser = load_normaliser()
    read = normaliser(row["reply"])
    before = read_context(row["context"], normaliser)
    marks = read.marks
    return Example(
        id=str(row["id"]),
        file=file,
        text=features.fold(read.text)[: features.MAX_MESSAGE],
        buyer=features.fold(before.buyer)[-features.MAX_BUYER :],
        agent=features.fold(before.agent)[-features.MAX_AGENT :],
        flags=(float(not row["context"]), float(bool(before.agent)), float("\n" in before.buyer)),
        tone=(min(marks.faces, 2) / 2, min(marks.exclamations, 2) / 2, float(marks.ellipses > 0)),
        steps=tuple(float(step in row["steps"]) for step in STEPS),
        issues=tuple(float(issue in row["issues"]) for issue in ISSUES),
        politeness=row["politeness"],
        reply=row["reply"],
        context=tuple(row["context"]),
    )
