"""Intents, facts, hidden needs and promises: defined but never put to use, or impossible to check."""

from __future__ import annotations

from collections.abc import Iterator

from kefu_sim.author.study import Study
from kefu_sim.base.errors import Problem
from kefu_sim.i18n import tr
from kefu_sim.scenario.conditions import alternatives
from kefu_sim.scenario.labels import ANY, TONES, fact_label


def check_words(study: Study) -> Iterator[Problem]:
    """Look at `intents`, `hidden`, `facts` and `promises`."""
    used = _used_labels(study)
    story = study.story
    for name, intent in story.intents.items():
        at = ("intents", name)
        if name not in used:
            what = tr("no reply ever tests the intent `{name}`").format(name=name)
            yield study.say(at, "KS231", what, tr("use it in a `when:`, or delete it"))
        if not intent.say:
            what = tr("the intent `{name}` has no samples: nothing proves that its patterns work").format(name=name)
            yield study.say(at, "KS232", what, tr("add `say: […]` with replies that must match"))
    revealed = {name for _, reply in study.replies() for name in reply.reveal}
    revealed |= {name for node in story.nodes.values() for name in node.reveal}
    for name in story.hidden.keys() - revealed:
        what = tr("the buyer never tells the hidden fact `{name}`").format(name=name)
        yield study.say(("hidden", name), "KS233", what, tr("add `reveal: {name}` to a reply").format(name=name))
    asked = {name for node in story.nodes.values() for name in node.asks}
    for name in story.facts.keys() - asked:
        if not used & {fact_label(name, right=right) for right in (True, False)}:
            what = tr("the buyer never asks about the fact `{name}`").format(name=name)
            yield study.say(("facts", name), "KS234", what, tr("add `asks: {name}` to a node").format(name=name))
    yield from _promises(study)


def _used_labels(study: Study) -> set[str]:
    used: set[str] = set()
    for _, reply in study.replies():
        for label in (*reply.when, *reply.unless):
            used.update(alternatives(label))
    for promise in study.story.promises.values():
        used.update(promise.made, promise.kept)
    return used


def _promises(study: Study) -> Iterator[Problem]:
    """Promises are looked up by steps, intents and issues, all of them in one reply; keeping comes after making."""
    for name, promise in study.story.promises.items():
        at = ("promises", name)
        for key, labels in (("made", promise.made), ("kept", promise.kept)):
            vague = [label for label in labels if len(alternatives(label)) > 1 or label in TONES | {ANY}]
            if vague:
                what = tr("the promise `{name}` can never be checked: `{key}` cannot be `{label}`")
                what = what.format(name=name, key=key, label=vague[0])
                yield study.say((*at, key), "KS235", what, tr("name steps or intents, each on its own"))
        if set(promise.kept) <= set(promise.made):
            what = tr("the promise `{name}` can never be broken: making it keeps it").format(name=name)
            yield study.say((*at, "kept"), "KS235", what, tr("let `kept` name what records it later"))
