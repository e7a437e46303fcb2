"""One key on a row of the ledger: dispute it, with a remark if one likes, or take that back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from kefu_sim.base.errors import KefuError
from kefu_sim.i18n import language, tr
from kefu_sim.progress.disputes import Dispute
from kefu_sim.scoring.ledger import Row
from kefu_sim.tui.render import StyleOf, indented, plain, shortened
from kefu_sim.tui.screens.note import RemarkScreen
from kefu_sim.tui.screens.page import AskScreen, Choice
from kefu_sim.words import dimension_title

if TYPE_CHECKING:
    from kefu_sim.history.disputing import Docket
    from kefu_sim.tui.app import KefuApp

DETAIL = 46
"""Cells of a reason in a list to choose from."""
NAMED = 24
"""Cells of a reason where the row is named."""


async def toggle(app: KefuApp, docket: Docket, rows: Sequence[int]) -> bool:
    """Dispute one of these rows, or take that back; one of several is chosen first. Returns whether that was done."""
    index = rows[0] if len(rows) == 1 else await _chosen(app, docket, rows)
    if index is None:
        return False
    app.typeahead.begin()
    try:
        await asyncio.to_thread(docket.read)
        if docket.at(index) is not None:
            await asyncio.to_thread(docket.take_back, index)
            app.notify(tr("not disputed any more: {reason}").format(reason=_short(docket, index)), markup=False)
            return True
        remark = await app.push_screen_wait(RemarkScreen(_short(docket, index)))
        if remark is None:
            return False
        await asyncio.to_thread(docket.dispute, index, remark)
    except KefuError as error:
        app.show_error(error)
        return False
    finally:
        app.typeahead.drop()
    app.notify(tr("Disputed: it lies in the trainer's inbox. The score stays as it is."), markup=False)
    return True


def _short(docket: Docket, index: int) -> str:
    """The row, so that nobody disputes another one than the one that is meant."""
    return shortened(docket.ledger[index].reason.pick(language()), NAMED)


async def _chosen(app: KefuApp, docket: Docket, rows: Sequence[int]) -> int | None:
    if not rows:
        app.notify(tr("There is no row of the ledger here."), markup=False)
        return None
    choices = [Choice("", tr("None of them"))]
    choices += [Choice(str(i), *_told(docket.ledger[i], docket.at(i))) for i in rows]
    answer = await app.push_screen_wait(AskScreen(tr("Which row is wrong?"), choices))
    return int(answer) if answer else None


def _told(row: Row, dispute: Dispute | None) -> tuple[str, str]:
    title = f"{figure(row)}  {area(row)}" if row.of or row.points else area(row)
    return title + ("  " + tr("! disputed") if dispute else ""), shortened(row.reason.pick(language()), DETAIL)


def figure(row: Row) -> str:
    """Points of a row."""
    return f"{row.points:+g}" + (f"/{row.of:g}" if row.of else "")


def area(row: Row) -> str:
    """What part of the score a row belongs to."""
    if row.rule.startswith("reading."):
        return tr("What was understood")
    return dimension_title(row.dimension) if row.dimension else tr("Whole score")


def dispute_lines(dispute: Dispute | None, width: int, style_of: StyleOf, indent: int) -> list[Content]:
    """That a row is disputed, and why; nothing for one that is not."""
    if dispute is None:
        return []
    label = plain(" " * indent + tr("! disputed") + "  ", style_of("warn"))
    return indented(plain(dispute.remark, style_of("muted")), width, label)
