"""Write docs/*/format.md from the model, the words about its keys and docs/format/; `--check` compares."""

from __future__ import annotations

import inspect
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from kefu_sim.author.keys import about, keys_of, words_of
from kefu_sim.base.paths import package_file
from kefu_sim.scenario import agreements, model, parts

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "docs" / "format"
MODELS: tuple[type[BaseModel], ...] = (
    model.Scenario, model.Shop, parts.Meter, agreements.Limits, model.Hidden, agreements.Fact, model.Node, parts.Line,
    model.Reply, parts.Unclear, parts.Silence, model.ModelAnswer, parts.IntentSpec, parts.PatternItem,
    agreements.Breach,
    agreements.Promise, agreements.Due, agreements.Missed, agreements.OrderNote, agreements.Notice, agreements.Earlier,
    model.Level, model.TestCase, model.ScriptTurn, model.Expect, model.Persona,
)  # fmt: skip
PLACES: dict[str, tuple[str | int, ...]] = {
    "Scenario": (), "Shop": ("shop",), "Level": ("levels", "1"), "Meter": ("vars", "mood"), "Limits": ("limits",),
    "Hidden": ("hidden", "present"), "Fact": ("facts", "size"), "Promise": ("promises", "bag"),
    "Breach": ("breaches", 0),
    "Due": ("promises", "bag", "due"), "Missed": ("promises", "bag", "missed"), "OrderNote": ("notes", "colour"),
    "Notice": ("notices", "card"), "Earlier": ("history", 0), "IntentSpec": ("intents", "offer"),
    "PatternItem": ("intents", "offer", "any", 0), "Node": ("nodes", "open"), "Line": ("nodes", "open", "buyer", 0),
    "Reply": ("nodes", "open", "replies", 0), "always": ("always", 0), "sold": ("nodes", "sold"),
    "apology": ("intents", "apology"),
    "Unclear": ("nodes", "open", "unclear"),
    "Silence": ("nodes", "open", "silence", 0), "ModelAnswer": ("nodes", "open", "model"), "TestCase": ("tests", 0),
    "ScriptTurn": ("tests", 0, "turns", 0), "Expect": ("tests", 0, "expect"),
}  # fmt: skip
"""Where an example of each model goes in docs/format/base.yaml; temperaments are files of their own."""
WORDS = {
    "zh": {
        "title": "场景格式",
        "made": "本文由 tools/format_reference.py 生成，请改模型、rules/format/ 或 docs/format/。",
        "required": "必写",
        "default": "不写就是",
        "optional": "可不写",
        "str": "文字",
        "int": "整数",
        "float": "数",
        "bool": "true 或 false",
        "list": "一串",
        "map": "名字: ",
        "any": "随意",
        "fragments": "片段",
        "parameters": "参数",
        "must": "必写",
        "shipped": "随软件带的片段，在 `rules/fragments/`。自己的放进数据文件夹的 `fragments/`，"
        "或写在同一个文件的 `fragments:` 里；同名的以自己的为准。"
        "只想改其中几样，就在自己那份里再 `use:` 一次同一个名字，没写的照原来的：",
        "own": "卡片和 `facts` 要一起改，不然照卡片答也会算答错。"
        "故事里的提要和示范回答还是原来的话，差得多就把故事也复制一份来改。"
        "少写了故事要用的名字，`author lint` 会报在您那份片段里；自己的两份片段同名，只有先读到的那份算数，也会报。",
    },
    "en": {
        "title": "The scenario format",
        "made": "Written by tools/format_reference.py; change the model, rules/format/ or docs/format/.",
        "required": "required",
        "default": "default",
        "optional": "optional",
        "str": "text",
        "int": "whole number",
        "float": "number",
        "bool": "true or false",
        "list": "list of ",
        "map": "name: ",
        "any": "anything",
        "fragments": "Fragments",
        "parameters": "parameters",
        "must": "required",
        "shipped": "Fragments that come with the program, in `rules/fragments/`. Yours go into `fragments/` of the "
        "data folder or under `fragments:` of the same file; a name of yours stands in for the shipped one. "
        "To change only some of it, `use:` the same name within yours, and the rest stays:",
        "own": "Change card and `facts` together, or an answer from the card is judged wrong. Brief and model answers "
        "of a story stay as they are: where they differ much, change a copy of the story. A name that yours leaves "
        "out and a story needs is told by `author lint` at your fragment; of two fragments of yours with one name "
        "the one that is read first counts, and that is told, too.",
    },
}

OWN_RULE = """\
fragments:
  rule-credit-card:
    use: rule-credit-card
    cards: {policy: {信用卡: 满两千可以用}}
    facts:
      credit: {right: [满两千, 满2000], wrong: [随便刷], answer: 满两千可以用信用卡。}"""


def main() -> int:
    """Write both files, or say which is stale."""
    stale = []
    for lang in WORDS:
        path, text = ROOT / "docs" / lang / "format.md", reference(lang)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name if lang == "zh" else f"{lang}/{path.name}")
    if stale:
        print(f"stale: {', '.join(stale)}; run python tools/format_reference.py")
    return bool(stale)


def examples() -> Iterator[tuple[str, str, tuple[str | int, ...], dict[str, Any]]]:
    """(model, key, where it goes in the base story, the example as data) of every key."""
    for cls in MODELS:
        for key in keys_of(cls):
            told = words_of(cls, key)
            yield cls.__name__, key, PLACES.get(told.where, ()), yaml.safe_load(told.example)


def reference(lang: str) -> str:
    """The whole page."""
    words = WORDS[lang]
    lines = [f"# {words['title']}", "", f"<!-- {words['made']} -->", ""]
    lines += [(SOURCE / f"cheatsheet.{lang}.md").read_text(encoding="utf-8").strip(), ""]
    for cls in MODELS:
        lines += section(cls, lang)
    return "\n".join([*lines, *fragments(lang)]).rstrip() + "\n"


def section(cls: type[BaseModel], lang: str) -> list[str]:
    """One model, key by key."""
    words = WORDS[lang]
    lines = [f"## {getattr(about(cls), lang)}", ""]
    for key, field in keys_of(cls).items():
        told = words_of(cls, key)
        text = told.zh if lang == "zh" else told.en
        need = words["required"] if field.is_required() else default(field, lang)
        kind = type_words(field.annotation, lang)
        lines += [f"* **`{key}`** {text} *{kind} · {need}*", "", *shown(told.example.strip()), ""]
    return lines


def shown(example: str) -> list[str]:
    """An example: in the line when it is short, else as a block."""
    if "\n" not in example:
        return [f"  `{example}`"]
    return ["  ```yaml", *(f"  {line}" for line in example.split("\n")), "  ```"]


def default(field: FieldInfo, lang: str) -> str:
    """What holds when the key is left out."""
    value = field.default
    if value is None or value == "" or value is PydanticUndefined or isinstance(value, tuple | dict | BaseModel):
        return WORDS[lang]["optional"]
    return f"{WORDS[lang]['default']} {str(value).lower() if isinstance(value, bool) else value}"


def type_words(kind: Any, lang: str) -> str:
    """A type for people who do not program."""
    words = WORDS[lang]
    origin, arguments = get_origin(kind), [a for a in get_args(kind) if a is not Ellipsis]
    if hasattr(kind, "__metadata__"):
        return type_words(arguments[0], lang)
    if origin is Literal:
        return " / ".join(map(str, arguments))
    if origin in {Union, types.UnionType}:
        told = dict.fromkeys(type_words(a, lang) for a in arguments if a is not type(None))
        return " / ".join(told)
    if origin in {tuple, list}:
        return words["list"] + type_words(arguments[0], lang) if arguments else words["any"]
    if origin is dict:
        return "{" + words["map"] + type_words(arguments[1], lang) + "}"
    if inspect.isclass(kind) and issubclass(kind, BaseModel):
        return str(getattr(about(kind), lang)).partition("（")[0].partition(" (")[0]
    return words.get(getattr(kind, "__name__", ""), words["any"])


def fragments(lang: str) -> list[str]:
    """What the shipped fragments are and take."""
    words = WORDS[lang]
    lines = [f"## {words['fragments']}", "", words["shipped"], "", "```yaml", OWN_RULE, "```", "", words["own"], ""]
    for path in sorted(package_file("rules", "fragments").glob("*.yaml")):
        lines += [f"### {path.name}", ""]
        for name, body in yaml.safe_load(path.read_text(encoding="utf-8"))["fragments"].items():
            given = [f"`{key}`" + (f" ({words['must']})" if value is None else "")
                     for key, value in (body.get("params") or {}).items()]  # fmt: skip
            takes = f" — {words['parameters']}: {', '.join(given)}" if given else ""
            holds = ", ".join(f"`{word}`" for word in body.get("intents", ()))
            lines.append(f"* `{name}` {body['about']}{takes}" + (f" — {holds}" if holds else ""))
        lines.append("")
    return lines


if __name__ == "__main__":
    sys.exit(main())
