"""Replies that are never taken, because an earlier one takes every turn they would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kefu_sim.author.intervals import implies
from kefu_sim.author.study import Study
from kefu_sim.base.errors import Problem
from kefu_sim.base.yamlfile import Path
from kefu_sim.i18n import tr, trn
from kefu_sim.scenario.conditions import alternatives
from kefu_sim.scenario.labels import ANY
from kefu_sim.scenario.model import Reply

CARRIES: Mapping[str, frozenset[str]] = {
    "rude": frozenset({"curt"}),
    "warm": frozenset({"polite"}),
    "abuse": frozenset({"rude", "curt"}),
}
"""Label → labels that always come with it (engine/program.py)."""


def check_replies(study: Study) -> Iterator[Problem]:
    """Find replies, and `unclear` branches, that no turn can reach."""
    story = study.story
    everywhere = [Fit.of(reply) for reply in story.always]
    yield from _shadowed(study, ("always",), everywhere, ())
    for name, node in story.nodes.items():
        at: Path = ("nodes", name)
        yield from _shadowed(study, (*at, "replies"), [Fit.of(reply) for reply in node.replies], everywhere)
        if node.unclear and any(takes_everything(reply) for reply in (*story.always, *node.replies)):
            what = tr("`unclear` of `{node}` is never used: one of the replies takes every turn").format(node=name)
            yield study.say((*at, "unclear"), "KS209", what, tr("delete it, or say more exactly what the reply wants"))


def takes_everything(reply: Reply) -> bool:
    """Whether a reply fits any turn at any time."""
    return not (reply.unless or reply.if_ or reply.once) and all(ANY in alternatives(label) for label in reply.when)


@dataclass(frozen=True, slots=True)
class Fit:
    """What a reply asks of a turn, ready to be compared."""

    wants: tuple[frozenset[str], ...]
    """One of each of these labels."""
    granted: tuple[frozenset[str] | None, ...]
    """For each of them, the labels that bring one of them along; None where any turn has it."""
    unless: frozenset[str]
    if_: Mapping[str, str]
    once: bool

    @classmethod
    def of(cls, reply: Reply) -> Fit:
        """Read a reply."""
        wants = tuple(frozenset(alternatives(label)) for label in reply.when)
        return cls(wants, tuple(map(_bringing, wants)), frozenset(reply.unless), reply.if_, reply.once)

    def hides(self, later: Fit) -> bool:
        """Whether this reply, standing earlier, takes every turn that the later one fits."""
        if self.once or not self.unless <= later.unless:
            return False
        for granted in self.granted:
            if granted is not None and not any(options <= granted for options in later.wants):
                return False
        return all(implies(later.if_.get(name), test) for name, test in self.if_.items())


def _bringing(labels: frozenset[str]) -> frozenset[str] | None:
    if ANY in labels:
        return None
    return labels | {name for name, carried in CARRIES.items() if carried & labels}


def _shadowed(study: Study, at: Path, fits: Sequence[Fit], before: Sequence[Fit]) -> Iterator[Problem]:
    """Name each reply that hides others, at the first one hidden."""
    hidden: set[int] = set()
    for number, earlier in enumerate((*before, *fits)):
        first = max(0, number + 1 - len(before))
        mine = [i for i in range(first, len(fits)) if i not in hidden and earlier.hides(fits[i])]
        if mine:
            hidden.update(mine)
            taker: Path = ("always", number) if number < len(before) else (*at, number - len(before))
            yield _told(study, taker, (*at, mine[0]), len(mine) - 1)


def _told(study: Study, taker: Path, first: Path, more: int) -> Problem:
    line, _ = study.file.where(taker)
    what = tr("this reply is never taken: the one on line {line} takes every turn first").format(line=line)
    if more:
        what += trn(" (and {n} more below it)", " (and {n} more below it)", more).format(n=more)
    return study.say(first, "KS208", what, tr("move it up, or narrow the other with another `when`, `unless` or `if`"))
