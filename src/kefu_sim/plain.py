"""The line-by-line face: for pipes, dumb terminals and screen readers. Same use cases as the full screen."""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kefu_sim.base.errors import Exit, KefuError
from kefu_sim.base.text import clean, unfolded
from kefu_sim.engine import events as ev
from kefu_sim.engine.step import AskHelp, Note, OpenCard, Say
from kefu_sim.history.intake import try_to_take_in
from kefu_sim.i18n import language, spelt, tr
from kefu_sim.language.verdict import STEPS
from kefu_sim.reception_text import numbered_rows, scorecard, transcript, turned_over
from kefu_sim.scenario.notices import cards_in_force
from kefu_sim.words import aside_line, card_label, card_text, hint_text, step_list

if TYPE_CHECKING:
    from kefu_sim.history.disputing import Docket
    from kefu_sim.house import House
    from kefu_sim.play import Play
    from kefu_sim.scenario.model import Scenario

_POLL = 0.2
"""Longest time between two looks at the clock, seconds."""


def practise(house: House, scenario: str | None, *, mode: ev.Mode, seed: int | None) -> int:
    """Receive a buyer line by line; without an id the list is shown and one is asked for."""
    chosen = house.library.get(scenario) if scenario else _choose(house)
    return _converse(house, house.begin(chosen, mode=mode, seed=seed))


def continue_plain(house: House, reception: str) -> int:
    """Go on with an interrupted reception."""
    return go_on(house, house.resume(reception))


def go_on(house: House, play: Play) -> int:
    """Talk on after what was said already."""
    print(transcript(play.session.log))
    return _converse(house, play, already=len(play.session.log))


def _choose(house: House) -> Scenario:
    buyers = house.buyers()
    for number, buyer in enumerate(buyers, 1):
        print(f"{number}. {buyer.title} ({buyer.id})")
    print(tr("Which buyer? Type a number or an id: "), end="", flush=True)
    answer = sys.stdin.readline().strip()
    if answer.isdecimal() and 1 <= int(answer) <= len(buyers):
        answer = buyers[int(answer) - 1].id
    if not answer:
        raise KefuError(tr("no buyer was chosen"), hint=tr("name one: kefu-sim practice bargainer --plain"))
    return house.library.get(answer)


class _Lines:
    """Lines of standard input, read in a thread so that the buyer can speak meanwhile."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            self._queue.put(line.rstrip("\r\n"))
        self._queue.put(None)

    def wait(self, seconds: float) -> str | None:
        """The next line; None at the end of input. Raises queue.Empty after so many seconds."""
        return self._queue.get(timeout=max(seconds, 0.001))


def _converse(house: House, play: Play, already: int = 0) -> int:
    """Talk until the reception ends or input does."""
    session, lines, piped = play.session, _Lines(), not sys.stdin.isatty()
    disputes = _Disputes(house, play)
    if not already:
        _introduce(play)
    shown, warned = already, False
    while not session.state.over:
        if play.follow is not None and (news := play.follow()):
            print(news, file=sys.stderr)
        session.tick()
        shown = _show(play, shown)
        if play.unsaved and not warned:
            print(tr("Not saved from here on: {why}").format(why=play.unsaved), file=sys.stderr)
            warned = True
        answering = session.state.due is not None
        if piped and answering:
            # a pipe has its next line ready at once: the buyer answers first, as on a screen
            threading.Event().wait(min(_POLL, max((session.due or 0) - session.now, 0.001)))
            continue
        try:
            line = lines.wait(_POLL)
        except queue.Empty:
            continue
        if line is None:
            session.leave()
        else:
            _obey(play, line, disputes)
    _show(play, shown)
    print()
    print(scorecard(play.score(), session.log), flush=True)
    if why := try_to_take_in(house):
        print(tr("Not in the records yet: {why}").format(why=why), file=sys.stderr)
    elif play.reception:
        print(_how_to_dispute(play), file=sys.stderr)
    return Exit.OK


def _how_to_dispute(play: Play) -> str:
    """What to do at the end of a reception about a row that is wrong."""
    told = tr("Is a row wrong? See the numbers: {command}").format(command=f"kefu-sim review {play.reception} --plain")
    dispute = tr("dispute one: {command}").format(command=f"kefu-sim review {play.reception} --dispute 2.1")
    return f"{told}\n  {dispute}"


class _Disputes:
    """What `/dispute` does: letters are those of the list shown last, however the chat has gone on since."""

    def __init__(self, house: House, play: Play) -> None:
        self._house = house
        self._play = play
        self._shown: Docket | None = None

    def obey(self, rest: str) -> None:
        """Print the list, or what became of the row named."""
        try:
            print(clean(self._answer(rest)))
        except KefuError as error:
            print(*filter(None, (error.message, error.hint)), sep="\n")

    def _answer(self, rest: str) -> str:
        if self._play.opened.mode == "exam":
            raise KefuError(tr("in an exam rows are disputed after its end"))
        if not self._play.reception:
            raise KefuError(tr("nothing of this reception is saved, so nothing can be disputed"))
        place, _, remark = rest.partition(" ")
        if not place or self._shown is None:
            from kefu_sim.history.disputing import docket_so_far  # noqa: PLC0415 (needs the records)

            self._shown = docket_so_far(self._house, self._play)
        if place:
            where = tr("see them: {command}").format(command=_DISPUTE[language() == "zh"])
            return turned_over(self._shown, self._shown.named(place, where), remark.strip())
        return self._listed(self._shown)

    def _listed(self, docket: Docket) -> str:
        said = [event for event in docket.log if isinstance(event, ev.BuyerSaid | ev.AgentSent)]
        lines = [tr("What counts up to now. The chat goes on, and points still move.")]
        for turn, event in enumerate(said):
            if rows := numbered_rows(docket, turn):
                who = tr("You: {text}") if isinstance(event, ev.AgentSent) else tr("Buyer: {text}")
                lines += [f"{turn + 1:>3}  {who.format(text=event.text)}", *rows]
        if whole := numbered_rows(docket, None):
            lines += [tr("The reception as a whole"), *whole]
        lines.append(tr("Dispute one: /dispute 3a why it is wrong. The same without a reason takes it back."))
        return "\n".join(lines)


def _introduce(play: Play) -> None:
    story = play.scenario
    print(spelt(story.title, story.title_en))
    if brief := spelt(story.brief, story.brief_en):
        print(unfolded(brief))
    print(tr("Type your answer and press Enter. /card shows the cards, /quit leaves, /help shows all commands."))
    print()


def _show(play: Play, since: int) -> int:
    """Print what happened since the n-th event; returns the number of events now."""
    log = play.session.log
    hidden = play.opened.mode == "exam"
    for event in log[since:]:
        if isinstance(event, ev.BuyerSaid):
            print(tr("Buyer: {text}").format(text=clean(event.text)))
        elif isinstance(event, ev.Noticed):
            print(aside_line(play.scenario, event))
        elif (not hidden or isinstance(event, ev.Noted)) and (told := aside_line(play.scenario, event)):
            print(f"  {told}")
        elif isinstance(event, ev.Understood) and not hidden:
            done = [step for step in STEPS if step in event.labels]
            if done:
                print(tr("  (seen: {steps})").format(steps=step_list(done)))
    sys.stdout.flush()
    return len(log)


_DISPUTE = ("/dispute", "/申诉")


def _command(line: str) -> tuple[str, str]:
    """The first word and the rest, also as an input method writes them: ／申诉 2a, /申诉2a."""
    said = line.strip()
    name, _, rest = ("/" + said[1:] if said.startswith("／") else said).partition(" ")
    for known in _DISPUTE:
        if name.startswith(known):
            return known, f"{name[len(known) :]} {rest}"
    return name, rest


def _obey(play: Play, line: str, disputes: _Disputes) -> None:
    """Do what a line of input says: a command, or a message to the buyer."""
    command, rest = _command(line)
    match command:
        case "/quit" | "/q":
            play.session.leave()
        case "/card" | "/cards":
            _cards(play, rest.strip())
        case "/note":
            _note(play, rest.strip())
        case _ if command in _DISPUTE:
            disputes.obey(rest.strip())
        case _ if play.session.state.paused:
            play.session.resume()
            print(tr("Going on."))
        case "/pause" if play.opened.mode != "exam":
            play.session.pause()
            print(tr("Paused. Press Enter to go on."))
        case "/hint" | "/model" if play.opened.mode == "guided":
            _help(play, "hint" if command == "/hint" else "model")
        case _ if command.startswith("/"):
            if command != "/help":
                print(tr("Not a command here: {command}").format(command=command))
            print(_commands(play.opened.mode))
        case _:
            play.session.send(Say(line))


def _commands(mode: ev.Mode) -> str:
    rows = [
        tr("/card [name]  look at a card"),
        tr("/note [text]  write the order note, or show it"),
        tr("/quit  leave the reception"),
    ]
    if mode != "exam":
        rows.append(tr("/pause  stop the clock"))
        rows.append(tr("/dispute [3a why]  what counts up to now; hold a row to be wrong"))
    if mode == "guided":
        rows += [tr("/hint  what to aim at now"), tr("/model  a model answer (costs points)")]
    return "\n".join(rows)


def _cards(play: Play, name: str) -> None:
    cards = cards_in_force(play.scenario, play.session.state.noticed)
    named = [card for card in cards if name in {card, card_label(card)}]
    for card in named or cards:
        play.session.send(OpenCard(card))
        print(f"【{card_label(card)}】")
        for key, value in card_rows(cards[card]):
            print(f"  {key}：{value}")


def card_rows(card: object, prefix: str = "") -> Iterable[tuple[str, str]]:
    """Rows of a card as text, nested keys joined by `·`."""
    if isinstance(card, dict):
        for key, value in card.items():
            own = card_label(str(key))
            name = f"{prefix}·{own}" if prefix else own
            if isinstance(value, dict):
                yield from card_rows(value, name)
            else:
                yield clean(name), clean(card_text(value))


def _note(play: Play, text: str) -> None:
    """Write the note of an order and show all of them; with several orders the text begins with `<order>:`."""
    orders = play.scenario.orders
    order, colon, rest = text.replace("：", ":", 1).partition(":")
    named = order.strip() in orders and bool(colon)
    if text and orders and not named:
        print(tr("On which order? Write for example: /note {order}: …").format(order=next(iter(orders))))
    elif text:
        play.session.send(Note(rest.strip() if named else text, order.strip() if named else ""))
    if text:
        return
    for name in orders or ("",):
        title = tr("Note on {order}").format(order=f"{name} · {clean(orders[name])}") if orders else tr("Order note")
        print(f"[{title}] " + (clean(play.session.state.notes.get(name, "")) or tr("(empty)")))


def _help(play: Play, what: str) -> None:
    node = play.scenario.nodes[play.session.state.node]
    if what == "hint":
        play.session.send(AskHelp("hint"))
        print(hint_text(node) or tr("No hint here: answer the buyer's last line."))
        return
    play.session.send(AskHelp("model"))
    if node.model is None:
        print(tr("No model answer here."))
    else:
        print(clean(node.model.excellent))
        if node.model.note:
            print(tr("✎ Order note: {text}").format(text=clean(node.model.note)))
