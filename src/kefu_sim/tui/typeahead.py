"""Keys typed while something is being opened: they are for what is to come, not for what lies behind it.

A reception takes its time to open, and a dialog some tenths of a second; whoever knows the way does not wait for it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from operator import attrgetter
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar, cast

from textual import events
from textual.screen import ModalScreen, Screen

from kefu_sim.tui.whole import Whole

if TYPE_CHECKING:
    from textual.app import App
    from textual.await_complete import AwaitComplete

    from kefu_sim.tui.app import KefuApp
    from kefu_sim.tui.widgets.composer import Composer

EDITING = frozenset(("enter", "ctrl+j", "backspace"))
"""Keys that are kept once there is something they may change; before that they mean nothing."""
ALWAYS = frozenset(("ctrl+c", "ctrl+q"))
"""Keys that are never held back."""

LONGEST_S = 5.0
"""Seconds a dialog may take to open; after that keys do what they always do."""

_Desk = TypeVar("_Desk", bound=Screen[Any])
_Given = TypeVar("_Given")


class Typeahead:
    """Holds what is typed until there is somebody to take it."""

    def __init__(self, *, opening: bool = False) -> None:
        """`opening`: whether the program starts with a reception."""
        self._opening = opening
        self._kept: list[events.Key | events.Paste] = []
        self._asking = 0
        """Actions going on that ask something in dialogs."""
        self._since = 0.0
        """When keys were last begun to be held for a dialog."""
        self.draft: Composer | None = None
        """Where a reply is being written, also while pages lie over it."""

    def begin(self) -> None:
        """A reception is being opened."""
        self._opening = True

    def keeps(self, event: events.Event) -> bool:
        """Whether an event was held back."""
        if self._asking and event.time - self._since > LONGEST_S:
            self._opening = False
        if not self._opening:
            return False
        if isinstance(event, events.Key) and not event.is_printable:
            wanted = event.key not in ALWAYS if self._asking else event.key in EDITING
            if wanted and (self._kept or self._asking):
                self._kept.append(event)
            return wanted
        if isinstance(event, events.Key | events.Paste):
            self._kept.append(event)
            return True
        return False

    def give(self, composer: Composer) -> None:
        """The composer is there: it gets everything, in the order in which it was typed."""
        kept = self._kept
        self.drop()
        for event in kept:
            composer.post_message(event)

    def drop(self) -> None:
        """Nothing came of it."""
        self._opening, self._kept = False, []

    # ---- dialogs

    def ask(self) -> None:
        """An action begins that asks something."""
        self._asking += 1
        self._opening, self._since = True, monotonic()

    def between(self) -> None:
        """A dialog is done: what is typed now is for what comes next, another one or the screen behind it."""
        if self._asking:
            self._opening, self._since = True, monotonic()

    def asked(self, app: App[Any]) -> None:
        """The action is done: what was typed since is for the screen it came from."""
        self._asking -= 1
        self.release(app)

    def release(self, app: App[Any]) -> None:
        """Whoever has the focus now gets everything, as if it were typed now."""
        kept = sorted(self._kept, key=attrgetter("time")) if app.is_running else []
        self.drop()
        for event in kept:
            app.post_message(_anew(event))


def _anew(event: events.Key | events.Paste) -> events.Key | events.Paste:
    """The same key once more: one that was handed on already would not be handed on again."""
    again = events.Paste(event.text) if isinstance(event, events.Paste) else events.Key(event.key, event.character)
    again.time = event.time
    return again


def asking(action: Callable[[_Desk], Awaitable[None]]) -> Callable[[_Desk], None]:
    """An action that asks something in dialogs, in the background.

    What is typed from its key on is for the dialog, what is typed after a dialog for the next one or for the screen.
    """

    @wraps(action)
    def begin(screen: _Desk) -> None:
        app = cast("KefuApp", screen.app)

        async def whole() -> None:
            try:
                await action(screen)
            finally:
                app.typeahead.asked(app)

        app.typeahead.ask()
        screen.run_worker(whole())

    return begin


class Overlay(Whole, ModalScreen[_Given]):
    """A page over another screen, without fields: text typed here goes on with the draft beneath, if any."""

    def on_key(self, event: events.Key) -> None:
        """Hand on what means nothing here."""
        if event.is_printable and event.key not in self.active_bindings:
            self._hand_on(event)

    def on_paste(self, event: events.Paste) -> None:
        """Hand it on."""
        self._hand_on(event)

    def _hand_on(self, event: events.Key | events.Paste) -> None:
        draft = cast("KefuApp", self.app).typeahead.draft
        beneath = next(screen for screen in reversed(self.app.screen_stack) if not isinstance(screen, Overlay))
        if draft is not None and draft.is_running and draft.screen is beneath:
            event.stop()
            draft.post_message(_anew(event))


class Dialog(Whole, ModalScreen[_Given]):
    """A dialog that loses no key: its `on_mount` ends with `opened`, its fields call `leaving` before they are left."""

    def opened(self) -> None:
        """What has the focus gets what was typed while the dialog was being opened."""
        self.call_after_refresh(cast("KefuApp", self.app).typeahead.release, self.app)

    def leaving(self) -> None:
        """The dialog is about to be left: what is typed from here on is not for it."""
        cast("KefuApp", self.app).typeahead.between()

    def dismiss(self, result: _Given | None = None) -> AwaitComplete:
        """Close it."""
        self.leaving()
        return super().dismiss(result)
