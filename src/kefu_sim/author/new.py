"""A first scenario to begin with: one that already plays, with comments that say what can be changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from kefu_sim.author.schema import lay_schema
from kefu_sim.base.errors import KefuError
from kefu_sim.base.paths import as_argument, package_file
from kefu_sim.base.refusals import unwritable
from kefu_sim.base.text import clean
from kefu_sim.i18n import language, tr
from kefu_sim.scenario.check import Known

Kind = Literal["sale", "complaint"]
KINDS: tuple[Kind, ...] = get_args(Kind)
PERSONAS: Mapping[Kind, str] = {"sale": "hesitant", "complaint": "furious"}
"""Who comes when nobody else is wished for."""
LONGEST = 40
"""Characters of an answer."""
MOST = 1_000_000
"""Yuan."""

_ID = re.compile(r"[a-z][a-z0-9-]{0,59}")
_COMMENT = re.compile(r"^( *)#(zh|en) ?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the author wants, as `author new` asks for it."""

    kind: Kind
    title: str
    shop: str
    product: str
    price: str
    id: str = ""
    """Empty: made from the title."""
    persona: str = ""
    """Empty: the usual one of the kind."""


def text_of(answer: str) -> str:
    """An answer as it can stand anywhere in a YAML text. Raises KefuError when nothing is left of it."""
    text = " ".join(clean(answer).replace("\\", " ").replace('"', "”").replace("<<", "《").split())[:LONGEST]
    if not text:
        raise KefuError(tr("the answer is empty"), hint=tr("write a few words"))
    return text


def price_of(answer: str) -> str:
    """A price in yuan, such as 159 or 12.5. Raises KefuError."""
    text = clean(answer).strip().removesuffix("元").removeprefix("¥").strip()
    try:
        price = float(text)
    except ValueError:
        price = 0.0
    if not 0 < price <= MOST:
        raise KefuError(tr("`{price}` is no price").format(price=text), hint=tr("write a number such as 159"))
    return f"{price:.2f}".rstrip("0").rstrip(".")


def id_of(title: str) -> str:
    """A file name and id made from a title: its pinyin."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 (a large table, for this one use)

    words = "-".join(re.findall(r"[a-z0-9]+", " ".join(lazy_pinyin(title)).lower()))[:LONGEST].strip("-")
    return words if _ID.fullmatch(words) else f"story-{words}".strip("-")


def check_id(name: str) -> None:
    """Raises KefuError for what cannot be an id."""
    if not _ID.fullmatch(name):
        what = tr("`{id}` cannot be an id").format(id=name)
        raise KefuError(what, hint=tr("use a-z, digits and -, starting with a letter"))


def render(wish: Wish, folder: Path | None = None) -> str:
    """The text of the scenario, its comments in the language of the interface.

    The commands in them name the scenario by its id; by its file, when that is to lie in a folder of its own.
    """
    title = text_of(wish.title)
    name = wish.id or id_of(title)
    check_id(name)
    values = {
        "id": name,
        "called": as_argument(str(folder.absolute() / f"{name}.yaml")) if folder else name,
        "title": title,
        "shop": text_of(wish.shop),
        "product": text_of(wish.product),
        "price": price_of(wish.price),
        "persona": wish.persona or PERSONAS[wish.kind],
    }
    template = package_file("rules", "templates", f"{wish.kind}.yaml").read_text(encoding="utf-8")
    text = "".join(_spoken(line) for line in template.splitlines(keepends=True))
    return re.sub(r"<<(\w+)>>", lambda match: values[match[1]], text)


def _spoken(line: str) -> str:
    """A line of a template; nothing for a comment in another language."""
    match = _COMMENT.match(line)
    if match is None:
        return line
    return f"{match[1]}# {line[match.end() :]}" if match[2] == language() else ""


def write_new(wish: Wish, folder: Path, known: Known, taken: Mapping[str, str] | None) -> Path:
    """Write the scenario, and the schema that editors check it by, into a folder.

    `taken` maps ids that exist to their files; None for a folder outside the library, where ids name nothing. Raises
    KefuError when id or file are taken, UnwritableError.
    """
    if wish.persona and wish.persona not in known.personas:
        what = tr("unknown {kind} `{name}`").format(kind=tr("persona"), name=wish.persona)
        raise KefuError(what, hint=tr("known: {names}").format(names=", ".join(sorted(known.personas))))
    text = render(wish, folder if taken is None else None)
    name = re.search(r"^id: (.+)$", text, re.MULTILINE)
    assert name is not None
    path = folder / f"{name[1]}.yaml"
    there = (taken or {}).get(name[1]) or (str(path) if path.exists() else "")
    if there:
        what = tr("the id `{id}` is taken by {file}").format(id=name[1], file=there)
        raise KefuError(what, hint=tr("choose another id: kefu-sim author new ID; nothing was written"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lay_schema(folder, known)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise unwritable(path, error) from None
    return path
