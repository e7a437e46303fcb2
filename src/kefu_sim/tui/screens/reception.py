"""A reception: the chat, the composer, and how it stands. Forwards what is typed, shows what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from kefu_sim.engine import events as ev
from kefu_sim.engine.step import AskHelp, Input, OpenCard, Say, Typing, UseQuick
from kefu_sim.i18n import spelt, tr
from kefu_sim.progress.disputes import Dispute
from kefu_sim.quick.fill import variables
from kefu_sim.quick_replies import QuickRoom
from kefu_sim.scenario.notices import cards_in_force
from kefu_sim.tui.explain import model_block
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.render import plain, wrapped
from kefu_sim.tui.screens.chat import ChatScreen
from kefu_sim.tui.screens.note import ask_note
from kefu_sim.tui.screens.page import AskScreen, Choice, PageScreen
from kefu_sim.tui.screens.paused import PausedScreen
from kefu_sim.tui.screens.replies import RepliesScreen
from kefu_sim.tui.typeahead import asking
from kefu_sim.tui.view import standing, waiting
from kefu_sim.tui.widgets.cards import Cards
from kefu_sim.tui.widgets.chat_log import ChatLog
from kefu_sim.tui.widgets.composer import Composer
from kefu_sim.tui.widgets.head_line import HeadLine
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.widgets.progress import Progress, SidePanel, TopBar
from kefu_sim.tui.widgets.reply_box import ReplyBox
from kefu_sim.words import clock, hint_text, opened_title

if TYPE_CHECKING:
    from kefu_sim.play import Play

DRAFT_S = 2.0
"""Seconds of typing that a killed program may lose."""
LINE_S = 3.0
"""Seconds that a line about a saved story stays: it lies over the panel and the chat."""
HINT_PADDING = 4
"""Cells at the sides of the hint."""


class ReceptionScreen(ChatScreen):
    """One buyer."""

    CSS_PATH = "../styles/reception.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 (Textual's declaration)
    BINDINGS: ClassVar[list[BindingType]] = bindings("reception")
    AUTO_FOCUS = "#composer"
    place: Place = "reception"

    head = getters.query_one(HeadLine)
    hint = getters.query_one("#hint", Static)

    def __init__(self, play: Play, quick: QuickRoom) -> None:
        super().__init__()
        self.play = play
        self.quick = quick
        self._told = 0
        self._drafted_at = 0.0
        """When the draft was last kept."""
        self._disputed: dict[str, Dispute] = {}
        """What was disputed since this screen was opened."""
        self._needs = {name: hidden.text for name, hidden in play.scenario.hidden.items() if hidden.need}

    def compose(self) -> ComposeResult:
        """Head, chat and composer at the left, panel at the right or above."""
        scenario, rules = self.play.scenario, self.play.rules
        yield HeadLine()
        if rules.live:
            yield TopBar(id="bar")
        with Horizontal(id="body"):
            with Vertical(id="talk"):
                yield Cards(scenario.cards, id="cards")
                yield ChatLog(reveal=rules.live, id="chat")
                yield Static(id="hint")
                yield ReplyBox(lambda: self.play.session.now, self.quick, lambda: variables(scenario))
            if rules.live:
                yield SidePanel(id="panel")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what has happened before: all of it after a resume."""
        self.show_news()
        if self.play.draft is not None and (draft := self.play.draft.read()):
            self.composer.restore(draft)
        self.composer.focus()
        self.our_app.typeahead.give(self.composer)
        if self.play.opened.trial:
            self.notify(tr("A trial: nothing is saved, counts, or can be disputed."), markup=False)

    def on_unmount(self) -> None:
        """Let go of the log, so that it can be resumed."""
        self.play.close()

    @property
    def over(self) -> bool:
        """Whether the reception has ended."""
        return self.play.session.state.over

    def advance(self) -> None:
        """Let time pass: called by the ticker."""
        if self.play.follow is not None and (news := self.play.follow()):
            self._show_edited(news)
        if not self.over:
            self.play.session.tick()
            if self.play.session.now - self._drafted_at >= DRAFT_S:
                self.keep_draft()
        self.show_news()

    def keep_draft(self) -> None:
        """Keep what stands unsent, so that it can be gone on with."""
        if self.play.draft is None or self.over:
            return
        self._drafted_at = self.play.session.now
        for composer in self.query(Composer):  # none before the screen is built, nor while it is taken down
            self.play.draft.keep(composer.text)

    def _show_edited(self, news: str) -> None:
        """The author has saved the story: show its cards and say what became of it."""
        scenario = self.play.scenario
        self._needs = {name: hidden.text for name, hidden in scenario.hidden.items() if hidden.need}
        self.cards.now_say(scenario.cards)
        self._show_standing()
        self.app.clear_notifications()  # what was said of an earlier save no longer holds
        self.notify(news, markup=False, timeout=LINE_S * len(news.splitlines()))

    def send(self, given: Input) -> None:
        """Feed an input and show what it caused."""
        self.play.session.send(given)
        self.show_news()

    def show_news(self) -> None:
        """Bring everything on the screen up to the log and the clock."""
        if not self.is_mounted:
            return
        session = self.play.session
        news = session.log[self._told :]
        self._told = len(session.log)
        if news:
            self.chat.tell(news, self._needs, self.play.scenario)
            self._show_standing()
        if any(isinstance(event, ev.Noticed) for event in news):
            self.cards.now_say(cards_in_force(self.play.scenario, session.state.noticed))
        if any(isinstance(event, ev.Ended) for event in news):
            self.close_composer(tr("The reception is over"), tr("Enter: see the scorecard"))
        self.chat.buyer_types(session.state.due is not None and not self.over)
        waited = waiting(session)
        for panel in self.query(Progress):
            panel.waiting = None if waited is None else int(waited)
            panel.now = int(session.now) if any(promise.due for promise in panel.standing.promises) else 0
        self._show_head()
        self.tell_unsaved(self.play.unsaved)

    def _show_standing(self) -> None:
        session, rules = self.play.session, self.play.rules
        now = standing(session)
        node = session.program.scenario.nodes.get(session.state.node)
        hint = hint_text(node) if rules.help and node is not None and not self.over else ""
        for panel in self.query(Progress):
            panel.standing = now
            panel.hint = hint
        self._show_hint(hint)

    def _show_hint(self, hint: str) -> None:
        """The line above the composer, which a narrow screen has in place of the panel."""
        self.hint.set_class(bool(hint), "-shown")
        if hint:
            width = max(self.app.size.width - HINT_PADDING, 1)
            self.hint.update(Content("\n").join(wrapped(plain(tr("Hint: {text}").format(text=hint)), width)[:2]))

    def _show_head(self) -> None:
        scenario, session, opened = self.play.scenario, self.play.session, self.play.opened
        title = spelt(scenario.title, scenario.title_en)
        left = Content.assemble(plain(title, "bold"), plain(f"  {scenario.shop.name}", "$muted"))
        right = plain(f"{clock(session.now if not self.over else session.state.t)} ", "$muted")
        self.head.tell(opened_title(opened), left, right)

    @on(Composer.Started)
    def began_typing(self) -> None:
        """First key of a draft."""
        self.send(Typing())

    @on(Composer.Submitted)
    def said(self, event: Composer.Submitted) -> None:
        """A message is sent."""
        self.send(Say(event.text, event.typed, event.typing_s, event.pasted))
        self.keep_draft()
        self.chat.to_end()

    @on(Composer.Quick)
    def took_quick(self, event: Composer.Quick) -> None:
        """A quick reply went into the draft."""
        self.send(UseQuick(event.reply, event.chars))

    def read(self, page: Screen[None]) -> None:
        """Show a page to read, which costs no reply time: the clock stands still, where the mode has pauses."""
        if self.play.rules.pause and not self.over:
            self.play.session.pause()
        self.app.push_screen(page, self._go_on)
        self.show_news()

    def go_on(self) -> None:
        """After the end: the scorecard."""
        self.our_app.show_scorecard(self.play)

    def on_resize(self) -> None:
        """The hint is as wide as the window."""
        if self._told:
            self._show_standing()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What the mode and the moment allow."""
        del parameters
        rules = self.play.rules
        allowed = {
            "model": rules.help and not self.over,
            "explain": rules.live,
            "pause": rules.pause and not self.over,
            "note": not self.over,
            "quick": not self.over,
            "cards": bool(self.play.scenario.cards),
        }
        return allowed.get(action, True)

    def action_cards(self) -> None:
        """Open the next card."""
        card = self.cards.turn()
        if card is not None:
            self.send(OpenCard(card))

    @asking
    async def action_note(self) -> None:
        """Write the note of an order; with several of them one is chosen first."""
        session = self.play.session
        note = await ask_note(self.our_app, self.play.scenario, session.state, lambda: session.now)
        if note is not None and not self.over:
            self.send(note)

    def action_explain(self) -> None:
        """Say what the last reply was understood as, and from there the earlier ones and the points so far."""
        if not any(isinstance(event, ev.AgentSent) for event in self.play.session.log):
            self.notify(tr("You have not replied yet."), markup=False)
            return
        house = self.our_app.house
        assert house is not None
        self.read(RepliesScreen(house, self.play, self._disputed))

    @asking
    async def action_model(self) -> None:
        """Show a model answer, after saying what it costs."""
        answer = await self.app.push_screen_wait(
            AskScreen(
                tr("A model answer costs points. Show it?"),
                [
                    Choice("no", tr("No, I'll try myself")),
                    Choice("yes", tr("Show it"), tr("counted once for each moment of the story")),
                ],
            )
        )
        if answer != "yes" or self.over:
            return
        self.send(AskHelp("model"))
        model = self.play.scenario.nodes[self.play.session.state.node].model
        if model is None:
            self.notify(tr("There is no model answer for this moment."), markup=False)
        else:
            self.read(PageScreen(tr("Model answer"), [model_block(model)]))

    def action_pause(self) -> None:
        """Stop the clock."""
        self.play.session.pause()
        self.show_news()
        if self.play.session.state.paused:
            self.app.push_screen(PausedScreen(), self._go_on)

    def _go_on(self, _: None) -> None:
        if self.play.session.state.paused:
            self.play.session.resume()
        self.show_news()

    @asking
    async def action_leave(self) -> None:
        """Shut an open card; else leave the buyer: at once when it is over, else after a question."""
        if self.cards.card is not None:
            self.cards.shut()
            return
        if self.over:
            self.our_app.show_scorecard(self.play)
            return
        choices = [
            Choice("stay", tr("Stay with the buyer")),
            Choice("end", tr("End the reception"), tr("the scorecard counts it as left by you")),
            Choice("later", tr("Go on later"), tr("it is kept; Resume on the home screen continues it")),
        ]
        if not (self.play.kept and self.play.rules.pause):
            choices.pop()
        answer = await self.app.push_screen_wait(AskScreen(tr("Leave this buyer?"), choices))
        if answer == "end":
            if not self.over:
                self.play.session.leave()
                self.show_news()
            self.our_app.show_scorecard(self.play)
        elif answer == "later":
            self.our_app.go_home()
