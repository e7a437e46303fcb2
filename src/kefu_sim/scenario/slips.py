"""Slips of the hand that YAML takes for something else, in plain words: keys that are pieces of text, odd numbers."""

from __future__ import annotations

import re
import unicodedata

from kefu_sim.base.yamlfile import chinese_bracket
from kefu_sim.i18n import tr
from kefu_sim.scenario.conditions import COMPARISON

Told = tuple[str, str]
"""Message and mend."""

_CHINESE_BRACKET = re.compile("[【】“”‘’｛｝［］]")
_WIDE_BLANKS = ("\u3000", "\xa0")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_TIGHT = re.compile(r"([^\W\d][\w.-]*):(?=\S)")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_ONE_NUMBER = re.compile(r"[^\d.+-]*([+-]?\d+(?:\.\d+)?)[^\d.]*")
_RIGHT = r"(?P<right>-?\d+(?:\.\d+)?|[a-z][a-z0-9_.-]*)"
_IN_WORDS = tuple(
    (
        re.compile(rf"(?:{before})\s*{_RIGHT}\s*分?\s*(?:{behind})" if before else rf"{_RIGHT}\s*分?\s*(?:{behind})"),
        sign,
    )
    for before, behind, sign in (
        ("不低于|不少于|至少|大于等于|>=|=>", "", ">="),
        ("不高于|不超过|至多|最多|小于等于|<=|=<", "", "<="),
        ("小于|低于|少于|不到", "", "<"),
        ("大于|高于|超过|多于", "", ">"),
        ("等于|=|==", "", "=="),
        ("", "以上|起|及以上|或以上|\\+", ">="),
        ("", "以下|及以下|或以下", "<="),
    )
)
_SHOWN = 12
"""Characters of a text that are enough to find it again."""


def name_before_colon(key: str) -> str:
    """The name that a key was meant to be whose colon is a Chinese one; empty for other keys."""
    name, colon, _ = key.partition("：")
    return name.strip() if colon else ""


def slip_of_key(key: str, value: object, *, alone: bool) -> Told | None:
    """What a key is that was none; `alone` when it is all that its mapping holds. None when it is only misspelt."""
    if key.startswith(_WIDE_BLANKS):
        return tr("blanks of the Chinese keyboard in the indentation"), tr("indent with spaces of the English keyboard")
    if name := name_before_colon(key):
        return tr("a Chinese colon ： after `{key}`").format(key=name), tr("write `{key}: …`").format(key=name)
    if value is None and (tight := _TIGHT.match(key)):
        name = tight.group(1)
        return tr("no blank after the colon of `{key}`").format(key=name), tr("write `{key}: …`").format(key=name)
    if mark := _CHINESE_BRACKET.search(key):
        return chinese_bracket(mark.group())
    if is_piece_of_text(key, value):
        what = tr("the English comma before “{text}” cuts the sentence in two").format(text=shortened(key))
        return what, tr("put the whole sentence in quotes, or write a Chinese comma ，")
    if alone and _CHINESE.search(key) and isinstance(value, str | int | float):
        what = tr("the colon and the blank after “{text}” make a key of it").format(text=shortened(key))
        return what, tr("put the whole sentence in quotes")
    return None


def is_piece_of_text(key: str, value: object) -> bool:
    """Whether a key is what stood behind a comma within a sentence."""
    return value is None and _CHINESE.search(key) is not None and not name_before_colon(key)


def slip_of_name(name: str) -> Told | None:
    """What was typed into a name that cannot be seen or belongs around it; None for other faults."""
    if found := _INVISIBLE.search(name):
        what = tr("an invisible character (U+{code:04X}) stands in `{name}`")
        bare = _INVISIBLE.sub("", name)
        return what.format(code=ord(found.group()), name=bare), tr("delete the word and type it anew")
    if mark := _CHINESE_BRACKET.search(name):
        return chinese_bracket(mark.group())
    return None


def number_meant(value: object) -> str:
    """The one number within a text, in plain digits; empty when there is none, or more than one."""
    plain = unicodedata.normalize("NFKC", str(value)).replace(",", "")
    found = _ONE_NUMBER.fullmatch(plain)
    return found.group(1) if found else ""


def comparison_meant(test: str) -> str:
    """A comparison as it is written, of one that was put in words or typed with the Chinese keyboard; else empty."""
    plain = unicodedata.normalize("NFKC", test).replace("≥", ">=").replace("≤", "<=").replace("≠", "!=").strip()
    for pattern, sign in _IN_WORDS:
        if found := pattern.fullmatch(plain):
            return f"{sign} {found.group('right')}"
    return plain if COMPARISON.fullmatch(plain) else ""


def shortened(text: str) -> str:
    """The beginning of a text."""
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
