"""What a reply was understood as, in words: the page behind F4, and the model answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from kefu_sim.i18n import tr
from kefu_sim.language.verdict import STEPS, Recognition, Step
from kefu_sim.progress.disputes import Dispute, faulty
from kefu_sim.rulebook.rubric import fault_title
from kefu_sim.scenario.model import ModelAnswer
from kefu_sim.tui.disputing import dispute_lines
from kefu_sim.tui.render import Block, Mark, StyleOf, indented, marked, plain, wrapped
from kefu_sim.tui.screens.ledger import LedgerScreen, Painted
from kefu_sim.words import issue_title, politeness_title, step_title

if TYPE_CHECKING:
    from kefu_sim.history.disputing import Docket

_Lines = Callable[[int, StyleOf], list[Content]]
_STEP_NAMES = {step.value for step in STEPS}


def reading_page(title: str, text: str, seen: Recognition, docket: Docket, remark: str = "") -> LedgerScreen:
    """The page that says what a reply was understood as; `docket` is over its `readings`."""
    return LedgerScreen(title, docket, lambda held: recognition_blocks(text, seen, held.disputed, remark))


def recognition_blocks(text: str, seen: Recognition, disputed: Mapping[int, Dispute], remark: str = "") -> Painted:
    """A reply with the words that counted, and what they counted as; each of `readings` is a row of the page.

    `remark`: a sentence below all of it; empty for none.
    """

    def wrote(width: int, style_of: StyleOf) -> Sequence[Content]:
        page = [plain(tr("You wrote"), style_of("title"))]
        page += [line.pad_left(2) for line in wrapped(marked(text, _marks(text, seen), style_of), width - 2)]
        return [*page, Content("")]

    def tone(width: int, style_of: StyleOf) -> list[Content]:
        del width
        value = seen.politeness
        words = f"{value:+d}  {politeness_title(value)}" if value else politeness_title(0)
        return [plain(words, style_of("good" if value > 0 else "bad" if value < 0 else "text")).pad_left(2)]

    def end(width: int, style_of: StyleOf) -> Sequence[Content]:
        return wrapped(plain(remark, style_of("muted")), width) if remark else []

    parts: list[tuple[str, _Lines]] = [(tr("Steps"), partial(_steps, text, seen)), (tr("Tone"), tone)]
    if faulty(seen):
        parts.append((tr("Faults"), partial(_faults, text, seen)))
    rows = [_part(title, lines, disputed.get(at)) for at, (title, lines) in enumerate(parts)]
    return [wrote, *rows, end], {at + 1: at for at in range(len(rows))}


def _part(title: str, lines_of: _Lines, dispute: Dispute | None) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        head = plain(title, style_of("title"))
        return [head, *lines_of(width, style_of), *dispute_lines(dispute, width, style_of, 2), Content("")]

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
        label = plain(f"  × {fault_title(fault.category)}  ", style_of("bad"))
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
