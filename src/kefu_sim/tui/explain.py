"""What a reply was understood as, in words: the page behind F4, and the model answer."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from kefu_sim.i18n import language, tr
from kefu_sim.language.verdict import STEPS, Recognition, Step
from kefu_sim.scenario.model import ModelAnswer
from kefu_sim.tui.render import Block, Mark, StyleOf, indented, marked, plain, wrapped
from kefu_sim.words import issue_title, politeness_title, step_title

_STEP_NAMES = {step.value for step in STEPS}


def recognition_block(text: str, seen: Recognition) -> Block:
    """A reply with the words that counted, and what they counted as."""

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        muted, title = style_of("muted"), style_of("title")
        page = [plain(tr("You wrote"), title)]
        page += [line.pad_left(2) for line in wrapped(marked(text, _marks(text, seen), style_of), width - 2)]
        page += [Content(""), plain(tr("Steps"), title)]
        page += _steps(text, seen, width, style_of)
        page += [Content(""), plain(tr("Tone"), title)]
        tone = f"{seen.politeness:+d}  {politeness_title(seen.politeness)}" if seen.politeness else politeness_title(0)
        page += [plain(tone, style_of("good" if seen.politeness > 0 else "bad" if seen.politeness < 0 else "text"))]
        page[-1] = page[-1].pad_left(2)
        if seen.issues or seen.faults or seen.gaming:
            page += [Content(""), plain(tr("Faults"), title)]
            page += _faults(text, seen, width, style_of)
        page += [Content(""), plain(tr("Points are given at the end; this is what the buyer understood."), muted)]
        return page

    return lines


def _marks(text: str, seen: Recognition) -> list[Mark]:
    marks = [(e.start, e.end, "good") for e in seen.evidence if e.label in _STEP_NAMES]
    marks += [(f.start, f.end, "bad") for f in seen.faults]
    return [mark for mark in marks if 0 <= mark[0] < mark[1] <= len(text)]


def _steps(text: str, seen: Recognition, width: int, style_of: StyleOf) -> list[Content]:
    rows: list[Content] = []
    for step in seen.steps:
        words = _words(text, seen, step)
        label = plain(f"  ✓ {step_title(step)}  ", style_of("good"))
        rows += indented(plain(tr("by “{words}”").format(words=words) if words else ""), width, label)
    for verdict in seen.verdicts:
        if verdict.decision == "ask":
            label = plain(f"  ? {step_title(verdict.step)}  ", style_of("warn"))
            rows += indented(plain(tr("nearly: say it more clearly")), width, label)
    return rows or [plain("  " + tr("none recognised in this reply"), style_of("muted"))]


def _words(text: str, seen: Recognition, step: Step) -> str:
    return "…".join(dict.fromkeys(text[e.start : e.end] for e in seen.evidence if e.label == step.value))


def _faults(text: str, seen: Recognition, width: int, style_of: StyleOf) -> list[Content]:
    rows: list[Content] = []
    told = {fault.issue for fault in seen.faults}
    rows += [plain(f"  × {issue_title(i)}", style_of("bad")) for i in seen.issues if i not in told]
    for fault in seen.faults:
        name = fault.category if language() == "zh" or not fault.issue else issue_title(fault.issue)
        label = plain(f"  × {name}  ", style_of("bad"))
        rows += indented(plain(tr("by “{words}”").format(words=text[fault.start : fault.end])), width, label)
    for why in seen.gaming:
        rows.append(plain("  × " + _gaming(why), style_of("bad")))
    return rows


def _gaming(why: str) -> str:
    return {
        "echo": tr("repeats the buyer's words"),
        "stuffing": tr("keywords without a sentence"),
        "repeat": tr("says the same again"),
        "catalogue": tr("a list of set phrases"),
        "empty": tr("no words"),
    }.get(why, why)


def model_block(model: ModelAnswer) -> Block:
    """A model answer in two grades."""

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        page: list[Content] = []
        parts = [(tr("Pass"), model.pass_), (tr("Excellent"), model.excellent), (tr("Order note"), model.note)]
        for title, text in (*parts, (tr("Why"), model.why)):
            if text:
                page.append(plain(title, style_of("title")))
                page += [line.pad_left(2) for line in wrapped(plain(text), width - 2)]
                page.append(Content(""))
        page.append(plain(tr("Say it in your own words: the buyer's details make it yours."), style_of("muted")))
        return page

    return lines
