"""Write the handbook's pages about the author tools' codes from src/kefu_sim/rules/lint and rules/author.

usage: python tools/lint_pages.py [--check]

With --check nothing is written: pages that are missing, stale or left over are listed and the exit code is 1.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kefu_sim.author.codes import PLAYED, Code, Words, load_codes, load_codes_of, load_every_code, shown
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
            "作者工具报的每一种问题都有一页：为什么要紧、怎么改、错的和对的各一个例子。"
            "终端里看：`kefu-sim author lint --explain KS204`。\n\n"
            "错误：玩不下去，或者分数会错。警告：应该改。建议：可以更好，不影响通过。\n\n"
            "## 写法：`kefu-sim author lint`\n\n"
            "知道了、就想这么写的，在那一行末尾或者上面一行写 `# lint: allow KS204`（KS200 起的代码才行），"
            "后面可以接着写一句为什么。\n"
        ),
        "verify": (
            "## 听力：`kefu-sim author verify`\n\n"
            "例句是不是认得出来，认出来以后轮到的是不是该轮到的那条回应，由 `verify` 来查（`check` 两样一起查）：\n"
        ),
        "allowing": (
            "看到 HIJACK、BLOCKED，先照那句话试一遍（`kefu-sim practice 编号 --at 节点`）：买家答得不对，"
            "就把回应换个先后、加 `unless:`、把那个意思写窄，或者换一句例句。前面那条本来就该先接的，写上放行：\n\n"
            "```yaml\n"
            "always:\n"
            "  - {when: rude, goto: gone}  # lint: allow BLOCKED 骂了人就走，带着什么别的意思都一样\n"
            "```\n\n"
            "写在先接走它的那条回应上，或者写在例句那一行；回应、例句是片段里来的，写在 `use` 那一行。只有警告能放行，"
            "错误不能；放行了却没有要放行的，照样报 KS262。\n"
        ),
        "soak": (
            "## 试玩：`kefu-sim author soak`\n\n"
            "机器人把故事一遍遍地玩，`soak` 报的是玩出来的毛病；NEVER、TRAP、CAPPED 要加上 `--exhaustive` 才会有：\n"
        ),
        "fairness": "## 公平：`kefu-sim author fairness`\n\n好的客服分数够不够高，差的够不够低，由 `fairness` 来查：\n",
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
            "# What the author tools say\n\n"
            "Each kind of complaint of the author tools has a page: why it matters, what to do, a wrong and a right "
            "example. In the terminal: `kefu-sim author lint --explain KS204`.\n\n"
            "error: cannot be played, or misleads the score. warning: should be mended. note: could be better.\n\n"
            "## What is written: `kefu-sim author lint`\n\n"
            "To keep something as it is, write `# lint: allow KS204` at the end of its line or on the line above "
            "(codes from KS200 on); a reason may follow.\n"
        ),
        "verify": (
            "## What is heard: `kefu-sim author verify`\n\n"
            "Whether samples are recognised, and whether the reply fires that waits for them, is what `verify` looks "
            "at (`check` does both):\n"
        ),
        "allowing": (
            "Of a HIJACK or BLOCKED, first say the sentence yourself (`kefu-sim practice ID --at NODE`). Where the "
            "buyer reacts wrongly, put the replies in another order, add `unless:`, make that intent narrower, or take "
            "another sample. Where the earlier reply is meant to come first, allow it:\n\n"
            "```yaml\n"
            "always:\n"
            "  - {when: rude, goto: gone}  # lint: allow BLOCKED whoever is abused leaves, whatever else was said\n"
            "```\n\n"
            "The comment stands at the reply that takes the sample, or at the sample; for those of fragments, at their "
            "`use`. Only warnings can be allowed, errors cannot; a comment that allows nothing is told as KS262.\n"
        ),
        "soak": (
            "## What is played: `kefu-sim author soak`\n\n"
            "Bots play the story over and over, and `soak` tells what went wrong; NEVER, TRAP and CAPPED come with "
            "`--exhaustive` only:\n"
        ),
        "fairness": (
            "## What is fair: `kefu-sim author fairness`\n\n"
            "Whether good agents score high enough, and bad ones low enough, is what `fairness` looks at:\n"
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
        parts += [f"## {told[key]}"] if example else []
        for one in shown(example, lang):
            parts += [one.caption] if one.caption else []
            parts += [f"```yaml\n{one.text.rstrip()}\n```"] if one.text else []
    parts.append(f"[{told['all']}](README.md)")
    return "\n\n".join(parts) + "\n"


def table(codes: dict[str, Code], lang: Lang) -> str:
    """A row for each code in one language."""
    head = {"zh": "| 代码 | 轻重 | 说的是 |", "en": "| code | weight | what it is |"}[lang]
    rows = [
        f"| [{code.code}]({code.code}.md) | {SEVERITIES[lang][code.severity]} | {getattr(code, lang).title} |"
        for code in codes.values()
    ]
    return "\n".join([head, "|---|---|---|", *rows, ""])


def index(lang: Lang) -> str:
    """The list of all codes in one language."""
    told = TEXTS[lang]
    parts = [told["index"], table(load_codes(), lang)]
    for tool in PLAYED:
        parts += [told[tool], table(load_codes_of(tool), lang)]
        parts += [told["allowing"]] if tool == "verify" else []
    return "\n".join([*parts, f"{told['story']}\n```yaml\n{STORY.read_text(encoding='utf-8')}```\n"])


def pages() -> dict[Path, str]:
    """Every page with its text."""
    found = {}
    for lang in TEXTS:
        folder = ROOT / "docs" / lang / "lint"
        found[folder / "README.md"] = index(lang)
        for code in load_every_code().values():
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
