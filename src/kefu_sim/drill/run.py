"""The driver of one drill: keys, pastes and deletions in, events out. Joins the sheet with a clock."""

from __future__ import annotations

from kefu_sim.base.clock import Clock, StopWatch, to_ms
from kefu_sim.base.text import clean
from kefu_sim.drill import events as ev
from kefu_sim.drill.log import Logged, Sink
from kefu_sim.drill.sheet import Sheet
from kefu_sim.drill.standards import Standards

RECENT = 5
"""Gaps between commits that say how long the commit in progress at the bell may take."""
SETTLED = 0.25
"""Seconds after which a commit is closed though no further key has come; late keys of a busy machine still belong."""
LONGEST_PASTE = 1000
"""Characters taken of one paste."""


class Run(Logged):
    """A drill being typed. Times are seconds since the start signal; before it they are negative."""

    def __init__(self, opened: ev.Opened, standards: Standards, clock: Clock, sink: Sink | None = None) -> None:
        """The count-down begins now; `count_down` lets it begin anew."""
        super().__init__(opened, sink)
        self.standards = standards
        self.sheet = Sheet(standards, opened)
        self._clock = clock
        self._watch = StopWatch(self._clock, -standards.countdown_s)
        self._pending: list[str] = []
        self._pending_t = 0.0
        self._last_key = 0.0
        self._grace = standards.bell.least

    def count_down(self) -> None:
        """Begin the count-down, now that it can be seen."""
        if self.now < 0:
            self._watch = StopWatch(self._clock, -self.standards.countdown_s)

    @property
    def opened(self) -> ev.Opened:
        """What is typed, and how."""
        return self.sheet.opened

    @property
    def now(self) -> float:
        """Seconds since the start signal."""
        return self._watch.now()

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.sheet.ended is not None

    @property
    def paused(self) -> bool:
        """Whether the clock stands still."""
        return self._watch.paused

    @property
    def ringing(self) -> bool:
        """Whether time is up and only the commit in progress is waited for."""
        return not self.over and 0 < self.opened.seconds <= self.now

    @property
    def accepts(self) -> bool:
        """Whether keys count now."""
        return not self.over and not self.paused and self.now >= 0

    def key(self, char: str, at: float) -> None:
        """One character, or a line break, came at terminal time `at` (seconds of any clock)."""
        now = self.now
        self._settle(now, at)
        if not self.accepts:
            return
        if not self._pending:
            if char == "\n" and self.sheet.between_lines and not self.ringing:
                char = " "
            if char == "\n":
                self._enter(now)
                if self.over:
                    return
            self._pending_t = now
        self._last_key = at
        if char != "\n" and not any(waiting != "\n" for waiting in self._pending):
            self.sheet.begin_stroke(self._pending_t)
        self._pending.append(char)
        if any(waiting != "\n" for waiting in self._pending):
            self.sheet.grow(char)
            if self.sheet.complete:
                self._end(self._pending_t, "done")

    def paste(self, text: str) -> None:
        """Text came by the terminal's paste."""
        now = self.now
        self._settle(now)
        if not self.accepts:
            return
        event = ev.Pasted(now, clean(text[: LONGEST_PASTE * 2])[:LONGEST_PASTE])
        if event.text:
            self._emit(event)
            self._note_gap()
            if self.ringing or self.sheet.complete:
                self._end(now, "time" if self.ringing else "done")

    def line(self, text: str) -> None:
        """A whole line came (plain face); the blank between two lines of words is taken as typed."""
        now = self.now
        if not self.accepts:
            return
        given = clean(text).replace("\n", "")
        self._emit(ev.Commit(now, " " + given if self._at_blank else given))
        if self.opened.seconds and now >= self.opened.seconds:
            self._end(now, "time")

    def delete(self, count: int) -> None:
        """Take back the last characters."""
        now = self.now
        self._settle(now)
        if not self.accepts:
            return
        if self.ringing:
            self._end(self.opened.seconds, "time")
        elif count > 0 and self.sheet.typed:
            self._emit(ev.Deleted(now, min(count, len(self.sheet.typed))))

    def tick(self) -> None:
        """Let time pass."""
        self._settle(self.now)

    def pause(self) -> None:
        """Stop the clock; not in an exam, not at the bell."""
        now = self.now
        self._settle(now)
        if self.opened.mode == "practice" and not self.over and not self.paused and not self.ringing:
            self._watch.pause()
            if now >= 0:
                self._emit(ev.Paused(now))

    def resume(self) -> None:
        """Go on."""
        if self.paused:
            self._watch.resume()
            if self.now >= 0:
                self._emit(ev.Resumed(self.now))

    def finish(self) -> None:
        """No more will come."""
        now = self.now
        self._settle(now)
        if not self.over:
            whole = self.sheet.aligner.reached == len(self.opened.text)
            self._end(self.sheet.last_t, "done" if whole else "left")

    def leave(self) -> None:
        """The trainee gives up. The time that counts is that to the last commit."""
        self._settle(self.now)
        if not self.over:
            self._end(self.sheet.last_t, "left")

    @property
    def _at_blank(self) -> bool:
        """Whether a blank is to be typed next."""
        aligner = self.sheet.aligner
        return aligner.target[aligner.reached : aligner.reached + 1] == " "

    def _enter(self, now: float) -> None:
        """A lone line break ends what is only waited for: the last word, or the mending of the last character."""
        if self.ringing:
            self._end(self.opened.seconds, "time")
        elif self.sheet.typed and self.sheet.aligner.reached == len(self.opened.text):
            self._end(now, "done")

    def _settle(self, now: float, at: float | None = None) -> None:
        """Close a commit that is complete; end what is over by time. `at`: the terminal time of a key to come."""
        same = at is not None and at - self._last_key < self.standards.commit_gap_s
        if self._pending and not same and (at is not None or now - self._pending_t >= SETTLED):
            self._close()
            if self.ringing and self._pending_t >= self.opened.seconds:
                self._end(self._pending_t, "time")
        if self.ringing and not self._pending and now >= self.opened.seconds + self._grace:
            self._end(self.opened.seconds, "time")

    def _close(self) -> None:
        """The commit is complete: let it be known."""
        if not self._pending:
            return
        event = ev.Commit(self._pending_t, "".join(self._pending))
        self._pending = []
        if not event.text.strip("\n"):
            return
        self.sheet.end_stroke(event)
        self._tell(event)
        self._note_gap()

    def _note_gap(self) -> None:
        bell = self.standards.bell
        gaps = [stroke.seconds for stroke in self.sheet.strokes[-RECENT:]]
        self._grace = min(max(bell.least, bell.factor * max(gaps, default=0.0)), bell.most)

    def _end(self, t: float, why: ev.Why) -> None:
        self._close()
        self._emit(ev.Ended(to_ms(t), why))

    def _emit(self, event: ev.Event) -> None:
        self._close()
        self.sheet.take(event)
        self._tell(event)
