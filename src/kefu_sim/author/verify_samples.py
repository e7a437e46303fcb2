"""PATTERN and FALSE: whether samples and answers are told as their author says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kefu_sim.author.samples import literals
from kefu_sim.author.verify_subject import Finding, Subject
from kefu_sim.i18n import tr
from kefu_sim.language.patterns import TextBytes
from kefu_sim.scenario.labels import fact_label
from kefu_sim.scenario.model import Fact, IntentSpec, PatternItem


def misread_samples(subject: Subject) -> Iterator[Finding]:
    """Samples of the intents."""
    for name, intent in subject.story.intents.items():
        for key, number, text, told, _ in subject.samples[name]:
            if told:
                continue
            at = ("intents", name, key, number)
            if key == "say":
                what = tr("`{intent}` does not recognise its own sample “{text}”").format(intent=name, text=text)
                yield subject.find(at, "PATTERN", what, _missed(subject, name, intent, text))
            else:
                what = tr("`{intent}` takes “{text}”, which stands under `not:`").format(intent=name, text=text)
                yield subject.find(at, "FALSE", what, _taken(subject, name, intent, text))


def _missed(subject: Subject, name: str, intent: IntentSpec, text: str) -> str:
    """What keeps a sample from being recognised."""
    compiled, hits = subject.intents[name], _hits(subject, name, text)
    barred = [hit for hit in hits if hit in compiled.unless]
    if barred:
        item = _written(intent.unless[barred[0] - compiled.unless.start])
        return tr("`unless` takes it away: {item}").format(item=item)
    if any(hit in compiled.any for hit in hits):
        return tr("its words stand in a negation; write the negated words under `any:` too")
    return tr("add words of it to `any:`, or delete the sample")


def _taken(subject: Subject, name: str, intent: IntentSpec, text: str) -> str:
    """What makes a sample be recognised."""
    compiled = subject.intents[name]
    hit = next(hit for hit in _hits(subject, name, text) if hit in compiled.any)
    item = _written(intent.any[hit - compiled.any.start])
    return tr("`any` finds {item}: make that narrower, or add what sets it apart to `unless:`").format(item=item)


def _hits(subject: Subject, name: str, text: str) -> Sequence[int]:
    """Numbers of the items of an intent that occur in a text, in either reading."""
    read, compiled = subject.read(text), subject.intents[name]
    readings = [read] if read.spelt is None else [read, read.spelt]
    found = sorted({hit for reading in readings for hit in compiled.table.hits(TextBytes(reading.text))})
    return [hit for hit in found if hit in compiled.any or hit in compiled.unless]


def _written(item: str | PatternItem) -> str:
    """An item of an intent as its author wrote it."""
    return f"`{item.re}`" if isinstance(item, PatternItem) else f"“{item}”"


def misread_answers(subject: Subject) -> Iterator[Finding]:
    """The answers of the facts, and the plain words that stand for them."""
    subject.ahead((fact.answer, ()) for fact in subject.story.facts.values())
    for name, fact in subject.story.facts.items():
        if fact_label(name, right=True) not in subject.program.understand(fact.answer, (), ()).intents:
            what = tr("the answer of `{fact}` is not recognised as right: “{text}”")
            fix = tr("add words of it to `right:`")
            yield subject.find(("facts", name, "answer"), "PATTERN", what.format(fact=name, text=fact.answer), fix)
        for right in (True, False):
            yield from _misread_words(subject, name, fact, right=right)


def _misread_words(subject: Subject, name: str, fact: Fact, *, right: bool) -> Iterator[Finding]:
    read, items = subject.read, fact.right if right else fact.wrong
    for text in literals(fact, right=right):
        at = ("facts", name, "right" if right else "wrong", items.index(text))
        if not subject.meets(fact_label(name, right=right), read(text)):
            what = tr("“{text}” of `{fact}` is not recognised by itself").format(text=text, fact=name)
            yield subject.find(at, "PATTERN", what, tr("write it as it is typed, without marks"))
        elif not right and subject.meets(fact_label(name, right=True), read(text)):
            what = tr("“{text}” of `{fact}` is right and wrong at once").format(text=text, fact=name)
            yield subject.find(at, "FALSE", what, tr("make `right:` narrower"))
