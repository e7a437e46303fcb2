"""What the screens of one buyer and of many have in common: a chat, the cards, the box a reply is written in."""

from __future__ import annotations

from textual import events, getters, on
from textual.screen import Screen

from kefu_sim.i18n import tr
from kefu_sim.tui.screens.ours import OurScreen
from kefu_sim.tui.widgets.cards import Cards
from kefu_sim.tui.widgets.chat_log import ChatLog
from kefu_sim.tui.widgets.composer import Composer
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.widgets.line_view import LineView
from kefu_sim.tui.widgets.reply_box import ReplyBox


class ChatScreen(OurScreen):
    """A place where replies are typed. What is clicked or opened, the caret comes back to the composer."""

    chat = getters.query_one("#chat", ChatLog)
    cards = getters.query_one("#cards", Cards)
    box = getters.query_one(ReplyBox)
    composer = getters.query_one("#composer", Composer)

    _told_unsaved = False

    @property
    def over(self) -> bool:
        """Whether nothing can be said any more."""
        raise NotImplementedError

    def go_on(self) -> None:
        """What Enter does then."""
        raise NotImplementedError

    def read(self, page: Screen[None]) -> None:
        """Show a page to read over this screen."""
        self.app.push_screen(page)

    def on_mount(self) -> None:
        """What is typed on pages over this screen goes on with its draft."""
        self.our_app.typeahead.draft = self.composer

    def close_composer(self, title: str, enter: str) -> None:
        """Nothing can be said any more: say so, and what Enter does."""
        self.composer.read_only = True
        self.composer.border_title = title
        self.composer.border_subtitle = enter
        self.add_class("-over")
        self.box.shut()
        self.query_one(KeyLine).refresh()

    def tell_unsaved(self, why: str) -> None:
        """Say once that nothing is saved any more; nothing is said where `why` is empty."""
        if why and not self._told_unsaved:
            self._told_unsaved = True
            text = tr("Nothing is saved any more; you can play on.") + "\n" + why
            self.notify(text, title=tr("Disk trouble"), severity="warning", timeout=12, markup=False)

    @on(Composer.Shortened)
    def too_long(self, event: Composer.Shortened) -> None:
        """More was pasted than a message holds."""
        text = tr("A message holds 4,000 characters; {n} more were left out.").format(n=event.lost)
        self.notify(text, severity="warning", markup=False)

    def on_key(self, event: events.Key) -> None:
        """After the end Enter goes on."""
        if self.over and event.key == "enter":
            event.stop()
            self.go_on()

    def on_click(self) -> None:
        """Whatever is clicked, the caret stays in the composer."""
        self.composer.focus()

    def on_screen_resume(self) -> None:
        """Back from a page, perhaps from one's quick replies."""
        self.box.read_book()
        self.composer.focus()
        self.composer.place_caret()

    def action_older(self) -> None:
        """Scroll up."""
        self._in_view.scroll_page_up(animate=False)

    def action_newer(self) -> None:
        """Scroll down."""
        self._in_view.scroll_page_down(animate=False)

    @property
    def _in_view(self) -> LineView:
        """What is read: the card that is open, where cards lie over the chat."""
        return self.cards if self.cards.card and self.cards.display else self.chat
