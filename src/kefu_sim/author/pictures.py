"""Pictures of a graph, drawn by Graphviz where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from typing import Literal

from kefu_sim.base.errors import KefuError
from kefu_sim.i18n import tr

LONGEST = 60
"""Seconds that Graphviz may take."""


def draw(dot: str, form: Literal["svg", "png"]) -> bytes:
    """Draw a DOT graph. Raises KefuError when Graphviz is missing or gives up."""
    program = shutil.which("dot")
    if program is None:
        raise KefuError(
            tr("a picture needs Graphviz, and its program `dot` is not installed"),
            hint=tr("install it from graphviz.org, or use --format mermaid, which web pages and Markdown can show"),
        )
    try:
        done = subprocess.run(  # noqa: S603 (the program found above, the text on its standard input)
            [program, f"-T{form}"], input=dot.encode(), capture_output=True, timeout=LONGEST, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise KefuError(tr("Graphviz failed: {why}").format(why=error)) from None
    if done.returncode:
        raise KefuError(tr("Graphviz failed: {why}").format(why=done.stderr.decode(errors="replace").strip()))
    return done.stdout
