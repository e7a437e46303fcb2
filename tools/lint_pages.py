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
            "知道了、就想这么写的，在那一行末尾或者上面一行写 `# lint: allow KS204`（KS200 起的代码才行），"
            "后面可以接着写一句为什么。\n"
        ),
        "heard": (
            "## 听力：`kefu-sim author verify`\n\n"
            "例句是不是认得出来，认出来以后轮到的是不是该轮到的那条回应，由 `verify` 来查（`check` 两样一起查）：\n\n"
            "| 代码 | 轻重 | 说的是 |\n|---|---|---|\n"
            "| PATTERN | 错误 | `say:` 里的话，或者一条事实自己的字眼、答案，没认出来 |\n"
            "| FALSE | 错误 | `not:` 里的话认成了这个意思；一条事实的字眼又对又错 |\n"
            "| HIJACK | 警告；抢走一半以上是错误 | 例句也带着别的意思，前面一条等那个意思的回应先接走了 |\n"
            "| BLOCKED | 警告；一半以上、或者谁都轮不到是错误 | 例句也算一个步骤、一种语气或 `any`，"
            "前面的回应先接走了 |\n"
            "| MODEL | 错误；没答是警告 | 示范回答在它那里听不懂、答错了、会扣分，或者买家问的没答、也没反问 |\n"
            "| SURVIVAL | 错误 | 换种打法（全角、语气词、表情、错字、繁体），认不出来的太多 |\n\n"
            "看到 HIJACK、BLOCKED，先照那句话试一遍（`kefu-sim practice 编号 --at 节点`）：买家答得不对，"
            "就把回应换个先后、加 `unless:`、把那个意思写窄，或者换一句例句。前面那条本来就该先接的，写上放行：\n\n"
            "```yaml\n"
            "always:\n"
            "  - {when: rude, goto: gone}  # lint: allow BLOCKED 骂了人就走，带着什么别的意思都一样\n"
            "```\n\n"
            "写在先接走它的那条回应上，或者写在例句那一行；回应、例句是片段里来的，写在 `use` 那一行。只有警告能放行，"
            "错误不能；放行了却没有要放行的，照样报 KS262。\n"
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
            "(codes from KS200 on); a reason may follow.\n"
        ),
        "heard": (
            "## What is heard: `kefu-sim author verify`\n\n"
            "Whether samples are recognised, and whether the reply fires that waits for them, is what `verify` looks "
            "at (`check` does both):\n\n"
            "| code | weight | what it is |\n|---|---|---|\n"
            "| PATTERN | error | a sample under `say:`, or the words or the answer of a fact, is not recognised |\n"
            "| FALSE | error | a sample under `not:` is recognised; words of a fact are right and wrong at once |\n"
            "| HIJACK | warning; error beyond half the samples | a sample carries another intent too, and an earlier "
            "reply that waits for it fires |\n"
            "| BLOCKED | warning; error beyond half the samples, or where nothing gets a reply | a sample is a step, a "
            "tone or `any` too, and an earlier reply fires |\n"
            "| MODEL | error; unanswered a warning | a model answer is not understood where it stands, is wrong, "
            "costs points, or passes over what the buyer asks |\n"
            "| SURVIVAL | error | typed otherwise (wide characters, particles, faces, slips, Traditional characters) "
            "too many samples are lost |\n\n"
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
    return "\n".join([told["index"], head, "|---|---|---|", *rows, "", told["heard"], story])


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
