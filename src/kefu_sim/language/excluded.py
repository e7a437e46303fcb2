"""What would have counted in a reply, and what set it aside: for those who ask why, never on the way to a verdict."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from kefu_sim.language.decide import shown_words, trimmed
from kefu_sim.language.evidence import concerns
from kefu_sim.language.intents import not_meant
from kefu_sim.language.model import ISSUES
from kefu_sim.language.ngrams import Question, find_ngrams
from kefu_sim.language.reported import Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kefu_sim.language.decide import Judgement
    from kefu_sim.language.intents import CompiledIntent
    from kefu_sim.language.model import Prediction, StatModel
    from kefu_sim.language.normalise import Normalised
    from kefu_sim.language.rules import Asked, Cue, Rule, RuleBook, Stopped

Why = Literal["negated", "question", "exception", "innocent", "place", "overruled", "outweighed"] | Way
"""
* `negated` · `question` · `exception`: other words of the sentence turn it round, only ask, or mean something else
* `innocent`: part of a harmless word
* `said` · `heard` · `quoted` · `named` · `own`: words of the buyer or of others, a name, words about herself (see
  `reported`)
* `place`: counts elsewhere in a reply or a chat only
* `overruled`: a rule speaks against it · `outweighed`: the rest of the reply weighs more
"""
_NEGATION = re.compile("[不没别非无未勿甭莫]")
_NO_NEGATION = re.compile("是不是|有没有|[能会行要可好对]不[能会行要可好对]|没事|没关系|不过|不错")
_QUESTION = re.compile("[吗么?]|是不是|有没有|能不能|行不行|要不要|可不可以")


class Excluded(NamedTuple):
    """Words that would have counted, and what set them aside. Ranges are half-open, of the reply as typed."""

    label: str
    """A step, a tone, an issue, a category of faults, or an intent."""
    source: str
    """Id of the rule that knows the words; `intent`, or `model`."""
    start: int
    end: int
    why: Why
    by: tuple[int, int] | None = None
    """The words that set them aside; None where there are none to show."""
    rule: Rule | None = None
    """The rule that knows the words."""
    against: Rule | None = None
    """The rule that overruled them."""


def by_words(book: RuleBook, asked: Asked) -> Iterator[Excluded]:
    """Rules that other words keep from holding. What only begins to say something after some lines is left out."""
    reply = asked.reply
    for stop in book.stopped(asked):
        if stop.why == "place" and stop.rule.after:
            continue
        start, end = _typed(stop, (stop.start, stop.end), reply)
        by = _typed(stop, stop.by, reply) if stop.by else None
        if start < end:
            yield Excluded(stop.rule.label, stop.rule.id, start, end, _why(stop, reply), by, stop.rule)


def by_intents(reply: Normalised, intents: tuple[CompiledIntent, ...]) -> Iterator[Excluded]:
    """Intents that are negated, or kept away by an exception."""
    for name, start, end, by in not_meant(reply, intents):
        yield Excluded(name, "intent", start, end, "exception" if by else "negated", by)


def by_judgement(reply: Normalised, cues: Sequence[Cue], judged: Judgement) -> Iterator[Excluded]:
    """Rules that hold although what they speak for was not found, and issues that a rule clears."""
    missed = {str(verdict.step) for verdict in judged.steps if verdict.decision == "miss"}
    against = {cue.rule.label: cue for cue in cues if cue.rule.kind == "step" and cue.rule.strength < 0}
    for cue in cues:
        label, rule = concerns(cue), cue.rule
        place = shown_words(cue, reply)
        if rule.clears and rule.clears not in judged.issues:
            yield Excluded(rule.clears, rule.id, *place, "innocent", place, rule)
        elif label in missed and rule.strength > 0 and (other := against.get(label)):
            yield Excluded(label, rule.id, *place, "overruled", shown_words(other, reply), rule, other.rule)
        elif (label in missed and rule.strength > 0) or (label in ISSUES and label not in judged.issues):
            yield Excluded(label, rule.id, *place, "outweighed", rule=rule)


def by_veto(
    reply: Normalised, cues: Sequence[Cue], judged: Judgement, prediction: Prediction, model: StatModel
) -> Iterator[Excluded]:
    """Steps that the network heard and a rule speaks against."""
    carried = {cue.rule.label for cue in cues if cue.rule.kind == "step" and cue.rule.strength > 0}
    against = {cue.rule.label: cue for cue in cues if cue.rule.kind == "step" and cue.rule.strength < 0}
    heard = zip(judged.steps, prediction.steps.tolist(), model.thresholds, strict=True)
    for step in [str(v.step) for v, chance, accept in heard if v.decision != "accept" and chance >= accept]:
        if step in against and step not in carried:
            by, words = against[step], find_ngrams(reply, prediction, model, [Question(step, step)])[:1]
            for _, start, end, _ in words:
                yield Excluded(step, "model", start, end, "overruled", shown_words(by, reply), None, by.rule)


def _typed(stop: Stopped, place: tuple[int, int], reply: Normalised) -> tuple[int, int]:
    return trimmed(reply.original, *(place if stop.rule.typed else reply.span(*place)))


def _why(stop: Stopped, reply: Normalised) -> Why:
    """Tell what kind of exception it is by its words, beside those that were found."""
    if stop.why == "allow":
        return "innocent"
    if stop.why != "unless":
        return stop.why
    if stop.by is None:
        return "exception"
    text = reply.original if stop.rule.typed else reply.text
    beside = "".join(text[at] for at in range(*stop.by) if not stop.start <= at < stop.end)
    if _NEGATION.search(_NO_NEGATION.sub("", beside)):
        return "negated"
    return "question" if _QUESTION.search(text, *stop.by) else "exception"
