"""Slow things done beside the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from kefu_sim.base.errors import KefuError
from kefu_sim.base.text import clean

if TYPE_CHECKING:
    from textual.widget import Widget

    from kefu_sim.tui.app import KefuApp

_Made = TypeVar("_Made")
_Found = ParamSpec("_Found")


async def made(app: KefuApp, make: Callable[[], _Made]) -> _Made | None:
    """Do something slow in a thread; when it cannot be done, say why and give None."""
    try:
        return await asyncio.to_thread(make)
    except KefuError as error:
        app.show_error(KefuError(clean(error.message), hint=clean(error.hint)))
        return None


def show(part: Widget, tell: Callable[_Found, object], *found: _Found.args, **more: _Found.kwargs) -> None:
    """From a thread: let a part of the screen tell what was found out, unless it has left the screen meanwhile."""

    def told() -> None:
        # its children go before it does
        if part.is_attached and not part._pruning:  # noqa: SLF001
            tell(*found, **more)

    part.app.call_from_thread(told)
