"""Whether each reply of a node can be had by saying what it waits for, or whether an earlier one takes that first.

Conditions (`if`, `once`) are left aside: an earlier reply that only sometimes fires does not stand in the way.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product

from kefu_sim.author.allow import Pardons
from kefu_sim.author.samples import Ear, Samples
from kefu_sim.author.verify_subject import Finding, Subject
from kefu_sim.engine.offers import fits
from kefu_sim.i18n import tr
from kefu_sim.scenario.conditions import alternatives
from kefu_sim.scenario.labels import BUILT_IN
from kefu_sim.scenario.model import STAY, Reply

_NAME = re.compile(r"[\w-]+")
MOST = 0.5
"""Taking more than this share of the samples of an intent is an error; below, each is a warning."""
TRIED = 400
"""Combinations of samples that are tried before a reply counts as out of reach."""
EACH = 6
"""Samples of a label in such a combination."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One reply as a node offers it."""

    place: str
    """`always:<n>` or `reply:<n>`."""
    reply: Reply

    @property
    def always(self) -> bool:
        """Whether it fires whenever its labels fit."""
        reply = self.reply
        return not (reply.if_ or reply.once or reply.since or reply.until)

    @property
    def labels(self) -> list[str]:
        """Every label it waits for."""
        return [label for part in self.reply.when for label in alternatives(part)]


@dataclass(frozen=True)
class Choices:
    """The replies of a node."""

    rows: Sequence[Choice]
    """In the order in which they are tried."""

    @cached_property
    def _sure(self) -> Mapping[str, Sequence[int]]:
        """Label → places of the sure replies that it may satisfy."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, choice in enumerate(self.rows):
            for label in alternatives(choice.reply.when[0]) if choice.always else ():
                found[label].append(at)
        return found

    def taker(self, labels: frozenset[str], above: int) -> int | None:
        """Where above a place the first reply stands that surely takes a turn of these labels."""
        places = {at for label in labels & self._sure.keys() for at in self._sure[label] if at < above}
        return next((at for at in sorted(places) if fits(self.rows[at].reply, labels)), None)


def choices_of(subject: Subject, node: str) -> Choices:
    """The replies of a node."""
    return Choices([Choice(place, reply) for place, reply in subject.program.offers.at(node)])


@dataclass(frozen=True, slots=True)
class _Theft:
    """A sample of a label that another reply takes before the one that waits for it."""

    node: str
    victim: Choice
    label: str
    sample: int
    thief: Choice
    by: str
    """Label by which the thief takes it."""

    @property
    def code(self) -> str:
        """BLOCKED by what every story knows, HIJACK by an intent."""
        return "BLOCKED" if self.by in BUILT_IN else "HIJACK"

    @property
    def both(self) -> bool:
        """Whether the thief waits for both labels together."""
        return self.label in self.thief.labels


def stolen(subject: Subject, ear: Ear, said: Samples, pardons: Pardons) -> Iterator[Finding]:
    """HIJACK and BLOCKED; of warnings those that no comment allows."""
    minor: dict[tuple[str, int, str, bool], list[_Theft]] = defaultdict(list)
    offers = {node: choices_of(subject, node) for node in subject.story.nodes}
    victims = [choice for choices in offers.values() for choice in choices.rows[1:]]
    subject.ahead((text, ()) for victim in victims for text in (*_samples(victim, said), *_first_try(victim, said)))
    for node, choices in offers.items():
        barred: dict[str, list[Choice]] = defaultdict(list)
        for at, choice in enumerate(choices.rows):
            if choice.place.startswith("always"):
                continue
            thefts = list(_thefts(node, choices, at, ear, said))
            grave = _grave(thefts, said)
            hijacked = any(theft.by not in BUILT_IN for group in grave for theft in group)
            thief = None if hijacked else _out_of_reach(choices, at, ear, said)
            if thief is not None:
                barred[thief.place].append(choice)
                continue
            yield from (_told(subject, group, len(said.of(group[0].label))) for group in grave)
            for theft in thefts:
                if theft.label not in subject.story.intents or any(theft in group for group in grave):
                    continue
                if not pardons.forgive(theft.code, *_lines(subject, theft)):
                    minor[theft.label, theft.sample, theft.by, theft.both].append(theft)
        yield from (_blocked(subject, node, it, barred[it.place]) for it in choices.rows if it.place in barred)
    yield from (_mentioned(subject, thefts) for thefts in minor.values())


def _thefts(node: str, choices: Choices, at: int, ear: Ear, said: Samples) -> Iterator[_Theft]:
    """Samples of single labels a reply waits for that an earlier one surely takes, by something else."""
    victim = choices.rows[at]
    for label in _own(victim):
        for i, sample in enumerate(said.of(label)):
            labels = ear.labels(sample, node)
            place = choices.taker(labels, at) if label in labels else None
            thief = None if place is None else choices.rows[place]
            if thief and not _fair(thief, label, labels) and not _alike(thief.reply, victim.reply):
                yield _Theft(node, victim, label, i, thief, _taken_by(thief, label, labels))


def _lines(subject: Subject, theft: _Theft) -> tuple[int, int]:
    """Where a comment can allow a theft: at the sample, or at the reply that takes it (at their `use:`)."""
    return subject.file.where(_sample(theft))[0], _line(subject, theft.node, theft.thief)


def _fair(taker: Choice, label: str, labels: frozenset[str]) -> bool:
    """Whether a reply that takes a sample of a label waits for it too, and for no other intent besides."""
    return label in taker.labels and fits(taker.reply, labels & BUILT_IN | {label})


def _taken_by(thief: Choice, label: str, labels: frozenset[str]) -> str:
    """The label by which a reply takes a sample of another one; the other intent where it waits for both."""
    by = [by for by in thief.labels if by in labels and by != label]
    return next(name for name in by if name not in BUILT_IN) if label in thief.labels else by[0]


def _own(victim: Choice) -> list[str]:
    """Single labels of its story that a reply waits for."""
    if victim.place.startswith("always") or len(victim.reply.when) > 1:
        return []
    return [label for label in victim.labels if label not in BUILT_IN]


def _samples(victim: Choice, said: Samples) -> list[str]:
    """Everything that single labels it waits for are tried with."""
    return [text for label in _own(victim) for text in said.of(label)]


def _first_try(victim: Choice, said: Samples) -> list[str]:
    """What is tried first to see whether a reply can be had; as a rule it can."""
    return [] if victim.place.startswith("always") else [part[0] for part in _parts(victim, said) if part]


def _parts(victim: Choice, said: Samples) -> list[list[str]]:
    """For each thing that a reply waits for the samples that are tried."""
    return [[text for label in alternatives(part) for text in said.of(label)[:EACH]] for part in victim.reply.when]


def _alike(one: Reply, other: Reply) -> bool:
    """Whether it makes little difference which of two replies fires: both go on to the same node."""
    return one.goto == other.goto != STAY


def _grave(thefts: Sequence[_Theft], said: Samples) -> list[list[_Theft]]:
    """Thefts by one reply of the one label a reply is for, where they are more than half of its samples."""
    if any(len(theft.victim.labels) > 1 for theft in thefts):
        return []
    groups: dict[tuple[str, str], list[_Theft]] = defaultdict(list)
    for theft in thefts:
        groups[theft.label, theft.thief.place].append(theft)
    return [group for (label, _), group in groups.items() if len(group) > MOST * len(said.of(label))]


def _out_of_reach(choices: Choices, at: int, ear: Ear, said: Samples) -> Choice | None:
    """The reply that takes every combination of samples that should get the one at `at`; None when one gets it."""
    parts = _parts(choices.rows[at], said)
    if not all(parts):
        return None
    takers: Counter[int] = Counter()
    for combination in islice(product(*parts), TRIED):
        thief = choices.taker(frozenset().union(*map(ear.labels, combination)), at)
        if thief is None:
            return None
        takers[thief] += 1
    return choices.rows[takers.most_common(1)[0][0]] if takers else None


def _told(subject: Subject, group: Sequence[_Theft], of: int) -> Finding:
    theft = group[0]
    values = {"label": theft.label, "place": f"{theft.node}/{theft.victim.place}", "n": len(group), "of": of}
    values |= {"by": theft.by, "thief": theft.thief.place, "line": _line(subject, theft.node, theft.thief)}
    what = tr("{place} waits for `{label}`, but {thief} (line {line}) takes {n} of its {of} samples first, by `{by}`")
    if all(one.by in BUILT_IN for one in group):
        code, fix = "BLOCKED", tr("put it above {thief}, or add `unless: {label}` there")
    else:
        code, fix = "HIJACK", tr("put it above {thief}, add `unless: {label}` there, or make `{by}` narrower")
    if theft.both:
        fix = tr("make `{by}` narrower, so that only what is meant as both gets {thief}")
    mend = fix.format(**values)
    if code == "BLOCKED" and not theft.both:
        mend = _in_fragment(subject, theft) or mend
    return subject.find(_path(theft.node, theft.victim), code, what.format(**values), mend)


def _blocked(subject: Subject, node: str, thief: Choice, barred: Sequence[Choice]) -> Finding:
    places = ", ".join(f"{choice.place} (`{' '.join(choice.reply.when)}`)" for choice in barred)
    values = {"thief": f"{node}/{thief.place}", "places": places}
    what = tr("{thief} takes whatever is said first: nothing gets {places}").format(**values)
    fix = tr("put it below them, narrow its `when:`, give it an `if:` or `once:`, or delete them")
    return subject.find(_path(node, thief), "BLOCKED", what, fix)


def _in_fragment(subject: Subject, theft: _Theft) -> str:
    """How to let a label pass by a reply that a fragment brings, where it is taken in; empty for own replies."""
    file, path = subject.file, _path(theft.node, theft.thief)
    row, spared = file.foreign.get(path), file.foreign.get((*path, "unless"))
    if row is None:
        return ""
    given = (*path, "unless") in file.positions and (spared is None or spared.line != row.line)
    line, column = file.where(path)
    name = _NAME.match(file.text.split("\n")[line - 1][column - 1 :])
    if name is None or not given:
        fix = tr("write that reply out instead of taking it in (line {line}), with `unless: {label}`")
        return fix.format(line=line, label=theft.label)
    unless = ", ".join((*theft.thief.reply.unless, theft.label))
    fix = tr("write `{use}` where line {line} takes it in")
    return fix.format(use=f"{{{name.group()}: {{…, unless: [{unless}]}}}}", line=line)


def _mentioned(subject: Subject, thefts: Sequence[_Theft]) -> Finding:
    theft = thefts[0]
    text = subject.story.intents[theft.label].say[theft.sample]
    nodes = ", ".join(dict.fromkeys(theft.node for theft in thefts))
    lines = ", ".join(dict.fromkeys(str(_line(subject, theft.node, theft.thief)) for theft in thefts))
    values = {"text": text, "by": theft.by, "label": theft.label, "nodes": nodes, "lines": lines}
    what = tr("“{text}” is `{by}` too, so that an earlier reply (line {lines}) takes it at {nodes}").format(**values)
    fix = tr("see whether that is meant; else add `unless: {label}` to that reply").format(**values)
    if taken_in := _in_fragment(subject, theft):
        fix = tr("see whether that is meant; else {mend}").format(mend=taken_in)
    if theft.both:
        fix = tr("see whether it is meant as both; else make `{by}` narrower").format(**values)
    return subject.find(_sample(theft), theft.code, what, fix, "warning")


def _sample(theft: _Theft) -> tuple[str | int, ...]:
    return "intents", theft.label, "say", theft.sample


def _path(node: str, choice: Choice) -> tuple[str | int, ...]:
    kind, _, index = choice.place.partition(":")
    return ("always", int(index)) if kind == "always" else ("nodes", node, "replies", int(index))


def _line(subject: Subject, node: str, choice: Choice) -> int:
    return subject.file.where(_path(node, choice))[0]
