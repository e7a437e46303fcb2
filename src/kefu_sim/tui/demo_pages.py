"""The pages of a demo beside the chat: what to watch before it, how it went after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from kefu_sim.base.clock import ManualClock
from kefu_sim.base.text import unfolded
from kefu_sim.demo.film import Film
from kefu_sim.demo.lane import Lane
from kefu_sim.demo_words import ROLE_SIGNS, role_title
from kefu_sim.demonstrations import Showing
from kefu_sim.engine import events as ev
from kefu_sim.engine.session import Session
from kefu_sim.i18n import language, spelt, tr
from kefu_sim.language.verdict import STEPS, Step
from kefu_sim.scoring.ledger import Score
from kefu_sim.tui.render import StyleOf, bar, fitted, plain, wrapped
from kefu_sim.tui.report import STATUS_MARKS, STATUS_STYLES
from kefu_sim.tui.view import standing
from kefu_sim.words import outcome_title, seconds, status_title, step_title

NOTE_LINES = 4
"""Lines of the trainer's notes; they are as high in `demo.tcss`."""
LABEL = 14
"""Cells of the names of rows."""
WIDEST = 64
"""Cells of running text: longer lines are hard to read from the last row."""


def title_lines(showing: Showing, height: int, width: int, style_of: StyleOf) -> list[Content]:
    """What is shown before the first line, in the middle of so many rows."""
    room = min(width - 4, WIDEST)
    lang = language()
    page = [line.stylize(style_of("title")).center(width) for line in wrapped(plain(showing.title.pick(lang)), room)]
    if watch := unfolded(showing.watch.pick(lang)):
        page += [Content(""), Content("")]
        lines = wrapped(plain(watch), room)
        left = max((width - max(line.cell_length for line in lines)) // 2, 0)
        page += [piece for line in lines for piece in (line.stylize("bold").pad_left(left), Content(""))]
    scenario = showing.film.lanes[0].program.scenario
    buyer = spelt(scenario.title, scenario.title_en)
    page += [Content(""), plain(tr("Buyer: {title}").format(title=buyer), style_of("muted")).center(width)]
    return [Content("")] * max((height - len(page)) // 2, 0) + page


@dataclass(frozen=True, slots=True)
class Result:
    """How one lane went."""

    lane: Lane
    score: Score
    total: float
    mood: tuple[float, float, float] | None
    """Value, lowest, highest."""
    outcome: str
    """Empty while the story goes on."""


def results(film: Film) -> list[Result]:
    """How each lane of a film went."""
    found = []
    for index, lane in enumerate(film.lanes):
        session = Session.continued(lane.program, lane.log, ManualClock())
        mood = standing(session).mood
        gauge = (mood.value, mood.low, mood.high) if mood else None
        last = lane.log[-1]
        found.append(
            Result(
                lane, lane.judge(lane.log), film.total(index), gauge, last.outcome if isinstance(last, ev.Ended) else ""
            )
        )
    return found


Cell = Callable[[Result, StyleOf], Content]


def summary_lines(
    showing: Showing, found: Sequence[Result], height: int, width: int, style_of: StyleOf
) -> list[Content]:
    """How it went: one column for each lane."""
    room = min(width - 4, 2 * WIDEST if len(found) > 1 else WIDEST)
    column = (room - LABEL) // len(found)
    page = [plain(showing.title.pick(language()), style_of("title")).truncate(width, ellipsis=True).center(width)]
    rows: list[list[Content]] = []
    if showing.compares or found[0].lane.role != "replay":
        rows.append(_row("", [_named(result, style_of) for result in found], column))
    rows += [_row(name, [cell(result, style_of) for result in found], column) for name, cell in _cells(showing)]
    gap = [Content("")] if len(page) + 2 * len(rows) + 1 <= height else []
    left = max((width - room) // 2, 0)
    for row in rows:
        page += [*gap, *(line.pad_left(left) for line in row)]
    return [Content("")] * max((height - len(page)) // 2, 0) + page


def _row(name: str, cells: Sequence[Content], column: int) -> list[Content]:
    label = fitted(plain(name, "$muted"), LABEL)
    return [Content.assemble(label, *(fitted(cell, column) for cell in cells))]


def _named(result: Result, style_of: StyleOf) -> Content:
    role = result.lane.role
    return plain(f"{ROLE_SIGNS[role]} {role_title(role)}", style_of("strong"))


def _cells(showing: Showing) -> Iterator[tuple[str, Cell]]:
    if showing.step:
        step = Step(showing.step)
        yield step_title(step), lambda result, style_of: _status(result, step, style_of)
    yield tr("Points"), _points
    yield tr("Eight steps"), _steps
    yield tr("First reply"), lambda result, _: plain(seconds(result.score.metrics.first_reply_s), "bold")
    yield tr("Mood"), _mood
    yield tr("The buyer"), _outcome


def _status(result: Result, step: Step, style_of: StyleOf) -> Content:
    status = result.score.steps.get(step, "not_judged")
    return plain(f"{STATUS_MARKS[status]} {status_title(status)}", style_of(STATUS_STYLES[status])).stylize("bold")


def _points(result: Result, style_of: StyleOf) -> Content:
    return _meter(result.total, 0, 100, style_of)


def _steps(result: Result, style_of: StyleOf) -> Content:
    done = [step for step in STEPS if result.score.steps.get(step) in {"done", "late"}]
    full, empty = bar(len(done), 0, len(STEPS), len(STEPS))
    return Content.assemble(
        (f"{len(done)}/{len(STEPS)} ", "bold"), (full, style_of("accent")), (empty, style_of("faint"))
    )


def _mood(result: Result, style_of: StyleOf) -> Content:
    return plain("–") if result.mood is None else _meter(*result.mood, style_of)


def _meter(value: float, low: float, high: float, style_of: StyleOf) -> Content:
    full, empty = bar(value, low, high, 10)
    return Content.assemble((f"{value:3.0f} ", "bold"), (full, style_of("accent")), (empty, style_of("faint")))


def _outcome(result: Result, style_of: StyleOf) -> Content:
    if not result.outcome:
        return plain(tr("still talking"), style_of("muted"))
    good = result.outcome in {"sold", "kept", "later"}
    return plain(f"{'✓' if good else '✗'} {outcome_title(result.outcome)}", style_of("good" if good else "bad"))
