"""Demos, replays and lessons line by line: to read aloud, to print, to prepare a lesson from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kefu_sim.base.text import clean
from kefu_sim.demo.film import Film
from kefu_sim.demo.lane import Lane, Opinion
from kefu_sim.demo_words import ROLE_SIGNS, item_title, minutes, role_title, share_words
from kefu_sim.engine import events as ev
from kefu_sim.i18n import language, tr
from kefu_sim.language.verdict import STEPS
from kefu_sim.words import aside_line, outcome_title, step_list

if TYPE_CHECKING:
    from kefu_sim.demo.model import Playlist
    from kefu_sim.demonstrations import DemoRoom, Showing


def print_list(room: DemoRoom) -> None:
    """Print lessons with their agenda, then demos."""
    lang = language()
    for lesson in room.playlists.items.values():
        print(
            tr("Lesson {id}: {title} ({n:g} min)").format(id=lesson.id, title=lesson.name.pick(lang), n=lesson.minutes)
        )
        for item in lesson.items:
            print(f"  {item.minutes:>4g}  {item_title(item, room.demos.items)}")
        print()
    width = max((len(demo.id) for demo in room.in_order()), default=0)
    print(tr("Demos"))
    for demo in room.in_order():
        print(f"  {demo.id:<{width}}  {demo.name.pick(lang)}")


def print_lesson(room: DemoRoom, lesson: Playlist) -> None:
    """Print a lesson with its pages, notes and demos, as a paper to teach from."""
    lang = language()
    print(f"# {lesson.name.pick(lang)} ({minutes(lesson.minutes)})")
    if about := lesson.watch.pick(lang):
        print(about)
    for number, item in enumerate(lesson.items, 1):
        print()
        print(f"## {number}. {item_title(item, room.demos.items)} ({minutes(item.minutes)})")
        for point in item.points_en if lang == "en" and item.points_en else item.points:
            print(f"* {point}")
        if note := item.told.pick(lang):
            print(tr("Note: {text}").format(text=note))
        if item.demo is not None:
            print_showing(room.show(room.demos.items[item.demo], item.show))


def print_showing(showing: Showing) -> None:
    """Print a film: each reception from its first line to its last, one after the other."""
    lang = language()
    print(showing.title.pick(lang))
    if watch := showing.watch.pick(lang):
        print(clean(watch))
    for index, lane in enumerate(showing.film.lanes):
        print()
        if lane.role != "replay":
            print(f"== {ROLE_SIGNS[lane.role]} {role_title(lane.role)}")
        for line in _lines(showing.film, index):
            print(line)
        score = lane.judge(lane.log)
        done = step_list([step for step in STEPS if score.steps.get(step) in {"done", "late"}])
        print(tr("Points: {total:.0f}   Steps: {steps}").format(total=showing.film.total(index), steps=done))


def _lines(film: Film, index: int) -> Iterator[str]:
    lane = film.lanes[index]
    for event in lane.events[: lane.lead]:
        yield from _said(lane, event)
    for beat in film.beats:
        if index not in beat.lanes:
            continue
        if beat.asks:
            yield tr("  ? Stop: what would you answer?")
        mood = _mood(lane, beat.before[index])
        for event in lane.events[beat.before[index] : beat.after[index]]:
            yield from _said(lane, event)
        if beat.opinion is not None:
            yield from _opinion(beat.opinion)
        if note := beat.note.pick(language()):
            yield tr("  Note: {text}").format(text=note)
        now = _mood(lane, beat.after[index])
        if beat.kind != "agent" and now is not None and now != mood:
            yield tr("  (mood {before:.0f} → {after:.0f})").format(before=mood or 0, after=now)


def _said(lane: Lane, event: ev.Event) -> Iterator[str]:
    minutes, seconds = divmod(int(event.t), 60)
    time = f"{minutes:02}:{seconds:02} "
    if isinstance(event, ev.BuyerSaid):
        yield time + tr("Buyer: {text}").format(text=clean(event.text))
    elif isinstance(event, ev.AgentSent):
        yield time + tr("Agent: {text}").format(text=clean(event.text))
    elif isinstance(event, ev.Ended):
        yield time + tr("(the end: {outcome})").format(outcome=outcome_title(event.outcome))
    elif told := aside_line(lane.program.scenario, event):
        yield time + lane.mask(told)


def _opinion(opinion: Opinion) -> Iterator[str]:
    steps = opinion.seen.steps
    seen = tr("seen: {steps}").format(steps=step_list(steps)) if steps else tr("no step seen")
    yield tr("  ({seen}, {gained:+.1f} points)").format(seen=seen, gained=opinion.gained)
    if sources := "  ".join(share_words(opinion.shares)):
        yield tr("  points from: {sources}").format(sources=sources)
    for row in opinion.rows:
        of = f"/{row.of:g}" if row.of else ""
        yield f"  {row.points:+g}{of}  {row.reason.pick(language())}"


def _mood(lane: Lane, count: int) -> float | None:
    moods = (
        event.value for event in reversed(lane.log[:count]) if isinstance(event, ev.Adjusted) and event.meter == "mood"
    )
    return next(moods, None)
