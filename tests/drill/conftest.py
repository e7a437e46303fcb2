"""Simulated typists, and the drill they type in."""

import pytest

from kefu_sim.base.clock import ManualClock
from kefu_sim.drill import events as ev
from kefu_sim.drill.run import Run
from kefu_sim.rulebook.drill import load_standards

TEXT = "您好欢迎光临本店请问有什么可以帮您这款现在有货今天下单明天就能发出请您放心购买" * 20


@pytest.fixture(scope="session")
def standards():
    return load_standards()


class Typist:
    """Types into a run on a clock of its own."""

    def __init__(self, standards, **opened):
        given = {"drill": "copy", "mode": "practice", "target": 80, "seconds": 60.0, "text": TEXT, **opened}
        self.clock = ManualClock()
        self.run = Run(ev.Opened(0.0, **given), standards, self.clock)
        self.clock.advance(standards.countdown_s)
        self.at = 0

    @property
    def sheet(self):
        return self.run.sheet

    def wait(self, seconds):
        while seconds > 0:
            step = min(seconds, 0.22)
            self.clock.advance(step)
            self.run.tick()
            seconds -= step

    def commit(self, text):
        for index, char in enumerate(text):
            self.run.key(char, self.clock.now() + index * 0.0005)

    def copy(self, count, seconds):
        """Type the next characters of the text in one commit, so many seconds after the last."""
        self.wait(seconds)
        text = self.run.opened.text[self.at : self.at + count]
        self.at += count
        self.commit(text)

    def even(self, per_commit, pace=80, seconds=60.0):
        """Type evenly until the bell has rung."""
        while not self.run.over and self.run.now < seconds + 12:
            self.copy(per_commit, per_commit * 60 / pace)

    def until_over(self):
        for _ in range(100):
            if self.run.over:
                return
            self.wait(0.5)


@pytest.fixture
def typist(standards):
    return lambda **opened: Typist(standards, **opened)
