"""The trainee's own quick replies: look through them, change, add, delete, import, export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from pydantic import ValidationError
from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kefu_sim.base.errors import KefuError
from kefu_sim.i18n import tr, trn
from kefu_sim.quick.model import QuickReply
from kefu_sim.quick_replies import QuickRoom
from kefu_sim.store.textfiles import write_text_file
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.render import fitted, plain
from kefu_sim.tui.screens.form import Field, FormScreen
from kefu_sim.tui.screens.page import AskScreen, Choice
from kefu_sim.tui.typeahead import asking
from kefu_sim.tui.whole import Whole
from kefu_sim.tui.widgets.head_line import HeadLine
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.widgets.pick_list import MarkedList


class QuickBookScreen(Whole, Screen[None]):
    """All replies by topic."""

    CSS_PATH = "../styles/quick_book.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("quick-book")
    AUTO_FOCUS = "#replies"
    place: Place = "quick-book"

    replies = getters.query_one("#replies", OptionList)
    head = getters.query_one(HeadLine)

    def __init__(self, room: QuickRoom) -> None:
        super().__init__()
        self._room = room
        self._rows: list[tuple[str, QuickReply]] = []

    def compose(self) -> ComposeResult:
        """Head, list, keys."""
        yield HeadLine()
        yield MarkedList(id="replies")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the book; one that cannot be read says why."""
        self._show(0)

    def on_resize(self) -> None:
        """Rows fill the width."""
        self._show(self.replies.highlighted or 0)

    def _show(self, at: int) -> None:
        try:
            self._rows = list(self._room.book.rows())
        except KefuError as error:
            self._tell(error)
            self._rows = []
        width = max(self.app.size.width - 5, 30)  # padding on both sides, and the bar
        count = trn("{n} reply", "{n} replies", len(self._rows)).format(n=len(self._rows))
        self.head.tell(tr("My quick replies"), right=plain(f"{count} · {self._room.file} ", "$muted"))
        self.replies.set_options([Option(_line(row, width, self._first(i))) for i, row in enumerate(self._rows)])
        if self._rows:
            self.replies.highlighted = min(at, len(self._rows) - 1)

    def _first(self, index: int) -> bool:
        """Whether a row begins a group."""
        return index == 0 or self._rows[index - 1][0] != self._rows[index][0]

    @property
    def _chosen(self) -> tuple[str, QuickReply] | None:
        at = self.replies.highlighted
        return self._rows[at] if at is not None and at < len(self._rows) else None

    @on(OptionList.OptionSelected, "#replies")
    @asking
    async def action_edit(self) -> None:
        """Change the chosen reply."""
        if self._chosen is not None:
            group, reply = self._chosen
            await self._ask(tr("Change this reply"), group, reply)

    @asking
    async def action_add(self) -> None:
        """Write a new one."""
        await self._ask(tr("A new reply"), self._chosen[0] if self._chosen else "", None)

    async def _ask(self, title: str, group: str, reply: QuickReply | None) -> None:
        old = reply or QuickReply(text="…")
        fields = [
            Field("text", tr("Text"), reply.text if reply else "", tr("{昵称} {商品} {尾号} are filled in"), rows=3),
            Field("group", tr("Topic"), group),
            Field("key", tr("Code"), old.key if reply else "", tr("a few letters, optional")),
        ]
        given = await self.app.push_screen_wait(FormScreen(title, fields))
        if given is None:
            return
        try:
            new = QuickReply(text=given["text"], key=given["key"])
        except ValidationError:
            self.notify(
                tr("A reply takes 1 to 300 characters, its code up to 12 without blanks."),
                severity="error",
                markup=False,
            )
            await self._ask(title, given["group"] or group, reply)
            return
        self._do(lambda: self._room.add(given["group"] or tr("Others"), new, instead_of=reply))

    @asking
    async def action_delete(self) -> None:
        """Delete the chosen reply, after a question."""
        if self._chosen is None:
            return
        reply = self._chosen[1]
        choices = [Choice("no", tr("Keep it")), Choice("yes", tr("Delete it"))]
        if await self.app.push_screen_wait(AskScreen(reply.text, choices, tr("Delete this reply?"))) == "yes":
            self._do(lambda: self._room.remove(reply))

    @asking
    async def action_take_in(self) -> None:
        """Add the replies of a file."""
        remark = tr("YAML as written here, or CSV with the columns group, key, text (分组, 编码, 内容).")
        given = await self.app.push_screen_wait(
            FormScreen(tr("Import from a file"), [Field("path", tr("File"))], remark)
        )
        if given is not None and given["path"]:
            self._do(lambda: self._took(self._room.take_in(Path(given["path"]).expanduser())))

    def _took(self, count: int) -> None:
        told = trn("{n} new quick reply", "{n} new quick replies", count)
        self.notify(told.format(n=count), markup=False)

    @asking
    async def action_write(self) -> None:
        """Write all replies to a file."""
        usual = str(Path.home() / "quick-replies.csv")
        fields = [Field("path", tr("File"), usual, tr("*.csv for spreadsheets, *.yaml"))]
        given = await self.app.push_screen_wait(FormScreen(tr("Export to a file"), fields))
        if given is None or not given["path"]:
            return
        self._do(lambda: self._write(given["path"]))

    def _write(self, name: str) -> None:
        path = Path(name).expanduser()
        write_text_file(path, self._room.written("csv" if path.suffix.lower() == ".csv" else "yaml"), force=True)
        self.notify(tr("Written: {file}").format(file=path), markup=False)

    def _do(self, change: Callable[[], None]) -> None:
        """Change something; when that cannot be done, say why."""
        try:
            change()
        except KefuError as error:
            self._tell(error)
        self._show(self.replies.highlighted or 0)

    def _tell(self, error: KefuError) -> None:
        text = f"{error.message}\n{error.hint}" if error.hint else error.message
        self.notify(text, title=tr("That did not work"), severity="error", timeout=12, markup=False)

    def action_close(self) -> None:
        """Back to where one came from."""
        self.app.pop_screen()


def _line(row: tuple[str, QuickReply], width: int, first: bool) -> Content:
    group, reply = row
    label = fitted(plain(group if first else "", "bold $primary"), 10)
    return fitted(Content.assemble(label, fitted(plain(reply.key, "$accent"), 8), plain(reply.text)), width)
