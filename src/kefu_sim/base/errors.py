"""One small tree of errors, and the exit codes that go with them.

Every error here is meant for a person: it says what happened, where, and what to do next. Anything else that is
raised is a defect of the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the command line."""

    OK = 0
    PARTIAL = 1
    """Some input lines were refused; the others were answered."""
    BAD_INPUT = 2
    """A file, an id or an argument cannot be used."""
    NO_TERMINAL = 3
    UNWRITABLE = 4
    INTERRUPTED = 130


class KefuError(Exception):
    """What went wrong and what to do next, in one message for a person."""

    exit_code = Exit.BAD_INPUT

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        """What to do next; may be empty when the message already says it."""

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class NoTerminalError(KefuError):
    """The command draws a full screen and there is no terminal."""

    exit_code = Exit.NO_TERMINAL


class UnwritableError(KefuError):
    """A folder or file cannot be written."""

    exit_code = Exit.UNWRITABLE


class BadLogError(KefuError):
    """A reception log is corrupt, from a newer version, or belongs to another scenario."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in a file."""

    file: str
    line: int
    """1-based."""
    column: int
    """1-based, in characters."""
    code: str
    """Stable code, for example KS104."""
    message: str
    fix: str = ""
    """What to write instead."""
    fragment: str = ""
    """File of the fragment in which it was found, where the story that takes it in is told."""

    def __str__(self) -> str:
        arrow = f" → {self.fix}" if self.fix else ""
        return f"{self.file}:{self.line}:{self.column} {self.code} {self.message}{arrow}"


class BadFileError(KefuError):
    """A file with problems, all of them listed."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(p) for p in self.problems))
