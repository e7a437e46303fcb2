"""A simulated agent at the real screen: works a shift through a pseudo-terminal, then holds its report against the log.

    python tools/shift_typist.py promotion --typing 80

She sees what a person sees (the screen of the terminal), knows the shop as a trained agent does (model answers of the
stories, her own quick replies, imported as a person would), and has a person's hands: Tab, F2, `/`, F6, F7 and typing
at the given speed. The clock is the real one, so a shift takes its time. In the end every figure on the report's
screen is compared with the same figure counted by hand from the log.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyte
import shift_by_hand as by_hand

from kefu_sim.engine import events as ev
from kefu_sim.engine.step import Note
from kefu_sim.house import House
from kefu_sim.i18n import set_language, tr
from kefu_sim.quick.model import LONGEST, QuickReply, book_of
from kefu_sim.rulebook.quick import write_book
from kefu_sim.rush import events as rv
from kefu_sim.rush.agents import READING, Mind, seconds_for
from kefu_sim.rush.floor import Floor, Seat
from kefu_sim.rush.run import Plan
from kefu_sim.rush.skills import Skill
from kefu_sim.rush.urgency import CALM, urgency
from kefu_sim.shift_words import figure, figure_title
from kefu_sim.shifts import ShiftRoom

COLUMNS, ROWS = 140, 45
COMMIT = 2
"""Characters an input method hands over at a time."""
PATIENCE = 30.0
"""Seconds after which something that should show on the screen counts as missing."""
ENTER, TAB, DOWN, PAGE_DOWN, ESCAPE = "\r", "\t", "\x1b[B", "\x1b[6~", "\x1b"
F2, F6, F7 = "\x1bOQ", "\x1b[17~", "\x1b[18~"
_FOREIGN = re.compile(r"\x1b\[(?:[<>=][0-9;]*[a-zA-Z]|\?[0-9;]*\$p)")
"""Enquiries that the terminal model does not know."""


class Terminal:
    """The program on a pseudo-terminal, and what its screen shows."""

    def __init__(self, command: list[str], home: Path) -> None:
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.Stream(self._screen)
        self._rest = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            env = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
            env |= {"TERM": "xterm-256color", "KEFU_SIM_HOME": str(home), "TEXTUAL_ANIMATIONS": "none"}
            os.execve(command[0], command, env)

    @property
    def text(self) -> str:
        """What is on the screen."""
        buffer = self._screen.buffer
        return "\n".join("".join(buffer[y][x].data for x in range(COLUMNS)) for y in range(ROWS))

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self.fd, keys.encode())

    def read(self, seconds: float) -> None:
        """Take in what the program paints within so many seconds."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not select.select([self.fd], [], [], left)[0]:
                return
            try:
                self._feed(os.read(self.fd, 65536))
            except OSError:
                time.sleep(min(left, 0.05))

    def _feed(self, data: bytes) -> None:
        data = self._rest + data
        cut = data.rfind(b"\x1b") if b"\x1b" in data[-24:] else len(data)
        while cut < len(data) and _whole(data[cut:]):
            cut = len(data)
        text = data[:cut].decode("utf-8", errors="ignore")
        self._rest = data[cut:]
        self._stream.feed(_FOREIGN.sub("", text))

    def close(self) -> None:
        """End the program, whatever it does."""
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except OSError:
            pass
        os.close(self.fd)


def _whole(tail: bytes) -> bool:
    """Whether an escape sequence and all characters after it are complete."""
    try:
        tail.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return bool(re.match(rb"\x1b(?:\[[<=>?]?[0-9;:]*\$?[@-~]|[^\[])", tail))


@dataclass
class Compared:
    """One figure of the report."""

    name: str
    counted: str
    """By hand, as it is to stand on the screen."""
    shown: bool


class Typist:
    """An agent at the screen of one shift."""

    def __init__(self, plan: Plan, home: Path, skill: Skill, reading: float = READING) -> None:
        """`reading`: seconds she needs to take in where a chat stands."""
        self.plan, self.home, self.reading = plan, home, reading
        self.floor = Floor(plan.rules, plan.programs)
        self.mind = Mind(plan, self.floor, skill)
        self.log: list[rv.Entry] = []
        self._codes = _write_book(plan, home)
        command = [sys.executable, "-m", "kefu_sim", "--lang", "zh", "rush", plan.shift.id, "--seed", str(plan.seed)]
        self.terminal = Terminal(command, home)
        self._began = 0.0
        self._read = 0

    @property
    def now(self) -> float:
        """Seconds of the shift."""
        return time.monotonic() - self._began

    @property
    def log_file(self) -> Path:
        """The log that the program writes."""
        return next((self.home / "shift-logs").glob("*.jsonl"))

    def look(self, seconds: float = 0.1) -> None:
        """Look at the screen for a while; what has been said is known from the log."""
        self.terminal.read(seconds)
        lines = self.log_file.read_text(encoding="utf-8").split("\n")[self._read : -1]
        self._read += len(lines)
        for line in lines:
            entry = rv.from_line(line)
            self.log.append(entry)
            self.floor.take(entry)

    def until(self, condition: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
        """Look until something is so. Raises TimeoutError with the screen."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(f"{what}\n{self.terminal.text}")
            self.look()

    def shows(self, text: str) -> bool:
        """Whether the screen shows a text."""
        return text in self.terminal.text

    # ---- the shift

    def work(self) -> None:
        """From the first buyer to the bell."""
        folder = self.home / "shift-logs"
        end = time.monotonic() + PATIENCE
        while not any(folder.glob("*.jsonl")):
            if time.monotonic() > end:
                raise TimeoutError(self.terminal.text)
            self.terminal.read(0.1)
        self._began = time.monotonic()
        self.until(lambda: self.shows("回复 "), "no buyer on the screen")
        while not self.floor.over:
            if set(self.floor.notices) - self.floor.read:
                self.read_notices()
            seat = self.mind.next_seat(self.now)
            if seat is None or self._stuck:
                self.look(0.2)
            else:
                self.go_to(seat)
                self.answer(self.floor.seats[self.floor.front])

    @property
    def _stuck(self) -> bool:
        return any(self.plan.shift.outages[index].blocks == "sending" for index in self.floor.broken)

    def read_notices(self) -> None:
        """F7 shows them, Esc shuts the page."""
        self.terminal.press(F7)
        self.until(lambda: not set(self.floor.notices) - self.floor.read, "a notice was not read")
        self.terminal.press(ESCAPE)
        self.look(0.5)

    def go_to(self, seat: Seat) -> None:
        """Tab, as a person would; by number where Tab leads to somebody who does not wait."""
        if self.floor.front != seat.buyer:
            before = self.floor.front
            self.terminal.press(TAB)
            end = time.monotonic() + 1.0
            while self.floor.front == before and time.monotonic() < end:
                self.look(0.05)
        if not self._waits(self.floor.seats[self.floor.front]) and not seat.over:
            self.terminal.press(F2)
            self.until(lambda: self.shows("号码或昵称"), "no search for buyers")
            self.terminal.press(str(seat.number))
            self.look(0.3)
            self.terminal.press(ENTER)
            self.until(lambda: self.floor.front == seat.buyer, f"no way to {seat.visit.name}")
        front = self.floor.seats[self.floor.front]
        self.until(lambda: front.over or self.shows(f"回复 {front.visit.name}"), f"not at {front.visit.name}")

    def _waits(self, seat: Seat) -> bool:
        return not seat.over and urgency(seat, self.now, self.plan.rules.urgency) > CALM

    def answer(self, seat: Seat) -> None:
        """Read, write, send; then the note."""
        if seat.over or not self._waits(seat):
            return
        self.wait(self.reading, seat)
        text, quick = self.mind.words(seat, self.now)
        code = self._codes.get(text)
        if quick and code is not None:
            self.take_quick(seat, text, code)
        else:
            self.write(seat, text)
        before = len(_messages(seat))
        self.terminal.press(ENTER)
        end = time.monotonic() + 3
        while len(_messages(seat)) == before and time.monotonic() < end:
            self.look(0.05)
        if len(_messages(seat)) == before:
            self.terminal.press("\x7f" * (len(text) + 2))  # the buyer has gone, or nothing goes out just now
            return
        self.mind.told(seat, text)
        for note in list(self.mind.notes(seat)):
            if not seat.over:
                self.note(seat, note)

    def wait(self, seconds: float, seat: Seat) -> None:
        """Think; no longer than the buyer is there."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not seat.over:
            self.look(0.1)

    def take_quick(self, seat: Seat, text: str, code: str) -> None:
        """`/`, the code, Enter; then a look at what is sent."""
        self.terminal.press("/")
        opened = tr("↑↓ choose · Enter puts it in · Esc shuts · F8 yours")
        self.until(lambda: seat.over or self.shows(opened), "no quick replies")
        self.terminal.press(code)
        self.until(lambda: seat.over or self.shows(text[:8]), f"no reply {code}")
        self.terminal.press(ENTER)
        self.wait(seconds_for(text, self.mind.skill, quick=True) - READING, seat)

    def write(self, seat: Seat, text: str) -> None:
        """By hand, a few characters at a time."""
        pace = 60 / self.mind.skill.typing
        due = time.monotonic()
        for at in range(0, len(text), COMMIT):
            if seat.over:
                return
            part = text[at : at + COMMIT]
            due += len(part) * pace
            while (left := due - time.monotonic()) > 0:
                self.look(min(left, 0.1))
            self.terminal.press(part)

    def note(self, seat: Seat, note: Note) -> None:
        """F6, the order, the words."""
        self.terminal.press(F6)
        orders = seat.program.scenario.orders
        if orders:
            self.until(lambda: self.shows("备注写在哪一单上"), "no choice of orders")
            self.terminal.press(DOWN * (list(orders).index(note.order) + 1) + ENTER)
        self.until(lambda: self.shows("Enter 保存"), "no field for the note")
        standing = seat.state.notes.get(note.order, "")
        self.terminal.press(note.text.removeprefix(standing))
        self.look(0.3)
        self.terminal.press(ENTER)
        self.until(lambda: seat.over or note.text in seat.state.notes.get(note.order, ""), "the note was not kept")

    # ---- the report

    def report(self) -> list[Compared]:
        """Go on to the report; every figure as counted by hand, and whether the screen shows it."""
        self.until(lambda: self.shows("看值班报告"), "no end of the shift")
        self.terminal.press(ENTER)
        self.until(lambda: self.shows(figure_title("answer_ratio")), "no report")
        self.look(0.5)
        shown = re.sub(r"\s+", " ", self.terminal.text)
        rows = by_hand.rows_of(self.log_file)
        programs = {v.scenario: self.plan.programs[v.scenario, v.persona].scenario for v in self.plan.visits}
        stories = {name: (story.complaint, story.limits.price or 0.0) for name, story in programs.items()}
        counted = by_hand.count(rows, stories, self.plan.rules.come_back)
        return [
            Compared(name, told, f"{figure_title(name)} {told} " in shown)
            for name, told in ((name, figure(name, value)) for name, value in counted.items())
        ]


def _messages(seat: Seat) -> list[str]:
    return [event.text for event in seat.log if isinstance(event, ev.AgentSent)]


def _texts(plan: Plan) -> Iterator[tuple[str, str]]:
    for program in plan.programs.values():
        for node in program.scenario.nodes.values():
            if node.model is not None:
                yield program.scenario.title[:20], node.model.excellent
                yield program.scenario.title[:20], node.model.pass_
    words = plan.rules.agents
    for kind in ("hello", "hold", "bye"):
        for text in getattr(words, kind):
            yield "常用", text


def _write_book(plan: Plan, home: Path) -> dict[str, str]:
    """Import quick replies as a trained agent has them; returns their codes."""
    codes: dict[str, str] = {}
    rows = []
    for group, text in _texts(plan):
        if text and text not in codes and len(text) <= LONGEST and "\n" not in text:
            codes[text] = f"z{len(codes):03d}"
            rows.append((group, QuickReply(text=text, key=codes[text])))
    home.mkdir(parents=True, exist_ok=True)
    file = home / "prepared.yaml"
    file.write_text(write_book(book_of(rows)), encoding="utf-8")
    command = [sys.executable, "-m", "kefu_sim", "quick", "--import", str(file), "--replace"]
    subprocess.run(command, check=True, env={**os.environ, "KEFU_SIM_HOME": str(home)}, stdout=subprocess.DEVNULL)
    return codes


def main() -> int:
    """Work a shift and print the comparison."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("shift")
    parser.add_argument("--typing", type=float, default=80, help="characters a minute by hand (default: 80)")
    parser.add_argument("--quick", type=float, default=0.7, help="share of replies from quick replies (default: 0.7)")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--home", type=Path, help="data folder (default: a new one)")
    args = parser.parse_args()
    set_language("zh")
    home = args.home or Path(tempfile.mkdtemp(prefix="kefu-typist-"))
    room = ShiftRoom(House(home))
    plan = room.plan(room.library.get(args.shift), args.seed)
    skill = Skill(id="typist", title={"zh": "模拟客服", "en": "Typist"}, typing=args.typing, quick=args.quick, care=0.8)
    typist = Typist(plan, home, skill)
    try:
        typist.work()
        compared = typist.report()
        print(typist.terminal.text)
        typist.terminal.press(PAGE_DOWN)
        typist.look(0.5)
        print(typist.terminal.text)
    finally:
        typist.terminal.close()
    for one in compared:
        print(f"{'equal ' if one.shown else 'DIFFERS'}  {one.name:<16}{one.counted}")
    print(f"log: {typist.log_file}")
    return 0 if all(one.shown for one in compared) else 1


if __name__ == "__main__":
    sys.exit(main())
