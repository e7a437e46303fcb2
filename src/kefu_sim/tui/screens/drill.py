"""A drill being typed: text with ghosts, figures, keys. Forwards what is typed and shows what became of it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, ClassVar, cast

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from kefu_sim import drill_words as words
from kefu_sim.drill.phrases import is_word
from kefu_sim.i18n import tr
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.render import clock, plain, sides
from kefu_sim.tui.screens.paused import PausedScreen
from kefu_sim.tui.widgets.drill_pad import DrillPad
from kefu_sim.tui.widgets.drill_panel import DrillBar, DrillPanel, standing
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.words import mode_title

if TYPE_CHECKING:
    from kefu_sim.drills import DrillPlay
    from kefu_sim.tui.app import KefuApp

HINTED = 8
"""Characters whose reading is shown at most."""


class DrillScreen(Screen[None]):
    """One drill."""

    CSS_PATH = "../styles/drill.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 (Textual's declaration)
    BINDINGS: ClassVar[list[BindingType]] = bindings("drill")
    AUTO_FOCUS = "#pad"
    place: Place = "drill"

    head = getters.query_one("#head", Static)
    notice = getters.query_one("#notice", Static)
    pad = getters.query_one("#pad", DrillPad)

    def __init__(self, play: DrillPlay) -> None:
        super().__init__()
        self.play = play
        self._shown = False
        self._readings: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Head, figures, notice, text."""
        yield Static(id="head")
        yield DrillBar(id="bar")
        with Horizontal(id="body"):
            with Vertical(id="paper"):
                yield Static(id="notice")
                yield DrillPad(self.play.run, id="pad")
            yield DrillPanel(id="panel")
        yield KeyLine()

    def on_mount(self) -> None:
        """The count-down runs."""
        if self.play.remark:
            self.notify(self.play.remark, markup=False)
        self.advance()

    def advance(self) -> None:
        """Let time pass: called by the ticker."""
        run = self.play.run
        run.tick()
        if not self.is_mounted:
            return
        self.pad.tick()
        self._show_figures()
        if run.over and not self._shown:
            self._shown = True
            self.app_of_ours.drills.show_result(self.play)

    @on(DrillPad.Changed)
    def typed(self) -> None:
        """The end of the text is the end of the drill; everything else can wait for the ticker."""
        if self.play.run.over:
            self.advance()

    def _show_figures(self) -> None:
        now = standing(self.play.run)
        self.query_one(DrillBar).standing = now
        self.query_one(DrillPanel).standing = now
        self._update(self.head, self._head())
        self._update(self.notice, self._notice())

    @staticmethod
    def _update(widget: Static, content: Content) -> None:
        if widget.content != content:
            widget.update(content)

    def _head(self) -> Content:
        run, opened = self.play.run, self.play.run.opened
        left = Content.assemble(
            (f" {mode_title(opened.mode)} ", "$key-text on $key-face bold"),
            " ",
            plain(tr("Target: {level}").format(level=words.target_title(opened.target, run.standards)), "bold"),
            plain(f"  {opened.title}", "$muted"),
        )
        t = max(run.now, 0.0)
        if opened.seconds:
            time_shown = clock(max(opened.seconds - t, 0.0) + 0.999)
            figure = tr("left {time}").format(time=time_shown)
        else:
            done, length = run.sheet.aligner.reached, len(opened.text)
            figure = tr("{time} · {done}/{length} characters").format(time=clock(t), done=done, length=length)
        return sides(left, plain(f"{figure} ", "bold"), self.app.size.width)

    def _notice(self) -> Content:
        """Count-down, bell, or the reading of what comes next."""
        run = self.play.run
        if run.now < 0:
            number = int(-run.now) + 1
            dots = "●" * number + "○" * (int(run.standards.countdown_s) - number)
            return plain(
                tr("Starts in {n}  {dots}  The clock starts by itself").format(n=number, dots=dots), "bold $accent"
            )
        if run.ringing:
            return plain(tr("Time is up: finish the word in hand, or press Enter"), "bold $accent")
        if self.play.keeper.unsaved:
            return plain(tr("Not saved from here on: {why}").format(why=self.play.keeper.unsaved), "$warning")
        return self._hint()

    def _hint(self) -> Content:
        run = self.play.run
        idle = run.now - run.sheet.last_t
        if run.opened.mode == "exam" or idle < run.standards.hint_s or run.over:
            return Content("")
        ahead = run.opened.text[run.sheet.aligner.reached :][: HINTED * 2]
        start = next((at for at, char in enumerate(ahead) if is_word(char)), None)
        if start is None:
            return Content("")
        end = next((at for at in range(start, len(ahead)) if not is_word(ahead[at])), len(ahead))
        chunk = ahead[start : min(end, start + HINTED)]
        if chunk.isascii():
            return Content("")
        if chunk not in self._readings:
            self._readings[chunk] = ""
            self.look_up(chunk)
        reading = self._readings[chunk]
        return Content.assemble((f"{chunk}  ", "$muted"), plain(reading, "bold $secondary")) if reading else Content("")

    @work(thread=True, group="reading")
    def look_up(self, chunk: str) -> None:
        """Find the pinyin; the table takes a moment to load the first time."""
        self._readings[chunk] = words.reading(chunk)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What the mode and the moment allow."""
        del parameters
        allowed = {"pause": self.play.run.opened.mode == "practice", "suspend": sys.platform != "win32"}
        return allowed.get(action, True)

    def action_restart(self) -> None:
        """The same kind of drill anew."""
        self.play.run.leave()
        self._shown = True
        self.app_of_ours.drills.begin(self.play.settings)

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
        self.pad.place_caret()

    def on_click(self) -> None:
        """Whatever is clicked, one goes on typing."""
        self.pad.focus()

    def on_unmount(self) -> None:
        """However the screen goes away, the log gets its end."""
        self.play.run.leave()

    @property
    def app_of_ours(self) -> KefuApp:
        """The app, by its own type."""
        return cast("KefuApp", self.app)
