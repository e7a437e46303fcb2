"""What stood before the reply: the buyer's open lines, the agent's last line, and whether this is the first answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kefu_sim.language.normalise import Normalised

_BUYER = ("买家", "顾客", "客户")
_AGENT = ("客服", "卖家")
MAX_LINES = 6
"""Only this many lines before the reply are read."""
MAX_LINE = 400
"""And of each line this many characters."""


class Context(NamedTuple):
    """Lines before the reply, normalised."""

    buyer: str = ""
    """The buyer's lines since the agent's last one, joined by newlines."""
    agent: str = ""
    """The agent's last line; empty when there is none."""
    opening: bool = True
    """No line of the agent stands before the reply."""


def read_context(lines: Sequence[str], normaliser: Callable[[str], Normalised]) -> Context:
    """Read lines such as `买家：在吗` and `客服：…`; a line without a speaker counts as the buyer's."""
    buyer: list[str] = []
    agent = ""
    opening = True
    for line in reversed(lines[-MAX_LINES:]):
        speaker, text = split_speaker(line)
        if speaker == "agent":
            agent = normaliser(text[:MAX_LINE]).text
            opening = False
            break
        buyer.append(normaliser(text[:MAX_LINE]).text)
    return Context("\n".join(reversed(buyer)), agent, opening)


def said_before(lines: Sequence[str]) -> tuple[str, ...]:
    """Give the agent's messages among some lines, without the speaker."""
    spoken = map(split_speaker, lines)
    return tuple(text for speaker, text in spoken if speaker == "agent")


def split_speaker(line: str) -> tuple[str, str]:
    """Split `买家：在吗` into ("buyer", "在吗"); the speaker is "" when none is named."""
    for mark in ("：", ":"):
        head, found, text = line.partition(mark)
        if found and len(head.strip()) <= 4:
            name = head.strip()
            if name in _BUYER:
                return "buyer", text.strip()
            if name in _AGENT:
                return "agent", text.strip()
    return "", line.strip()
