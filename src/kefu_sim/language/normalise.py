"""One spelling for many: a reply as the rules and the model read it, each character tied to the reply as typed.

Folded: full and half width (NFKC), letter case, Traditional characters, emoji, kaomoji and bracketed faces (to `~`),
runs of one character, runs of dots (to `…`), white space, common shop misspellings and pinyin abbreviations. Set aside:
clauses of nothing but filler words (那个就是说这个), so that padding says nothing; and marks at the end of the reply
that carry no content (`。.!~`), which are only counted. Everything is linear in the length of the reply, and only its
first MAX_CHARACTERS are read.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MAX_CHARACTERS = 4_000
"""Longer replies are judged by this many characters from their start."""
MAX_RUN = 3
"""A run of one character is shortened to this many (digits and Latin letters are left)."""

_FACE = (
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff\ufe00-\ufe0f\u20e3\u200d"
    "\ue000-\uf8ff\U000e0020-\U000e007f]+"
)
_BRACKET_FACE = r"\[(?!图片|链接|订单|商品|系统|语音|视频|截图)[\u4e00-\u9fff]{1,4}\]"
_SHOP_FACE = r"#e-[a-z]?(?:\[数字x\]|\d{1,3})|/:[-^a-z0-9()~!@$%&*<>'\"|?]{1,6}|/[\u4e00-\u9fff]{2}(?=$|[\s/\[~。!,])"
_KAOMOJI = (
    r"\([^\u4e00-\u9fff\sa-z0-9()]{2,12}\)[ノっ/~]*"
    r"|\^[_.o-]?\^|t[_.]t|qaq|qwq|orz|>[_.]<|=[_.]=|-[_.]-\|*|o\([^)\n]{2,8}\)o|:-?\)|:-?d\b"
)
_FACES = f"(?:{_FACE}|{_BRACKET_FACE}|{_SHOP_FACE}|~)"
_FOLD = re.compile(
    r"(?=[^\w,!?;\"'%+*]|[oqt])(?:"
    rf"(?P<face>(?:{_FACES}|{_KAOMOJI})(?:\s*{_FACES})*)"
    r"|(?P<dots>[.。…]{2,}|…)"
    r"|(?P<space>[^\S\n]+)"
    r"|(?P<line>\s*\n\s*)"
    r"|(?P<drop>[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd"
    r"\ud800-\udfff]+)"
    r")"
)
_RUN = re.compile(r"([^\da-z\s])\1{3,}")
_REPEATED = re.compile(r"(.)\1\1\1", re.DOTALL)
"""Told in a quarter of the time: no run without it."""
_TAIL = "。.!~…,、; \n"
"""What may stand at the end without saying anything; other white space is folded by then."""
_BREAK = ",。!~… \\n"
"""What stands between two clauses, questions aside, within a character class."""
_SENTENCE = re.compile(r"[^。!?;\n~… ]+(?:(?<=[a-z0-9]) (?=[a-z0-9])[^。!?;\n~… ]+)*[?]*")
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PUNCTUATION = {
    0x3000: " ", 0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x300C: '"', 0x300D: '"', 0x3010: "[",
    0x3011: "]", 0x3001: ",", 0xFF61: "。", 0x2014: "-", 0x2015: "-", 0x301C: "~", 0x223C: "~", 0x02DC: "~",
    0x00B7: ".", 0x2022: ".", 0x30FB: ".",
}  # fmt: skip


class Marks(NamedTuple):
    """Counts of the tone marks that were folded or set aside, over the whole reply."""

    faces: int = 0
    """Runs of emoji, kaomoji, bracketed faces and tildes."""
    exclamations: int = 0
    """Exclamation marks."""
    questions: int = 0
    ellipses: int = 0


NO_MARKS = Marks()
_marks = lru_cache(256)(Marks)


class Normalised(NamedTuple):
    """A reply in one spelling, with the way back."""

    original: str
    """The reply as typed; only its first MAX_CHARACTERS are read."""
    text: str
    starts: Sequence[int]
    """For each character of `text`, where it begins in `original`."""
    ends: Sequence[int]
    """For each character of `text`, where it ends in `original` (exclusive)."""
    sentences: tuple[tuple[int, int], ...]
    """Half-open ranges of `text`: without closing marks, but with a question mark."""
    marks: Marks = NO_MARKS
    spelt: Normalised | None = None
    """The same reply with misspellings left as typed; None when there were none."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the range of the original for a range of `text`; both half-open, in code points."""
        if not self.text or start >= end:
            at = self.starts[min(start, len(self.starts) - 1)] if self.text else 0
            return at, at
        return self.starts[start], self.ends[end - 1]


class Fillers(NamedTuple):
    """Words that only hold the turn; a clause of at least two of them, one of them sure, says nothing."""

    sure: Sequence[str] = ()
    """Never the content of a clause: 就是说."""
    beside: Sequence[str] = ()
    """Empty only beside a sure one: 这个."""


NO_FILLERS = Fillers()


class Normaliser:
    """Folds replies by a table of Traditional characters, a table of misspellings and a list of filler words."""

    def __init__(
        self, traditional: Mapping[str, str], variants: Mapping[str, str], fillers: Fillers = NO_FILLERS
    ) -> None:
        """Both tables map what is typed to what is read; `traditional` one character to one."""
        table: dict[int, int | str] = dict(_WIDTH)
        table.update(_PUNCTUATION)
        table.update({ord(typed): read for typed, read in traditional.items()})
        table.update({code: code + 32 for code in range(ord("A"), ord("Z") + 1)})
        table.update({code: code - 0xFEE0 + 32 for code in range(0xFF21, 0xFF3B)})
        self._table = table
        self._variants = dict(variants)
        latin = sorted((v for v in variants if v.isascii()), key=len, reverse=True)
        other = sorted((v for v in variants if not v.isascii()), key=len, reverse=True)
        parts = [re.escape(v) for v in other]
        if latin:
            parts.append(r"(?<![a-z0-9])(?:" + "|".join(re.escape(v) for v in latin) + r")(?![a-z0-9])")
        self._variant = re.compile("|".join(parts)) if parts else None
        self._beginning: dict[str, list[str]] = {}
        for typed in variants:
            self._beginning.setdefault(typed[0], []).append(typed)
        self._beginnings = frozenset(self._beginning)
        self._sure = tuple(fillers.sure)
        words = "|".join(map(re.escape, sorted((*fillers.sure, *fillers.beside), key=len, reverse=True)))
        some = f"(?:{words}){{2,}}+"
        self._padding = re.compile(f"^{some}(?:[{_BREAK}]|$)|[{_BREAK}]{some}(?=[{_BREAK}]|$)")

    def __call__(self, reply: str) -> Normalised:
        """Fold one reply. Never raises; linear in min(length, MAX_CHARACTERS)."""
        read = reply[:MAX_CHARACTERS].translate(self._table)
        pieces = _Pieces(read)
        if not unicodedata.is_normalized("NFKC", read):
            pieces.compose(self._table)
        marks = pieces.fold()
        pieces.trim()
        if any(word in pieces.text for word in self._sure):
            pieces.leave_out([m for m in self._padding.finditer(pieces.text) if self._is_padding(m.group())])
        spelt = None
        if self._misspelt(pieces.text):
            spelt = pieces.done(reply, marks, None)
            assert self._variant is not None
            pieces.replace(self._variant, self._variants)
        return pieces.done(reply, marks, spelt)

    def alike(self, one: str, other: str) -> bool:
        """Tell whether two replies surely read the same: they differ in nothing but the shape of single characters."""
        return len(one) == len(other) and one.translate(self._table) == other.translate(self._table)

    def _is_padding(self, words: str) -> bool:
        return any(word in words for word in self._sure)

    def _misspelt(self, text: str) -> bool:
        """Tell whether a variant stands in a text; a look at its characters spares most texts the search."""
        for first in self._beginnings.intersection(text):
            for typed in self._beginning[first]:
                if typed in text:
                    return self._variant is not None and self._variant.search(text) is not None
        return False


class _Pieces:
    """Text under rewriting, with the range of the original behind each character."""

    __slots__ = ("ends", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: Sequence[int] = range(len(text))
        self.ends: Sequence[int] = range(1, len(text) + 1)

    def compose(self, table: Mapping[int, int | str]) -> None:
        """Apply NFKC character by character; a character may become several."""
        out: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for at, char in enumerate(self.text):
            folded = char if char == "…" else unicodedata.normalize("NFKC", char).translate(table)[:8]
            out.append(folded)
            starts.extend([self.starts[at]] * len(folded))
            ends.extend([self.ends[at]] * len(folded))
        self.text, self.starts, self.ends = "".join(out), starts, ends

    def done(self, reply: str, marks: Marks, spelt: Normalised | None) -> Normalised:
        """Split into sentences and make the value."""
        sentences = tuple([m.span() for m in _SENTENCE.finditer(self.text)])
        return Normalised(reply, self.text, self.starts, self.ends, sentences, marks, spelt)

    def fold(self) -> Marks:
        """Fold faces, dots, white space, invisible characters and long runs; count the tone marks."""
        text = self.text
        matches = list(_FOLD.finditer(text))
        self._rewrite(matches, _folded)
        if _REPEATED.search(self.text):
            self._rewrite(list(_RUN.finditer(self.text)), lambda match: match.group()[:MAX_RUN])
        if not matches and "!" not in text and "?" not in text:
            return NO_MARKS
        kinds = [match.lastgroup for match in matches]
        return _marks(kinds.count("face"), text.count("!"), text.count("?"), kinds.count("dots"))

    def replace(self, pattern: re.Pattern[str], table: Mapping[str, str]) -> None:
        """Replace each match by its entry in the table."""
        self._rewrite(list(pattern.finditer(self.text)), lambda match: table[match.group()])

    def leave_out(self, matches: Sequence[re.Match[str]]) -> None:
        """Take matches out, unless nothing else would be left."""
        if matches and sum(len(match.group()) for match in matches) < len(self.text):
            self._rewrite(matches, lambda _: "")
            self.trim()

    def trim(self) -> None:
        """Cut white space at both ends, and marks without content at the end."""
        said = self.text.rstrip(_TAIL)
        stop = len(said)
        start = stop - len(said.lstrip(" \n~"))
        if start < stop:
            if stop < len(self.text) or start:
                self.text, self.starts, self.ends = (
                    self.text[start:stop], self.starts[start:stop], self.ends[start:stop]
                )  # fmt: skip
        else:
            self.text, self.starts, self.ends = "", (), ()

    def _rewrite(self, matches: Sequence[re.Match[str]], read: Callable[[re.Match[str]], str]) -> None:
        if not matches:
            return
        text, out, moved = self.text, list[str](), list[tuple[int, int, int]]()
        done = 0
        for match in matches:
            a, b = match.span()
            new = read(match)
            out += text[done:a], new
            if len(new) != b - a:
                moved.append((a, b, len(new)))
            done = b
        self.text = "".join((*out, text[done:]))
        if moved:
            self._move(moved)

    def _move(self, moved: Sequence[tuple[int, int, int]]) -> None:
        """Follow replacements (start, end, new length) that change the length."""
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for a, b, length in moved:
            starts.extend(self.starts[done:a])
            ends.extend(self.ends[done:a])
            starts.extend([self.starts[a]] * length)
            ends.extend([self.ends[b - 1]] * length)
            done = b
        starts.extend(self.starts[done:])
        ends.extend(self.ends[done:])
        self.starts, self.ends = starts, ends


def _folded(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if kind == "face":
        return "~"
    if kind == "dots":
        return "…"
    if kind == "space":
        return " "
    if kind == "line":
        return "\n"
    return ""
