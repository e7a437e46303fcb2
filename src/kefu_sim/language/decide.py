"""Where rules and model meet: one calibrated decision per step, one politeness, the issues, the evidence.

The rules alone give a step the noisy-or of its cues in the best sentence, lowered by cues against it; tone rules give
a politeness. The model joins these views with its own reading in one calibrated probability. Without a model the
rules decide.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING, NamedTuple

from kefu_sim.base.text import CLAUSE_MARKS
from kefu_sim.language.model import ISSUES
from kefu_sim.language.verdict import STEPS, Decision, Fault, Issue, Step, StepVerdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kefu_sim.language.model import Prediction
    from kefu_sim.language.normalise import Normalised
    from kefu_sim.language.rules import Cue, Rule

ACCEPT = 0.5
"""Score from which a step counts."""
ASK = 0.6
"""Share of the accepting score from which the buyer asks back instead of passing over."""
MILDEST: Mapping[Issue, int] = {"dismissive": -1, "blame": -1, "abuse": -1}
"""The mildest politeness that an issue of tone goes with; so it is labelled everywhere in the training text."""
MERCY = 0.35
"""A reply is called rude only when its expected politeness lies so far below the learnt bound: a polite trainee who is
called rude trusts the score no longer."""
MOST_TONES = 2
"""One tone rule counts so often at most."""
TRUST = 1.5
"""What a rule score of 1 adds to the model's log-odds: house style that the corpus is thin in rests on rules."""
PUSH = 1.0
"""What a tone rule that is nearly always right (`sure`) takes from the expected politeness; one that speaks for the
tone excuses as much, and makes nothing warmer than it was."""
VETO = 1.5
"""What a cue of strength −1 takes from the log-odds of a step that no rule carries."""
BARRED = 0.5
"""Share of the accepting score left to a step that only the network hears and a `sure` cue speaks against."""
KIND = frozenset({"apology", "chat", "empathy", "fair", "patience", "please", "service", "thanks", "warm", "wish"})
"""Tones of a kind reply …"""
SERVING = frozenset({Step.ASK, Step.ANALYSE, Step.RECOMMEND, Step.ASSIST, Step.VERIFY})
"""… and steps that serve the buyer: without any cue against the tone, such a reply is rude only …"""
DOUBT = 0.5
"""… when the expected politeness lies this far below the bound."""
COURTEOUS = KIND | {"dear", "greeting", "honorific", "soft"}
"""Tones of a reply that is courteous at least in its form: with one, nothing is called abusive that no rule speaks
against. Without one …"""
BARE = 0.1
"""… a reply that the rules find curt is so even this far above the bound: there is nothing to be merciful for."""
SET_PHRASES = frozenset({Step.GREET, Step.VERIFY, Step.FAREWELL})
"""Steps that are mostly said in set phrases, which rules know best …"""
TRUST_SET_PHRASES = 3.0
"""… and what a rule score of 1 adds there."""
_TRUSTS = tuple(TRUST_SET_PHRASES if step in SET_PHRASES else TRUST for step in STEPS)
NEUTRAL = 0.2
"""Rule score that adds nothing."""
ISSUE_OF_TONE: dict[str, Issue] = {
    "dismissive": "dismissive",
    "blame": "blame",
    "abuse": "abuse",
    "threat": "abuse",
    "sarcasm": "abuse",
}
RULED: frozenset[Issue] = frozenset({"overpromise", "offplatform"})
"""Issues of a plain wording: a rule that holds is enough …"""
CAUTION = 0.7
"""… and without one the model must come this share of the way from its threshold to certainty; so must it to call a
reply abuse that no rule speaks against."""
MOST_BESIDE_ABUSE = 1
"""A reply of abuse and at most so many letters besides is nothing but abuse."""
LONGEST = 24
"""A clause that is shown is cut to this many characters …"""
SHORTEST = 5
"""… and shown with the next one when it has fewer."""
_CLAUSE_END = re.compile(r"[,:。!?;\n~… ]")
_NOTHING = {step: StepVerdict(step, "miss", 0.0, -ACCEPT) for step in STEPS}
_NO_STEP = tuple(_NOTHING.values())


def rule_steps(cues: Sequence[Cue]) -> tuple[StepVerdict, ...]:
    """Score the eight steps by the rules alone, in flow order."""
    if not cues:
        return _NO_STEP
    by_label: dict[str, list[Cue]] = {}
    for cue in cues:
        by_label.setdefault(cue.rule.label, []).append(cue)
    return tuple([_verdict(step, by_label[step]) if step in by_label else _NOTHING[step] for step in STEPS])


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
    return StepVerdict(step, decision, score, score - accept)


def joined_steps(
    prediction: Prediction, rules: Sequence[StepVerdict], cues: Sequence[Cue], thresholds: Sequence[float]
) -> tuple[StepVerdict, ...]:
    """Score the eight steps by model and rules together, in flow order."""
    against: dict[str, float] = {}
    sure: set[tuple[str, bool]] = set()
    for cue in cues:
        rule = cue.rule
        if rule.strength < 0 and rule.kind == "step":
            against[rule.label] = min(rule.strength, against.get(rule.label, 0.0))
        if rule.sure and rule.kind == "step":
            sure.add((rule.label, rule.strength > 0))
    found: list[StepVerdict] = []
    for (step, _, score, _), trust, chance, accept in zip(
        rules, _TRUSTS, prediction.steps.tolist(), thresholds, strict=True
    ):
        told = trust * (score - NEUTRAL)
        if against and score < ACCEPT:
            told += VETO * against.get(step, 0.0)
        odds = chance / max(1e-6, 1.0 - chance) * exp(told)
        joined = odds / (1.0 + odds)
        if (step, True) in sure and score >= ACCEPT:
            joined = max(joined, accept)
        elif (step, False) in sure and score < ACCEPT:
            joined = min(joined, accept * BARRED)
        found.append(_judged(step, joined, accept))
    return tuple(found)


def joined_politeness(
    prediction: Prediction, rules: int, cues: Sequence[Cue], steps: Sequence[StepVerdict], cuts: Sequence[float]
) -> int:
    """Give −2 to 2 by model and rules together: the mean of the distribution, cut at the learnt bounds.

    `rules` is the politeness by the rules alone; `steps` are the joined ones.
    """
    sure = {c.rule.id: c.rule for c in cues if c.rule.sure and c.rule.strength < 0 and c.rule.kind != "step"}
    if any(map(is_plain_abuse, cues)):
        return -2
    expected = prediction.expected_politeness - PUSH * min(len(sure), MOST_TONES)
    if not any(map(_hurts, sure.values())):
        expected = max(expected, min(prediction.expected_politeness, cuts[0]))
    if expected < cuts[1] and any(_insult(cue) for cue in cues):
        return -2
    courteous = any(cue.rule.kind == "tone" and cue.rule.label in COURTEOUS for cue in cues)
    plain = cuts[1] + (BARE if rules < 0 and not courteous else -MERCY)
    innocent = not _spoken_against(cues)
    if expected < plain and (mercy := _mercy(cues, steps)):
        expected = min(expected + mercy, plain)
    elif expected < cuts[0] and innocent:
        expected = min(expected + DOUBT, cuts[0])
    if courteous and innocent:
        expected = max(expected, cuts[0])
    return bisect_right((cuts[0], plain, *cuts[2:]), expected) - 2


def forgiven(politeness: int, cues: Sequence[Cue], *, answers: bool) -> int:
    """Give a politeness that is no worse than plain where rudeness is only heard in words that a tone rule excuses.

    `answers`: the same holds for a plain answer, which is short because nothing more was asked.
    """
    if politeness >= 0 or _spoken_against(cues):
        return politeness
    return 0 if answers or any(map(_excuses, cues)) else politeness


def as_meant(cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
    """Leave out what tone rules find against words that another one excuses."""
    excused = [(cue.start, cue.end) for cue in cues if _excuses(cue)]
    if not excused:
        return cues
    return tuple(cue for cue in cues if not (_chides(cue) and any(a < cue.end and cue.start < b for a, b in excused)))


def _excuses(cue: Cue) -> bool:
    """Tell whether a tone rule speaks for words that sound rude by themselves."""
    return cue.rule.kind == "tone" and cue.rule.clears is not None


def _chides(cue: Cue) -> bool:
    """Tell whether a cue speaks against the tone of what is said, by a tone rule."""
    return cue.rule.kind == "tone" and cue.rule.strength < 0 and not cue.rule.typed


def _insult(cue: Cue) -> bool:
    """Tell whether a cue points at words that are abuse wherever the tone is not friendly."""
    return cue.rule.severity == "F" and cue.rule.issue == "abuse" and not cue.rule.clears


def is_plain_abuse(cue: Cue) -> bool:
    """Tell whether a cue points at a sign or an abbreviation that is abuse whatever stands around it."""
    return cue.rule.issue == "abuse" and cue.rule.sure and (cue.rule.typed or cue.rule.severity == "F")


def says_nothing_else(reply: Normalised, cues: Sequence[Cue]) -> bool:
    """Tell whether a reply is nothing but abuse: no step is done by that, whatever the model hears in it."""
    abuse = {at for cue in cues if _insult(cue) for at in range(*cue.place(reply))}
    beside = (char.isalnum() and at not in abuse for at, char in enumerate(reply.original))
    return bool(abuse) and sum(beside) <= MOST_BESIDE_ABUSE


def _hurts(rule: Rule) -> bool:
    """Tell whether what a rule finds is worse than curt, cold or blaming."""
    return "abuse" in (rule.issue, ISSUE_OF_TONE.get(rule.label))


def _spoken_against(cues: Sequence[Cue]) -> bool:
    """Tell whether any rule speaks against the tone: without one, nothing is called abusive short of certainty."""
    rules = [cue.rule for cue in cues if cue.rule.kind == "tone" or (cue.rule.severity != "M" and not cue.rule.clears)]
    return any(rule.kind != "step" and rule.strength <= 0 for rule in rules)


def _mercy(cues: Sequence[Cue], steps: Sequence[StepVerdict]) -> float:
    """Give how far the bound moves where something kind is said or done and nothing speaks against the tone."""
    spoken = [cue.rule for cue in cues if cue.rule.kind != "step" and not cue.rule.clears]
    if any(rule.strength <= 0 for rule in spoken):
        return 0.0
    if any(rule.sure for rule in spoken):
        return PUSH
    done = any(verdict.decision == "accept" and verdict.step in SERVING for verdict in steps)
    return DOUBT if done or any(rule.label in KIND for rule in spoken) else 0.0


def joined_issues(
    prediction: Prediction, rules: Sequence[Issue], cues: Sequence[Cue], thresholds: Sequence[float], politeness: int
) -> tuple[Issue, ...]:
    """Give the coarse issues by model and rules together. Nobody is sent away, blamed or abused in a friendly tone."""
    found: list[Issue] = []
    for issue, chance, accept in zip(ISSUES, prediction.issues.tolist(), thresholds, strict=True):
        if politeness > MILDEST.get(issue, 2):
            continue
        plain = issue in RULED
        if issue in rules and (
            plain or (issue == "abuse" and any(_insult(cue) or is_plain_abuse(cue) for cue in cues))
        ):
            found.append(issue)
        elif chance >= accept and (issue in rules or all(cue.rule.clears != issue for cue in cues)):
            careful = plain or (issue == "abuse" and not _spoken_against(cues))
            if not careful or chance >= accept + CAUTION * (1.0 - accept):
                found.append(issue)
    return tuple(found)


class Judgement(NamedTuple):
    """Steps, politeness and issues, by the rules alone or joined."""

    steps: tuple[StepVerdict, ...]
    """One for each step, in flow order."""
    politeness: int
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class ToneScale:
    """How tones, length and marks add up to a politeness (rules/politeness.yaml)."""

    cuts: tuple[float, ...]
    """Four bounds between −2, −1, 0, 1 and 2."""
    length: tuple[tuple[int, float], ...]
    """(up to so many characters, added), ascending."""
    opening: float
    """Added to the first message of the agent."""
    faces: float
    exclamations: float
    questions: float
    ellipses: float


def rule_politeness(reply: Normalised, tones: Sequence[Cue], scale: ToneScale, *, opening: bool) -> int:
    """Give −2 to 2 by the rules alone."""
    total = next((added for most, added in scale.length if len(reply.text) <= most), 0.0)
    counts: dict[str, int] = {}
    for cue in tones:
        counts[cue.rule.id] = counts.get(cue.rule.id, 0) + 1
        if counts[cue.rule.id] <= MOST_TONES:
            total += cue.rule.strength
    marks = reply.marks
    total += scale.opening * opening + scale.faces * (marks.faces > 0) + scale.exclamations * (marks.exclamations > 0)
    total += scale.questions * (marks.questions > 0) + scale.ellipses * (marks.ellipses > 0)
    return bisect_right(scale.cuts, total) - 2


def rule_issues(tones: Sequence[Cue], wrong: Sequence[Cue]) -> tuple[Issue, ...]:
    """Give the coarse issues by the rules alone, in the order of ISSUES."""
    found = {ISSUE_OF_TONE[c.rule.label] for c in tones if c.rule.label in ISSUE_OF_TONE}
    found |= {c.rule.issue for c in wrong if c.rule.issue}
    return tuple(issue for issue in ISSUES if issue in found)


def decide_faults(reply: Normalised, wrong: Sequence[Cue]) -> tuple[Fault, ...]:
    """Give the finer faults with their words on the reply as typed, each category once."""
    found: dict[str, Fault] = {}
    for cue in (cue for cue in wrong if not cue.rule.clears):
        start, end = shown_words(cue, reply)
        if start < end:
            found.setdefault(cue.rule.label, Fault(cue.rule.label, cue.rule.severity, start, end, cue.rule.issue))
    return tuple(found.values())


def shown_words(cue: Cue, reply: Normalised) -> tuple[int, int]:
    """Give the words behind a cue on the reply as typed."""
    start, end = cue.start if cue.rule.typed else _with_negation(reply.text, cue.start), cue.end
    if cue.rule.clause and not _CLAUSE_END.match(reply.text, end - 1):
        end = _clause_end(reply.text, end)
        if end - start < SHORTEST and cue.rule.kind != "step" and reply.text[end : end + 1] == ",":
            end = _clause_end(reply.text, end + 1)
        end = min(end, start + LONGEST)
    return trimmed(reply.original, *cue._replace(start=start, end=end).place(reply))


def _with_negation(text: str, start: int) -> int:
    """Give where words begin with the no before them, if there is one; what is denied is not to be shown as said."""
    if start == 0 or text[start - 1] not in "不没":
        return start
    before = text[start - 2 : start - 1]
    return start if before and before in "要差" + text[start : start + 1] else start - 1  # 要不换大一号, 能不能换


def _clause_end(text: str, at: int) -> int:
    """Give where the clause ends that a place stands in."""
    close = _CLAUSE_END.search(text, at)
    return close.start() if close else len(text)


_NO_START, _NO_END = CLAUSE_MARKS + ")]）】", CLAUSE_MARKS + "([（【"


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut marks, white space and foreign brackets at both ends of a range, unless nothing else is there."""
    a, b = start, end
    while a < b and text[a] in _NO_START:
        a += 1
    while b > a and text[b - 1] in _NO_END:
        b -= 1
    return (a, b) if a < b else (start, end)
