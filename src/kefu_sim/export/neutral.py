"""Foreign text made harmless in each kind of document: no markup, no formula, no control characters."""

from __future__ import annotations

import html
import re

from kefu_sim.base.text import clean

_FORMULA = frozenset("=+-@＝＋－＠\t\r")
"""What spreadsheets take for the beginning of a formula, full-width forms included."""
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~&$@]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
"""Signs that mean something within a line; text of others never begins one."""


def for_html(text: object) -> str:
    """Text between tags or in a quoted attribute."""
    return html.escape(clean(str(text)), quote=True)


def for_markdown(text: object) -> str:
    """Text within a line: every sign that Markdown or HTML could read there is escaped, links too."""
    return _MARKDOWN.sub(r"\\\1", " ".join(clean(str(text)).split()))


def for_cell(value: object) -> object:
    """A value for a spreadsheet: text that it would take for a formula begins with an apostrophe."""
    if not isinstance(value, str):
        return value
    text = clean(value)
    return "'" + text if text[:1] in _FORMULA or text.lstrip()[:1] in _FORMULA else text
