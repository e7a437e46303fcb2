"""A book of quick replies as a validated, immutable value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from kefu_sim.scenario.model import Part

LONGEST = 300
"""Characters of one reply."""
MOST = 1000
"""Replies of one book."""


class QuickReply(Part):
    """One ready line."""

    text: str = Field(min_length=1, max_length=LONGEST)
    """May hold variables: {昵称} {商品} {尾号}."""
    key: str = Field(default="", max_length=12, pattern=r"^\S*$")
    """A short code of one's own that finds it at once."""


class Group(Part):
    """Replies on one topic."""

    title: str = Field(min_length=1, max_length=20)
    replies: tuple[
        Annotated[QuickReply, BeforeValidator(lambda value: {"text": value} if isinstance(value, str) else value)], ...
    ] = ()


class QuickBook(Part):
    """All quick replies of a trainee."""

    schema_: Literal[1] = Field(alias="schema", default=1)
    groups: tuple[Group, ...] = ()

    def rows(self) -> Iterator[tuple[str, QuickReply]]:
        """(group, reply) of each, in order."""
        for group in self.groups:
            for reply in group.replies:
                yield group.title, reply

    def __len__(self) -> int:
        return sum(len(group.replies) for group in self.groups)


def book_of(rows: Iterator[tuple[str, QuickReply]] | list[tuple[str, QuickReply]]) -> QuickBook:
    """A book of (group, reply) pairs; groups in the order in which they first come, no text twice in one group."""
    groups: dict[str, dict[str, QuickReply]] = {}
    for title, reply in rows:
        groups.setdefault(title, {}).setdefault(reply.text, reply)
    return QuickBook(groups=tuple(Group(title=title, replies=tuple(kept.values())) for title, kept in groups.items()))
