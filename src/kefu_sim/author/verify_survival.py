"""SURVIVAL: whether samples are still told when other people type them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from kefu_sim.author.verify_spellings import Kind
from kefu_sim.author.verify_subject import Finding, Subject
from kefu_sim.i18n import tr

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
    """Count over every sample in other spellings, but those on the given lines: they are not told as they stand."""
    found = Survival()
    for name, samples in subject.samples.items():
        for sample in samples:
            at = ("intents", name, sample.key, sample.number)
            if subject.file.where(at)[0] not in passed_over:
                for kind, typed, told in sample.spellings:
                    found.tried[kind] += 1
                    found.told[kind] += told
                    if not told:
                        found.lost.append((at, typed))
    return found


def lost_samples(subject: Subject, found: Survival) -> Iterator[Finding]:
    """One finding where too many are lost."""
    if found.share < LEAST:
        what = tr("typed otherwise, {share:.0%} of the samples are still told apart; at least {least:.0%} must be")
        fix = tr("lost: {examples}").format(examples=some_lost(found))
        yield subject.find(found.lost[0][0], "SURVIVAL", what.format(share=found.share, least=LEAST), fix)


def some_lost(found: Survival) -> str:
    """The first of the spellings that were not told."""
    told = " · ".join(f"“{typed}”" for _, typed in found.lost[:LISTED])
    return f"{told} …" if len(found.lost) > LISTED else told
