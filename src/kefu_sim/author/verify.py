"""Verify that a story understands the samples of its author, however typed, and that the right reply fires.

PATTERN   a sample under `say:` (or a literal of a fact, or its answer) is not recognised
FALSE     a sample under `not:` is recognised all the same
HIJACK    another intent takes an intent's samples too, so that an earlier reply fires
BLOCKED   an earlier reply takes them by a step, a tone or `any`, or nothing at all gets a reply
MODEL     a model answer is not understood where it stands, or (a warning) leaves unanswered what is asked there
SURVIVAL  typed with other widths, particles, faces, slips or Traditional characters, too many samples are lost
KS262     a comment that allows HIJACK or BLOCKED where nothing has it

HIJACK and BLOCKED are warnings where they concern single samples; a comment can allow these (`author/allow.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from kefu_sim.author.allow import heard_pardons
from kefu_sim.author.samples import Ear, Samples
from kefu_sim.author.verify_models import misleading_models
from kefu_sim.author.verify_replies import stolen
from kefu_sim.author.verify_samples import misread_answers, misread_samples
from kefu_sim.author.verify_subject import Finding, Subject, noted
from kefu_sim.author.verify_survival import Survival, lost_samples, survival
from kefu_sim.i18n import tr


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying one story brought to light."""

    scenario: str
    difficulty: int
    """1 to 5; stories are listed by it."""
    findings: tuple[Finding, ...]
    samples: int
    """Samples looked at, `say:` and `not:` together."""
    survival: Survival

    @property
    def sound(self) -> bool:
        """Whether nothing worse than a warning was found."""
        return all(finding.severity != "error" for finding in self.findings)


def verify(subject: Subject) -> Verified:
    """Look a story over; findings come in the order of the file."""
    story, file = subject.story, subject.file
    pardons = heard_pardons(file.text, file.source)
    findings = [*misread_samples(subject), *misread_answers(subject)]
    spelt = survival(subject, frozenset(finding.line for finding in findings))
    findings += misleading_models(subject)
    findings += stolen(subject, Ear(subject.program), Samples(story), pardons)
    findings += lost_samples(subject, spelt)
    findings += [noted(problem) for problem in pardons.idle()]
    samples = sum(len(intent.say) + len(intent.not_) for intent in story.intents.values())
    return Verified(story.id, story.difficulty, tuple(sorted(findings)), samples, spelt)


def summary(verified: Verified) -> str:
    """One line about one story."""
    spelt = verified.survival
    return tr(
        "{id}: {samples} samples; {told} of {tried} other spellings told; errors {errors}, warnings {warnings}"
    ).format(
        id=verified.scenario,
        samples=verified.samples,
        told=spelt.told.total(),
        tried=spelt.tried.total(),
        errors=sum(finding.severity == "error" for finding in verified.findings),
        warnings=sum(finding.severity == "warning" for finding in verified.findings),
    )
