"""Where the trainee types: right for input methods, honest about typing, never slow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

from rich.cells import cell_len
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from kefu_sim.base.text import MAX_MESSAGE, clean
from kefu_sim.quick.fill import Filled
from kefu_sim.tui.caret import show_cursor
from kefu_sim.tui.typing_meter import TypingMeter
from kefu_sim.tui.wrapped_text import CellWrappedDocument

if TYPE_CHECKING:
    from kefu_sim.tui.app import KefuApp
    from kefu_sim.tui.typeahead import Dialog

PICKING: dict[str, int | None] = {"up": -1, "down": 1, "escape": None}
"""Keys of an open list of quick replies, and the step they stand for."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft put aside."""

    text: str
    cursor: tuple[int, int]
    meter: TypingMeter


class Picker(Protocol):
    """A list of ready lines that takes some keys while it is open; asked at once, so that it never lags behind."""

    @property
    def picking(self) -> bool:
        """Whether it is open, as the draft stands now."""
        ...

    def pick(self, step: int | None) -> None:
        """0 takes the chosen line, ±1 moves, None shuts the list."""
        ...


class Composer(TextArea):
    """A draft. Enter sends it, ctrl+j breaks the line.

    The terminal's own cursor is shown at the caret, because that is where an input method opens its candidates. Enter,
    the keys of `in_order` and those that edit are taken in the order in which they were typed: a binding of the app
    would overtake characters that are still on their way here, one of the field would fall behind those that follow.
    """

    @dataclass
    class Started(Message):
        """The first key of a draft."""

        owner: str
        """For whom it is; see `Composer.owner`."""

    @dataclass
    class Submitted(Message):
        """A message to send."""

        text: str
        typed: int
        typing_s: float
        pasted: int
        owner: str = ""

    @dataclass
    class Quick(Message):
        """A quick reply went into the draft."""

        reply: str
        """The ready line with its variables."""
        chars: int
        owner: str = ""

    @dataclass
    class Shortened(Message):
        """More text came than a message may have."""

        lost: int

    def __init__(self, now: Callable[[], float], *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        """`now` tells seconds of active reception."""
        super().__init__(
            id=id, soft_wrap=True, show_line_numbers=False, highlight_cursor_line=False, tab_behavior="focus"
        )
        self.cursor_blink = False
        self._dressed: object = None
        """The theme whose colours have been looked up."""
        self._now = now
        self._meter = TypingMeter()
        self.owner = ""
        """For whom the draft is. Messages carry it, so that a reply goes where it was written even when the window in
        front has changed meanwhile."""
        self.in_order: dict[str, Callable[[], None]] = {}
        """Keys of the screen, and what they do."""
        self.hears: Callable[[Message], None] | None = None
        """Who is told at once what is begun, taken and sent, instead of by messages; keys behind may depend on it."""
        self.picker: Picker | None = None
        """The list of quick replies, where there is one."""
        self.form_line = False
        """Whether this is a line of a form: Enter tells of it, empty or not, and leaves it as it is."""
        self.dialog: Dialog[Any] | None = None
        """The dialog this is a field of: it is told before it is left."""

    def _tell(self, message: Message) -> None:
        if self.hears is not None:
            self.hears(message)
        else:
            self.post_message(message)

    def _set_document(self, text: str, language: str | None) -> None:
        super()._set_document(text, language)
        CellWrappedDocument.replace_in(self, cell_len)

    def submit(self) -> None:
        """Send what stands here, if it says anything."""
        if self.picker is not None and self.picker.picking:
            self.picker.pick(0)
            return
        text = self.text.strip()
        if self.form_line:
            if self.dialog is not None:
                self.dialog.leaving()
            self.post_message(self.Submitted(text, 0, 0.0, 0, self.owner))
            return
        if not text:
            return
        typed, typing_s, pasted = self._meter.take(text)
        self.load_text("")
        self._tell(self.Submitted(text, typed, typing_s, pasted, self.owner))

    def put_aside(self) -> Draft:
        """What stands here, to be gone on with later."""
        return Draft(self.text, self.cursor_location, self._meter.put_aside())

    def take_up(self, draft: Draft | None, owner: str) -> None:
        """Go on with a draft put aside, or with an empty one."""
        self.owner = owner
        if self.text or (draft is not None and draft.text):
            self.load_text(draft.text if draft else "")
            self.move_cursor(draft.cursor if draft else (0, 0))
        else:
            self.history.clear()
        self._meter = draft.meter if draft else TypingMeter()

    def restore(self, text: str) -> None:
        """Go on with what was typed in an earlier run of the program."""
        self.load_text(text)
        self.move_cursor(self.document.end)
        self._meter.take_up()

    def _act(self, key: str) -> bool:
        """Do what a key stands for, if it stands for anything here."""
        if key in self.in_order:
            self.in_order[key]()
        elif key in PICKING and self.picker is not None and self.picker.picking:
            self.picker.pick(PICKING[key])
        elif self.read_only:  # once nothing can be written any more, Enter belongs to the screen
            return False
        elif key == "enter":
            self.submit()
        elif key == "ctrl+j":
            self.insert("\n")
        else:
            return False
        return True

    async def _edited(self, key: str) -> bool:
        """Do what a key of the field itself does, Backspace or an arrow, if it is one of them."""
        for binding in self._bindings.key_to_bindings.get(key, ()):
            if not binding.priority and await self.app.run_action(binding.action, self):
                return True
        return False

    def _passed_on(self, event: events.Key) -> bool:
        """Whether a key was typed for the next line of a form: read together with the Enter before it, it came here."""
        other = self.screen.focused
        if not self.form_line or other is self or not isinstance(other, Composer):
            return False
        other.post_message(events.Key(event.key, event.character))
        return True

    def _too_late(self, event: events.Key | events.Paste) -> bool:
        """Whether this came here after the key that opened a dialog, or left this one: then it is for somebody else."""
        return cast("KefuApp", self.app).typeahead.keeps(event)

    async def _on_key(self, event: events.Key) -> None:
        if self._too_late(event) or self._passed_on(event):
            event.stop()
            event.prevent_default()
            return
        if self._act(event.key):
            event.stop()
            event.prevent_default()
            return
        if not event.is_printable:
            if await self._edited(event.key):
                event.stop()
                event.prevent_default()
            else:
                await super()._on_key(event)
            return
        if self.read_only:
            return
        if len(self.text) >= MAX_MESSAGE:
            event.stop()
            event.prevent_default()
            return
        if self._meter.key(event.time, self._now()):
            self._tell(self.Started(self.owner))
        await super()._on_key(event)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if self.read_only or self._too_late(event):
            return
        room = MAX_MESSAGE - len(self.text) + len(self.selected_text)
        whole = clean(event.text[: MAX_MESSAGE * 4]).replace("\t", " ")
        kept = whole[: max(room, 0)]
        lost = len(event.text) - len(kept) if len(kept) < len(whole) else len(event.text[MAX_MESSAGE * 4 :])
        if kept:
            if self._meter.paste(len(kept)):
                self._tell(self.Started(self.owner))
            result = self.replace(kept, *self.selection, maintain_selection_offset=False)
            self.move_cursor(result.end_location)
        if lost > 0:
            self.post_message(self.Shortened(lost))

    def take_quick(self, reply: str, filled: Filled, start: tuple[int, int]) -> None:
        """Put a filled reply in place of what stands between `start` and the caret; the first gap is selected."""
        result = self.replace(filled.text, start, self.cursor_location, maintain_selection_offset=False)
        self._meter.quick(len(self.text))
        self.move_cursor(result.end_location)
        if filled.gaps:
            (row, column), (first, last) = start, filled.gaps[0]
            self.selection = Selection((row, column + first), (row, column + last))
        self._tell(self.Quick(reply, len(filled.text), self.owner))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Colours are looked up only when they may have changed: that would be half of what painting a key costs."""
        if self._dressed is self._theme:
            return ScrollView.render_lines(self, crop)
        self._dressed = self._theme
        return super().render_lines(crop)

    def notify_style_update(self) -> None:
        """Colours may have changed."""
        super().notify_style_update()
        self._dressed = None

    def place_caret(self) -> None:
        """Put the terminal's cursor where the caret is."""
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset

    def _watch_has_focus(self, focus: bool) -> None:
        super()._watch_has_focus(focus)
        show_cursor(self, visible=focus)
        self.place_caret()

    def on_resize(self) -> None:
        """The caret moves with the layout."""
        self._recompute_cursor_offset()  # type: ignore[no-untyped-call]
        self.place_caret()
        self.call_after_refresh(self.place_caret)
