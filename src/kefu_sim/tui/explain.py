"""What a reply was understood as, in words: the page behind F4, and the model answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from kefu_sim.i18n import tr
from kefu_sim.language.verdict import STEPS
from kefu_sim.progress.disputes import Dispute
from kefu_sim.reading_text import Meant, Part, detail_parts, meanings, verdict_parts
from kefu_sim.scenario.model import ModelAnswer, Scenario
from kefu_sim.tui.disputing import dispute_lines
from kefu_sim.tui.render import Block, Mark, StyleOf, indented, marked, plain, wrapped
from kefu_sim.tui.screens.ledger import LedgerScreen, Painted

if TYPE_CHECKING:
    from kefu_sim.history.disputing import Docket
    from kefu_sim.language.study import Study

_STEP_NAMES = {step.value for step in STEPS}


def reading_page(
    title: str, study: Study, docket: Docket, story: Scenario | None = None, remark: str = ""
) -> LedgerScreen:
    """The page that says what a reply was understood as; `docket` is over its `readings`."""
    meant = meanings(story)
    return LedgerScreen(title, docket, lambda held: study_blocks(study, held.disputed, meant, remark))


def study_blocks(study: Study, disputed: Mapping[int, Dispute], meant: Meant, remark: str = "") -> Painted:
    """A reply with the words that counted, and what they counted as; each of `readings` is a row of the page.

    `meant` gives what an intent stands for; `remark`: a sentence below these rows, empty for none. Last comes how it
    was found.
    """

    def wrote(width: int, style_of: StyleOf) -> Sequence[Content]:
        page = [plain(tr("You wrote"), style_of("title"))]
        shown = marked(study.read.original, _marks(study), style_of)
        page += [line.pad_left(2) for line in wrapped(shown, width - 2)]
        return [*page, Content("")]

    def end(width: int, style_of: StyleOf) -> Sequence[Content]:
        return [*wrapped(plain(remark, style_of("muted")), width), Content("")] if remark else []

    rows = [_part(part, "title", disputed.get(at)) for at, part in enumerate(verdict_parts(study))]
    details = [_part(part, "muted") for part in detail_parts(study, meant)]
    return [wrote, *rows, end, *([_details_head] if details else ()), *details], {at + 1: at for at in range(len(rows))}


def _details_head(width: int, style_of: StyleOf) -> Sequence[Content]:
    del width
    return [plain(tr("Details"), style_of("title"))]


def _part(part: Part, style: str, dispute: Dispute | None = None) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        page = [plain(part.title, style_of(style))]
        for label, text, meaning in part.lines:
            page += indented(plain(text), width, plain(f"  {label}  ", style_of(meaning)))
        return [*page, *dispute_lines(dispute, width, style_of, 2), Content("")]

    return lines


def _marks(study: Study) -> list[Mark]:
    seen, length = study.recognition, len(study.read.original)
    marks = [(e.start, e.end, "good") for e in seen.evidence if e.label in _STEP_NAMES]
    marks += [(f.start, f.end, "bad") for f in seen.faults]
    return [mark for mark in marks if 0 <= mark[0] < mark[1] <= length]


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
