"""Measures a terminal program from outside, over a pseudo-terminal: first paint, key to paint, memory."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from dataclasses import dataclass, field
from pathlib import Path

_CONTROL = re.compile(rb"\x1b\[[0-9;?]*[a-zA-Z]")
_PAINTED = 200
"""Bytes other than control sequences that make a first paint."""


@dataclass
class Measured:
    """Milliseconds and megabytes."""

    first_paint: float = 0.0
    keys: list[float] = field(default_factory=list)
    """One for each character: written → seen again."""
    lost: int = 0
    memory: float = 0.0
    """Peak resident set."""

    def quantile(self, q: float) -> float:
        """A quantile of the key latencies."""
        ordered = sorted(self.keys)
        return ordered[min(len(ordered) - 1, int(q * len(ordered)))]


class Terminal:
    """A program on a pseudo-terminal of a given size."""

    def __init__(self, command: list[str], columns: int, rows: int, env: dict[str, str]) -> None:
        self.began = time.perf_counter()
        self.first_paint: float | None = None
        self._seen = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(env, TERM="xterm-256color", COLORTERM="truecolor")
            os.execvp(command[0], command)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def write(self, text: str) -> None:
        """Type."""
        self._seen = b""
        os.write(self.fd, text.encode())

    def wait(self, seconds: float, until: str | None = None) -> bool:
        """Read until a text has come, or for so long."""
        wanted, end = until.encode() if until else None, time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if wanted is not None and wanted in self._seen:
                return True
            if not select.select([self.fd], [], [], left)[0]:
                return False
            try:
                data = os.read(self.fd, 65536)
            except OSError:
                return False
            if self.first_paint is None and len(_CONTROL.sub(b"", data)) > _PAINTED:
                self.first_paint = (time.perf_counter() - self.began) * 1000
            self._seen = (self._seen + data)[-200_000:]
        return wanted is not None and wanted in self._seen

    def memory(self) -> float:
        """Peak resident set, MB."""
        with Path(f"/proc/{self.pid}/status").open(encoding="ascii") as file:
            return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmHWM"))

    def close(self) -> None:
        """End the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def measure(
    command: list[str], *, keys: int, env: dict[str, str], ready: str = "", size: tuple[int, int] = (120, 40)
) -> Measured:
    """Start a program, type `keys` different characters one after the other, and end it.

    `ready`: text that shows that typing may begin; without it three seconds are waited.
    """
    terminal = Terminal(command, *size, env)
    try:
        if ready and not terminal.wait(30.0, ready):
            raise RuntimeError(f"{command}: {ready!r} never came")
        terminal.wait(3.0)
        found = Measured(terminal.first_paint or float("nan"))
        for i in range(keys):
            char = chr(0x6000 + i)
            began = time.perf_counter()
            terminal.write(char)
            if terminal.wait(1.0, char):
                found.keys.append((time.perf_counter() - began) * 1000)
            else:
                found.lost += 1
            terminal.wait(0.03)
            if i % 20 == 19:
                terminal.write("\x15")
                terminal.wait(0.1)
        found.memory = terminal.memory()
    finally:
        terminal.close()
    return found
