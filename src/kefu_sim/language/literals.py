"""What a text must contain before a pattern can match: lets hundreds of rules run on the few that may hold.

Reads the plain part of regular-expression syntax that rule files use: characters, escapes, `.`, classes, `(?:…)`, `|`,
`^`, `$`, `?`, `*`, `+`, `{m,n}`. Anything else is refused, so that a rule stays readable and quick.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

START, END = "\2", "\3"
"""Stand before and behind a text, for what `^` and `$` need; nobody types them."""
MOST = 200
"""An exact set of words is given up beyond this size."""
LONGEST_CLASS = 40
"""A class of more characters than this says nothing about the text."""
_CLASSES = frozenset("dDsSwWb")
_DIGITS = frozenset("0123456789")
_PLAIN = r"[^\\()\[\]{}.|?*+^$]"
_WORD = re.compile(_PLAIN + r"+(?![?*+{])")
_COUNT = re.compile(r"\{(\d+)(?:,\d*)?\}", re.ASCII)
_WORDS = re.compile(rf"\(\?:((?:{_PLAIN}|\|)*)\)")
"""Words and groups of words, the greater part of every pattern, are read in one go."""


class RefusedSyntaxError(ValueError):
    """The pattern uses syntax outside the plain part."""


Needs = tuple[frozenset[str], ...]
"""Sets of texts, of each of which one must be there; () when nothing is known."""


class _Shape(NamedTuple):
    """What is known of a piece of a pattern."""

    exact: frozenset[str] | None
    """All texts it can match, when they are few."""
    needs: Needs = ()
    """Where they are too many."""


_ANYTHING = _Shape(None)
_EMPTY = frozenset({""})
_ENDS = frozenset(("", "|", ")"))
"""What a sequence of pieces ends at."""
_SIGNS = frozenset("{?*+")
"""What says how often a piece comes."""
_NOTHING_SAID = frozenset(("", START, END))


def required(pattern: str) -> Needs:
    """Give sets of texts; a text in which the pattern is found contains at least one of each. The most telling first.

    The text stands between START and END. Raises RefusedSyntaxError.
    """
    reader = _Reader(pattern)
    shape = reader.alternatives()
    if reader.at < len(pattern):
        raise RefusedSyntaxError(f"unexpected `{pattern[reader.at]}` at {reader.at} in `{pattern}`")
    return _needed(shape)


def _needed(shape: _Shape) -> Needs:
    if shape.exact is not None:
        return (shape.exact,) if shape.exact.isdisjoint(_NOTHING_SAID) else ()
    return shape.needs


def _worth(words: frozenset[str]) -> tuple[int, int]:
    return min(2, *map(len, words)), -len(words)


def _either(several: Sequence[Needs]) -> Needs:
    """What is needed by a text that has what one of several pieces needs."""
    if not all(several):
        return ()
    return tuple(
        frozenset().union(*(needs[min(k, len(needs) - 1)] for needs in several)) for k in range(max(map(len, several)))
    )


class _Reader:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def _peek(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def _take(self) -> str:
        char = self._peek()
        if not char:
            raise RefusedSyntaxError(f"the pattern ends too early: `{self.pattern}`")
        self.at += 1
        return char

    def alternatives(self) -> _Shape:
        branches = [self._sequence()]
        while self._peek() == "|":
            self.at += 1
            branches.append(self._sequence())
        if len(branches) == 1:
            return branches[0]
        exact: frozenset[str] | None = frozenset()
        for branch in branches:
            exact = exact | branch.exact if exact is not None and branch.exact is not None else None
        if exact is not None and len(exact) <= MOST:
            return _Shape(exact)
        return _Shape(None, _either([_needed(branch) for branch in branches]))

    def _sequence(self) -> _Shape:
        run = _EMPTY
        needs: list[frozenset[str]] = []
        whole = True
        while self._peek() not in _ENDS:
            piece = self._repeated(self._piece())
            exact = piece.exact
            if exact is not None and len(run) * len(exact) <= MOST:
                run = frozenset([a + b for a in run for b in exact])
                continue
            whole = False
            needs += *_needed(_Shape(run)), *_needed(piece)
            run = exact if exact is not None and "" not in exact else _EMPTY
        if whole:
            return _Shape(run)
        needs += _needed(_Shape(run))
        return _Shape(None, tuple(sorted(dict.fromkeys(needs), key=_worth, reverse=True)))

    def _repeated(self, piece: _Shape) -> _Shape:
        sign = self._peek()
        if sign not in _SIGNS:
            return piece
        if sign == "{":
            count = _COUNT.match(self.pattern, self.at)
            if count is None:
                raise RefusedSyntaxError(f"no count at {self.at} in `{self.pattern}`")
            self.at = count.end()
            return _Shape(None, _needed(piece) if int(count[1]) else ())
        self.at += 1
        if sign == "?" and piece.exact is not None:
            return _Shape(piece.exact | _EMPTY)
        return _Shape(None, _needed(piece) if sign == "+" else ())

    def _piece(self) -> _Shape:
        if word := _WORD.match(self.pattern, self.at):
            self.at = word.end()
            return _Shape(frozenset({word.group()}))
        if words := _WORDS.match(self.pattern, self.at):
            self.at = words.end()
            exact = frozenset(words[1].split("|"))
            return _Shape(exact) if len(exact) <= MOST else _Shape(None, _needed(_Shape(exact)))
        char = self._take()
        if char == "(":
            return self._group()
        if char == "[":
            return self._class()
        if char == "\\":
            escaped = self._escaped()
            if escaped == "d":
                return _Shape(_DIGITS)
            return _ANYTHING if escaped in _CLASSES else _Shape(frozenset({escaped}))
        if char in "^$":
            return _Shape(frozenset({START if char == "^" else END}))
        if char == ".":
            return _ANYTHING
        if char in "*+?{}":
            raise RefusedSyntaxError(f"nothing to repeat at {self.at} in `{self.pattern}`")
        return _Shape(frozenset({char}))

    def _escaped(self) -> str:
        """What stands behind a backslash: a class, or a mark that stands for itself."""
        char = self._take()
        if char.isalnum() and char not in _CLASSES:
            raise RefusedSyntaxError(f"`\\{char}` at {self.at} in `{self.pattern}`")
        return char

    def _group(self) -> _Shape:
        if self.pattern[self.at : self.at + 2] != "?:":
            raise RefusedSyntaxError(f"only (?:…) groups are read, at {self.at} in `{self.pattern}`")
        self.at += 2
        shape = self.alternatives()
        if self._take() != ")":
            raise RefusedSyntaxError(f"unclosed group in `{self.pattern}`")
        return shape

    def _class(self) -> _Shape:
        negated = self._peek() == "^"
        members: list[str] | None = []
        self.at += negated
        if self._peek() == "]":
            raise RefusedSyntaxError(f"an empty class at {self.at} in `{self.pattern}`")
        while (char := self._take()) != "]":
            escaped = char == "\\"
            if escaped:
                char = self._escaped()
            elif char == "[" and self._peek() == ":":
                raise RefusedSyntaxError(f"a named class at {self.at} in `{self.pattern}`")
            if escaped and char == "d" and members is not None:
                members.extend(_DIGITS)
            elif (escaped and char in _CLASSES) or (self._peek() == "-" and self.pattern[self.at + 1] != "]"):
                members = None
                self.at += 2 if self._peek() == "-" else 0
            elif members is not None:
                members.append(char)
        if negated or members is None or len(members) > LONGEST_CLASS:
            return _ANYTHING
        return _Shape(frozenset(members))
