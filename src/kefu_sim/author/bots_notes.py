"""What careful bots write on the order: words of promises they made, and of notes that are due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kefu_sim.engine.state import State
from kefu_sim.scenario.labels import note_label
from kefu_sim.scenario.model import PatternItem, Scenario
from kefu_sim.scenario.parts import Items

if TYPE_CHECKING:
    from kefu_sim.author.soak_kit import Kit


def notes_due(kit: Kit, state: State) -> Mapping[str, str]:
    """Order → what its note should say from now on; orders whose note is right are left out."""
    first = next(iter(kit.story.orders), "")
    wanted: dict[str, str] = {}
    for label, named, items in _due(kit.story, state):
        order = named or first
        text = wanted.get(order, state.notes.get(order, ""))
        if label not in kit.program.understand(text, (), ()).intents and (words := _words(kit, label, items)):
            wanted[order] = f"{text}；{words}" if text else words
    return wanted


def _due(story: Scenario, state: State) -> Iterator[tuple[str, str, Items]]:
    """Label, order and words of what must stand on an order by now."""
    for name, promise in story.promises.items():
        if promise.note and name in state.pledges:
            yield note_label("promise", name), promise.order, promise.note
    for name, note in story.notes.items():
        if note.note and (not note.since or not state.visits.keys().isdisjoint(note.since)):
            yield note_label("note", name), note.order, note.note


def _words(kit: Kit, label: str, items: Items) -> str:
    """Words that carry a label: plain ones of the story, else a model note."""
    plain = (item for item in items if not isinstance(item, PatternItem))
    models = (node.model.note for node in kit.story.nodes.values() if node.model is not None)
    texts = (*plain, *filter(None, models))
    return next((text for text in texts if label in kit.program.understand(text, (), ()).intents), "")
