"""SURVIVAL: whether samples are still told when other people type them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from kefu_sim.author.verify_spellings import Kind, spellings
from kefu_sim.author.verify_subject import Finding, Subject
from kefu_sim.i18n import tr
from kefu_sim.rulebook.normaliser import load_normaliser
from kefu_sim.rulebook.typists import load_typists

LEAST = 0.95
"""Share of the other spellings in which a sample must still be told."""
LISTED = 8
"""Spellings that were lost are listed up to this many."""


@dataclass
class Survival:
    """Counts over the other spellings of a story's samples."""

    tried: Counter[Kind] = field(default_factory=Counter)
    told: Counter[Kind] = field(default_factory=Counter)
    lost: list[tuple[tuple[str | int, ...], str]] = field(default_factory=list)
    """Place of the sample, and how it was typed."""

    @property
    def share(self) -> float:
        """Share still told; 1 when nothing was tried."""
        return self.told.total() / self.tried.total() if self.tried else 1.0


def survival(subject: Subject, passed_over: frozenset[int]) -> Survival:
    """Try every sample in other spellings, but those on the given lines: they are not told as they stand."""
    found = Survival()
    for name, intent in subject.story.intents.items():
        for key, texts in (("say", intent.say), ("not", intent.not_)):
            for i, text in enumerate(texts):
                at = ("intents", name, key, i)
                if subject.file.where(at)[0] not in passed_over:
                    for kind, typed, told in _typed(subject, name, text, meant=key == "say"):
                        found.tried[kind] += 1
                        found.told[kind] += told
                        if not told:
                            found.lost.append((at, typed))
    return found


def _typed(subject: Subject, name: str, text: str, *, meant: bool) -> Iterator[tuple[Kind, str, bool]]:
    """Each other spelling of a sample that is told itself, and whether it is told too.

    What is read as the same needs no second look.
    """
    read = load_normaliser()
    plain = subject.read(text).text
    for kind, typed in spellings(text, load_typists()):
        told = read.alike(typed, text)
        if not told:
            again = read(typed)
            told = (again.text == plain and again.spelt is None) or subject.meets(name, again) == meant
        yield kind, typed, told


def lost_samples(subject: Subject, found: Survival) -> Iterator[Finding]:
    """One finding where too many are lost."""
    if found.share < LEAST:
        what = tr("typed otherwise, {share:.0%} of the samples are still told apart; at least {least:.0%} must be")
        fix = tr("lost: {examples}").format(examples=" · ".join(f"“{typed}”" for _, typed in found.lost[:LISTED]))
        yield subject.find(found.lost[0][0], "SURVIVAL", what.format(share=found.share, least=LEAST), fix)
