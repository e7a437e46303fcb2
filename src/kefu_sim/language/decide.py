"""Where rules and model meet: one calibrated decision per step, one politeness, the issues, the evidence.

A step's score is the noisy-or of its cues in the best sentence, lowered by cues against it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kefu_sim.language.verdict import STEPS, Decision, Evidence, Fault, Issue, Step, StepVerdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kefu_sim.language.normalise import Normalised
    from kefu_sim.language.rules import Cue

ACCEPT = 0.5
"""Score from which a step counts."""
ASK = 0.3
"""Score from which the buyer asks back instead of passing over."""
ISSUES: tuple[Issue, ...] = ("dismissive", "blame", "abuse", "overpromise", "offplatform")
ISSUE_OF_TONE: dict[str, Issue] = {
    "dismissive": "dismissive",
    "refuse": "dismissive",
    "blame": "blame",
    "abuse": "abuse",
    "threat": "abuse",
    "sarcasm": "abuse",
}
_RUDE = ("dismissive", "blame", "impatient", "sarcasm", "abuse", "threat", "command", "curt", "cold")
_WARM = ("thanks", "apology", "empathy", "wish")


_NOTHING = {step: StepVerdict(step, "miss", 0.0, -ACCEPT) for step in STEPS}


def decide_steps(cues: Sequence[Cue]) -> tuple[StepVerdict, ...]:
    """Score the eight steps, in flow order."""
    by_label: dict[str, list[Cue]] = {}
    for cue in cues:
        by_label.setdefault(cue.rule.label, []).append(cue)
    return tuple(_verdict(step, by_label[step]) if step in by_label else _NOTHING[step] for step in STEPS)


def _verdict(step: Step, cues: Sequence[Cue]) -> StepVerdict:
    score = 0.0
    for sentence in {c.sentence for c in cues}:
        miss, keep = 1.0, 1.0
        for cue in cues:
            if cue.sentence != sentence:
                continue
            if cue.rule.strength > 0:
                miss *= 1.0 - cue.rule.strength
            else:
                keep *= 1.0 + cue.rule.strength
        score = max(score, (1.0 - miss) * keep)
    decision: Decision = "accept" if score >= ACCEPT else "ask" if score >= ASK else "miss"
    return StepVerdict(step, decision, round(score, 4), round(score - ACCEPT, 4))


def decide_politeness(reply: Normalised, tones: Sequence[Cue]) -> int:
    """Give −2 to 2 from the tones."""
    worst = min((c.rule.strength for c in tones if c.rule.label in _RUDE), default=0.0)
    if worst <= -1.8:
        return -2
    labels = {c.rule.label for c in tones}
    if worst <= -0.8:
        return -1
    warm = sum(label in labels for label in _WARM)
    if ("warm" in labels and warm) or (warm and "service" in labels) or warm >= 2:
        return 2
    points = sum(max(0.0, c.rule.strength) for c in {c.rule.label: c for c in tones}.values())
    if reply.marks.faces:
        points += 0.4
    return 1 if points >= 0.75 else 0


def decide_issues(tones: Sequence[Cue], wrong: Sequence[Cue]) -> tuple[Issue, ...]:
    """Give the coarse issues that tones and faults carry, in the order of ISSUES."""
    found = {ISSUE_OF_TONE[c.rule.label] for c in tones if c.rule.label in ISSUE_OF_TONE}
    found |= {c.rule.issue for c in wrong if c.rule.issue}
    return tuple(issue for issue in ISSUES if issue in found)


def decide_faults(reply: Normalised, wrong: Sequence[Cue]) -> tuple[Fault, ...]:
    """Give the finer faults with their words on the reply as typed, each category once."""
    found: dict[str, Fault] = {}
    for cue in wrong:
        start, end = cue.place(reply)
        if start < end:
            found.setdefault(cue.rule.label, Fault(cue.rule.label, cue.rule.severity, start, end, cue.rule.issue))
    return tuple(found.values())


def evidence(reply: Normalised, verdicts: Sequence[StepVerdict], cues: Sequence[Cue]) -> tuple[Evidence, ...]:
    """Give the words behind each accepted step, on the reply as typed."""
    found: list[Evidence] = []
    for verdict in verdicts:
        if verdict.decision != "accept":
            continue
        own = [c for c in cues if c.rule.label == verdict.step and c.rule.strength > 0]
        for cue in sorted(own, key=lambda c: -c.rule.strength)[:2]:
            start, end = reply.span(cue.start, cue.end)
            found.append(Evidence(str(verdict.step), start, end, cue.rule.id))
    return tuple(sorted(set(found), key=lambda e: (e.start, e.end, e.label)))
