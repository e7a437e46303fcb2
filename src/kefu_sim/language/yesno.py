"""Bare answers: a yes or a no that means something only as an answer to the question of the moment (可以的, 不用哦亲).

Read in the first clause that says anything. It is a bare answer when nothing but such a word stands there, alone or
with words of the buyer's own question (不用加手续费, 装得下, 关不了): whatever says more says it by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kefu_sim.language.verdict import Answer, Bare

if TYPE_CHECKING:
    from kefu_sim.language.normalise import Normalised

LONGEST = 12
"""Characters of a clause that can be a bare answer."""
LONGEST_ECHO = 6
"""Characters of the question that such a clause takes up."""
MOST_CLAUSES = 8
"""So many clauses are looked at."""
_CLAUSE = re.compile(r"[^,。!?;:\n~… ]+")
_TWICE = re.compile(r"(.{1,3}?)\1+")
_ABLE = re.compile(r"(.{1,2})(得|不)(?:下|了|到|起|着|上|成|住|完|动|进|去|出|来|开)")
_PARTICLES = re.compile(r"[吗嘛么吧呢呀啊]")
_ASKING = re.compile(r"(?:[吗嘛么吧不没]|没有)[呀啊]?$|([能可会有是行要用])(?:不|没)\1")
_ASKED = re.compile(r"[不没]|$")
"""Follows the words that a question asks about, when its particles are gone."""


class YesNo:
    """Hears bare answers by the words of rules/yesno.yaml."""

    def __init__(
        self,
        *,
        agree: Sequence[str],
        deny: Sequence[str],
        lead: Sequence[str],
        tail: Sequence[str],
        apart: Sequence[str],
    ) -> None:
        """Lists of words, Simplified."""
        self._yes, self._no = _longest_first(agree), _longest_first(deny)
        self._lead = re.compile(f"(?:{_either(lead)})+")
        self._tail = re.compile(f"(?:{_either(tail)})+$")
        self._apart = re.compile(f"(?:(?:{_either(apart)})(?:{_either(tail)})*)+")

    def heard(self, reply: Normalised, buyer: Sequence[str]) -> Bare | None:
        """Give the bare answer of a reply, if it is one; `buyer` holds the lines that ask, in the same spelling."""
        asked = [_question(line) for line in buyer]
        for count, clause in enumerate(_CLAUSE.finditer(reply.text)):
            if count == MOST_CLAUSES or clause.end() - clause.start() > LONGEST:
                break
            words = clause[0]
            if self._apart.fullmatch(words):
                continue
            asks = reply.text[clause.end() : clause.end() + 1] == "?"
            said = () if asks else (self._said(core, asked) for core in self._cores(words, asked))
            answer = next((one for one in said if one), None)
            return Bare(answer, *reply.span(*clause.span())) if answer else None
        return None

    def _cores(self, words: str, buyer: Sequence[str]) -> Iterator[str]:
        """What is said without openings, particles and what the question named first; less taken away comes first."""
        yield words
        bare = self._tail.sub("", words) or words
        if twice := _TWICE.fullmatch(words) or _TWICE.fullmatch(bare):
            bare = self._tail.sub("", twice[1]) or twice[1]
        yield bare
        for end in range(1, len(bare)):
            if self._lead.fullmatch(bare, 0, end) or (end > 1 and any(bare[:end] in line for line in buyer)):
                yield bare[end:]

    def _said(self, core: str, buyer: Sequence[str]) -> Answer | None:
        if core in self._yes:
            return "yes"
        if core in self._no:
            return "no"
        if (able := _ABLE.fullmatch(core)) and any(able[1] in line for line in buyer):
            return "yes" if able[2] == "得" else "no"
        words: tuple[tuple[Answer, Sequence[str]], ...] = (("no", self._no), ("yes", self._yes))
        for answer, several in words:
            for word in several:
                echo = core.removeprefix(word)
                if echo != core and len(echo) <= LONGEST_ECHO and any(echo in line for line in buyer):
                    return answer
        return "yes" if len(core) > 1 and any(_asks_about(core, line) for line in buyer) else None


def _question(line: str) -> str:
    """The last thing asked in a line, or else said, without the particles that ask; 藏青闷不闷呀 装得下吗 asks two."""
    parts = _CLAUSE.findall(line)
    asking = [part for part in parts if _ASKING.search(part)] or parts
    return _PARTICLES.sub("", asking[-1]) if asking else ""


def _asks_about(words: str, line: str) -> bool:
    """Whether a line of the buyer asks about just these words: 还算数吗 about 算数."""
    at = line.find(words)
    return at >= 0 and _ASKED.match(line, at + len(words)) is not None


def _either(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, _longest_first(words)))


def _longest_first(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
