"""Whether each reply of a node can be had by saying what it waits for, or whether an earlier one takes that first.

Conditions (`if`, `once`) are left aside: an earlier reply that only sometimes fires does not stand in the way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from kefu_sim.author.samples import Ear, Samples
from kefu_sim.author.verify_subject import Finding, Subject
from kefu_sim.engine.offers import fits
from kefu_sim.i18n import tr
from kefu_sim.scenario.conditions import alternatives
from kefu_sim.scenario.labels import BUILT_IN
from kefu_sim.scenario.model import STAY, Reply

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


def choices_of(subject: Subject, node: str) -> list[Choice]:
    """The replies of a node in the order in which they are tried."""
    return [Choice(place, reply) for place, reply in subject.program.offers.at(node)]


def sure_of(choices: Sequence[Choice]) -> list[Choice]:
    """Those that fire whenever their labels fit."""
    return [choice for choice in choices if choice.always]


def taker(sure: Sequence[Choice], labels: frozenset[str]) -> Choice | None:
    """The first of some sure replies that takes a turn of these labels."""
    return next((choice for choice in sure if fits(choice.reply, labels)), None)


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


def stolen(subject: Subject, ear: Ear, said: Samples) -> Iterator[Finding]:
    """HIJACK and BLOCKED."""
    minor: dict[tuple[str, int, str], list[_Theft]] = defaultdict(list)
    offers = {node: choices_of(subject, node) for node in subject.story.nodes}
    victims = (choice for choices in offers.values() for choice in choices[1:])
    subject.ahead((text, ()) for victim in victims for label in _own(victim) for text in said.of(label))
    for node, choices in offers.items():
        barred: dict[str, list[Choice]] = defaultdict(list)
        for at, choice in enumerate(choices):
            if choice.place.startswith("always"):
                continue
            thefts = list(_thefts(node, sure_of(choices[:at]), choice, ear, said))
            grave = _grave(thefts, said)
            hijacked = any(theft.by not in BUILT_IN for group in grave for theft in group)
            thief = None if hijacked else _out_of_reach(choices, at, ear, said)
            if thief is not None:
                barred[thief.place].append(choice)
                continue
            yield from (_told(subject, group, len(said.of(group[0].label))) for group in grave)
            for theft in thefts:
                if theft.label in subject.story.intents and not any(theft in group for group in grave):
                    minor[theft.label, theft.sample, theft.by].append(theft)
        yield from (_blocked(subject, node, it, barred[it.place]) for it in choices if it.place in barred)
    yield from (_mentioned(subject, thefts) for thefts in minor.values())


def _thefts(node: str, sure: Sequence[Choice], victim: Choice, ear: Ear, said: Samples) -> Iterator[_Theft]:
    """Samples of single labels the victim waits for that an earlier reply surely takes, by something else."""
    for label in _own(victim) if sure else ():
        for i, sample in enumerate(said.of(label)):
            labels = ear.labels(sample)
            thief = taker(sure, labels) if label in labels else None
            if thief is not None and label not in thief.labels and not _alike(thief.reply, victim.reply):
                yield _Theft(node, victim, label, i, thief, next(by for by in thief.labels if by in labels))


def _own(victim: Choice) -> list[str]:
    """Single labels of its story that a reply waits for."""
    if victim.place.startswith("always") or len(victim.reply.when) > 1:
        return []
    return [label for label in victim.labels if label not in BUILT_IN]


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


def _out_of_reach(choices: Sequence[Choice], at: int, ear: Ear, said: Samples) -> Choice | None:
    """The reply that takes every combination of samples that should get the one at `at`; None when one gets it."""
    wanted = choices[at]
    parts = [[sample for label in alternatives(part) for sample in said.of(label)[:EACH]] for part in wanted.reply.when]
    if not all(parts):
        return None
    takers: Counter[int] = Counter()
    sure = sure_of(choices[:at])
    for combination in islice(product(*parts), TRIED):
        labels = frozenset().union(*map(ear.labels, combination))
        thief = taker(sure, labels)
        if thief is None:
            return None
        takers[choices.index(thief)] += 1
    return choices[takers.most_common(1)[0][0]] if takers else None


def _told(subject: Subject, group: Sequence[_Theft], of: int) -> Finding:
    theft = group[0]
    values = {"label": theft.label, "place": f"{theft.node}/{theft.victim.place}", "n": len(group), "of": of}
    values |= {"by": theft.by, "thief": theft.thief.place, "line": _line(subject, theft.node, theft.thief)}
    what = tr("{place} waits for `{label}`, but {thief} (line {line}) takes {n} of its {of} samples first, by `{by}`")
    if all(one.by in BUILT_IN for one in group):
        code, fix = "BLOCKED", tr("put it above {thief}, or add `unless: {label}` there")
    else:
        code, fix = "HIJACK", tr("put it above {thief}, add `unless: {label}` there, or make `{by}` narrower")
    return subject.find(_path(theft.node, theft.victim), code, what.format(**values), fix.format(**values))


def _blocked(subject: Subject, node: str, thief: Choice, barred: Sequence[Choice]) -> Finding:
    places = ", ".join(f"{choice.place} (`{' '.join(choice.reply.when)}`)" for choice in barred)
    values = {"thief": f"{node}/{thief.place}", "places": places}
    what = tr("{thief} takes whatever is said first: nothing gets {places}").format(**values)
    fix = tr("put it below them, narrow its `when:`, give it an `if:` or `once:`, or delete them")
    return subject.find(_path(node, thief), "BLOCKED", what, fix)


def _mentioned(subject: Subject, thefts: Sequence[_Theft]) -> Finding:
    theft = thefts[0]
    text = subject.story.intents[theft.label].say[theft.sample]
    nodes = ", ".join(dict.fromkeys(theft.node for theft in thefts))
    values = {"text": text, "by": theft.by, "label": theft.label, "nodes": nodes}
    what = tr("“{text}” is `{by}` too, so that an earlier reply takes it at {nodes}").format(**values)
    fix = tr("see whether that is meant; else add `unless: {label}` to that reply").format(**values)
    code = "BLOCKED" if theft.by in BUILT_IN else "HIJACK"
    return subject.find(("intents", theft.label, "say", theft.sample), code, what, fix, "warning")


def _path(node: str, choice: Choice) -> tuple[str | int, ...]:
    kind, _, index = choice.place.partition(":")
    return ("always", int(index)) if kind == "always" else ("nodes", node, "replies", int(index))


def _line(subject: Subject, node: str, choice: Choice) -> int:
    return subject.file.where(_path(node, choice))[0]
