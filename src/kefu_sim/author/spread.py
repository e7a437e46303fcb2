"""Work spread over the cores of the machine; what comes of it stands in the order in which it was asked for."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from kefu_sim.i18n import language, set_language

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from kefu_sim.i18n import Lang

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_Method = Literal["fork", "spawn"]

START: dict[_Method, float] = {"fork": 0.05, "spawn": 1.0}
"""Seconds until a worker that is started so has caught up with this program."""
MOST_WORKERS = 8
"""Each takes some 60 MB."""


def spread(
    work: Callable[[_Item], _Result],
    items: Sequence[_Item],
    seconds: float,
    weight: Callable[[_Item], float] = lambda _: 0,
    ready: Callable[[], object] = lambda: None,
) -> Iterator[_Result]:
    """Do some work on each item, which takes about so many seconds. Work, items and what comes of them can be pickled.

    Where there are workers the items of most weight are begun first, so that nobody is left with one in the end.
    `ready` loads what the work needs: it is called before workers are forked, so that they need not load it each.
    What is little is done here, and so is the rest when workers cannot be had, or one is lost: what went wrong there
    goes wrong here too, and is told.
    """
    done, method = 0, _method()
    workers = min(_cores(), MOST_WORKERS, len(items), int(len(items) * seconds / START[method]))
    if workers > 1:
        if method == "fork":
            ready()
        with suppress(ImportError, OSError, EOFError), _crew(workers, method, work) as lines:
            order = sorted(range(len(items)), key=lambda number: -weight(items[number]))
            for result in _asked(lines, items, order):
                yield result
                done += 1
    yield from map(work, items[done:])


def _method() -> _Method:
    """How workers are started: one that is forked has all in memory already, but a fork takes no threads along."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def _cores() -> int:
    """Cores that this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _asked(lines: Sequence[Connection], items: Sequence[Any], order: Iterable[int]) -> Iterator[Any]:
    """Ask workers about items in an order, each about the next when it has answered; the answers stand as the items do.

    Raises OSError, EOFError when one is lost.
    """
    from multiprocessing.connection import wait  # noqa: PLC0415 (most calls need none)

    numbers, found, told = iter(order), dict[int, Any](), 0
    asked: dict[Connection, int] = {}

    def ask(line: Connection) -> None:
        if (number := next(numbers, None)) is not None:
            line.send(items[number])
            asked[line] = number

    for line in lines:
        ask(line)
    while told < len(items):
        ready = wait(asked)
        for line in [line for line in lines if line in ready]:
            found[asked.pop(line)] = line.recv()
            ask(line)
        while told in found:
            yield found.pop(told)
            told += 1


@contextmanager
def _crew(workers: int, method: _Method, work: Callable[[Any], object]) -> Iterator[Sequence[Connection]]:
    """A line to each of some workers, who are sent away in the end, whatever they are at."""
    from multiprocessing import Pipe, get_context  # noqa: PLC0415 (as above)

    context: Any = get_context(method)  # the types know no process that every method has
    lines, crew = [], []
    try:
        with _unheard():
            for _ in range(workers):
                line, far = Pipe()
                lines.append(line)
                crew.append(context.Process(target=_serve, args=(far, line, work, language()), daemon=True))
                crew[-1].start()
                far.close()
        yield lines
    finally:
        for worker in crew:
            if worker.pid is not None:
                worker.terminate()
                worker.join()
        for line in lines:
            line.close()


@contextmanager
def _unheard() -> Iterator[None]:
    """Who is started meanwhile never hears of Ctrl+C, which goes to all: this program sees to the others."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may say so
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _serve(line: Connection, other_end: Connection, work: Callable[[Any], object], lang: Lang) -> None:
    """Answer until the line is dead, be it because the program that asks is."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    other_end.close()
    gc.freeze()  # what was there before the fork is no garbage; to look through it would copy it
    with suppress(Exception):
        set_language(lang)
        while True:
            line.send(work(line.recv()))
