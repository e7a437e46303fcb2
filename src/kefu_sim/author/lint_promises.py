"""Promises and order notes of which no reception can tell whether they were kept.

A promise counts once a message makes it. It is judged when a message or a note keeps it, when its time has passed, or,
if it has no time, at the end of the chat; a note is judged at the end, if one of its moments was come by. Promises are
made and kept by words alone, not by other promises, and nothing is said or written after an ending.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kefu_sim.author.study import Study
from kefu_sim.base.errors import Problem
from kefu_sim.base.yamlfile import Path
from kefu_sim.i18n import tr
from kefu_sim.scenario.agreements import Missed, OrderNote, Promise
from kefu_sim.scenario.conditions import alternatives
from kefu_sim.scenario.labels import ANY, PROMISED, promise_label

Fault = tuple[Path, str, str]
"""Where within the promise or note, what is wrong, and what to do."""


def check_promises(study: Study) -> Iterator[Problem]:
    """Look at `promises` and `notes`; of each the first fault is told."""
    unsaid = {promise_label(what, name) for name in study.story.promises for what in PROMISED}
    for name, promise in study.story.promises.items():
        faults = (*_of_words(name, promise, unsaid), *_of_time(study, name, promise))
        for path, what, fix in faults[:1]:
            yield study.say(("promises", name, *path), "KS235", what, fix)
    for name, note in study.story.notes.items():
        for path, what, fix in _of_note(study, name, note):
            yield study.say(("notes", name, *path), "KS235", what, fix)


def _of_words(name: str, promise: Promise, unsaid: Collection[str]) -> Iterator[Fault]:
    """Words that can never make or keep it, or that do both at once; `unsaid` are labels that no words carry."""
    made = [set(alternatives(label)) for label in promise.made]
    kept = [set(alternatives(label)) for label in promise.kept]
    if ANY in promise.unless or any(options <= set(promise.unless) for options in made):
        what = tr("the promise `{name}` can never be made: `unless` excludes what makes it").format(name=name)
        yield ("unless",), what, tr("take it out of `made` or of `unless`")
    for key, parts, never in (
        ("made", made, tr("the promise `{name}` can never be made: no message says `{label}`")),
        ("kept", kept, tr("the promise `{name}` can never be kept: no message says `{label}`")),
    ):
        for options in parts:
            if options <= set(unsaid):
                fix = tr("name what is said, such as an intent: other promises are no words")
                yield (key,), never.format(name=name, label=" or ".join(sorted(options))), fix
    if kept and promise.due is None and all(ANY in k or any(m <= k for m in made) for k in kept):
        what = tr("the promise `{name}` can never be broken: making it keeps it").format(name=name)
        yield ("kept",), what, tr("let `kept` name what records it later")


def _of_time(study: Study, name: str, promise: Promise) -> Iterator[Fault]:
    """A time that never comes, or consequences of none."""
    due, nodes = promise.due, study.story.nodes
    if due is None:
        if promise.missed != Missed():
            what = tr("`missed` of the promise `{name}` never happens: it has no `due`").format(name=name)
            yield ("missed",), what, tr("add `due:` with the seconds it may take")
    elif due.node is not None and study.mapped and due.node not in study.reached:
        what = tr("the promise `{name}` never falls due: nobody reaches `{node}`").format(name=name, node=due.node)
        yield ("due", "node"), what, tr("name a node on the way")
    elif due.node in nodes and nodes[due.node].end is not None:
        what = tr("the promise `{name}` never falls due: at `{node}` the chat is over").format(name=name, node=due.node)
        yield ("due", "node"), what, tr("name a node before the end")


def _of_note(study: Study, name: str, note: OrderNote) -> Iterator[Fault]:
    """Words that are due only where nobody comes, or where nothing can be written any more."""
    nodes = study.story.nodes
    if not note.note or not note.since or not study.mapped or any(node not in nodes for node in note.since):
        return
    there = [node for node in note.since if node in study.reached]
    if not there:
        what = tr("the note `{name}` is never due: nobody reaches {nodes}").format(name=name, nodes=_listed(note.since))
        yield ("since",), what, tr("name a node on the way")
    elif all(nodes[node].end is not None for node in there):
        what = tr("the note `{name}` is due too late to be written: at {nodes} the chat is over")
        yield ("since",), what.format(name=name, nodes=_listed(there)), tr("name a node before the end")


def _listed(nodes: Collection[str]) -> str:
    return ", ".join(f"`{node}`" for node in nodes)
