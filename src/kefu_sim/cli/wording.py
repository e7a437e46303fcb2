"""argparse's own words, so that usage and mistakes are shown in the language of the interface.

argparse asks gettext's global domain; the names here put its sentences into our catalogues.
"""

from __future__ import annotations

import argparse
import gettext
import os
import re

from kefu_sim.i18n import CATALOGUES, DOMAIN, language, tr

_HEADING = re.compile(r"^(\S[^\n:]*):$", re.MULTILINE)


class Parser(argparse.ArgumentParser):
    """A parser whose headings end in the colon of the language."""

    def format_help(self) -> str:
        """The help page."""
        text = super().format_help()
        return _HEADING.sub(r"\1：", text) if language() == "zh" else text


def translate_argparse() -> None:
    """Point gettext's global domain at our catalogues, in the language in force."""
    os.environ["LANGUAGE"] = language()
    gettext.bindtextdomain(DOMAIN, CATALOGUES)
    gettext.textdomain(DOMAIN)


def borrowed() -> list[str]:
    """The sentences of argparse that a user can meet here."""
    return [
        tr("usage: "),
        tr("options"),
        tr("positional arguments"),
        tr("show this help message and exit"),
        tr("show program's version number and exit"),
        tr("%(prog)s: error: %(message)s\n"),
        tr("argument %(argument_name)s: %(message)s"),
        tr("the following arguments are required: %s"),
        tr("unrecognized arguments: %s"),
        tr("invalid choice: %(value)r (choose from %(choices)s)"),
        tr("invalid %(type)s value: %(value)r"),
        tr("expected one argument"),
        tr("not allowed with argument %s"),
        tr("one of the arguments %s is required"),
        tr("unknown parser %(parser_name)r (choices: %(choices)s)"),
    ]
