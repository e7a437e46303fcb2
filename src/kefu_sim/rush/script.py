"""A whole shift on a virtual clock, from a script of waits and messages that say to whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kefu_sim.engine.script import read_rows, seconds_of
from kefu_sim.engine.step import Say
from kefu_sim.i18n import tr
from kefu_sim.rush.run import Plan, Run
from kefu_sim.rush.urgency import most_urgent

NEXT = "next"
"""In place of a buyer: whoever is most pressing."""
EXAMPLE = '{"wait": 4.5} / {"to": "b3", "say": "您好"} / {"to": "next", "say": "您好"}'


@dataclass(frozen=True, slots=True)
class ShiftTurn:
    """One line of a script: wait, then say something to somebody."""

    line: int
    """In the script, counted from 1."""
    wait: float | None = None
    to: str = ""
    say: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that came to nothing."""

    line: int
    why: str


def read_script(lines: Iterable[str], source: str) -> list[ShiftTurn]:
    """Read the JSON lines of a script. Raises BadFileError that lists every bad line."""
    rows = read_rows(lines, source, _turn, EXAMPLE)
    return [ShiftTurn(number, turn.wait, turn.to, turn.say) for number, turn in rows]


def _turn(data: object) -> ShiftTurn:
    if not isinstance(data, dict) or not data.keys() & {"wait", "say"}:
        raise ValueError(tr("neither `wait` nor `say`"))
    wait, say, to = seconds_of(data), data.get("say"), data.get("to", "")
    if "say" in data and not isinstance(say, str):
        raise ValueError(tr("`say` must be text"))
    if not isinstance(to, str) or (say is not None and not to):
        raise ValueError(tr("`to` must name a buyer: b1, b2, … or next"))
    return ShiftTurn(0, wait, to, say)


def play_script(plan: Plan, turns: Sequence[ShiftTurn]) -> tuple[Run, list[Refused]]:
    """Play a script to the end of the shift; after it the agent is silent. Lines that came to nothing are told."""
    run, now = Run(plan), 0.0
    run.open()
    refused: list[Refused] = []
    for turn in turns:
        now += turn.wait or 0.0
        run.advance(now)
        if turn.say is not None and (why := _say(run, turn.to, turn.say, now)):
            refused.append(Refused(turn.line, why))
    finish(run)
    return run, refused


def _say(run: Run, to: str, text: str, now: float) -> str:
    """Say something; returns why that was not possible, empty when it was."""
    floor = run.floor
    if floor.over:
        return tr("the shift was over")
    seat = most_urgent(floor, now) if to == NEXT else floor.open.get(to)
    if seat is None:
        if to == NEXT:
            return tr("nobody was waiting")
        return tr("{buyer} was not there").format(buyer=to)
    run.turn(seat.buyer, now)
    if not run.feed(seat.buyer, Say(text), now):
        return tr("the message did not go out")
    return ""


def finish(run: Run) -> None:
    """Let everything happen that is still to come."""
    while not run.floor.over and (due := run.due) is not None:
        run.advance(due)
