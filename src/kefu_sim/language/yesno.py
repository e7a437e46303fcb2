"""Bare answers: a yes or a no that means something only as an answer to the question of the moment (可以的, 不用哦亲).

Read in the first clause that says anything. It is a bare answer when nothing but such a word stands there, alone or
with words of the buyer's own question (不用加手续费, 装得下, 关不了): whatever says more says it by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from kefu_sim.language.verdict import Answer, Bare

if TYPE_CHECKING:
    from kefu_sim.language.normalise import Normalised

LONGEST = 12
"""Characters of a clause that can be a bare answer, or mere courtesy before one."""
LONGEST_ECHO = 6
"""Characters of the question that such a clause takes up."""
MOST_CLAUSES = 8
"""So many clauses are looked at."""
_CLAUSE = re.compile(r"[^,。!?;:\n~… ]+")
_TWICE = re.compile(r"(.{1,3}?)\1+")
_ABLE = re.compile(r"(.{1,2})(得|不)(?:下|了|到|起|着|上|成|住|完|动|进|去|出|来|开)")
_PARTICLES = re.compile(r"[吗嘛么吧呢呀啊]|(?:不|没|没有)$")
_WHETHER = re.compile(r"(?:^|[^不没])([能可会有是行要用])(?:不|没)\1")
_ASKING = re.compile(rf"(?:[吗嘛么吧不没]|没有)[呀啊]?$|{_WHETHER.pattern}")
_BE_THAT = re.compile(r"(.{1,5})是\1")
"""便宜是便宜，… grants something before it takes it back."""


class Words(NamedTuple):
    """The lists of rules/yesno.yaml, Simplified."""

    agree: Sequence[str]
    deny: Sequence[str]
    alone: Sequence[str]
    lead: Sequence[str]
    tail: Sequence[str]
    apart: Sequence[str]


class YesNo:
    """Hears bare answers by the words of rules/yesno.yaml."""

    def __init__(self, words: Words) -> None:
        self._yes, self._no = frozenset(words.agree), frozenset(words.deny)
        self._alone = frozenset(words.alone)
        self._lead = re.compile(f"(?:{_either(words.lead)})+")
        self._tail = re.compile(f"(?:{_either(words.tail)})+$")
        self._apart = re.compile(f"(?:(?:{_either(words.apart)})(?:{_either(words.tail)})*)+")

    def heard(self, reply: Normalised, buyer: Sequence[str]) -> Bare | None:
        """Give the bare answer of a reply, if it is one; `buyer` holds the lines that ask, in the same spelling."""
        asked = [_question(line) for line in buyer]
        clauses = islice(_CLAUSE.finditer(reply.text), MOST_CLAUSES)
        saying = [clause for clause in clauses if len(clause[0]) > LONGEST or not self._apart.fullmatch(clause[0])]
        if not saying or len(saying[0][0]) > LONGEST:
            return None
        start, end = saying[0].span()
        if reply.text[end : end + 1] == "?" or _BE_THAT.match(saying[0][0]) or _WHETHER.search(saying[0][0]):
            return None
        more = len(saying) > 1
        said = (self._said(core, asked, nods=not more) for core in self._cores(saying[0][0], asked))
        answer = next((one for one in said if one), None)
        return Bare(answer, *reply.span(start, end)) if answer else None

    def _cores(self, words: str, asked: Sequence[_Asked]) -> Iterator[str]:
        """What is said without openings, particles and what the question named first; less taken away comes first."""
        yield words
        bare = self._tail.sub("", words) or words
        if twice := _TWICE.fullmatch(words) or _TWICE.fullmatch(bare):
            bare = self._tail.sub("", twice[1]) or twice[1]
        yield bare
        for end in range(1, len(bare)):
            named = end > 1 and bare[end:] not in self._alone and any(bare[:end] in one.words for one in asked)
            if named or self._lead.fullmatch(bare, 0, end):
                yield bare[end:]

    def _said(self, core: str, asked: Sequence[_Asked], *, nods: bool) -> Answer | None:
        """Whether words say yes or no; `nods`: those that mean it only by themselves count."""
        if core in self._yes:
            return "yes" if nods or core not in self._alone else None
        if core in self._no:
            return "no"
        if (able := _ABLE.fullmatch(core)) and any(able[1] in one.words for one in asked):
            return "yes" if able[2] == "得" else "no"
        if any(_echoes(core, self._no, one.words) for one in asked):
            return "no"
        questions = [one.words for one in asked if one.question]
        if any(_echoes(core, self._yes, words) for words in questions):
            return "yes"
        return "yes" if len(core) > 1 and any(words.endswith(core) for words in questions) else None


class _Asked(NamedTuple):
    """The last thing asked in a line, or else said in it."""

    words: str
    """Without the particles that ask."""
    question: bool


def _question(line: str) -> _Asked:
    """What a line of the buyer asks; 藏青闷不闷呀 装得下吗 asks two things, the last of which counts."""
    parts = _CLAUSE.findall(line)
    asking = [part for part in parts if _ASKING.search(part)]
    told = (asking or parts or [""])[-1]
    return _Asked(_PARTICLES.sub("", told), bool(asking))


def _echoes(core: str, words: frozenset[str], asked: str) -> bool:
    """Whether something is one of some words before what was asked: 不用加手续费 after 要加手续费吗."""
    ends = range(max(1, len(core) - LONGEST_ECHO), len(core))
    return any(core[:end] in words and core[end] not in "不没" and core[end:] in asked for end in ends)


def _either(words: Sequence[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, longest_first))
