"""Work spread over the cores of the machine; what comes of it stands in the order in which it was asked for."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from kefu_sim.i18n import Lang, language, set_language

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

START = {"fork": 0.05, "spawn": 1.0}
"""Seconds until a worker that is started so has caught up with this program."""
MOST_WORKERS = 8
"""Each takes some 60 MB."""


def spread(work: Callable[[_Item], _Result], items: Sequence[_Item], seconds: float) -> Iterator[_Result]:
    """Do some work on each item, which takes about so many seconds. All three can be pickled.

    What is little is done here, and so is the rest where a system has no room for workers, or takes one away.
    """
    done, method = 0, _method()
    workers = min(_cores(), MOST_WORKERS, int(len(items) * seconds / START[method]))
    if workers > 1:
        with suppress(ImportError, NotImplementedError, OSError, RuntimeError), _pool(workers, method, work) as pool:
            for result in pool.map(_do, items):
                yield result
                done += 1
    yield from map(work, items[done:])


def _method() -> str:
    """How workers are started: one that is forked has all in memory already, but a fork takes no threads along."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def _cores() -> int:
    """Cores that this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _pool(workers: int, method: str, work: Callable[[Any], Any]) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 (most calls need none)
    from multiprocessing import get_context  # noqa: PLC0415 (as above)

    return ProcessPoolExecutor(workers, get_context(method), _settle, (work, language()))


_work: Callable[[Any], Any]
"""What this worker is for: sent once, not with every item."""


def _do(item: Any) -> Any:
    return _work(item)


def _settle(work: Callable[[Any], Any], lang: Lang) -> None:
    """Make a worker do some work, speak as the program that started it, and end with it."""
    from multiprocessing import parent_process  # noqa: PLC0415 (as above)

    global _work  # noqa: PLW0603 (a worker has one task)
    _work = work
    set_language(lang)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C reaches workers too, and is told about once
    if (parent := parent_process()) is not None:
        threading.Thread(target=_end_after, args=(parent.join,), daemon=True).start()


def _end_after(end: Callable[[], object]) -> None:
    end()
    os._exit(1)
