"""What the review of a reception shows, as lines: a turn in the chat, a turn looked at, two ways side by side."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style

from kefu_sim.history.branch import Pair
from kefu_sim.history.disputing import Docket
from kefu_sim.history.review import Review
from kefu_sim.i18n import Lang, tr
from kefu_sim.progress.disputes import Dispute
from kefu_sim.progress.moved import Move
from kefu_sim.progress.wording import move_reason
from kefu_sim.scoring.asides import Vow
from kefu_sim.scoring.ledger import Row
from kefu_sim.scoring.transcript import Turn
from kefu_sim.tui.disputing import area, dispute_lines, figure
from kefu_sim.tui.render import Block, StyleOf, fitted, indented, plain, wrapped
from kefu_sim.words import aside_line, clock, promise_outcome

MOVES = 12
"""Differences that are told."""


def turn_lines(review: Review, at: int, width: int) -> Content:
    """One turn of the chat, with what it cost, `width` cells wide."""
    turn = review.turns[at]
    mine = turn.role == "agent"
    lost = sum(row.lost for row in review.rows_at(at))
    who = plain(tr("You") if mine else tr("Buyer"), "$agent" if mine else "$buyer")
    head = Content.assemble(plain(clock(turn.t), "$faint"), " ", who)
    if lost >= 0.05:
        head = Content.assemble(head, "  ", plain(f"−{lost:.1f}", "$error"))
    elif mine:
        head = Content.assemble(head, "  ", plain("✓", "$success"))
    text = plain(turn.text, "" if mine else "$muted")
    lines = [head, *(line.pad_left(2) for line in wrapped(text, max(width - 2, 10)))]
    before = _asides(review, -1, width, "$faint") if at == 0 else []
    return Content("\n").join([*before, *lines, *_asides(review, at, width, "$faint")])


def _asides(review: Review, turn: int, width: int, style: Style | str) -> list[Content]:
    """Notes, promises and notices that followed a turn."""
    told = (aside_line(review.story, aside.event) for aside in review.beside.at(turn))
    return [line.pad_left(2) for text in told for line in wrapped(plain(text, style), max(width - 2, 10))]


def turn_blocks(review: Review, docket: Docket, at: int, lang: Lang) -> list[Block]:
    """A turn looked at: 你说 / 更好 / 为什么, and its rows of the ledger."""
    rows = [row_block(docket.ledger[i], docket.at(i), lang) for i in docket.rows_at(at)]
    others = [_other_block(one, lang) for one in docket.others_at(at)]
    vows = [_vow_block(vow) for vow in review.beside.vows if vow.turn == at]
    return [_advice(review, review.turns[at], at, lang), *vows, *rows, *others]


def _vow_block(vow: Vow) -> Block:
    """A promise that the turn made, and what became of it."""

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        style = style_of("good" if vow.outcome == "kept" else "warn" if vow.outcome == "late" else "bad")
        told = tr("Promised: {what}").format(what=vow.about)
        became = plain(promise_outcome(vow.outcome), style).pad_left(2)
        return [*wrapped(plain(told), width), became, Content("")]

    return lines


def _other_block(dispute: Dispute, lang: Lang) -> Block:
    """A dispute of what is no row of the ledger."""
    reason = dispute.reason_zh if lang == "zh" else dispute.reason_en

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        told = [line.pad_left(2) for line in wrapped(plain(reason, style_of("muted")), width - 2)]
        return [*told, *dispute_lines(dispute, width, style_of, 2)]

    return lines


def _advice(review: Review, turn: Turn, at: int, lang: Lang) -> Block:
    advice = review.advice_at(at)

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        mine = turn.role == "agent"
        page = [plain(tr("You said") if mine else tr("The buyer said"), style_of("title"))]
        page += [line.pad_left(2) for line in wrapped(plain(turn.text), width - 2)]
        for title, phrase, style in (
            (tr("Better"), advice.better if advice else None, "good"),
            (tr("Why"), advice.why if advice else None, "muted"),
        ):
            if phrase is not None and (text := phrase.pick(lang)):
                page.append(plain(title, style_of("title")))
                page += [line.pad_left(2) for line in wrapped(plain(text, style_of(style)), width - 2)]
        return [*page, Content("")]

    return lines


def row_block(row: Row, dispute: Dispute | None, lang: Lang) -> Block:
    """One row of the ledger, and whether it is disputed."""

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        style = style_of("bad" if row.points < 0 else "warn" if row.lost else "good")
        head = Content.assemble(fitted(plain(figure(row), style), 11), plain(area(row), style_of("muted")))
        reason = [line.pad_left(2) for line in wrapped(plain(row.reason.pick(lang)), width - 2)]
        return [head, *reason, *dispute_lines(dispute, width, style_of, 2)]

    return lines


def resolutions(review: Review, lang: Lang, width: int) -> Content:
    """Keep · Start · Stop, a line each."""
    rows = (
        (tr("Keep doing"), review.coaching.keep, "$success"),
        (tr("Start doing"), review.coaching.start, "$warning"),
        (tr("Stop doing"), review.coaching.stop, "$error"),
    )
    lines = []
    for title, phrase, style in rows:
        text = " ".join(phrase.pick(lang).split()) or "–"
        label = fitted(plain(f" {title}", f"bold {style}"), 13)
        lines.append(Content.assemble(label, plain(text)).truncate(width, ellipsis=True))
    return Content("\n").join(lines)


def pair_blocks(pair: Pair) -> list[Block]:
    """Two ways side by side from where they part, and what the points differ by."""
    longest = max(len(pair.first.turns), len(pair.second.turns))
    rows = [_row_of_two(pair, at) for at in range(max(pair.at - 1, 0), longest)]
    return [_heads(pair), *rows, _differences(pair.moved)]


def _heads(pair: Pair) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        half = (width - 3) // 2
        heads = [
            plain(tr("{title}: {total:.0f} of 100").format(title=title, total=review.score.total), style_of("band"))
            for title, review in ((tr("Then"), pair.first), (tr("Now"), pair.second))
        ]
        joined = Content.assemble(fitted(heads[0], half), " │ ", fitted(heads[1], half))
        same = tr("the first {n} messages are the same").format(n=pair.at)
        return [joined, plain(same, style_of("faint")), Content("")]

    return lines


def _row_of_two(pair: Pair, at: int) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        half = (width - 3) // 2
        sides = [_cell(review, at, half, style_of) for review in (pair.first, pair.second)]
        height = max(len(side) for side in sides)
        blank = Content(" " * half)
        padded = [[*side, *[blank] * (height - len(side))] for side in sides]
        bar = plain(" │ ", style_of("faint"))
        return [Content.assemble(left, bar, right) for left, right in zip(*padded, strict=True)]

    return lines


def _cell(review: Review, at: int, width: int, style_of: StyleOf) -> list[Content]:
    if at >= len(review.turns):
        return []
    turn = review.turns[at]
    mine = turn.role == "agent"
    label = plain(tr("You  ") if mine else tr("Buyer  "), style_of("agent" if mine else "buyer"))
    text = plain(turn.text, style_of("text" if mine else "muted"))
    asides = _asides(review, at, width, style_of("faint"))
    return [fitted(line, width) for line in [*indented(text, width, label), *asides, Content("")]]


def _differences(moved: Sequence[Move]) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        page = [Content(""), plain(tr("What moved"), style_of("title"))]
        for move in moved[:MOVES]:
            label = fitted(plain(f"  {move.by:+g}", style_of("good" if move.by > 0 else "bad")), 10)
            page += indented(plain(move_reason(move)), width, label)
        if not moved:
            page.append(plain("  " + tr("nothing: both gave the same points"), style_of("muted")))
        if len(moved) > MOVES:
            page.append(plain("  " + tr("… and {n} more").format(n=len(moved) - MOVES), style_of("muted")))
        return page

    return lines
