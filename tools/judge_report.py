"""How well the recogniser reads labelled replies: figures, confusions, worst cases, as Markdown.

usage: python tools/judge_report.py [FILE.jsonl …] [--out report.md]     (default: tests/corpus)

Each row: {"id", "context": [...], "reply", "steps": [...], "politeness": int, "issues": [...]}.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kefu_sim.language.verdict import STEPS, Issue, Recognition
from kefu_sim.rulebook.recogniser import load_recogniser

CORPUS = Path(__file__).parents[1] / "tests" / "corpus"
ISSUES: tuple[Issue, ...] = ("dismissive", "blame", "abuse", "overpromise", "offplatform")
WORST = 40


@dataclass(frozen=True, slots=True)
class Judged:
    """One row with what was recognised."""

    row: dict[str, Any]
    file: str
    seen: Recognition

    @property
    def steps(self) -> tuple[set[str], set[str]]:
        """Steps of the label and steps found."""
        return set(self.row["steps"]), {str(step) for step in self.seen.steps}

    @property
    def wrong(self) -> float:
        """How wrong: steps missed and false, and the distance in politeness."""
        gold, found = self.steps
        apart: int = abs(self.row["politeness"] - self.seen.politeness)
        return len(gold ^ found) + 0.75 * apart


def judge_files(paths: list[Path]) -> list[Judged]:
    """Judge every row of the files."""
    recognise = load_recogniser().recognise
    found: list[Judged] = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found.append(Judged(row, path.stem, recognise(row["reply"], row.get("context", ()))))
    return found


def f1(true: int, found: int, gold: int) -> float:
    """Harmonic mean of precision and recall, 0 to 1."""
    return 2 * true / (found + gold) if found + gold else 1.0


def step_scores(judged: list[Judged]) -> dict[str, tuple[int, int, int]]:
    """For each step: rightly found, found, labelled."""
    scores: dict[str, tuple[int, int, int]] = {}
    for step in map(str, STEPS):
        sets = [j.steps for j in judged]
        true = sum(step in gold and step in found for gold, found in sets)
        scores[step] = true, sum(step in found for _, found in sets), sum(step in gold for gold, _ in sets)
    return scores


def macro_f1(judged: list[Judged]) -> float:
    """Mean F1 over the eight steps."""
    scores = [f1(*counts) for counts in step_scores(judged).values()]
    return sum(scores) / len(scores)


def kappa(pairs: list[tuple[int, int]]) -> float:
    """Quadratic weighted kappa of (label, found) politeness."""
    if not pairs:
        return 1.0
    gold, found = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    seen = sum((a - b) ** 2 for a, b in pairs)
    chance = sum((a - b) ** 2 * gold[a] * found[b] for a in gold for b in found) / len(pairs)
    return 1 - seen / chance if chance else 1.0


def manners(judged: list[Judged]) -> tuple[float, float, float]:
    """Kappa of politeness, share of rude replies found, share of polite ones called rude."""
    pairs = [(j.row["politeness"], j.seen.politeness) for j in judged]
    rude = [found < 0 for gold, found in pairs if gold < 0]
    polite = [found < 0 for gold, found in pairs if gold > 0]
    return kappa(pairs), sum(rude) / max(1, len(rude)), sum(polite) / max(1, len(polite))


def issue_score(judged: list[Judged], issue: Issue) -> float:
    """F1 of one issue."""
    gold = [issue in j.row.get("issues", ()) for j in judged]
    found = [issue in j.seen.issues for j in judged]
    return f1(sum(a and b for a, b in zip(gold, found, strict=True)), sum(found), sum(gold))


def report(judged: list[Judged]) -> str:
    """Write the report."""
    lines = [
        "# The recogniser against labelled replies",
        "",
        _summary(judged),
        "",
        "| step | labelled | found | precision | recall | F1 |",
        "|---|---|---|---|---|---|",
    ]
    for step, (true, found, gold) in step_scores(judged).items():
        lines.append(
            f"| {step} | {gold} | {found} | {true / max(1, found):.2f} | {true / max(1, gold):.2f} |"
            f" {f1(true, found, gold):.3f} |"
        )
    lines += ["", "| issue | F1 |", "|---|---|", *(f"| {i} | {issue_score(judged, i):.3f} |" for i in ISSUES)]
    lines += ["", "## By file", "", "| file | rows | macro-F1 | kappa |", "|---|---|---|---|"]
    for file in sorted({j.file for j in judged}):
        own = [j for j in judged if j.file == file]
        lines.append(f"| {file} | {len(own)} | {macro_f1(own):.3f} | {manners(own)[0]:.3f} |")
    lines += ["", "## Confusions", "", *_confusions(judged), "", "## Worst cases", "", *_worst(judged)]
    return "\n".join(lines) + "\n"


def _summary(judged: list[Judged]) -> str:
    agreement, rude, polite = manners(judged)
    steps = f"{len(judged)} replies · macro-F1 {macro_f1(judged):.3f} · politeness kappa {agreement:.3f}"
    return f"{steps} · rude found {rude:.3f} · polite called rude {polite:.3f}"


def _confusions(judged: list[Judged]) -> list[str]:
    counts: Counter[str] = Counter()
    for j in judged:
        gold, found = j.steps
        missed, false = sorted(gold - found), sorted(found - gold)
        counts.update(f"{a} read as {b}" for a in missed for b in false)
        counts.update(f"{a} missed" for a in missed if not false)
        counts.update(f"{b} for nothing" for b in false if not missed)
    return [f"* {count} × {what}" for what, count in counts.most_common(20)]


def _worst(judged: list[Judged]) -> list[str]:
    lines: list[str] = []
    for j in sorted(judged, key=lambda j: -j.wrong)[:WORST]:
        gold, found = j.steps
        before = (j.row.get("context") or ["-"])[-1]
        label = f"{'/'.join(sorted(gold)) or '–'} {j.row['politeness']:+d}"
        seen = f"{'/'.join(sorted(found)) or '–'} {j.seen.politeness:+d}"
        lines.append(f"* `{j.row['id']}` {before} ⇒ {j.row['reply']!r}: label {label}, found {seen}")
    return lines


def main() -> int:
    """Report on files, by default on the test corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    text = report(judge_files(args.files or sorted(CORPUS.glob("*.jsonl"))))
    if args.out:
        args.out.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
