"""Write the handbook's pages about lint codes from the catalogue in src/kefu_sim/rules/lint.

usage: python tools/lint_pages.py [--check]

With --check nothing is written: pages that are missing, stale or left over are listed and the exit code is 1.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kefu_sim.author.codes import Code, Words, load_codes, shown
from kefu_sim.i18n import Lang

ROOT = Path(__file__).resolve().parents[1]
STORY = ROOT / "tests" / "author" / "sound.yaml"
SEVERITIES = {
    "zh": {"error": "错误", "warning": "警告", "note": "建议"},
    "en": {"error": "error", "warning": "warning", "note": "note"},
}
TEXTS: dict[Lang, dict[str, str]] = {
    "zh": {
        "why": "为什么",
        "fix": "怎么改",
        "bad": "错的",
        "good": "对的",
        "all": "全部代码",
        "index": (
            "# 检查代码\n\n"
            "`kefu-sim author lint` 报的每一种问题都有一页：为什么要紧、怎么改、错的和对的各一个例子。"
            "终端里看：`kefu-sim author lint --explain KS204`。\n\n"
            "错误：玩不下去，或者分数会错。警告：应该改。建议：可以更好，不影响通过。\n\n"
            "知道了、就想这么写的，在那一行末尾或者上面一行写 `# lint: allow KS204`（KS200 起的代码才行）。\n"
        ),
        "story": (
            "## 例子从哪来\n\n例子都是从下面这个小故事里改出来的：写了哪一块，就换掉哪一块；"
            "`# brief:` 表示去掉这一块。\n"
        ),
    },
    "en": {
        "why": "Why it matters",
        "fix": "What to do",
        "bad": "Wrong",
        "good": "Right",
        "all": "All codes",
        "index": (
            "# Lint codes\n\n"
            "Each kind of complaint of `kefu-sim author lint` has a page: why it matters, what to do, "
            "a wrong and a right example. In the terminal: `kefu-sim author lint --explain KS204`.\n\n"
            "error: cannot be played, or misleads the score. warning: should be mended. note: could be better.\n\n"
            "To keep something as it is, write `# lint: allow KS204` at the end of its line or on the line above "
            "(codes from KS200 on).\n"
        ),
        "story": (
            "## The story behind the examples\n\nEach example is a piece of the small story below: it takes the "
            "place of the block of the same name; `# brief:` takes a block out.\n"
        ),
    },
}


def page(code: Code, words: Words, lang: Lang) -> str:
    """The page of one code in one language."""
    told = TEXTS[lang]
    parts = [
        f"# {code.code} {words.title}",
        f"*{SEVERITIES[lang][code.severity]}*",
        f"**{told['why']}**　{words.why}" if lang == "zh" else f"**{told['why']}.** {words.why}",
        f"**{told['fix']}**　{words.fix}" if lang == "zh" else f"**{told['fix']}.** {words.fix}",
    ]
    for key, example in (("bad", code.bad), ("good", code.good)):
        parts.append(f"## {told[key]}")
        for one in shown(example, lang):
            parts += [one.caption] if one.caption else []
            parts += [f"```yaml\n{one.text.rstrip()}\n```"] if one.text else []
    parts.append(f"[{told['all']}](README.md)")
    return "\n\n".join(parts) + "\n"


def index(codes: dict[str, Code], lang: Lang) -> str:
    """The list of all codes in one language."""
    told = TEXTS[lang]
    head = {"zh": "| 代码 | 轻重 | 说的是 |", "en": "| code | weight | what it is |"}[lang]
    rows = [
        f"| [{code.code}]({code.code}.md) | {SEVERITIES[lang][code.severity]} | {getattr(code, lang).title} |"
        for code in codes.values()
    ]
    story = f"{told['story']}\n```yaml\n{STORY.read_text(encoding='utf-8')}```\n"
    return "\n".join([told["index"], head, "|---|---|---|", *rows, "", story])


def pages() -> dict[Path, str]:
    """Every page with its text."""
    codes = load_codes()
    found = {}
    for lang in TEXTS:
        folder = ROOT / "docs" / lang / "lint"
        found[folder / "README.md"] = index(codes, lang)
        for code in codes.values():
            found[folder / f"{code.code}.md"] = page(code, getattr(code, lang), lang)
    return found


def main() -> int:
    """Write the pages, or check them."""
    wanted = pages()
    there = {path for lang in TEXTS for path in (ROOT / "docs" / lang / "lint").glob("*.md")}
    stale = [path for path, text in wanted.items() if path not in there or path.read_text(encoding="utf-8") != text]
    left = sorted(there - wanted.keys())
    if "--check" in sys.argv[1:]:
        for path in [*stale, *left]:
            print(f"{path.relative_to(ROOT)} is not in step with the catalogue; run tools/lint_pages.py")
        return 1 if stale or left else 0
    for path in left:
        path.unlink()
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
