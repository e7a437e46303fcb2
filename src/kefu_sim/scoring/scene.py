"""What all dimensions look at, worked out once: the replies, what the buyer raised, the waits that need an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from kefu_sim.language.verdict import Recognition, Step
from kefu_sim.scenario.labels import fact_label
from kefu_sim.scenario.model import Limits, Scenario
from kefu_sim.scenario.notices import cards_in_force, limits_in_force
from kefu_sim.scoring.claims import Known, against_cards
from kefu_sim.scoring.content import content, letters
from kefu_sim.scoring.metrics import Round, rounds_of
from kefu_sim.scoring.promises import Agreed
from kefu_sim.scoring.rubric import Rubric, Tone, tone_of
from kefu_sim.scoring.transcript import Turn

NOTHING = Recognition()
SOON = 2
"""A slip is put right in one of the next so many messages, or not at once."""
FAULT_ENDINGS = frozenset({"lost", "left"})
_GREETINGS = frozenset({Step.GREET, Step.FAREWELL, "thanks"})
_COURTESY = _GREETINGS | {"apology", "empathy"}
"""Steps and shared intents in which no question is answered."""


@dataclass(frozen=True, slots=True)
class Story:
    """What is known of a reception beyond its words: the scenario and how it was walked through."""

    scenario: Scenario
    visited: tuple[str, ...] = ()
    """Nodes in order of entry."""
    revealed: tuple[str, ...] = ()
    outcome: str | None = None
    """None while the reception goes on."""
    models_shown: int = 0
    """Nodes whose model answer was looked at (guided mode)."""
    node_at: tuple[str, ...] = ()
    """Node of each turn."""
    noticed_at: tuple[tuple[str, ...], ...] = ()
    """Notices that had come by each turn, oldest first."""
    agreed: Agreed | None = None
    """What was promised and written; None when the log does not tell."""

    @property
    def noticed(self) -> tuple[str, ...]:
        """Notices in force at the end."""
        return self.noticed_at[-1] if self.noticed_at else ()

    @property
    def called(self) -> frozenset[str]:
        """Steps that the nodes visited call for."""
        return frozenset(name for node in set(self.visited) for name in self.scenario.nodes[node].steps)

    def limits(self, turn: int) -> Limits:
        """Limits in force at a turn."""
        return limits_in_force(self.scenario, self._noticed_by(turn))

    def cards(self, turn: int) -> dict[str, dict[str, object]]:
        """Cards in force at a turn."""
        return cards_in_force(self.scenario, self._noticed_by(turn))

    def _noticed_by(self, turn: int) -> tuple[str, ...]:
        return self.noticed_at[turn] if turn < len(self.noticed_at) else ()


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be scored."""

    turns: tuple[Turn, ...]
    story: Story | None = None
    """None for a chat log without a scenario."""
    timed: bool = True
    """Whether the times are known; without them reply speed is not judged."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One message of the agent that says something."""

    turn: int
    """Index in the transcript."""
    text: str
    found: Recognition
    letters: int
    """Letters, digits and characters, without blanks and punctuation."""
    content: int
    """Those of them that add something: neither fillers nor what stood there already."""
    read: float = 1
    """Part of it that a buyer reads, 0 to 1: nobody reads a wall of text."""
    lost: bool = False
    """The buyer could make nothing of it, and neither step, intent nor courtesy is in it; nor is it nearly a step to
    which the buyer asked back for the first time."""

    @property
    def said(self) -> str:
        """Its words in one spelling, whatever characters it was typed in."""
        return self.found.said(self.text)

    @property
    def worthless(self) -> bool:
        """Echo, stuffing, repetition: earns nothing."""
        return bool(self.found.gaming)

    @property
    def tone(self) -> Tone:
        """Name of its politeness."""
        return tone_of(self.found.politeness)


class Wait(NamedTuple):
    """A wait of the buyer that needed an answer."""

    since: int
    """Index of the buyer turn from which it counts."""
    until: int | None
    """Index of the reply; None when there was none."""
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything the dimensions share."""

    case: Case
    replies: tuple[Reply, ...]
    raised: Mapping[str, int]
    """Cue of the buyer → index of the turn that first gave it."""
    heard: tuple[frozenset[str], ...]
    """Cues of each turn; empty for the agent's."""
    rounds: Sequence[Round]
    waits: Sequence[Wait]
    complaint: bool
    ending: str | None
    """Outcome of the story; without one `good`, `bad` or None, as the buyer's last lines sound."""

    @property
    def story(self) -> Story | None:
        """What is known beyond the words."""
        return self.case.story

    @property
    def judged(self) -> bool:
        """Whether the buyer waited for an answer at all, so that there is anything to judge."""
        return bool(self.waits)

    @property
    def regular(self) -> bool:
        """Whether it came to a proper end, so that what was not called for may leave the denominator."""
        if self.story is not None:
            return self.ending is not None and self.ending not in FAULT_ENDINGS
        return self.ending != "bad"

    @property
    def earning(self) -> bool:
        """Whether the agent said anything that may earn."""
        return any(not reply.worthless for reply in self.replies)

    def missed(self, reply: Reply) -> bool:
        """Whether the buyer has to ask again: the next line says so, or nothing but courtesy met a question."""
        after = self.case.turns[reply.turn + 1 : reply.turn + 2]
        if not after or after[0].role != "buyer":
            return False
        return "repeat" in self.heard[reply.turn + 1] or self.evaded(reply)

    def evaded(self, reply: Reply) -> bool:
        """Whether nothing but courtesy was said to a question of the story that is still open.

        The first greeting opens the chat, and an apology is the first answer to a complaint.
        """
        story, said = self.story, {*reply.found.steps, *reply.found.intents}
        if story is None or reply.turn >= len(story.node_at) or reply is self.replies[0] or reply.found.amounts:
            return False
        return bool(said) and said <= (_GREETINGS if self.complaint else _COURTESY) and self.open_questions(reply)

    def open_questions(self, reply: Reply) -> bool:
        """Whether a fact is asked about where a reply stands that no reply up to it has answered."""
        story = self.story
        if story is None or reply.turn >= len(story.node_at):
            return False
        answered = {label for other in self.replies if other.turn <= reply.turn for label in other.found.intents}
        asked = story.scenario.nodes[story.node_at[reply.turn]].asks
        return any(fact_label(name, right=True) not in answered for name in asked)


def look(case: Case, rubric: Rubric) -> Scene:
    """Work out a scene."""
    turns = case.turns
    heard = tuple(rubric.buyer_says(turn.text) if turn.role == "buyer" else frozenset() for turn in turns)
    raised: dict[str, int] = {}
    for index, cues in enumerate(heard):
        for cue in cues:
            raised.setdefault(cue, index)
    replies = tuple(
        _reply(index, case, rubric) for index, turn in enumerate(turns) if turn.role == "agent" and turn.counts
    )
    replies = tuple(_put_right(replies, rubric))
    complaint = case.story.scenario.complaint if case.story else _grieved(heard)
    ending = case.story.outcome if case.story else _ending(heard)
    rounds = rounds_of(turns)
    waits = _waits(case, rounds, heard, rubric.speed.timeout_s)
    return Scene(case, replies, raised, heard, rounds, waits, complaint, ending)


def _reply(index: int, case: Case, rubric: Rubric) -> Reply:
    turn = case.turns[index]
    size = letters(turn.text)
    found = turn.recognition or NOTHING
    if case.story is not None:
        found = against_cards(found, turn.text, rubric.cards, partial(_known, case, case.story, index))
    found = _without_read_back(found, index, case, rubric)
    told = content(found.said(turn.text), rubric.agent_cues["filler"])
    excused = not turn.again and any(verdict.decision == "ask" for verdict in found.verdicts)
    lost = turn.unclear and not excused and not found.steps and not found.intents and found.politeness <= 0
    return Reply(index, turn.text, found, size, told, rubric.wall.at(size), lost)


def _without_read_back(found: Recognition, index: int, case: Case, rubric: Rubric) -> Recognition:
    """Give a recognition without faults whose numbers the buyer typed before: to read them back gives nothing away."""
    faults = [fault for fault in found.faults if fault.category in rubric.redlines.no_secret]
    if not faults:
        return found
    told = [run for turn in case.turns[:index] if turn.role == "buyer" for run in _digits(turn.text)]
    typed = case.turns[index].text
    known = {
        fault
        for fault in faults
        if (own := _digits(typed[fault.start : fault.end]))
        and all(any(run.endswith(number) for run in told) for number in own)
    }
    return replace(found, faults=tuple(fault for fault in found.faults if fault not in known)) if known else found


def _digits(text: str) -> list[str]:
    """The numbers in a text, digit by digit: 139 1234 5678 is one, 五栋 holds 5."""
    return _DIGITS.findall(_APART.sub("", text.translate(_FIGURES)))


_FIGURES = {ord(figure): str(value) for value, figure in enumerate("零一二三四五六七八九")}
_DIGITS = re.compile(r"\d+")
_APART = re.compile(r"(?<=\d)[ \t-]+(?=\d)")


def _put_right(replies: Sequence[Reply], rubric: Rubric) -> Iterator[Reply]:
    """The replies without the slips that the agent puts right in one of the next messages (forbidden.json, 错别字)."""
    forgiven = rubric.redlines.forgiven
    for at, reply in enumerate(replies):
        faults = reply.found.faults
        if any(fault.category in forgiven for fault in faults) and any(
            "corrects" in rubric.agent_says(later.said) for later in replies[at + 1 : at + 1 + SOON]
        ):
            kept = tuple(fault for fault in faults if fault.category not in forgiven)
            yield replace(reply, found=replace(reply.found, faults=kept))
        else:
            yield reply


def _known(case: Case, story: Story, index: int) -> Known:
    """What the cards and the buyer have told by a turn."""
    limits = story.limits(index)
    said = [turn.text for turn in case.turns[:index] if turn.role == "buyer"]
    named = (float(number) for line in said for number in _NUMBER.findall(line))
    return Known(story.cards(index), (*(sum_ for sum_ in (limits.price, limits.floor) if sum_ is not None), *named))


_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,2})?")
OPENING_LINES = 4


def _grieved(heard: Sequence[frozenset[str]]) -> bool:
    """Whether the buyer comes with a grievance: it shows in the first lines."""
    lines = [cues for cues in heard if cues][:OPENING_LINES]
    return any("complaint" in cues for cues in lines)


def _ending(heard: Sequence[frozenset[str]]) -> str | None:
    """How the buyer's last two telling lines sound; the last one counts first."""
    for cues in [cues for cues in reversed(heard) if cues & {"good", "bad", "ack"}][:2]:
        if "bad" in cues:
            return "bad"
        if "good" in cues:
            return "good"
    return None


def _moved(asked: Sequence[int], heard: Sequence[frozenset[str]]) -> int:
    """The line from which the buyer waits: a buyer who goes off without a question and reports back waits from then."""
    for index in asked:
        if "asks" in heard[index]:
            break
        if index != asked[0] and "report" in heard[index]:
            return index
    return asked[0]


def _waits(case: Case, rounds: Sequence[Round], heard: Sequence[frozenset[str]], patience: float) -> list[Wait]:
    """Rounds of domain B.2, each from the first buyer line that needs an answer; a mere 好的 needs none.

    The open round at the end of a log counts when the reception is known to be over, when nobody ever answered, or
    when the buyer was heard waiting for longer than `patience` seconds: a log alone does not tell what came after.
    """
    turns, waits = case.turns, []
    for round_ in rounds:
        end = len(turns) if round_.closed is None else round_.closed
        asked = [i for i in range(round_.opened, end) if turns[i].role == "buyer" and "ack" not in heard[i]]
        if not asked:
            continue
        since = _moved(asked, heard)
        if round_.closed is not None:
            waits.append(Wait(since, round_.closed, round(turns[round_.closed].t - turns[since].t, 3)))
        elif (case.story and case.story.outcome) or not waits or turns[-1].t - turns[since].t > patience:
            waits.append(Wait(since, None, None))
    return waits
