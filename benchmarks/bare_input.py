"""The yardstick of the drill: a Textual app with nothing but an Input."""

import os

os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

from textual.app import App, ComposeResult
from textual.widgets import Input


class Bare(App[None]):
    def compose(self) -> ComposeResult:
        yield Input()


if __name__ == "__main__":
    Bare().run()
