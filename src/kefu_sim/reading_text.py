"""Why a reply was understood as it was, in words: what `explain` prints and the page behind F4 shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from kefu_sim.i18n import language, tr
from kefu_sim.language.decide import shown_words
from kefu_sim.language.ngrams import TONE
from kefu_sim.language.verdict import STEPS, Step
from kefu_sim.rulebook.recogniser import load_tables, shared_samples
from kefu_sim.rulebook.rubric import fault_title
from kefu_sim.scenario.labels import NOTED
from kefu_sim.words import gaming_title, issue_title, listed, politeness_title, step_title

if TYPE_CHECKING:
    from kefu_sim.language.excluded import Excluded
    from kefu_sim.language.rules import Rule
    from kefu_sim.language.study import Study
    from kefu_sim.language.verdict import Amount, Quantity, StepVerdict
    from kefu_sim.scenario.model import Scenario

Meaning = Literal["good", "warn", "bad", "text", "muted"]
Meant = Callable[[str], str]
"""Intent → what it stands for in words; empty where there are none."""
_STEPS = frozenset(map(str, STEPS))
_MARKS = re.compile(r"[\W_]+")
_WEAKEST = 0.005
"""A score that would be shown as nothing."""


class Line(NamedTuple):
    """One line of a part; what is long wraps below its text."""

    label: str
    text: str = ""
    meaning: Meaning = "text"


class Part(NamedTuple):
    """A piece of the explanation under a title."""

    title: str
    lines: Sequence[Line]


def meanings(story: Scenario | None = None) -> Meant:
    """What the intents of a story, and those of the program, stand for: as their authors put it."""
    samples = dict(shared_samples())
    if story is not None:
        samples.update((name, intent.say) for name, intent in story.intents.items())

    def meant(intent: str) -> str:
        if intent.startswith("fact.") and story is not None:
            _, name, how = intent.partition("@")[0].split(".")
            told = tr("answers rightly: {about}") if how == "right" else tr("answers wrongly: {about}")
            return told.format(about=story.facts[name].about)
        said = samples.get(intent)
        return tr("like “{words}”").format(words=said[0]) if said else ""

    return meant


def heard_titles(heard: Iterable[str]) -> list[str]:
    """What was heard of the buyer's lines, in words, each with its id."""
    rules = {rule.label: _reason(rule) for rule in reversed(load_tables().buyer.rules)}
    return [_with_id(rules.get(label, ""), label) for label in sorted(heard)]


def _with_id(words: str, name: str) -> str:
    """The name that authors know something by stands behind what it means."""
    return tr("{words} ({id})").format(words=words, id=name) if words else name


def verdict_parts(study: Study) -> list[Part]:
    """What a reply counts as, and by which words: steps, tone, and faults where there are any."""
    parts = [Part(tr("Steps"), list(_step_lines(study))), Part(tr("Tone"), [_tone_line(study)])]
    if faults := list(_fault_lines(study)):
        parts.append(Part(tr("Faults"), faults))
    return parts


def detail_parts(study: Study, meant: Meant) -> list[Part]:
    """How that was found: the words the network rests on, what was set aside, scores and runner-up, rules, the rest.

    `meant` gives what an intent stands for in words, if there are any.
    """
    parts = (
        Part(tr("Words that weighed most"), list(_ngram_lines(study))),
        Part(tr("Set aside"), [_excluded_line(study, row, meant) for row in study.missed]),
        Part(tr("Scores"), list(_score_lines(study))),
        Part(tr("Rules that held"), list(dict.fromkeys(_rule_lines(study)))),
        Part(tr("Also heard"), list(_other_lines(study, meant))),
    )
    return [part for part in parts if part.lines]


def label_title(label: str) -> str:
    """Name of anything that a reply can be found to be, but for what only its story knows by name."""
    if label in _STEPS:
        return step_title(Step(label))
    return tr("Tone") if label == TONE else issue_title(label)


def _quoted(words: str) -> str:
    return tr("“{words}”").format(words=words)


def _words(study: Study, start: int, end: int) -> str:
    return _quoted(study.read.original[start:end])


def _reason(rule: Rule) -> str:
    return rule.zh if language() == "zh" else rule.en


def _rule_title(rule: Rule) -> str:
    if rule.kind == "step":
        return step_title(Step(rule.label))
    return fault_title(rule.label) if rule.kind == "fault" else tr("Tone")


def _step_lines(study: Study) -> Iterator[Line]:
    seen = study.recognition
    for step in seen.steps:
        words = _because(study, step)
        if step in seen.awaited:
            here = tr("only nearly said, but just what the buyer waits for here")
            words = tr("{by}: {reason}").format(by=words, reason=here) if words else here
        yield Line(f"✓ {step_title(step)}", words, "good")
    near = [verdict.step for verdict in seen.verdicts if verdict.decision == "ask"]
    for step in near:
        words = listed([_words(study, n.start, n.end) for n in study.ngrams if n.label == step][:2])
        nearly = tr("nearly, by {words}: say it more clearly").format(words=words)
        yield Line(f"? {step_title(step)}", nearly if words else tr("nearly: say it more clearly"), "warn")
    if not seen.steps and not near:
        yield Line(tr("none recognised in this reply"), "", "muted")


def _because(study: Study, step: Step) -> str:
    """The words behind a step, and what the rule says that knows them."""
    shown = [e for e in study.recognition.evidence if e.label == step.value]
    if not shown:
        return ""
    words = "…".join(dict.fromkeys(study.read.original[e.start : e.end] for e in shown))
    by = tr("by “{words}”").format(words=words)
    reasons = {cue.rule.id: _reason(cue.rule) for cue in study.cues}
    told = list(dict.fromkeys(reasons[e.source] for e in shown if e.source in reasons))
    return tr("{by} ({reason})").format(by=by, reason=listed(told)) if told else by


def _tone_line(study: Study) -> Line:
    value = study.recognition.politeness
    words = f"{value:+d}  {politeness_title(value)}" if value else politeness_title(0)
    return Line(words, "", "good" if value > 0 else "bad" if value < 0 else "text")


def _fault_lines(study: Study) -> Iterator[Line]:
    seen = study.recognition
    told = {fault.issue for fault in seen.faults}
    for issue in seen.issues:
        if issue not in told:
            yield Line(f"× {issue_title(issue)}", "", "bad")
    for fault in seen.faults:
        words = study.read.original[fault.start : fault.end]
        by = tr("by “{words}”: it comes to {right}") if fault.right else tr("by “{words}”")
        yield Line(f"× {fault_title(fault.category)}", by.format(words=words, right=fault.right), "bad")
    for why in seen.gaming:
        yield Line(f"× {gaming_title(why)}", tr("earns nothing"), "bad")


def _score_lines(study: Study) -> Iterator[Line]:
    """Every step that anything points to, the likeliest first."""
    by_rules = {verdict.step: verdict.score for verdict in study.rule_steps}
    for verdict in sorted(study.recognition.verdicts, key=lambda verdict: -verdict.score):
        if verdict.score < _WEAKEST:
            continue
        refused = verdict.decision == "miss" and verdict.margin >= 0
        mark = "×" if refused else {"accept": "✓", "ask": "?", "miss": "·"}[verdict.decision]
        rules = by_rules.get(verdict.step, 0.0)
        told = [tr("{score:.2f}, counts from {least:.2f}").format(score=verdict.score, least=_least(verdict))]
        if rules >= _WEAKEST and abs(rules - verdict.score) >= _WEAKEST:
            told.append(tr("by rules alone {score:.2f}").format(score=rules))
        if refused:
            told.append(tr("not counted"))
        elif verdict == study.runner_up:
            told.append(tr("the runner-up"))
        yield Line(f"{mark} {step_title(verdict.step)}", " · ".join(told))
    value, rules = study.recognition.politeness, study.rule_politeness
    if value != rules:
        text = tr("{tone}, by rules alone {rules}").format(tone=politeness_title(value), rules=politeness_title(rules))
        yield Line("· " + tr("Tone"), text)


def _least(verdict: StepVerdict) -> float:
    return verdict.score - verdict.margin


def _rule_lines(study: Study) -> Iterator[Line]:
    for cue in study.cues:
        rule, sign = cue.rule, "+" if cue.rule.strength > 0 or cue.rule.clears else "−"
        words = _words(study, *shown_words(cue, study.read))
        yield Line(f"{sign} {_rule_title(rule)}", f"{words}  {_reason(rule)}  {rule.id}")


def _ngram_lines(study: Study) -> Iterator[Line]:
    for label in dict.fromkeys(ngram.label for ngram in study.ngrams):
        own = [n for n in study.ngrams if n.label == label]
        text = "  ".join(f"{_words(study, n.start, n.end)} +{n.weight:.1f}" for n in own)
        yield Line(f"· {label_title(label)}", text)


def _excluded_line(study: Study, row: Excluded, meant: Meant) -> Line:
    if row.rule is not None:
        title = issue_title(row.rule.clears) if row.rule.clears else _rule_title(row.rule)
    elif (title := label_title(row.label)) == row.label:
        title = _with_id(meant(row.label), row.label)
    text = f"{_words(study, row.start, row.end)}  {_set_aside_by(study, row)}"
    return Line(f"· {title}", f"{text}  {row.rule.id}" if row.rule is not None else text)


def _set_aside_by(study: Study, row: Excluded) -> str:
    """What set words aside, in the language of the interface."""
    by = study.read.original[slice(*row.by)] if row.by else ""
    said = {
        "negated": tr("negated: “{by}”") if by else tr("negated"),
        "question": tr("only asked: “{by}”"),
        "exception": tr("means something else beside “{by}”") if by else tr("means something else here"),
        "innocent": tr("allowed wording: “{by}”"),
        "own": tr("allowed wording: “{by}”"),
        "said": tr("quotes the buyer"),
        "heard": tr("what the buyer fears or has heard"),
        "quoted": tr("stands in quotation marks"),
        "named": tr("the name of something"),
        "place": tr("does not count in this place"),
        "overruled": tr("overruled by “{by}”: {reason}"),
        "outweighed": tr("the rest of the reply weighs more"),
    }[row.why]
    return said.format(by=by, reason=_reason(row.against) if row.against is not None else "")


def _other_lines(study: Study, meant: Meant) -> Iterator[Line]:
    """How the reply was read where that is not as it was typed, intents, and numbers."""
    seen, read = study.recognition, study.read
    if _letters(read.text) not in ("", _letters(read.original)):
        yield Line(tr("Read as"), read.text)
    if seen.bare is not None:
        said = tr("a yes, {words}") if seen.bare.answer == "yes" else tr("a no, {words}")
        yield Line(tr("Bare answer"), said.format(words=_words(study, seen.bare.start, seen.bare.end)))
    for intent in seen.intents:
        if not intent.startswith(NOTED):  # which a message cannot carry
            yield Line(tr("It means"), _with_id(meant(intent), intent))
    numbers: tuple[Amount | Quantity, ...] = (*seen.amounts, *seen.quantities)
    for number in numbers:
        yield Line(_number_title(number.kind), f"{number.value:g}  {_words(study, number.start, number.end)}")


def _letters(text: str) -> str:
    """A text without marks, by which two spellings of it are compared."""
    return _MARKS.sub("", text).lower()


def _number_title(kind: str) -> str:
    return {
        "price": tr("Price"),
        "off": tr("Reduction"),
        "discount": tr("Discount"),
        "per_day": tr("Price a day"),
        "gift": tr("Worth of a gift"),
        "amends": tr("Amends"),
        "days": tr("Days"),
        "minutes": tr("Minutes"),
        "count": tr("Pieces"),
        "percent": tr("Per cent"),
    }.get(kind, tr("Amount"))
