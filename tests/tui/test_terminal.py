"""The program on a real pseudo-terminal: what stays when it is ended from outside."""

import os
import select
import signal
import struct
import sys
import time

import pytest

pty = pytest.importorskip("pty")
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")


PATIENCE_S = 120


class Terminal:
    def __init__(self, home, *command):
        self.seen, self.code = b"", None
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", KEFU_SIM_HOME=str(home))
            os.execv(sys.executable, [sys.executable, "-m", "kefu_sim", "--lang", "zh", *command])
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def until(self, text):
        end = time.monotonic() + PATIENCE_S
        while text.encode() not in self.seen:
            assert time.monotonic() < end, f"{text} never came"
            self.read()

    def read(self):
        if select.select([self.fd], [], [], 0.1)[0]:
            try:
                self.seen += os.read(self.fd, 65536)
            except OSError:
                time.sleep(0.05)

    def type(self, text):
        self.send(text.encode())

    def send(self, data):
        self.seen = b""
        os.write(self.fd, data)

    def ended(self):
        """The exit code, once it has ended."""
        end = time.monotonic() + PATIENCE_S
        while self.code is None:
            assert time.monotonic() < end, "it went on"
            if self.fd >= 0:
                self.read()
            else:
                time.sleep(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.code = os.waitstatus_to_exitcode(status) if pid else None
        return self.code

    def hang_up(self):
        os.close(self.fd)
        self.fd = -1

    def close(self):
        """Leave nothing running, whatever became of the test."""
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self.fd >= 0:
            self.hang_up()


@pytest.fixture
def serving(tmp_path):
    terminal = Terminal(tmp_path, "practice", "think-it-over", "--seed", "1")
    try:
        terminal.until("回复买家")
        terminal.type("您好，在的")
        terminal.until("在的")
        terminal.type("\r")
        terminal.until("正在输入")
        yield terminal
    finally:
        terminal.close()


def log_of(folder):
    return next((folder / "receptions").glob("*.jsonl")).read_text("utf-8")


def test_a_kill_leaves_the_log_and_a_usable_terminal(serving, tmp_path):
    os.kill(serving.pid, signal.SIGTERM)
    assert serving.ended() == 128 + signal.SIGTERM
    assert "您好，在的" in log_of(tmp_path)
    assert b"\x1b[?1049l" in serving.seen
    assert serving.seen.rfind(b"\x1b[?25h") > serving.seen.rfind(b"\x1b[?25l")


def test_a_closed_window_ends_the_program_and_leaves_the_log(serving, tmp_path):
    serving.hang_up()
    serving.ended()
    assert "您好，在的" in log_of(tmp_path)


def test_bytes_that_are_no_utf8_do_not_end_the_program(serving):
    serving.send("久等".encode("gbk") + b"\x1b[200~\x07a\x9b31m\x00b\x1b[201~")
    serving.type("还在这里")
    serving.until("还在这里")
    os.kill(serving.pid, signal.SIGTERM)
    assert serving.ended() == 128 + signal.SIGTERM
