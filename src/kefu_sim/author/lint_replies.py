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
from kefu_sim.scenario.labels import ANY, HOLD
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
    yield from _contradictions(study)
    yield from _shadowed(study, ("always",), everywhere, ())
    for name, node in story.nodes.items():
        at: Path = ("nodes", name)
        yield from _shadowed(study, (*at, "replies"), [Fit.of(reply, name) for reply in node.replies], everywhere)
        if node.unclear and any(takes_everything(reply) for reply in (*story.always, *node.replies)):
            what = tr("`unclear` of `{node}` is never used: one of the replies takes every turn").format(node=name)
            yield study.say((*at, "unclear"), "KS209", what, tr("delete it, or say more exactly what the reply wants"))


def takes_everything(reply: Reply) -> bool:
    """Whether a reply fits any turn at any time. A buyer asked to wait (`hold`) waits, and is never at a loss."""
    if set(reply.unless) - {HOLD} or reply.if_ or reply.once:
        return False
    anywhere = not (reply.at or reply.not_at or reply.since or reply.until)
    return anywhere and all(ANY in alternatives(label) for label in reply.when)


def _contradictions(study: Study) -> Iterator[Problem]:
    """Replies that ask for what they exclude."""
    for path, reply in study.replies():
        excluded = set(reply.unless)
        asked = next((label for label in reply.when if excluded.issuperset(alternatives(label))), None)
        nowhere = reply.at and set(reply.at) <= set(reply.not_at)
        if asked is not None:
            what = tr("this reply is never taken: it wants `{label}` and excludes it").format(label=asked)
            yield study.say(path, "KS210", what, tr("take it out of `when` or of `unless`"))
        elif nowhere or (reply.since and set(reply.since) <= set(reply.until)):
            what = tr("this reply is never taken: its nodes are wanted and excluded")
            yield study.say(path, "KS210", what, tr("look at `at` and `not_at`, `since` and `until`"))


@dataclass(frozen=True, slots=True)
class Fit:
    """What a reply asks of a turn, ready to be compared."""

    wants: tuple[frozenset[str], ...]
    """One of each of these labels."""
    granted: tuple[frozenset[str] | None, ...]
    """For each of them, the labels that bring one of them along; None where any turn has it."""
    reply: Reply
    unless: frozenset[str]
    at: frozenset[str]
    """Nodes at which it holds; empty for all."""

    @classmethod
    def of(cls, reply: Reply, node: str = "") -> Fit:
        """Read a reply, of a node or of `always`."""
        wants = tuple(frozenset(alternatives(label)) for label in reply.when)
        at = frozenset([node] if node else reply.at)
        return cls(wants, tuple(map(_bringing, wants)), reply, frozenset(reply.unless), at)

    def hides(self, later: Fit) -> bool:
        """Whether this reply, standing earlier, takes every turn that the later one fits."""
        if self.reply.once or not self.unless <= later.unless or not self._there(later):
            return False
        for granted in self.granted:
            if granted is not None and not any(options <= granted for options in later.wants):
                return False
        return all(implies(later.reply.if_.get(name), test) for name, test in self.reply.if_.items())

    def _there(self, later: Fit) -> bool:
        """Whether it holds wherever and whenever the later one does."""
        mine, its = self.reply, later.reply
        if self.at and not (later.at and later.at <= self.at):
            return False
        if mine.not_at and not (set(mine.not_at) <= set(its.not_at) or (later.at and later.at.isdisjoint(mine.not_at))):
            return False
        if mine.since and not (its.since and set(its.since) <= set(mine.since)):
            return False
        return set(mine.until) <= set(its.until)


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
