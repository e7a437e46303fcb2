"""Where rules and model meet: one calibrated decision per step, one politeness, the issues, the evidence.

The rules alone give a step the noisy-or of its cues in the best sentence, lowered by cues against it; tone rules give
a politeness. The model joins these views with its own reading in one calibrated probability. Without a model the
rules decide.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from kefu_sim.language.model import ISSUES
from kefu_sim.language.verdict import STEPS, Decision, Evidence, Fault, Issue, Step, StepVerdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kefu_sim.language.model import Prediction
    from kefu_sim.language.normalise import Normalised
    from kefu_sim.language.rules import Cue

ACCEPT = 0.5
"""Score from which a step counts."""
ASK = 0.6
"""Share of the accepting score from which the buyer asks back instead of passing over."""
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


def rule_steps(cues: Sequence[Cue]) -> tuple[StepVerdict, ...]:
    """Score the eight steps by the rules alone, in flow order."""
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
    return _judged(step, score, ACCEPT)


def _judged(step: Step, score: float, accept: float) -> StepVerdict:
    decision: Decision = "accept" if score >= accept else "ask" if score >= accept * ASK else "miss"
    return StepVerdict(step, decision, round(score, 4), round(score - accept, 4))


def joined_steps(prediction: Prediction, thresholds: Sequence[float]) -> tuple[StepVerdict, ...]:
    """Score the eight steps by model and rules together, in flow order."""
    scores = prediction.steps.tolist()
    return tuple(_judged(step, score, accept) for step, score, accept in zip(STEPS, scores, thresholds, strict=True))


def joined_politeness(prediction: Prediction, cuts: Sequence[float]) -> int:
    """Give −2 to 2 by model and rules together: the mean of the distribution, cut at the learnt bounds."""
    return bisect_right(cuts, prediction.expected_politeness) - 2


def joined_issues(prediction: Prediction, thresholds: Sequence[float]) -> tuple[Issue, ...]:
    """Give the coarse issues by model and rules together."""
    chances = prediction.issues.tolist()
    return tuple(i for i, chance, accept in zip(ISSUES, chances, thresholds, strict=True) if chance >= accept)


def rule_politeness(reply: Normalised, tones: Sequence[Cue]) -> int:
    """Give −2 to 2 by the rules alone."""
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


def rule_issues(tones: Sequence[Cue], wrong: Sequence[Cue]) -> tuple[Issue, ...]:
    """Give the coarse issues by the rules alone, in the order of ISSUES."""
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
