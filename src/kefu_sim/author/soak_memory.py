"""A recogniser that remembers: bots say the same things in the same places again and again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kefu_sim.language.context import MAX_LINES, split_speaker
from kefu_sim.language.recognise import MAX_PREVIOUS
from kefu_sim.language.verdict import Recognition
from kefu_sim.programs import BoundRecogniser
from kefu_sim.scenario.answers import with_answers


@dataclass
class Memory:
    """Gives what the recogniser of a story gives, and looks at nothing twice.

    A recognition hangs on the reply, on the lines since the agent's last message (that one included), and on whether
    the reply repeats an earlier one: so much is remembered, without bound. Meant for one run of bots.
    """

    bound: BoundRecogniser
    asked: int = 0
    """Times it was asked."""
    looked: int = 0
    """Times it had to look."""
    _known: dict[tuple[str, tuple[str, ...], bool], Recognition] = field(default_factory=dict, repr=False)
    _pairs: dict[tuple[str, str], bool] = field(default_factory=dict, repr=False)

    @property
    def version(self) -> str:
        """Version of rules and model."""
        return self.bound.version

    def __call__(self, reply: str, context: Sequence[str], previous: Sequence[str]) -> Recognition:
        """Recognise one reply."""
        self.asked += 1
        again = next((line for line in previous[-MAX_PREVIOUS:] if self._same(reply, line)), None)
        key = (reply, _near(context), again is not None)
        found = self._known.get(key)
        if found is None:
            self.looked += 1
            repeated = () if again is None else (again,)
            recogniser = self.bound.recogniser
            read = recogniser.recognise(reply, key[1], intents=self.bound.intents, previous=repeated)
            found = self._known[key] = with_answers(read, self.bound.asked)
        return found

    def ahead(self, asked: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Let replies, each with its context, be read at once before they are asked about."""
        near = ((reply, _near(context)) for reply, context in asked)
        self.bound.ahead(pair for pair in near if (*pair, False) not in self._known)

    def _same(self, reply: str, line: str) -> bool:
        key = (reply, line)
        same = self._pairs.get(key)
        if same is None:
            same = self._pairs[key] = self.bound.recogniser.repeats(reply, (line,))
        return same


def _near(context: Sequence[str]) -> tuple[str, ...]:
    """The lines that a recognition can depend on: the agent's last one and what came after."""
    lines = tuple(context[-MAX_LINES:])
    for at in range(len(lines) - 1, -1, -1):
        if split_speaker(lines[at])[0] == "agent":
            return lines[at:]
    return lines
