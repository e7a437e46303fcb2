"""A drill as it stands: the fold of its events. The live drill and the result read from a log use the same one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kefu_sim.drill import events as ev
from kefu_sim.drill.align import Aligner
from kefu_sim.drill.paste import Watch
from kefu_sim.drill.standards import Standards


@dataclass(frozen=True, slots=True)
class Stroke:
    """A commit or a deletion, and the time it took: that since the one before it."""

    since: float
    until: float
    count: int
    """Characters that came; negative for a deletion."""
    first: int
    """Index of its first character in the typed text."""

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self.until - self.since


@dataclass(slots=True)
class _Typed:
    """A character that stands."""

    seconds: float
    """Its share of the time of its commit, and the time of corrections made before it."""
    correcting: float
    """How much of that went into corrections."""
    stroke: int
    """Index of its commit."""


@dataclass
class Sheet:
    """Everything a display or a result is computed from."""

    standards: Standards
    opened: ev.Opened
    aligner: Aligner = field(init=False)
    watch: Watch = field(init=False)
    strokes: list[Stroke] = field(default_factory=list)
    typed: list[_Typed] = field(default_factory=list)
    committed: int = 0
    """Characters committed, those taken back included."""
    corrected: int = 0
    """回改: committed characters taken back."""
    correcting_s: float = 0.0
    """Seconds spent on characters taken back and on taking them back."""
    last_t: float = 0.0
    """When something was last typed or taken back."""
    ended: ev.Ended | None = None
    _owed: float = 0.0

    def __post_init__(self) -> None:
        same = self.standards.folded() if self.opened.mode == "practice" else None
        self.aligner = Aligner(self.opened.text, same)
        self.watch = Watch(self.standards.paste, lines=self.opened.face == "plain")

    def take(self, event: ev.Event) -> None:
        """Let one event happen. Commits of a running drill come character by character through `grow`."""
        match event:
            case ev.Commit() | ev.Pasted():
                if event.text.strip("\n"):
                    self.begin_stroke(event.t)
                    for char in event.text:
                        self.grow(char)
                    self.end_stroke(event)
            case ev.Deleted():
                self._delete(event)
            case ev.Ended():
                self.ended = event
            case _:
                pass

    def begin_stroke(self, t: float) -> None:
        """A commit begins at t."""
        self.strokes.append(Stroke(self.last_t, t, 0, len(self.typed)))
        self.last_t = t

    @property
    def between_lines(self) -> bool:
        """Whether the blank between two lines of words is to be typed next, for which a line break will do."""
        aligner = self.aligner
        at = aligner.reached
        return aligner.target[at : at + 1] == " " and at + 1 in self.opened.starts

    def grow(self, char: str) -> None:
        """One more character of the commit; a line break is no text, but for the blank between two lines of words."""
        if char == "\n":
            if not self.between_lines:
                return
            char = " "
        index, stroke = len(self.strokes) - 1, self.strokes[-1]
        count = stroke.count + 1
        self.strokes[-1] = Stroke(stroke.since, stroke.until, count, stroke.first)
        self.typed.append(_Typed(0.0, 0.0, index))
        self.committed += 1
        self.aligner.push(char)

    def end_stroke(self, event: ev.Commit | ev.Pasted) -> None:
        """The commit is complete: its time is shared out."""
        self.watch.take(event)
        stroke = self.strokes[-1]
        for char in self.typed[stroke.first :]:
            char.seconds = stroke.seconds / stroke.count
        first = self.typed[stroke.first]
        first.seconds += self._owed
        first.correcting, self._owed = self._owed, 0.0

    def _delete(self, event: ev.Deleted) -> None:
        count = min(event.count, len(self.typed))
        gone = self.typed[len(self.typed) - count :]
        own = sum(char.seconds - char.correcting for char in gone) + event.t - self.last_t
        self.correcting_s += own
        self._owed += own + sum(char.correcting for char in gone)
        self.corrected += count
        del self.typed[len(self.typed) - count :]
        self.strokes.append(Stroke(self.last_t, event.t, -count, len(self.typed)))
        self.aligner.pop(count)
        self.last_t = event.t

    @property
    def complete(self) -> bool:
        """Whether the whole text has been typed and its last character is right."""
        return self.aligner.reached == len(self.aligner.target) and self.aligner.last <= 1 and bool(self.typed)

    def net_chars(self) -> int:
        """错一罚五: characters that stand, less the penalty; never below 0."""
        return max(len(self.typed) - self.standards.penalty * self.aligner.tally.errors, 0)


def sheet_of(log: Iterable[ev.Event], standards: Standards) -> Sheet:
    """The fold of a whole log. Raises ValueError when it does not begin with `opened`."""
    rows = iter(log)
    opened = next(rows, None)
    if not isinstance(opened, ev.Opened):
        raise ValueError("a drill's log begins with `opened`")
    sheet = Sheet(standards, opened)
    for event in rows:
        sheet.take(event)
    return sheet
