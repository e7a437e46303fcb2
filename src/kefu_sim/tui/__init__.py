"""The full-screen face: shows what the rooms below know and forwards what the trainee does. No rule lives here."""

import os

# Textual's kitty keyboard mode garbles IME commits of five and more characters; it is read when textual is imported.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
