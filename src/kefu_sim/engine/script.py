"""A whole reception on a virtual clock, from a script of waits and messages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from kefu_sim.base.clock import ManualClock
from kefu_sim.base.errors import BadFileError, KefuError, Problem
from kefu_sim.base.refusals import no_json
from kefu_sim.engine.program import Program
from kefu_sim.engine.session import Session
from kefu_sim.engine.step import Note, Say
from kefu_sim.i18n import tr
from kefu_sim.scenario.model import Scenario, ScriptTurn

if TYPE_CHECKING:
    from kefu_sim.engine import events as ev

_Row = TypeVar("_Row")
LAST_WAIT = 1800.0
"""After the script, so many virtual seconds are given to the buyer to come to an end."""


class BadRowError(ValueError):
    """A row that cannot be used."""

    def __init__(self, what: str, key: str = "", fix: str = "") -> None:
        """`key`: the entry that is to blame, empty for the whole row; `fix`: what to write instead."""
        super().__init__(what)
        self.key, self.fix = key, fix


def read_script(lines: Iterable[str], source: str) -> list[ScriptTurn]:
    """Read JSON lines of `{"wait": seconds}`, `{"say": text}` and `{"note": text, "order": id}`.

    Raises BadFileError that lists every bad line.
    """
    example = '{"wait": 4.5} / {"say": "您好"} / {"note": "送收纳盒"}'
    return [turn for _, turn in read_rows(lines, source, _turn, example)]


def read_rows(
    lines: Iterable[str], source: str, read: Callable[[object], _Row], example: str
) -> list[tuple[int, _Row]]:
    """Read JSON lines, each with its number, counted from 1. Raises BadFileError that lists every bad line.

    `read` raises ValueError that says what is wrong with a row; `example` shows how rows are written.
    """
    rows: list[tuple[int, _Row]] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            rows.append((number, read(json.loads(line))))
        except (ValueError, RecursionError) as error:
            fix = getattr(error, "fix", "") or tr("write {example}").format(example=example)
            problems.append(Problem(source, number, _column(line, error), "KS301", _what(error), fix))
    if problems:
        raise BadFileError(problems)
    return rows


def texts_of(data: Mapping[str, object], *keys: str) -> None:
    """Raise BadRowError unless each of these, where given, is text."""
    for key in keys:
        if not isinstance(data.get(key, ""), str):
            raise BadRowError(tr("`{key}` must be text").format(key=key), key)


def seconds_of(data: Mapping[str, object]) -> float | None:
    """The wait of a row. Raises BadRowError."""
    if "wait" not in data:
        return None
    wait = data["wait"]
    if isinstance(wait, bool) or not isinstance(wait, int | float) or not 0 <= wait <= 86_400:
        raise BadRowError(tr("`wait` must be seconds, 0 to 86400"), "wait")
    return wait


def _turn(data: object) -> ScriptTurn:
    if not isinstance(data, dict) or not data.keys() & {"wait", "say", "note"}:
        raise ValueError(tr("neither `wait` nor `say` nor `note`"))
    wait = seconds_of(data)
    texts_of(data, "say", "note", "order")
    return ScriptTurn(wait=wait, say=data.get("say"), note=data.get("note"), order=data.get("order", ""))


def _column(line: str, error: Exception) -> int:
    """Where in a line something is wrong, counted from 1."""
    if isinstance(error, json.JSONDecodeError):
        return error.colno
    key = error.key if isinstance(error, BadRowError) else ""
    found = re.search(re.escape(json.dumps(key, ensure_ascii=False)) + r"\s*:", line) if key else None
    return found.start() + 1 if found else 1


def _what(error: Exception) -> str:
    return no_json(error) if isinstance(error, json.JSONDecodeError | RecursionError) else str(error)


def play_script(
    program: Program, turns: Sequence[ScriptTurn], seed: int, rubric: str, mode: ev.Mode = "practice"
) -> list[ev.Event]:
    """Play a script and return the log.

    A wait passes; a message that follows another without a wait comes once the buyer has reacted to the first.
    After the script the agent is silent until the story ends, at the latest after LAST_WAIT seconds.
    """
    check_orders(program.scenario, turns)
    clock = ManualClock()
    session = Session(program, seed, clock)
    session.open(mode, rubric)
    perform(session, clock, turns)
    until = clock.now() + LAST_WAIT
    while not session.state.over and (due := session.due) is not None and due <= until:
        _pass(session, clock, due - clock.now())
    session.leave()
    return session.log


def perform(session: Session, clock: ManualClock, turns: Sequence[ScriptTurn]) -> None:
    """Play the turns in a session that runs on this clock; nothing is waited for after the last one."""
    spoke = False
    for turn in turns:
        if turn.wait is not None:
            _pass(session, clock, turn.wait)
            spoke = False
        if turn.say is not None:
            if spoke:
                let_answer(session, clock)
            session.send(Say(turn.say))
            spoke = True
        if turn.note is not None:
            session.send(Note(turn.note, turn.order))


def let_answer(session: Session, clock: ManualClock) -> None:
    """Let the buyer react to what was said last."""
    if session.state.due is not None:
        _pass(session, clock, session.state.due - clock.now())


def check_orders(scenario: Scenario, turns: Sequence[ScriptTurn]) -> None:
    """Raise KefuError that names the first note for an order the scenario does not have."""
    known = tuple(scenario.orders) or ("",)
    wrong = next((turn.order for turn in turns if turn.note is not None and turn.order not in known), None)
    if wrong is None:
        return
    names = ", ".join(scenario.orders) or tr("none: leave `order` out")
    what = tr("the scenario `{id}` has no order `{order}`").format(id=scenario.id, order=wrong)
    raise KefuError(what, hint=tr("its orders: {names}").format(names=names))


def _pass(session: Session, clock: ManualClock, seconds: float) -> None:
    clock.advance(max(seconds, 0.0))
    session.tick()
