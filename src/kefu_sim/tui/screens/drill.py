"""A drill being typed: text with ghosts, figures, keys. Forwards what is typed and shows what became of it."""

from __future__ import annotations

import gc
import math
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from kefu_sim import drill_words as words
from kefu_sim.drill.phrases import is_word
from kefu_sim.i18n import tr
from kefu_sim.readings import fetch
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.render import StyleOf, plain, sides
from kefu_sim.tui.screens.drill_page import DrillPage
from kefu_sim.tui.screens.paused import PausedScreen
from kefu_sim.tui.widgets.changing_lines import ChangingLines
from kefu_sim.tui.widgets.drill_pad import DrillPad
from kefu_sim.tui.widgets.drill_panel import bar_lines, panel_lines, standing
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.words import clock, mode_title

if TYPE_CHECKING:
    from kefu_sim.drills import DrillPlay

PARTS = ("text", "figures", "text", "head")
"""What is brought up to the clock, in turn."""
STREAMING = 0.1
"""Seconds since the last commit within which more is coming: a painted figure would keep the next key waiting."""
PATIENCE = 4
"""Looks at the clock after which the figures are painted all the same."""
HINTED = 8
"""Characters whose reading is shown at most."""


class DrillScreen(DrillPage):
    """One drill."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 (Textual's declaration)
    BINDINGS: ClassVar[list[BindingType]] = bindings("drill")
    AUTO_FOCUS = "#pad"
    place: Place = "drill"

    head = getters.query_one("#head", ChangingLines)
    notice = getters.query_one("#notice", ChangingLines)
    pad = getters.query_one("#pad", DrillPad)

    def __init__(self, play: DrillPlay) -> None:
        super().__init__()
        self.play = play
        self._shown = False
        self._turn = 0
        self._waited = 0
        self._readings: list[str] = []
        """Of each character of the text, once they have been looked up."""

    def compose(self) -> ComposeResult:
        """Head, figures, notice, text; all side by side, because every box around the text is painted with each key."""
        run = self.play.run
        yield ChangingLines(lambda width, style_of: panel_lines(standing(run), width, style_of), id="panel")
        yield ChangingLines(self._head, id="head")
        yield ChangingLines(lambda width, style_of: bar_lines(standing(run), width, style_of), id="bar")
        yield ChangingLines(self._notice, id="notice")
        yield DrillPad(self.play.run, id="pad")
        yield KeyLine()

    def on_mount(self) -> None:
        """The count-down runs from the first paint."""
        self.call_after_refresh(self.count_down)
        if self.play.remark:
            self.notify(self.play.remark, markup=False)
        if self.play.run.opened.mode == "practice":
            self.look_up()

    def count_down(self) -> None:
        """Everything has its place on the screen: 3, 2, 1.

        What is in memory by now stays there; looking through it for garbage would take a fifth of a second, and the
        keys of that time would be painted late.
        """
        gc.collect()
        gc.freeze()
        self.play.run.count_down()
        for part in dict.fromkeys(PARTS):
            self._show_part(part)

    def advance(self) -> None:
        """Let time pass: called by the ticker."""
        run = self.play.run
        run.tick()
        if not self.is_mounted:
            return
        if run.over or run.now < 0 or self._waited == PATIENCE or run.now - run.sheet.last_t > STREAMING:
            self._show_part("text" if run.now < 0 else PARTS[self._turn % len(PARTS)])
            self._turn, self._waited = self._turn + 1, 0
        else:
            self._waited += 1
        if run.over and not self._shown:
            self._shown = True
            self.our_app.drills.show_result(self.play)

    @on(DrillPad.Ended)
    def ended(self) -> None:
        """The end of the text is the end of the drill; everything else can wait for the ticker."""
        self.advance()

    def _show_part(self, part: str) -> None:
        """Bring one part of the screen up to the clock.

        One part at a time: what changes in one frame is painted as one box, and a box from the head to the panel
        would be the whole screen, at the cost of the keys that wait for it.
        """
        if part == "text":
            self.pad.tick()
            self.notice.update()
        elif part == "figures":
            self.figures.update()
        else:
            self.head.update()

    @property
    def figures(self) -> ChangingLines:
        """The panel or the bar, whichever there is room for."""
        return self.query_one("#bar" if self.has_class("-narrow") else "#panel", ChangingLines)

    def _head(self, width: int, style_of: StyleOf) -> Sequence[Content]:
        run, opened = self.play.run, self.play.run.opened
        left = Content.assemble(
            (f" {mode_title(opened.mode)} ", style_of("key")),
            " ",
            plain(
                tr("Target: {level}").format(level=words.target_title(opened.target, run.standards)), style_of("strong")
            ),
            plain(f"  {opened.title}", style_of("muted")),
        )
        t = max(run.now, 0.0)
        if opened.seconds:
            time_shown = clock(max(opened.seconds - t, 0.0) + 0.999)
            figure = tr("left {time}").format(time=time_shown)
        else:
            done, length = run.sheet.aligner.reached, len(opened.text)
            figure = tr("{time} · {done}/{length} characters").format(time=clock(t), done=done, length=length)
        return [sides(left, plain(f"{figure} ", style_of("strong")), width)]

    def _notice(self, width: int, style_of: StyleOf) -> Sequence[Content]:
        """Count-down, bell, or the reading of what comes next."""
        return [self._told(style_of).truncate(width)]

    def _told(self, style_of: StyleOf) -> Content:
        run = self.play.run
        if run.now < 0:
            number = math.ceil(-run.now)
            dots = "●" * number + "○" * (int(run.standards.countdown_s) - number)
            return plain(
                tr("Starts in {n}  {dots}  The clock starts by itself").format(n=number, dots=dots), style_of("accent")
            )
        if run.ringing:
            return plain(tr("Time is up: finish the word in hand, or press Enter"), style_of("accent"))
        if self.play.keeper.unsaved:
            return plain(tr("Not saved from here on: {why}").format(why=self.play.keeper.unsaved), style_of("warn"))
        return self._hint(style_of)

    def _hint(self, style_of: StyleOf) -> Content:
        """Pinyin of the next word for one who hesitates; not in an exam."""
        run = self.play.run
        idle = run.now - run.sheet.last_t
        if run.opened.mode == "exam" or idle < run.standards.hint_s or run.over or not self._readings:
            return Content("")
        text, start = run.opened.text, run.sheet.aligner.reached
        while start < len(text) and not is_word(text[start]):
            start += 1
        end = start
        while end < min(len(text), start + HINTED) and is_word(text[end]):
            end += 1
        if text[start:end].isascii():
            return Content("")
        reading = " ".join(self._readings[start:end])
        return Content.assemble((f"{text[start:end]}  ", style_of("muted")), plain(reading, style_of("hint")))

    @work(thread=True, group="reading", exclusive=True)
    def look_up(self) -> None:
        """Find the pinyin of the text."""
        self._readings = fetch(self.play.run.opened.text)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What the mode and the moment allow."""
        del parameters
        allowed = {"pause": self.play.run.opened.mode == "practice", "suspend": sys.platform != "win32"}
        return allowed.get(action, True)

    def action_restart(self) -> None:
        """The same kind of drill anew."""
        self.play.run.leave()
        self._shown = True
        self.our_app.drills.begin(self.play.settings)

    def action_pause(self) -> None:
        """Stop the clock and cover the text."""
        self.play.run.pause()
        if self.play.run.paused:
            self.app.push_screen(PausedScreen())

    def action_suspend(self) -> None:
        """Give the terminal back to the shell; in practice the clock stands still until one goes on."""
        self.action_pause()
        self.app.action_suspend_process()

    def action_leave(self) -> None:
        """Give up: what was typed is measured."""
        self.play.run.leave()
        self.advance()

    def on_screen_suspend(self) -> None:
        """A page lies over the text: no time to think for nothing."""
        self.play.run.pause()

    def on_screen_resume(self) -> None:
        """Back to the text."""
        self.play.run.resume()
        self.pad.focus()
        self.pad.show_caret()

    def on_click(self) -> None:
        """Whatever is clicked, one goes on typing."""
        self.pad.focus()

    def on_unmount(self) -> None:
        """However the screen goes away, the log gets its end."""
        self.play.run.leave()
        gc.unfreeze()
