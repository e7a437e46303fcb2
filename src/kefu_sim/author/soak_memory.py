"""A recogniser that remembers: bots say the same things in the same places again and again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kefu_sim.language.context import MAX_LINES, split_speaker
from kefu_sim.language.moment import Moment
from kefu_sim.language.recognise import MAX_PREVIOUS
from kefu_sim.language.verdict import Recognition
from kefu_sim.programs import BoundRecogniser
from kefu_sim.scenario.answers import with_answers

Asked = tuple[str, Sequence[str], Sequence[str]]
"""A reply, the lines before it and the agent's earlier messages."""


@dataclass
class Memory:
    """Gives what the recogniser of a story gives, and looks at nothing twice.

    A recognition hangs on the reply, on the lines since the agent's last message (that one included), on whether the
    reply repeats an earlier one, and on the moment of the story: so much is remembered, without bound. Meant for one
    run of bots.
    """

    bound: BoundRecogniser
    asked: int = 0
    """Times it was asked."""
    looked: int = 0
    """Times it had to look."""
    _known: dict[tuple[str, tuple[str, ...], bool], dict[Moment, Recognition]] = field(
        default_factory=lambda: defaultdict(dict), repr=False
    )
    _pairs: dict[str, dict[str, bool]] = field(default_factory=lambda: defaultdict(dict), repr=False)
    """Reply → earlier messages, and whether it repeats them."""

    @property
    def version(self) -> str:
        """Version of rules and model."""
        return self.bound.version

    def __call__(self, reply: str, context: Sequence[str], previous: Sequence[str], node: str = "") -> Recognition:
        """Recognise one reply at a node."""
        self.asked += 1
        again = self._again(reply, previous)
        moment = self.bound.moment(node)
        key = (reply, _near(context), again is not None)
        found = self._known[key].get(moment)
        if found is None:
            self.looked += 1
            repeated = () if again is None else (again,)
            recogniser = self.bound.recogniser
            read = recogniser.recognise(reply, key[1], intents=self.bound.intents, previous=repeated, moment=moment)
            found = self._known[key][moment] = with_answers(read, self.bound.asked, moment)
        return found

    def ahead(self, asked: Iterable[Asked]) -> None:
        """Let replies be read at once before they are asked about."""
        near = ((reply, _near(context), previous) for reply, context, previous in asked)
        self.bound.ahead(
            (reply, lines)
            for reply, lines, previous in near
            if (reply, lines, self._again(reply, previous) is not None) not in self._known
        )

    def _again(self, reply: str, previous: Sequence[str]) -> str | None:
        """The first of the latest messages that a reply repeats."""
        known = self._pairs[reply]
        for line in previous[-MAX_PREVIOUS:]:
            same = known.get(line)
            if same is None:
                same = known[line] = self.bound.recogniser.repeats(reply, (line,))
            if same:
                return line
        return None


def _near(context: Sequence[str]) -> tuple[str, ...]:
    """The lines that a recognition can depend on: the agent's last one and what came after."""
    lines = tuple(context[-MAX_LINES:])
    for at in range(len(lines) - 1, -1, -1):
        if _of_agent(lines[at]):
            return lines[at:]
    return lines


@lru_cache(4096)
def _of_agent(line: str) -> bool:
    return split_speaker(line)[0] == "agent"
