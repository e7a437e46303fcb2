"""Intents, facts and hidden needs: defined but never put to use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kefu_sim.author.study import Study
from kefu_sim.base.errors import Problem
from kefu_sim.base.yamlfile import Path
from kefu_sim.i18n import tr
from kefu_sim.scenario.answers import bare_questions
from kefu_sim.scenario.conditions import alternatives
from kefu_sim.scenario.labels import fact_label
from kefu_sim.scenario.model import Scenario
from kefu_sim.scenario.parts import Items

_COMMA = re.compile("[，、；]")


def check_words(study: Study) -> Iterator[Problem]:
    """Look at `intents`, `hidden` and `facts`."""
    yield from _joined_words(study)
    used = _used_labels(study)
    story = study.story
    # who extends an intent of others, as the inbox does, need not use it
    shared = {path[1] for path in study.file.foreign if path[0] == "intents" and len(path) > 2}
    for name, intent in story.intents.items():
        at = ("intents", name)
        if name not in used and name not in shared:
            what = tr("no reply ever tests the intent `{name}`").format(name=name)
            yield study.say(at, "KS231", what, tr("use it in a `when:`, or delete it"))
        if not intent.say:
            what = tr("the intent `{name}` has no samples: nothing proves that its patterns work").format(name=name)
            yield study.say(at, "KS232", what, tr("add `say: […]` with replies that must match"))
    revealed = {name for _, reply in study.replies() for name in reply.reveal}
    revealed |= {name for node in story.nodes.values() for name in node.reveal}
    for name in [name for name, hidden in story.hidden.items() if hidden.need and name not in revealed]:
        what = tr("the buyer never tells the hidden fact `{name}`").format(name=name)
        yield study.say(("hidden", name), "KS233", what, tr("add `reveal: {name}` to a reply").format(name=name))
    asked = {name for node in story.nodes.values() for name in node.asks}
    for name in story.facts.keys() - asked:
        if not used & {fact_label(name, right=right) for right in (True, False)}:
            what = tr("the buyer never asks about the fact `{name}`").format(name=name)
            yield study.say(("facts", name), "KS234", what, tr("add `asks: {name}` to a node").format(name=name))
    for node, questions in ((node, bare_questions(story, node)) for node in story.nodes):
        if len(questions) > 1:
            what = tr("`{node}` asks {facts}: a bare yes or no answers neither")
            told = what.format(node=node, facts=", ".join(f"`{name}`" for name in questions))
            fix = tr("ask them at two nodes, or give `if_yes` and `if_no` to one of them only")
            yield study.say(("nodes", node, "asks"), "KS236", told, fix)


def _joined_words(study: Study) -> Iterator[Problem]:
    """Words to look for that are several, because a Chinese comma stands between them."""
    for path, items in _sought(study.story):
        for i, item in enumerate(items):
            if isinstance(item, str) and _COMMA.search(item):
                parts = ", ".join(part for part in _COMMA.split(item) if part)
                what = tr("“{text}” is one word to look for: a Chinese comma separates nothing").format(text=item)
                spot = (*path, i) if len(items) > 1 else path
                yield study.say(spot, "KS216", what, tr("write `{names}`").format(names=parts))


def _sought(story: Scenario) -> Iterator[tuple[Path, Items]]:
    """Words and patterns that a story looks for, with where they stand."""
    for name, intent in story.intents.items():
        yield ("intents", name, "any"), intent.any
        yield ("intents", name, "unless"), intent.unless
    for name, fact in story.facts.items():
        yield ("facts", name, "right"), fact.right
        yield ("facts", name, "wrong"), fact.wrong
    for name, promise in story.promises.items():
        yield ("promises", name, "note"), promise.note
    for name, note in story.notes.items():
        yield ("notes", name, "note"), note.note
        yield ("notes", name, "never"), note.never


def _used_labels(study: Study) -> set[str]:
    asked = [label for _, reply in study.replies() for label in (*reply.when, *reply.unless)]
    for promise in study.story.promises.values():
        asked += [*promise.made, *promise.unless, *promise.kept]
    for breach in study.story.breaches:
        asked += [*breach.when, *breach.unless]
    return {name for label in asked for name in alternatives(label)}
