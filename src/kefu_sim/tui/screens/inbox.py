"""The trainer's inbox: entries on the left; on the right the one in hand, its possible intents and verify's word."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kefu_sim.author.inbox import Group, Item, groups, settle
from kefu_sim.author.teach import Key, add, offers, unteachable, waited_for
from kefu_sim.base.errors import BadFileError, KefuError
from kefu_sim.house import House
from kefu_sim.i18n import language, tr, trn
from kefu_sim.tui.inbox_pages import (
    Moment,
    Teaching,
    group_line,
    item_blocks,
    item_line,
    message_block,
    owner_title,
    verdict_block,
)
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.render import Block, plain, shortened
from kefu_sim.tui.screens.ours import OurScreen
from kefu_sim.tui.screens.page import AskScreen, Choice
from kefu_sim.tui.widgets.head_line import HeadLine
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.widgets.line_view import LineView
from kefu_sim.tui.widgets.pick_list import PickList

WIDTH = 46
"""Cells of the samples beside an intent to choose."""


class InboxScreen(OurScreen):
    """What buyers did not understand, and what was disputed."""

    CSS_PATH = "../styles/inbox.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("inbox")
    AUTO_FOCUS = "#entries"
    place: Place = "inbox"

    head = getters.query_one(HeadLine)
    entries = getters.query_one("#entries", PickList)
    page = getters.query_one("#page", LineView)
    verdict = getters.query_one("#verdict", LineView)

    def __init__(self, house: House, scenarios: Sequence[str] = ()) -> None:
        """`scenarios` narrows it to some stories."""
        super().__init__()
        self._house = house
        self._scenarios = tuple(scenarios)
        self._groups: list[Group] | None = None
        self._moments: dict[tuple[str, str], Moment] = {}
        """What is known of the nodes."""
        self._at: dict[int, Item] = {}
        """Index in the list → entry."""
        self._teaching: dict[tuple[str, str], Teaching | KefuError] = {}
        """What can be done at the nodes."""
        self._chosen: dict[str, str] = {}
        """Id of an entry → intent."""
        self._busy = False

    def compose(self) -> ComposeResult:
        """Head, list, entry in hand above verify's word, keys."""
        yield HeadLine()
        with Horizontal(id="body"):
            yield PickList(id="entries")
            with Vertical(id="right"):
                yield LineView(id="page")
                yield LineView(id="verdict")
        yield KeyLine()

    def on_mount(self) -> None:
        """Gather in the background."""
        self.page.can_focus = self.verdict.can_focus = False
        self.head.tell(tr("Inbox"))
        self.read()

    @work(exclusive=True, group="read")
    async def read(self) -> None:
        """Gather the entries anew; the place in the list stays."""
        try:
            self._groups, self._moments = await asyncio.to_thread(_gathered, self._house, self._scenarios)
        except KefuError as error:
            self.our_app.show_error(error)
            return
        self._fill()

    def on_resize(self) -> None:
        """Lines are as wide as the list."""
        if self._groups is not None:
            self._fill()

    def _fill(self) -> None:
        found, was = self._groups or [], self.entries.highlighted
        count = sum(group.count for group in found)
        signs = plain(" " + tr("? not understood  ! disputed"), "$muted")
        right = plain(trn("{n} time in all", "{n} times in all", count).format(n=count) + " ", "$muted")
        self.head.tell(tr("Inbox"), signs, right)
        width = max(self.entries.scrollable_content_region.width - 2, 16)
        options: list[Option] = []
        self._at = {}
        for group in found:
            moment = self._moments.get((group.scenario, group.node), Moment())
            options.append(Option(group_line(group, moment.title, width), disabled=True))
            for item in group.items:
                self._at[len(options)] = item
                options.append(Option(item_line(item, language(), width)))
        self.entries.set_options(options)
        if self._at:
            self.entries.highlighted = min(self._at, key=lambda at: abs(at - (was or 0)))
        else:
            self._show_entry()

    @property
    def item(self) -> Item | None:
        """The entry in hand."""
        return self._at.get(-1 if self.entries.highlighted is None else self.entries.highlighted)

    @on(OptionList.OptionHighlighted, "#entries")
    def look(self) -> None:
        """Another entry."""
        self._show_entry()
        if self.item is not None and self._known(self.item) is None:
            self.ask(self.item)

    def _known(self, item: Item) -> Teaching | KefuError | None:
        return self._teaching.get((item.scenario, item.node))

    @work(exclusive=True, group="offers")
    async def ask(self, item: Item) -> None:
        """Find out to which intents an entry can be added."""
        found: Teaching | KefuError
        try:
            found = await asyncio.to_thread(_teaching, self._house, item)
        except KefuError as error:
            found = error
        self._teaching[item.scenario, item.node] = found
        self._show_entry()

    def _show_entry(self) -> None:
        item = self.item
        if item is None:
            told = tr("The inbox is empty: nothing was misunderstood, nothing is disputed.")
            hint = tr(
                "What no branch of a story takes comes here by itself, and so does every row that somebody disputes."
            )
            self.page.show([message_block(told, "title"), message_block(hint, "muted")])
        else:
            found = self._known(item)
            teaching = None if isinstance(found, KefuError) else found
            moment = self._moments.get((item.scenario, item.node), Moment())
            blocks: list[Block] = item_blocks(item, moment, teaching, self._chosen.get(item.id, ""), language())
            if isinstance(found, KefuError):
                blocks.append(message_block(str(found), "warn"))
            self.page.show(blocks)
        self.query_one(KeyLine).refresh()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What there is to do with the entry in hand."""
        del parameters
        item = self.item
        if action == "done":
            return item is not None and not self._busy
        if action in {"choose", "say", "not"}:
            known = self._known(item) if item is not None and item.said else None
            return isinstance(known, Teaching) and not self._busy
        return True

    @on(OptionList.OptionSelected, "#entries")
    @work
    async def action_choose(self) -> None:
        """Choose the intent."""
        if self.item is not None and self.check_action("choose", ()):
            await self._choose(self.item)

    async def _choose(self, item: Item) -> str:
        known = self._known(item)
        assert isinstance(known, Teaching)
        choices = [Choice("", tr("None of them"))]
        for offer in known.offers:
            title = " ".join(("·" if offer.here else " ", offer.intent, owner_title(offer)))
            choices.append(Choice(offer.intent, title, shortened(" / ".join(offer.samples), WIDTH)))
        answer = await self.app.push_screen_wait(AskScreen(tr("What does the reply mean?"), choices))
        if answer:
            self._chosen[item.id] = answer
        self._show_entry()
        return answer

    @work
    async def action_say(self) -> None:
        """The reply means the intent."""
        await self._add("say")

    @work
    async def action_not(self) -> None:
        """The reply does not mean the intent."""
        await self._add("not")

    async def _add(self, key: Key) -> None:
        item = self.item
        if item is None or self._busy:
            return
        intent = self._chosen.get(item.id) or await self._choose(item)
        if not intent:
            return
        self._busy = True
        self._tell(message_block(tr("Adding, then verifying the story…"), "muted"))
        try:
            added = await asyncio.to_thread(add, self._house, item, intent, key)
        except BadFileError as error:
            told = tr("Nothing was written; the story would not load:") + "\n" + str(error)
            self._tell(message_block(told, "bad"))
        except KefuError as error:
            self._tell(message_block(str(error), "bad"))
        else:
            self._teaching.clear()
            self._tell(verdict_block(added), tr("verify: {name}").format(name=added.path.name))
            self.read()
        finally:
            self._busy = False
            self.query_one(KeyLine).refresh()

    def _tell(self, block: Block, title: str = "") -> None:
        self.verdict.display = True
        self.verdict.border_title = plain(title)
        self.verdict.show([block])

    @work
    async def action_done(self) -> None:
        """Nothing to be done about the entry."""
        if self.item is None:
            return
        try:
            await asyncio.to_thread(settle, self._house, self.item, "done")
        except KefuError as error:
            self.our_app.show_error(error)
            return
        self.read()

    def action_page(self, step: int) -> None:
        """Scroll verify's word when it is long, else the entry."""
        view = self.verdict if self.verdict.max_scroll_y else self.page
        view.scroll_relative(y=step * max(view.size.height - 1, 1), animate=False)

    def action_leave(self) -> None:
        """Back to the shell."""
        self.app.exit(0)


def _teaching(house: House, item: Item) -> Teaching:
    return Teaching(offers(house, item), unteachable(house, item))


def _gathered(house: House, scenarios: Sequence[str]) -> tuple[list[Group], dict[tuple[str, str], Moment]]:
    """The entries, and what is known of their nodes."""
    found, moments = groups(house, scenarios), {}
    for group in found:
        try:
            story = house.library.get(group.scenario)
        except KefuError:
            continue
        if (node := story.nodes.get(group.node)) is not None:
            waits = tuple(waited_for(story, group.node))
            moments[group.scenario, group.node] = Moment(node.title, waits)
    return found, moments
