"""A few lines to fill in, over another screen. Enter goes to the next line and confirms the last; Esc gives up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from kefu_sim.i18n import tr
from kefu_sim.tui.render import plain, wrapped
from kefu_sim.tui.typeahead import Dialog
from kefu_sim.tui.widgets.composer import Composer

WIDTH = 62
"""Cells of the text in the box."""


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form."""

    name: str
    title: str
    value: str = ""
    hint: str = ""
    rows: int = 1
    """Lines of text in view."""


class FormScreen(Dialog[Mapping[str, str] | None]):
    """Gives the values by name; None when given up."""

    CSS_PATH = "../styles/form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", show=False, system=True),
        Binding("tab,down", "step(1)", show=False, system=True, priority=True),
        Binding("shift+tab,up", "step(-1)", show=False, system=True, priority=True),
        Binding("ctrl+s,f10", "confirm", show=False, system=True, priority=True),
    ]

    def __init__(self, title: str, fields: Sequence[Field], remark: str = "") -> None:
        super().__init__()
        self._title, self._fields, self._remark = title, list(fields), remark
        self._warned = False

    def compose(self) -> ComposeResult:
        """A box with one composer for each field."""
        with Vertical(id="form") as box:
            box.border_title = plain(f" {self._title} ")
            box.border_subtitle = plain(" " + tr("Enter next · Ctrl+S done · Esc give up") + " ")
            if self._remark:
                yield Static(Content("\n").join(wrapped(plain(self._remark, "$muted"), WIDTH)), id="remark")
            for index, field in enumerate(self._fields):
                composer = Composer(lambda: 0.0, id=f"field-{index}")
                composer.add_class("field")
                composer.border_title = plain(field.title)
                composer.border_subtitle = plain(field.hint)
                composer.styles.height = field.rows + 2
                composer.load_text(field.value)
                composer.form_line, composer.dialog = True, self
                composer.in_order = {"enter": self.line_done}
                yield composer

    def on_mount(self) -> None:
        """Begin with the first line."""
        self._enter(0)
        self.opened()

    def line_done(self) -> None:
        """Enter: on to the next line, or done."""
        at = self._at()
        if at == len(self._fields) - 1:
            self.action_confirm()
        else:
            self.action_step(1)

    def _at(self) -> int:
        focused = self.focused
        return next((i for i in range(len(self._fields)) if self._kept(i) is focused), 0)

    def _kept(self, index: int) -> Composer:
        return self.query_one(f"#field-{index}", Composer)

    def action_step(self, step: int) -> None:
        """Another line."""
        self._enter((self._at() + step) % len(self._fields))

    def _enter(self, index: int) -> None:
        """Go on at the end of what stands in a field; in one of a single line, what is typed takes its place."""
        field = self._kept(index)
        self.set_focus(field)
        if self._fields[index].rows == 1:
            field.select_all()
        else:
            field.move_cursor(field.document.end)

    def action_confirm(self) -> None:
        """Give what was filled in."""
        self.dismiss({field.name: self._kept(i).text.strip() for i, field in enumerate(self._fields)})

    def action_give_up(self) -> None:
        """Change nothing; where something was filled in, only when that is said twice."""
        typed = any(self._kept(i).text != field.value for i, field in enumerate(self._fields))
        if typed and not self._warned:
            self._warned = True
            self.query_one("#form").border_subtitle = plain(" " + tr("Esc again: give up what was filled in") + " ")
        else:
            self.dismiss(None)
