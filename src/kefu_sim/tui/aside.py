"""Slow things done beside the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from kefu_sim.base.errors import KefuError
from kefu_sim.base.text import clean

if TYPE_CHECKING:
    from kefu_sim.tui.app import KefuApp

_Made = TypeVar("_Made")


async def made(app: KefuApp, make: Callable[[], _Made]) -> _Made | None:
    """Do something slow in a thread; when it cannot be done, say why and give None."""
    try:
        return await asyncio.to_thread(make)
    except KefuError as error:
        app.show_error(KefuError(clean(error.message), hint=clean(error.hint)))
        return None
