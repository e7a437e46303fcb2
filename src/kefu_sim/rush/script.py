"""A whole shift on a virtual clock, from a script: waits, and what the agent does in whose window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from kefu_sim.engine.script import BadRowError, read_rows, seconds_of, texts_of
from kefu_sim.engine.step import Note, OpenCard, Say, UseQuick
from kefu_sim.i18n import tr
from kefu_sim.quick.fill import filled, variables
from kefu_sim.quick.model import QuickBook
from kefu_sim.rush import events as rv
from kefu_sim.rush.floor import Seat
from kefu_sim.rush.handover import SLOTS, sound_folder
from kefu_sim.rush.run import Plan, Run
from kefu_sim.rush.urgency import most_urgent
from kefu_sim.scenario.names import did_you_mean

NEXT, HERE = "next", "here"
"""In place of a buyer: whoever is most pressing; the one last turned to."""
EXAMPLE = '{"wait": 4.5} / {"to": "b3", "say": "您好"} / {"to": "next", "quick": "nh"}'
_TEXTS = ("to", "say", "quick", "note", "order", "card", "archive")
_DEEDS = ("say", "quick", "note", "card", "form")
"""What is done in somebody's window."""
_KEYS = ("wait", *_TEXTS, "form", "busy")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftTurn:
    """One line of a script: wait, then do something, in the order of the fields."""

    line: int = 0
    """In the script, counted from 1."""
    wait: float | None = None
    busy: bool | None = None
    """Set herself busy, or free again."""
    to: str = ""
    """`b1`, `b2`, …, NEXT or HERE."""
    card: str | None = None
    quick: str | None = None
    """Code or text of a quick reply; goes out as it is filled in, unless `say` tells what was made of it."""
    say: str | None = None
    note: str | None = None
    order: str = ""
    """On which order the note is written."""
    form: Mapping[str, str] = field(default_factory=dict)
    """Slots of the hand-over form; those left out stay empty."""
    archive: str | None = None
    """Folder the chats are put into; nothing is written there."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that came to nothing."""

    line: int
    why: str


class _RefusedError(Exception):
    """It cannot be done now; says why."""


def read_script(lines: Iterable[str], source: str, book: QuickBook) -> list[ShiftTurn]:
    """Read the JSON lines of a script. Raises BadFileError that lists every bad line.

    `book`: the quick replies there are.
    """
    rows = read_rows(lines, source, partial(_turn, codes=_codes(book)), EXAMPLE)
    return [replace(turn, line=number) for number, turn in rows]


def _turn(data: object, codes: Mapping[str, str]) -> ShiftTurn:
    if not isinstance(data, dict):
        raise BadRowError(tr("a line holds one object"))
    for key in data.keys() - set(_KEYS):
        raise BadRowError(tr("unknown key `{key}`").format(key=key), key, did_you_mean(key, _KEYS))
    if not data.keys() & {"wait", "busy", "archive", *_DEEDS}:
        raise BadRowError(tr("neither a wait nor anything to do"))
    wait = seconds_of(data)
    texts_of(data, *_TEXTS)
    if not data.get("to") and (deed := next((key for key in _DEEDS if key in data), None)):
        raise BadRowError(tr("`to` must name a buyer: b1, b2, …, next or here"), deed)
    if not isinstance(data.get("busy", False), bool):
        raise BadRowError(tr("`busy` must be true or false"), "busy")
    if "order" in data and "note" not in data:
        raise BadRowError(tr("`order` belongs to a `note`"), "order")
    quick = data.get("quick")
    if quick is not None and quick not in codes:
        what = tr("there is no quick reply `{code}`").format(code=quick)
        raise BadRowError(what, "quick", did_you_mean(quick, list(codes)))
    return ShiftTurn(
        wait=wait,
        busy=data.get("busy"),
        to=data.get("to", ""),
        card=data.get("card"),
        quick=codes[quick] if quick is not None else None,
        say=data.get("say"),
        note=data.get("note"),
        order=data.get("order", ""),
        form=_form(data.get("form", {})),
        archive=data.get("archive"),
    )


def _codes(book: QuickBook) -> dict[str, str]:
    """Code, or text, of each quick reply → its text."""
    found = {reply.key: reply.text for _, reply in book.rows() if reply.key}
    return found | {reply.text: reply.text for _, reply in book.rows()}


def _form(given: object) -> Mapping[str, str]:
    if not isinstance(given, dict):
        raise BadRowError(tr("`form` holds the slots {slots}").format(slots=", ".join(SLOTS)), "form")
    for slot in given.keys() - set(SLOTS):
        raise BadRowError(tr("the form has no slot `{slot}`").format(slot=slot), slot, did_you_mean(slot, SLOTS))
    texts_of(given, *SLOTS)
    return given


def play_script(plan: Plan, turns: Sequence[ShiftTurn]) -> tuple[Run, list[Refused]]:
    """Play a script to the end of the shift; after it the agent is silent. Lines that came to nothing are told.

    Forms and the archive may come after the bell, everything else comes to nothing then.
    """
    agent = _Scripted(Run(plan))
    agent.run.open()
    for turn in turns:
        agent.play(turn)
    finish(agent.run)
    return agent.run, agent.refused


@dataclass
class _Scripted:
    """Hands that do what a script says."""

    run: Run
    now: float = 0.0
    refused: list[Refused] = field(default_factory=list)

    def play(self, turn: ShiftTurn) -> None:
        run = self.run
        self.now += turn.wait or 0.0
        run.advance(self.now)
        try:
            if turn.busy is not None:
                self._living(lambda: run.set_busy(self.now, busy=bool(turn.busy)))
            if turn.to:
                self._in_window(turn)
        except _RefusedError as why:
            self.refused.append(Refused(turn.line, str(why)))
        if turn.archive is not None:
            run.archive(self.now, sound=sound_folder(turn.archive))

    def _living(self, do: Callable[[], object]) -> None:
        if self.run.floor.over:
            raise _RefusedError(tr("the shift was over"))
        do()

    def _in_window(self, turn: ShiftTurn) -> None:
        if turn.form:
            self._hand_over(turn)
        if turn.say is turn.quick is turn.note is turn.card is None:
            return
        self._living(lambda: None)
        seat = self._seat(turn.to)
        self.run.turn(seat.buyer, self.now)
        if turn.card is not None:
            self._open_card(seat, turn.card)
        if turn.say is not None or turn.quick is not None:
            self._say(seat, turn)
        if turn.note is not None:
            self._note(seat, turn.note, turn.order)

    def _seat(self, to: str) -> Seat:
        floor = self.run.floor
        seat = most_urgent(floor, self.now) if to == NEXT else floor.open.get(floor.front if to == HERE else to)
        if seat is None and to == NEXT:
            raise _RefusedError(tr("nobody was waiting"))
        if seat is None:
            raise _RefusedError(tr("{buyer} was not there").format(buyer=floor.front or to if to == HERE else to))
        return seat

    def _open_card(self, seat: Seat, card: str) -> None:
        cards = seat.program.scenario.cards
        if card not in cards:
            what = tr("{buyer} has no card `{card}`").format(buyer=seat.buyer, card=card)
            raise _RefusedError(f"{what}; {did_you_mean(card, list(cards))}")
        if not self.run.feed(seat.buyer, OpenCard(card), self.now):
            raise _RefusedError(tr("the card could not be opened"))

    def _say(self, seat: Seat, turn: ShiftTurn) -> None:
        text, pasted = turn.say, 0
        if turn.quick is not None:
            values = variables(seat.program.scenario, seat.visit.name, seat.visit.tail)
            ready = filled(turn.quick, values).text
            text, pasted = ready if text is None else text, len(ready)
            self.run.feed(seat.buyer, UseQuick(turn.quick, pasted), self.now)
        if not self.run.feed(seat.buyer, Say(text or "", pasted=pasted), self.now):
            raise _RefusedError(tr("the message did not go out"))

    def _note(self, seat: Seat, text: str, order: str) -> None:
        orders = seat.program.scenario.orders
        if order not in (orders or ("",)):
            what = tr("{buyer} has no order `{order}`").format(buyer=seat.buyer, order=order)
            fix = did_you_mean(order, list(orders)) if orders else tr("leave `order` out")
            raise _RefusedError(f"{what}; {fix}")
        if not self.run.feed(seat.buyer, Note(text, order), self.now):
            raise _RefusedError(tr("the note was not kept"))

    def _hand_over(self, turn: ShiftTurn) -> None:
        floor = self.run.floor
        buyer = floor.front if turn.to == HERE else turn.to
        if buyer not in floor.seats:
            raise _RefusedError(tr("{buyer} was not there").format(buyer=buyer))
        slots = {slot: turn.form.get(slot, "") for slot in SLOTS}
        self.run.hand_over(rv.HandedOver(self.now, buyer, **slots))


def finish(run: Run) -> None:
    """Let everything happen that is still to come."""
    while not run.floor.over and (due := run.due) is not None:
        run.advance(due)
