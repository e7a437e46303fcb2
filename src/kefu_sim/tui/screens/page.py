"""Pages over another screen: text to read, questions to answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kefu_sim.base.errors import Problem
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.render import Block, StyleOf, indented, plain, wrapped
from kefu_sim.tui.typeahead import Dialog, Overlay
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.widgets.line_view import LineView
from kefu_sim.tui.widgets.pick_list import MarkedList


class PageScreen(Overlay[None]):
    """A page to read; Esc goes back."""

    CSS_PATH = "../styles/page.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("page")
    place: Place = "page"

    def __init__(self, title: str, blocks: Iterable[Block]) -> None:
        super().__init__()
        self._title = title
        self._blocks = list(blocks)

    def compose(self) -> ComposeResult:
        """A framed page above the key line."""
        with Vertical(id="frame") as frame:
            frame.border_title = plain(f" {self._title} ")
            yield LineView(self._blocks, id="page")
        yield KeyLine()

    def on_mount(self) -> None:
        """Arrow keys scroll at once."""
        self.query_one(LineView).focus()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question."""

    value: str
    title: str
    detail: str = ""


class AskScreen(Overlay[str], Dialog[str]):
    """A question with a few answers; Esc gives the first one."""

    CSS_PATH = "../styles/page.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False, system=True),
        # Ahead of the list, so that they are taken in the order in which they are typed.
        Binding("enter", "take", show=False, system=True, priority=True),
        Binding("down", "move(1)", show=False, system=True, priority=True),
        Binding("up", "move(-1)", show=False, system=True, priority=True),
    ]

    def __init__(self, question: str, choices: Sequence[Choice], title: str = "") -> None:
        super().__init__()
        self._title = title
        self._question = question
        self._choices = choices

    def compose(self) -> ComposeResult:
        """A small box in the middle."""
        with Vertical(id="box") as box:
            box.border_title = plain(f" {self._title} ") if self._title else None
            yield Static(Content("\n").join(wrapped(plain(self._question), 50)), id="question")
            yield MarkedList(*(Option(_choice(choice)) for choice in self._choices), id="choices")

    def on_mount(self) -> None:
        """The first answer is the safe one."""
        choices = self.query_one(OptionList)
        choices.highlighted = 0
        self.set_focus(choices)
        self.opened()

    def action_move(self, step: int) -> None:
        """Look at another answer."""
        choices = self.query_one(OptionList)
        choices.highlighted = ((choices.highlighted or 0) + step) % len(self._choices)

    def action_take(self) -> None:
        """Answer."""
        self.dismiss(self._choices[self.query_one(OptionList).highlighted or 0].value)

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Answer."""
        self.dismiss(self._choices[event.option_index].value)

    def action_back(self) -> None:
        """The safe answer."""
        self.dismiss(self._choices[0].value)


def _choice(choice: Choice) -> Content:
    title = Content.styled(choice.title, "bold")
    return Content("\n").join([title, plain("  " + choice.detail, "$muted")]) if choice.detail else title


def problem_block(problem: Problem) -> Block:
    """One thing wrong in a file: where, what, how to mend it."""

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        place = f"{problem.file}:{problem.line}:{problem.column}"
        page = [*wrapped(plain(place, style_of("muted")), width)]
        page += indented(plain(problem.message), width, plain(f"{problem.code}  ", style_of("bad")))
        if problem.fix:
            page += indented(plain(problem.fix), width, plain("→ ", style_of("good")))
        return [*page, Content("")]

    return lines
