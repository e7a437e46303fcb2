"""The program on a screen of a given size, with a clock that moves by hand and a recogniser that knows a few words."""

import contextlib
import os
import time
from pathlib import Path

import pytest
from textual import events

from kefu_sim import house as house_module
from kefu_sim import programs
from kefu_sim import shifts as shifts_module
from kefu_sim.base.clock import ManualClock
from kefu_sim.house import House
from kefu_sim.i18n import set_language
from kefu_sim.language.normalise import Normaliser
from kefu_sim.language.study import Study
from kefu_sim.language.verdict import Evidence, Recognition, Step
from kefu_sim.scenario import library
from kefu_sim.tui.app import KefuApp

HERE = Path(__file__).parent
PATIENCE_S = 60
"""Other tests may keep the machine busy."""
STEPS = {"您好": Step.GREET, "谁用": Step.ASK, "推荐": Step.RECOMMEND, "再见": Step.FAREWELL}


def written(view):
    """The lines of a page that have been drawn, in view or not."""
    return "\n".join(strip.text.rstrip() for strip in (*view._strips, *view._tail_strips))


class WordRecogniser:
    """Knows a step by one word."""

    version = "words"

    def ahead(self, asked):
        """Reads nothing before it is asked."""

    def recognise(self, reply, context, *, intents, previous, moment):
        del context, previous, moment
        found = {step: reply.index(word) for word, step in STEPS.items() if word in reply}
        return Recognition(
            steps=tuple(step for step in Step if step in found),
            politeness=1 if "您" in reply else 0,
            intents=("who",) if "谁用" in reply and intents else (),
            evidence=tuple(Evidence(step.value, at, at + 2, "word") for step, at in found.items()),
        )

    def study(self, reply, context, *, intents, previous, moment):
        seen = self.recognise(reply, context, intents=intents, previous=previous, moment=moment)
        return Study(seen, Normaliser({}, {})(reply))


class Desk:
    """A trainee at a running program."""

    def __init__(self, app, pilot, clock):
        self.app, self.pilot, self.clock = app, pilot, clock

    @property
    def screen(self):
        return self.app.screen

    @property
    def play(self):
        return self.app.reception.play

    @property
    def log(self):
        return self.play.session.log

    def kinds(self):
        return [event.kind for event in self.log]

    async def settle(self):
        for _ in range(3):
            await self.pilot.pause()

    async def press(self, *keys):
        await self.pilot.press(*keys)
        await self.settle()

    async def commit(self, text):
        """One commit of an input method: all characters at once, to what has the focus or is about to get it."""
        await self.until(lambda: self.app.screen.focused is not None)
        for char in text:
            self.app.screen.focused.post_message(events.Key(char, char))
        await self.settle()

    async def burst(self, *keys):
        """Keys read together, as a terminal under load hands them over; they are waited for by `until`."""
        for key in keys:
            self.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await self.settle()

    async def say(self, text):
        await self.commit(text)
        await self.press("enter")

    async def paste(self, text):
        await self.until(lambda: self.app.screen.focused is not None)
        self.app.screen.focused.post_message(events.Paste(text))
        await self.settle()

    async def pass_time(self, seconds):
        """Let time pass and the ticker look at the clock once."""
        self.clock.advance(seconds)
        self.app._ticker.beat()
        await self.settle()

    async def react(self):
        """Let the buyer answer."""
        await self.pass_time(max(self.play.session.state.due - self.play.session.now, 0) + 0.01)

    async def until(self, condition):
        end = time.monotonic() + PATIENCE_S
        while not condition():
            assert time.monotonic() < end, "it never happened"
            await self.pilot.pause(0.02)

    async def open(self, mode="practice"):
        """Receive the only buyer."""
        while self.app.mode != mode:
            await self.press("right")
        await self.press("enter")
        await self.until(lambda: self.app.reception is not None and self.app.reception.is_current)
        await self.until(lambda: "在吗" in self.text())
        await self.settle()

    async def rush(self, shift="three"):
        """Begin a shift."""
        self.app.rush.begin(shift)
        await self.until(lambda: getattr(self.screen, "place", "") == "rush" and self.screen.is_mounted)
        await self.until(lambda: self.screen.box._ready)
        await self.settle()
        await self.pass_time(0)

    @property
    def shift(self):
        return self.screen.play

    def said_to(self, buyer):
        """What the agent has said in the window of a buyer."""
        return [e.event.text for e in self.shift.run.log if e.buyer == buyer and e.event.kind == "agent"]

    def text(self):
        """What the screen shows."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)


@pytest.fixture
def home_folder(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    (folder / "scenarios").mkdir(parents=True)
    (folder / "scenarios" / "desk_lamp.yaml").write_text((HERE / "desk_lamp.yaml").read_text("utf-8"), "utf-8")
    (folder / "shifts").mkdir()
    (folder / "shifts" / "three.yaml").write_text((HERE / "rush_shift.yaml").read_text("utf-8"), "utf-8")
    monkeypatch.setattr(shifts_module, "shipped_shifts", lambda: HERE / "none")
    for module in (programs, house_module):
        monkeypatch.setattr(module, "load_recogniser", WordRecogniser)
    monkeypatch.setattr(library, "shipped_folder", lambda: HERE / "none")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    set_language("zh")
    return folder


@pytest.fixture
def at_desk(home_folder):
    """`async with at_desk(...) as desk:` — the program with its library read."""

    @contextlib.asynccontextmanager
    async def start(size=(80, 24), folder=home_folder, **options):
        clock = ManualClock()
        app = KefuApp(lambda: House(folder), clock=clock, seed=3, **options)
        async with app.run_test(size=size, notifications=True) as pilot:
            desk = Desk(app, pilot, clock)
            await desk.until(lambda: app._home._loaded)
            await desk.settle()
            yield desk

    return start


@pytest.fixture
def at_shift(at_desk):
    """`async with at_shift(5) as desk:` — a shift that has gone on for so many seconds."""

    @contextlib.asynccontextmanager
    async def start(seconds=0, **options):
        async with at_desk(**options) as desk:
            await desk.rush()
            if seconds:
                await desk.pass_time(seconds)
            yield desk

    return start


@pytest.fixture
def in_reception(at_desk):
    """`async with in_reception(4) as desk:` — a reception that has gone on for so many seconds."""

    @contextlib.asynccontextmanager
    async def start(seconds=0, *, mode="practice", **options):
        async with at_desk(**options) as desk:
            await desk.open(mode)
            if seconds:
                await desk.pass_time(seconds)
            yield desk

    return start


@pytest.fixture
def dumped():
    """Compare the screen with the text kept in dumps/; KEFU_SIM_DUMP=1 writes it anew."""

    def compare(name, text):
        path = HERE / "dumps" / f"{name}.txt"
        if os.environ.get("KEFU_SIM_DUMP"):
            path.write_text(text + "\n", "utf-8")
        assert text + "\n" == path.read_text("utf-8")

    return compare
