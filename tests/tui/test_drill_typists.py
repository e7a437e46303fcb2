"""Simulated typists at the real program, on a pseudo-terminal and the real clock, beside what they are by hand.

Each types into a drill of ten seconds and the figures are read from what the program kept. Three run at a time, because
they mostly wait. A busy machine hands keys over late: figures are counted by hand from the times the program saw, and
these times held against what the typist knows, when she wrote and when she saw it kept.
"""

import contextlib
import json
import math
import os
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from kefu_sim.drills import DrillRoom
from kefu_sim.house import House

pty = pytest.importorskip("pty")
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

pytestmark = pytest.mark.xdist_group("typists")  # one worker: they share what they typed

TEXT = "您好欢迎光临本店请问有什么可以帮您这款现在有货今天下单明天就能发出请您放心购买"
SECONDS = 10
PATIENCE_S = 120
COUNTED = re.compile("准备 ([123])".encode())


class Typist:
    """A program on a terminal, and somebody at its keys."""

    def __init__(self, folder, *options, seconds=SECONDS):
        folder.mkdir()
        (folder / "text.txt").write_text(TEXT, "utf-8")
        self.folder, self.sent = folder, 0
        env = {**os.environ, "KEFU_SIM_HOME": str(folder), "TERM": "xterm-256color", "LC_ALL": "zh_CN.UTF-8"}
        ours, theirs = pty.openpty()
        fcntl.ioctl(ours, termios.TIOCSWINSZ, b"\x18\x00\x50\x00\x00\x00\x00\x00")
        command = ["-m", "kefu_sim", "drill", "--text", str(folder / "text.txt"), "--seconds", str(seconds), *options]
        self.process = subprocess.Popen(
            [sys.executable, *command], stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True
        )
        os.close(theirs)
        self.fd, self.screen, self.looked = ours, b"", 0
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        try:
            while data := os.read(self.fd, 65536):
                self.screen += data
        except OSError:
            return

    def until(self, condition, what):
        end = time.monotonic() + PATIENCE_S
        while not condition():
            assert time.monotonic() < end, f"{what} never came; the screen ends with {self.screen[-300:]!r}"
            time.sleep(0.005)

    def see(self, text):
        """Wait for something to be painted after what was last waited for."""
        self.until(lambda: self.screen.find(text.encode(), self.looked) >= 0, text)
        self.looked = len(self.screen)

    def start(self):
        """Wait for the start signal. When the count-down comes to n, at most n seconds are left."""
        self.began, counted = math.inf, 0

        def begun():
            nonlocal counted
            painted = [*COUNTED.finditer(self.screen)]
            if len(painted) > counted:
                counted = len(painted)
                self.began = time.monotonic() + int(painted[-1][1])
            return time.monotonic() >= self.began

        self.until(begun, "the start")

    def at(self, t):
        """Wait until t seconds after the start."""
        time.sleep(max(self.began + t - time.monotonic(), 0))

    def write(self, text):
        os.write(self.fd, text.encode())

    def commit(self, t, count, instead=None, skip=0):
        """Commit the next characters of the text at t. Returns the moment."""
        self.at(t)
        self.sent += skip
        now = time.monotonic()
        self.write(instead or TEXT[self.sent : self.sent + count])
        self.sent += count
        return now

    def finish(self):
        self.until(lambda: self.log()[-1]["kind"] == "ended", "the end")

    def row(self):
        """Summary of the drill, out of the records."""
        (row,) = DrillRoom(House(self.folder)).rows()
        return row.to_data()

    def log(self):
        (path,) = (self.folder / "drills").glob("*.jsonl")
        return [json.loads(line) for line in path.read_text("utf-8").split("\n")[:-1]]

    def see_kept(self, count):
        """Wait until so many commits stand in the log. Returns the moment."""
        self.until(lambda: len(commits(self.log())) == count, f"commit {count}")
        return time.monotonic()

    def close(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        with contextlib.suppress(OSError):
            os.close(self.fd)


def even(typist):
    for n in range(1, 6):
        typist.commit(2.1 * n, 3)


def bursty(typist):
    for t in (0.5, 1.0, 1.5, 2.0, 7.0, 7.5, 8.0, 8.5):
        typist.commit(t, 2)


def error_prone(typist):
    typist.commit(2, 3)
    typist.commit(4, 3, "光零本")
    typist.commit(6, 3, skip=1)  # one is missed
    typist.commit(8, 4, "有什什么可")  # one too many


def correcting(typist):
    typist.commit(2, 3, "您号欢")
    typist.at(3)
    typist.write("\x7f")
    typist.at(3.5)
    typist.write("\x7f")
    typist.sent = 1
    for n in range(4, 10, 2):
        typist.commit(n, 3)


def pasting(typist):
    typist.commit(2, 3)
    typist.at(4)
    typist.write("\x1b[200~" + TEXT[3:12] + "\n" + TEXT[12:20] + "\x1b[201~")


def pausing(typist):
    typist.commit(1, 2)
    before = typist.commit(2, 2), typist.see_kept(2)
    after = typist.commit(8, 2), typist.see_kept(3)
    typist.commit(9, 2)
    typist.paused = (after[0] - before[1], after[1] - before[0])


ALL = {f.__name__: f for f in (even, bursty, error_prone, correcting, pasting, pausing)}


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """The rows and logs of all typists."""
    base = tmp_path_factory.mktemp("typists")

    def run(name):
        typist = Typist(base / name)
        try:
            typist.start()
            ALL[name](typist)
            typist.finish()
        finally:
            typist.close()
        return typist

    with ThreadPoolExecutor(3) as pool:
        typists = list(pool.map(run, ALL))
    return {name: (typist.row(), typist.log(), typist) for name, typist in zip(ALL, typists, strict=True)}


def commits(log):
    return [event for event in log if event["kind"] == "commit"]


def assert_measured(row, log, characters, seconds=SECONDS):
    """The time ends with the bell, or with the commit that was in progress then; speed is what stands, a minute."""
    assert row["typed"] == characters
    assert row["elapsed"] == max(seconds, commits(log)[-1]["t"])
    assert row["gross"] == pytest.approx(characters * 60 / row["elapsed"], abs=0.01)


def test_an_even_typist(results):
    row, log, _ = results["even"]
    assert_measured(row, log, 15)
    assert row["elapsed"] > SECONDS  # the fifth commit comes just after the bell and counts with its real time
    assert row["net"] == row["gross"]
    assert row["consistency"] > 60
    assert row["record"] is False  # under 20 characters
    assert [len(e["text"]) for e in commits(log)] == [3] * 5


def test_a_bursty_typist_is_as_fast_and_less_consistent(results):
    row, log, _ = results["bursty"]
    # 240 a minute for 2 s, 24 for 5 s, 240 for 1.5 s, nothing for 1.5 s: c is about 1
    assert_measured(row, log, 16)
    assert row["net"] == row["gross"]
    assert row["consistency"] < 40


def test_an_error_prone_typist_pays_five_for_each(results):
    row, log, _ = results["error_prone"]
    assert (row["wrong"], row["missed"], row["extra"]) == (1, 1, 1)
    assert_measured(row, log, 14)
    assert row["net"] == 0  # 14 − 15
    assert row["accuracy"] == pytest.approx(100 * 12 / 15, abs=0.01)


def test_a_correcting_typist_has_no_errors_and_two_taken_back(results):
    row, log, _ = results["correcting"]
    assert (row["wrong"], row["corrected"]) == (0, 2)
    assert_measured(row, log, 10)
    assert row["net"] == row["gross"]
    assert [e["count"] for e in log if e["kind"] == "deleted"] == [1, 1]


def test_a_pasting_typist_is_told_so_and_sets_no_record(results):
    row, log, _ = results["pasting"]
    assert row["doubt"] == "lines"
    assert row["record"] is False
    assert row["typed"] == 20
    assert [e["kind"] for e in log][1:3] == ["commit", "pasted"]


def test_a_pausing_typist_is_measured_by_the_clock(results):
    row, log, typist = results["pausing"]
    assert_measured(row, log, 8)
    least, most = typist.paused
    second, third = (event["t"] for event in commits(log)[1:3])
    assert least <= third - second <= most


def test_what_a_key_paints_at_once_is_what_a_whole_screen_shows_later(tmp_path):
    typist = Typist(tmp_path / "painted", seconds=60)
    try:
        typist.start()
        typist.commit(0.5, 3, "您号欢")
        typist.see("号")
        typist.at(1.5)
        typist.write("\x1bOP")
        typist.see("F1")
        typist.write("\x1b")
        typist.see("号")
    finally:
        typist.close()


def hang_up(typist):
    os.kill(typist.process.pid, signal.SIGHUP)


def vanish(typist):
    """No signal: the other end is just closed."""
    os.close(typist.fd)


@pytest.mark.parametrize("lose", [hang_up, vanish])
def test_a_lost_terminal_leaves_the_record_of_what_was_typed(tmp_path, lose):
    typist = Typist(tmp_path / "lost", seconds=60)
    try:
        typist.start()
        typist.commit(1, 3)
        typist.commit(2, 3)
        typist.see_kept(2)
        lose(typist)
        assert typist.process.wait(PATIENCE_S) == 129
        kinds = [e["kind"] for e in typist.log()]
        assert kinds == ["opened", "commit", "commit", "ended"]
        assert typist.log()[-1]["why"] == "left"
    finally:
        typist.close()


def test_a_suspended_drill_waits_and_a_resized_one_goes_on(tmp_path):
    typist = Typist(tmp_path / "asleep", seconds=8)
    try:
        typist.start()
        typist.commit(1, 3)
        typist.at(2)
        fcntl.ioctl(typist.fd, termios.TIOCSWINSZ, b"\x28\x00\x78\x00\x00\x00\x00\x00")
        os.kill(typist.process.pid, signal.SIGWINCH)
        typist.commit(3, 3)
        typist.at(3.5)
        os.kill(typist.process.pid, signal.SIGSTOP)
        time.sleep(1)
        os.kill(typist.process.pid, signal.SIGCONT)
        typist.commit(5.5, 3)
        typist.finish()
        row = typist.row()
        assert_measured(row, typist.log(), 9, seconds=8)
        assert (row["wrong"], row["missed"]) == (0, 0)
    finally:
        typist.close()
