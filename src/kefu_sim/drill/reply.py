"""The reply drill: a buyer line appears, and is to be answered in free words before the time runs out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kefu_sim.base.clock import Clock, StopWatch, to_ms
from kefu_sim.base.text import clean_message
from kefu_sim.drill import events as ev
from kefu_sim.drill.log import Logged, Sink
from kefu_sim.drill.standards import Standards


@dataclass(frozen=True, slots=True)
class Question:
    """A buyer line to answer."""

    buyer: str
    scenario: str
    node: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one line."""

    question: Question
    text: str
    """Empty when the time ran out."""
    seconds: float
    """From the line to the answer, at most the limit."""
    typed: int
    typing_s: float
    pasted: int

    @property
    def speed(self) -> float | None:
        """Characters a minute by hand, measured as in receptions; None when unknown."""
        return self.typed * 60 / self.typing_s if self.typing_s > 0 else None


@dataclass(frozen=True, slots=True)
class ReplyFigures:
    """A whole reply drill."""

    asked: int
    answered: int
    """Within the limit."""
    mean_s: float | None
    """Mean seconds to an answer; None without one."""
    speed: float | None
    """Characters a minute by hand over all answers."""


class ReplyRun(Logged):
    """A reply drill being typed. The next line appears when asked for, so that a result can be read in peace."""

    def __init__(
        self,
        opened: ev.Opened,
        questions: Sequence[Question],
        standards: Standards,
        clock: Clock,
        sink: Sink | None = None,
    ) -> None:
        super().__init__(opened, sink)
        self.standards = standards
        self._questions = list(questions)
        self._watch = StopWatch(clock)
        self._asked = 0
        self._since: float | None = None

    @property
    def opened(self) -> ev.Opened:
        """Under which rules."""
        assert isinstance(self.log[0], ev.Opened)
        return self.log[0]

    @property
    def now(self) -> float:
        """Seconds since the drill began."""
        return self._watch.now()

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return isinstance(self.log[-1], ev.Ended)

    @property
    def question(self) -> Question | None:
        """The line on the screen; None before the first."""
        return self._questions[self._asked - 1] if self._asked else None

    @property
    def number(self) -> tuple[int, int]:
        """Lines asked so far, and all of them."""
        return self._asked, len(self._questions)

    @property
    def left(self) -> float | None:
        """Seconds left to answer; None while nothing is asked."""
        return None if self._since is None else max(self._since + self.standards.reply_s - self.now, 0.0)

    def ask(self) -> None:
        """Let the next buyer line appear, or end after the last."""
        if self.over or self._since is not None:
            return
        if self._asked == len(self._questions):
            self._tell(ev.Ended(self.now, "done"))
            return
        question = self._questions[self._asked]
        self._asked += 1
        self._since = self.now
        self._tell(ev.Asked(self._since, question.buyer, question.scenario, question.node))

    def answer(self, text: str, typed: int, typing_s: float, pasted: int) -> None:
        """The trainee sends an answer."""
        self.tick()
        text = clean_message(text)
        if self._since is not None and text:
            self._since = None
            self._tell(ev.Answered(self.now, text, typed, to_ms(typing_s), pasted))

    def skip(self) -> None:
        """The trainee has no answer."""
        self.tick()
        if self._since is not None:
            self._since = None
            self._tell(ev.Answered(self.now, ""))

    def tick(self) -> None:
        """Let time pass: an answer that does not come in time is none."""
        if self._since is not None and self.now > self._since + self.standards.reply_s:
            late = to_ms(self._since + self.standards.reply_s)
            self._since = None
            self._tell(ev.Answered(late, ""))

    def leave(self) -> None:
        """The trainee gives up."""
        self.tick()
        if not self.over:
            self._tell(ev.Ended(self.now, "left"))


def answers(log: Iterable[ev.Event]) -> list[Answer]:
    """All questions that were answered or ran out, in order."""
    found: list[Answer] = []
    asked: ev.Asked | None = None
    for event in log:
        if isinstance(event, ev.Asked):
            asked = event
        elif isinstance(event, ev.Answered) and asked is not None:
            question = Question(asked.buyer, asked.scenario, asked.node)
            seconds = to_ms(event.t - asked.t)
            found.append(Answer(question, event.text, seconds, event.typed, event.typing_s, event.pasted))
            asked = None
    return found


def reply_figures(given: Sequence[Answer]) -> ReplyFigures:
    """Measure a reply drill."""
    replied = [answer for answer in given if answer.text]
    timed = [answer for answer in replied if answer.typing_s > 0]
    seconds = sum(answer.typing_s for answer in timed)
    return ReplyFigures(
        asked=len(given),
        answered=len(replied),
        mean_s=round(sum(answer.seconds for answer in replied) / len(replied), 1) if replied else None,
        speed=round(sum(answer.typed for answer in timed) * 60 / seconds, 1) if seconds else None,
    )
