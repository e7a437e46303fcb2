"""Write docs/syllabus.md: each row of the training syllabus with its stories and features; `--check` compares."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "kefu_sim" / "rules" / "syllabus.yaml"
PAGE = ROOT / "docs" / "syllabus.md"
STORIES = ROOT / "scenarios"
COMMANDS = ROOT / "src" / "kefu_sim" / "cli"
NOTHING = "还没有 · not carried yet"
HEAD = """# 训练大纲对照 · The syllabus, row by row

<!-- Written by tools/syllabus_table.py; change src/kefu_sim/rules/syllabus.yaml or the tests of the stories. -->

场景一栏：这个场景自带的测试里，有一份做好、一份没做好这一条的对话，没做好的分更低。功能一栏：除了场景，还在哪里练到。
A story is named where its own tests hold a reception that neglects the row against one that heeds it: the former scores
less. A feature is named where the program carries the row beside the stories.

{total} 条：场景 {stories}，只有功能 {features}，还没有 {nothing}。
{total} rows: {stories} shown by stories, {features} by features alone, {nothing} not carried yet.

| 条 Row | 内容 Content | 场景 Stories | 功能 Features |
|---|---|---|---|
"""


def main() -> int:
    """Write the page, or say that it is stale."""
    text = page(read(SOURCE), shown(STORIES.glob("*.yaml")))
    if "--check" not in sys.argv:
        PAGE.write_text(text, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        print(f"stale: {PAGE.name}; run python tools/syllabus_table.py")
        return 1
    return 0


def read(path: Path) -> Mapping[str, Any]:
    """A YAML file as plain data."""
    quick = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: Mapping[str, Any] = yaml.load(path.read_text(encoding="utf-8"), quick)
    return found


def shown(stories: Iterable[Path]) -> dict[str, list[str]]:
    """Row → ids of the stories in whose tests neglecting it costs points."""
    rows: dict[str, list[str]] = {}
    for path in sorted(stories):
        story = read(path)
        cases = (case for case in story.get("tests", ()) if "worse_than" in case)
        for row in sorted({row for case in cases for row in _listed(case.get("rows", ()))}):
            rows.setdefault(row, []).append(story["id"])
    return rows


def page(source: Mapping[str, Any], stories: Mapping[str, list[str]]) -> str:
    """The whole page. Raises KeyError where a story shows a row that the syllabus does not have."""
    rows, features = source["rows"], source["features"]
    if unknown := sorted(stories.keys() - rows.keys()):
        raise KeyError(f"not in {SOURCE.name}: {', '.join(unknown)}")
    lines, counts = [], {"stories": 0, "features": 0, "nothing": 0}
    for row, told in rows.items():
        carried = [feature(features[key]) for key in told.get("by", ()) if there(features[key])]
        played = [f"[{story}](../scenarios/{story}.yaml)" for story in stories.get(row, ())]
        counts["stories" if played else "features" if carried else "nothing"] += 1
        place = ", ".join(played) or ("" if carried else NOTHING)
        lines.append(f"| {row} | {told['zh']}<br>{told['en']} | {place} | {'<br>'.join(carried)} |")
    return HEAD.format(total=len(rows), **counts) + "\n".join(lines) + "\n"


def there(told: Mapping[str, str]) -> bool:
    """Whether the command that holds the feature is part of this program."""
    return (COMMANDS / f"{told['module']}.py").exists()


def feature(told: Mapping[str, str]) -> str:
    """A feature and where to find it."""
    return f"{told['zh']} · {told['en']} (`{told['where']}`)"


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


if __name__ == "__main__":
    sys.exit(main())
