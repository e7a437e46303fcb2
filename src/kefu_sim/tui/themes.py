"""Colours by meaning: dark, light, one of strong contrast for projectors, and the terminal's own sixteen colours."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="kefu-dark",
    primary="#56b6c2",
    secondary="#7aa2f7",
    accent="#e5b567",
    success="#8ec07c",
    warning="#e5b567",
    error="#ef6f6c",
    foreground="#dde4ec",
    background="#11161d",
    surface="#171e27",
    panel="#212b37",
    dark=True,
    variables={
        "muted": "#8794a5",
        "faint": "#56616f",
        "line": "#2c3846",
        "buyer": "#e5b567",
        "buyer-bubble": "#26313e",
        "agent": "#56b6c2",
        "agent-bubble": "#17444b",
        "bubble-text": "#e8eef5",
        "key-text": "#0f1a20",
        "key-face": "#56b6c2",
    },
)

LIGHT = Theme(
    name="kefu-light",
    primary="#0b7a84",
    secondary="#3659b3",
    accent="#a85f00",
    success="#2c7a34",
    warning="#a85f00",
    error="#b9302a",
    foreground="#1f2b37",
    background="#f5f2ec",
    surface="#fdfcf9",
    panel="#e9e4da",
    dark=False,
    variables={
        "muted": "#5f6b78",
        "faint": "#9aa3ac",
        "line": "#d8d2c6",
        "buyer": "#a85f00",
        "buyer-bubble": "#e9e4da",
        "agent": "#0b7a84",
        "agent-bubble": "#cfe7e6",
        "bubble-text": "#17222d",
        "key-text": "#ffffff",
        "key-face": "#0b7a84",
    },
)

CONTRAST = Theme(
    name="kefu-contrast",
    primary="#ffd700",
    secondary="#7fd7ff",
    accent="#ffd700",
    success="#5fff87",
    warning="#ffd700",
    error="#ff8787",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#303030",
    dark=True,
    variables={
        "muted": "#e0e0e0",
        "faint": "#b8b8b8",
        "line": "#d0d0d0",
        "buyer": "#ffd700",
        "buyer-bubble": "#ffffff",
        "agent": "#7fd7ff",
        "agent-bubble": "#ffd700",
        "bubble-text": "#000000",
        "key-text": "#000000",
        "key-face": "#ffd700",
    },
)

ANSI = Theme(
    name="kefu-ansi",
    ansi=True,
    primary="ansi_cyan",
    secondary="ansi_blue",
    accent="ansi_yellow",
    success="ansi_green",
    warning="ansi_yellow",
    error="ansi_red",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    dark=True,
    variables={
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-background": "ansi_cyan",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "muted": "ansi_bright_black",
        "faint": "ansi_bright_black",
        "line": "ansi_bright_black",
        "buyer": "ansi_yellow",
        "buyer-bubble": "ansi_default",
        "agent": "ansi_cyan",
        "agent-bubble": "ansi_default",
        "bubble-text": "ansi_default",
        "key-text": "ansi_black",
        "key-face": "ansi_cyan",
    },
)

THEMES = (DARK, LIGHT, CONTRAST, ANSI)


def after(name: str) -> str:
    """The theme that follows in the round of themes."""
    names = [theme.name for theme in THEMES]
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]
