"""A demo before a class: shows the film at its moment, and hands the keys to the player."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from kefu_sim.base.clock import Clock
from kefu_sim.demo.film import Moment
from kefu_sim.demo.player import Player
from kefu_sim.demo_words import ROLE_SIGNS
from kefu_sim.demonstrations import DemoRoom, Showing
from kefu_sim.i18n import language, tr
from kefu_sim.tui.demo_pages import NOTE_LINES, results, summary_lines, title_lines
from kefu_sim.tui.film_view import Onlooker
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.render import StyleOf, beginning, plain
from kefu_sim.tui.screens.blank import BlankScreen
from kefu_sim.tui.screens.class_ask import ClassAskScreen
from kefu_sim.tui.screens.ours import OurScreen
from kefu_sim.tui.widgets.head_line import HeadLine
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.widgets.line_view import LineView
from kefu_sim.tui.widgets.stage import LanePane

LONGEST_TICK = 1.0
"""Seconds: a program that was held up does not leap on."""


class DemoScreen(OurScreen):
    """A film."""

    CSS_PATH = "../styles/demo.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 (Textual's declaration)
    BINDINGS: ClassVar[list[BindingType]] = bindings("demo")
    place: Place = "demo"

    head = getters.query_one(HeadLine)
    curtain = getters.query_one("#curtain", LineView)
    question = getters.query_one("#question", Static)
    notes = getters.query_one("#notes", Static)

    def __init__(  # noqa: PLR0913 (what a demo is shown with)
        self,
        room: DemoRoom,
        showing: Showing,
        clock: Clock,
        *,
        speed: float = 1.0,
        time_left: Callable[[], str] | None = None,
        live: bool = False,
        keys: bool = True,
    ) -> None:
        """`time_left` tells how a lesson's time stands; `live`: the class makes the story; `keys`: a line of keys."""
        super().__init__()
        self.room = room
        self.showing = showing
        self.player = Player(showing.film, speed=speed)
        self._clock = clock
        self._last = clock.now()
        self._time_left = time_left
        self._live = live
        self._keys = keys
        self._onlooker = Onlooker(showing.film)
        self._curtain = ""
        self._noted = False
        self._busy = False

    def compose(self) -> ComposeResult:
        """Head, one or two lanes, what lies over them, notes, keys."""
        film = self.showing.film
        yield HeadLine()
        with Horizontal(id="stage"):
            for index, lane in enumerate(film.lanes):
                pane = LanePane(lane, dict(film.opinions(index)), named=self.showing.compares)
                pane.set_class(index > 0, "-second")
                yield pane
        curtain = LineView(id="curtain")
        curtain.can_focus = False
        yield curtain
        yield Static(id="question")
        yield Static(id="notes")
        if self._keys:
            yield KeyLine()

    def on_mount(self) -> None:
        """The first picture."""
        for chat in self.query(LineView):
            chat.can_focus = False
        self.show_moment()

    def on_resize(self) -> None:
        """The pages fill the screen."""
        self._curtain = ""
        self.call_after_refresh(self.show_moment)

    def advance(self) -> None:
        """Let time pass: called by the ticker. While something lies over the film it waits."""
        now = self._clock.now()
        passed, self._last = min(now - self._last, LONGEST_TICK), now
        if self.app.screen is not self:  # `is_current` holds below a modal screen too
            return
        self.player = self.player.after(passed)
        self.show_moment()
        if self._live and self.player.over and self._moment() is not None and not self._busy:
            self.action_ask()

    def show_moment(self) -> None:
        """Bring the screen up to the player."""
        if not self.is_mounted:
            return
        frame = self.player.frame
        for index, pane in enumerate(self.query(LanePane)):
            pane.show_look(self._onlooker.look(frame, index))
        self._draw_curtain(frame.beat.kind)
        self._show_head()
        self._show_question()
        self._show_notes()

    def _draw_curtain(self, kind: str) -> None:
        drawn = kind if kind == "title" or (kind == "end" and not (self._live and self._moment())) else ""
        if drawn == self._curtain:
            return
        self._curtain = drawn
        self.set_class(bool(drawn), "-curtain")
        if not drawn:
            return
        found = results(self.showing.film) if drawn == "end" else []

        def page(width: int, style_of: StyleOf) -> Sequence[Content]:
            height = self.query_one("#stage").size.height or self.curtain.size.height
            if drawn == "title":
                return title_lines(self.showing, height, width, style_of)
            return summary_lines(self.showing, found, height, width, style_of)

        self.curtain.show([page])

    def _show_head(self) -> None:
        player = self.player
        name = tr("The class answers") if self._live else tr("Class demo")
        right = plain(f"{self._state()}  ×{player.speed:g} ", "bold")
        if self._time_left is not None:
            right = Content.assemble((self._time_left() + "  ", "$accent bold"), right)
        self.head.tell(name, plain(self.showing.title.pick(language()), "bold"), right)

    def _state(self) -> str:
        if self.player.over:
            return tr("■ end")
        if self.player.asking is not None:
            return tr("? question")
        return tr("▶ playing") if self.player.running else tr("‖ stopped")

    def _show_question(self) -> None:
        asks = self.player.asking is not None
        self.question.set_class(asks, "-shown")
        if asks and not str(self.question.content):
            first = plain(tr("Stop: what would you answer?"), "bold")
            second = plain(tr("Q: take the class's answers   Space: see how it goes on"))
            self.question.update(Content("\n").join([first, second]))

    def _show_notes(self) -> None:
        self.notes.set_class(self._noted, "-shown")
        if not self._noted:
            return
        text = self._note() or plain(tr("No note for this moment."), "$muted")
        width = max(self.app.size.width - 6, 20)
        self.notes.update(beginning(text, width, NOTE_LINES))

    def _note(self) -> Content | None:
        """The note of the last reply that has been begun."""
        film = self.showing.film
        for beat in reversed(film.beats[: self.player.frame.index + 1]):
            if note := beat.note.pick(language()):
                sign = f"{ROLE_SIGNS[film.lanes[beat.lanes[0]].role]} " if self.showing.compares else ""
                return plain(sign + note)
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What the moment allows."""
        del parameters
        if action == "ask":
            return self._moment() is not None
        if action == "notes":
            return any(beat.note.zh for beat in self.showing.film.beats)
        return True

    def _moment(self) -> Moment | None:
        return self.showing.film.moment(self.player.at)

    def _now(self, player: Player) -> None:
        self.player = player
        self.show_moment()

    def action_run(self) -> None:
        """Run or stop."""
        if self.player.over:
            self.action_leave()
        else:
            self._now(self.player.toggled())

    def action_step(self, step: int) -> None:
        """A line on or back; past the end, leave."""
        if step > 0 and self.player.over:
            self.action_leave()
        else:
            self._now(self.player.forward() if step > 0 else self.player.back())

    def action_speed(self, step: int) -> None:
        """Faster or slower."""
        self._now(self.player.faster(step))

    def action_again(self) -> None:
        """From the beginning."""
        self._now(self.player.restarted())

    def action_notes(self) -> None:
        """Show or hide the notes."""
        self._noted = not self._noted
        self.show_moment()

    def action_blank(self) -> None:
        """Nothing to see."""
        self.app.push_screen(BlankScreen())

    @work
    async def action_ask(self) -> None:
        """Ask the class; its answer goes to the buyer, and the story goes on from there."""
        moment = self._moment()
        if moment is None or self._busy:
            return
        self._busy = True
        self.our_app.typeahead.begin()
        try:
            self._now(replace(self.player.at_beat(moment.beat), running=False))
            answer = await self.app.push_screen_wait(ClassAskScreen(self.room, self.showing, moment))
            if answer is not None:
                await self.our_app.demos.go_on(self, moment, answer)
            elif self._live:
                self.action_leave()
        finally:
            self._busy = False
            self.our_app.typeahead.drop()

    def action_leave(self) -> None:
        """Back to where it was begun."""
        self.our_app.demos.leave(self)

    @property
    def live(self) -> bool:
        """Whether the class makes the story."""
        return self._live
