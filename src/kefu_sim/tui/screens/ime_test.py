"""`kefu-sim drill --ime-test`: five small tasks show whether the input method gets through, with fault and cure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget

from kefu_sim.drill.ime import WANTED, Finding, Probe, Task
from kefu_sim.drill_words import ime_cure, ime_finding, ime_task
from kefu_sim.i18n import tr
from kefu_sim.tui.caret import show_caret, show_cursor
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.render import StyleOf, fitted, indented, plain, wrapped
from kefu_sim.tui.screens.drill_page import DrillPage
from kefu_sim.tui.typing_meter import SAME_COMMIT
from kefu_sim.tui.widgets.head_line import HeadLine
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.widgets.line_view import LineView

TASKS: tuple[Task, ...] = tuple(WANTED)
LABEL = 34
"""Cells of what a task is called."""
WELL: tuple[Finding, ...] = ("fine", "as_paste", "split")
"""Findings that need no cure before drilling."""


class ProbeField(Widget, can_focus=True):
    """Takes what comes, as it comes."""

    DEFAULT_CSS = "ProbeField { height: 3; }"
    ALLOW_SELECT = False

    class Done(Message):
        """Enter was pressed by itself."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.probe = Probe(TASKS[0], SAME_COMMIT)

    def begin(self, task: Task) -> None:
        """The next task."""
        self.probe = Probe(task, SAME_COMMIT)
        self.refresh()
        self.place_caret()

    def render(self) -> Content:
        """What came, and how."""
        arrivals = self.probe.arrivals
        text = plain(self.probe.text.replace("\n", "⏎"), "bold")
        if not arrivals:
            return text
        kinds = [tr("paste") if a.pasted else tr("{n} at once").format(n=len(a.text)) for a in arrivals]
        return fitted(Content.assemble(text, plain("   " + " · ".join(kinds[-8:]), "$muted")), self.content_size.width)

    async def _on_key(self, event: events.Key) -> None:
        if event.is_printable and event.character is not None:
            self.probe.key(event.character, event.time)
        elif event.key in {"enter", "ctrl+j"}:
            if not self.probe.key("\n", event.time):
                self.post_message(self.Done())
        elif event.key in {"backspace", "ctrl+h"}:
            self.probe.delete()
        else:
            return
        event.stop()
        event.prevent_default()
        self.refresh()
        self.place_caret()

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.probe.paste(event.text[:200])
        self.refresh()

    def place_caret(self) -> None:
        """The candidates open behind what came."""
        if self.has_focus:
            width = plain(self.probe.text.replace("\n", "⏎")).cell_length
            show_caret(self, self.content_region.offset + Offset(min(width, max(self.content_size.width - 1, 0)), 0))

    def on_focus(self) -> None:
        """The caret is seen."""
        show_cursor(self, visible=True)
        self.place_caret()

    def on_blur(self) -> None:
        """The caret is hidden."""
        show_cursor(self, visible=False)

    def on_resize(self) -> None:
        """The caret moves with the layout."""
        self.call_after_refresh(self.place_caret)


class ImeTestScreen(DrillPage):
    """Task by task."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("ime-test")
    AUTO_FOCUS = "#probe"
    place: Place = "ime-test"

    page = getters.query_one("#page", LineView)
    probe_field = getters.query_one("#probe", ProbeField)

    def __init__(self) -> None:
        super().__init__()
        self.findings: list[tuple[Task, Finding, str]] = []
        """Task, finding, what came."""

    def compose(self) -> ComposeResult:
        """Head, page, field, keys."""
        yield HeadLine()
        yield LineView(id="page")
        yield ProbeField(id="probe")
        yield KeyLine()

    def on_mount(self) -> None:
        """The first task."""
        self.page.can_focus = False
        self.show_task()

    def on_resize(self) -> None:
        """The head fills the width."""
        self.tell(tr("Input method check"), right=f"{min(len(self.findings) + 1, len(TASKS))} / {len(TASKS)}")

    def show_task(self) -> None:
        """What is asked now, and what was found so far."""
        title = tr(" Enter: back to the drills ") if self.finished else tr(" Type here, then Enter ")
        self.probe_field.border_title = plain(title)
        self.page.show([self._lines])
        self.page.to_end()
        self.on_resize()
        self.query_one(KeyLine).refresh()

    @property
    def finished(self) -> bool:
        """Whether all tasks are done."""
        return len(self.findings) == len(TASKS)

    @on(ProbeField.Done)
    def done(self) -> None:
        """Judge the task, go on to the next."""
        if self.finished:
            self.action_leave()
            return
        probe = self.probe_field.probe
        self.findings.append((probe.task, probe.finding(), probe.text))
        if not self.finished:
            self.probe_field.begin(TASKS[len(self.findings)])
        self.show_task()

    def _lines(self, width: int, style_of: StyleOf) -> Sequence[Content]:
        page: list[Content] = []
        if not self.findings:
            intro = tr("Five small tasks show whether Chinese input gets through this terminal unharmed.")
            page = [*wrapped(plain(intro, style_of("muted")), width), Content("")]
        for task, finding, text in self.findings:
            well = finding in WELL
            sign = plain("✓ " if well else "✗ ", style_of("good" if well else "bad"))
            label = Content.assemble(sign, fitted(plain(ime_task(task), style_of("muted")), LABEL))
            page += indented(plain(ime_finding(finding), style_of("good" if well else "bad")), width, label)
            if not well and text:
                page += indented(plain(tr("came: {text}").format(text=text[:60].replace("\n", "⏎"))), width, "  ")
            if cure := ime_cure(task, finding):
                page += indented(plain(cure, style_of("text")), width, plain("  → ", style_of("accent")))
            page.append(Content(""))
        if self.finished:
            well = all(finding in WELL for _, finding, _ in self.findings)
            text = (
                tr("All is well: Chinese input gets through as it should.")
                if well
                else tr("Mend what is marked ✗, then try again.")
            )
            return [*page, *wrapped(plain(text, style_of("good" if well else "warn")), width)]
        task = TASKS[len(self.findings)]
        return [
            *page,
            *wrapped(plain(ime_task(task), style_of("title")), width),
            plain(WANTED[task], style_of("strong")),
        ]

    def action_again(self) -> None:
        """From the first task."""
        self.findings.clear()
        self.probe_field.begin(TASKS[0])
        self.show_task()

    def action_leave(self) -> None:
        """Back to the choice of drills."""
        self.our_app.drills.open_menu()
