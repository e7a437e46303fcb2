"""A review line by line: for pipes, dumb terminals and screen readers."""

from __future__ import annotations

from kefu_sim.base.text import clean
from kefu_sim.history.branch import Pair
from kefu_sim.history.disputing import Docket
from kefu_sim.history.review import Review
from kefu_sim.i18n import Lang, language, tr
from kefu_sim.progress.wording import move_reason
from kefu_sim.reception_text import disputed_line, numbered_rows
from kefu_sim.scoring.coaching import Coaching
from kefu_sim.words import aside_line, clock, mode_title, named, outcome_title, promise_outcome


def review_text(review: Review, docket: Docket) -> str:
    """The chat, under each reply what could be better and why, the rest of the ledger, then Keep · Start · Stop.

    Rows of the ledger are numbered as `--dispute` takes them.
    """
    lang, record = language(), review.record
    how = [f"{review.score.total:.0f}", mode_title(record.mode), outcome_title(record.outcome)]
    how.append(record.started[:16].replace("T", " "))
    lines = [f"{record.id}  {record.title}", " · ".join(how), "", *_asides(review, -1)]
    for at, turn in enumerate(review.turns):
        who = tr("You: {text}") if turn.role == "agent" else tr("Buyer: {text}")
        lines.append(f"{at + 1:>3}  {clock(turn.t)} " + who.format(text=turn.text))
        lines += [*numbered_rows(docket, at), *_others(docket, at, lang)]
        lines += [f"       {line}" for line in _advice(review, at, lang)]
        lines += _asides(review, at)
    lines += _vows(review)
    if whole := [*numbered_rows(docket, None), *_others(docket, None, lang)]:
        lines += ["", tr("The reception as a whole"), *whole]
    return clean("\n".join([*lines, "", *resolution_lines(review.coaching, lang)]))


def _asides(review: Review, turn: int) -> list[str]:
    """Notes, promises and notices that followed a message."""
    told = ((aside.event.t, aside_line(review.story, aside.event)) for aside in review.beside.at(turn))
    return [f"     {clock(t)} {line}" for t, line in told]


def _vows(review: Review) -> list[str]:
    """Every promise, and what became of it."""
    if not review.beside.vows:
        return []
    told = (f"{vow.turn + 1:>3}  " + named(promise_outcome(vow.outcome), vow.about) for vow in review.beside.vows)
    return ["", tr("Promises"), *told]


def _others(docket: Docket, turn: int | None, lang: Lang) -> list[str]:
    """Disputes of what is no row of the ledger."""
    lines = []
    for other in docket.others_at(turn):
        reason = other.reason_zh if lang == "zh" else other.reason_en
        lines += ["          " + reason, "          " + disputed_line(other)]
    return lines


def _advice(review: Review, at: int, lang: Lang) -> list[str]:
    """How to say a reply better."""
    advice, lines = review.advice_at(at), []
    if advice is not None and (better := advice.better.pick(lang)):
        lines.append(tr("Better: {text}").format(text=better))
        lines.append(tr("Why: {text}").format(text=advice.why.pick(lang)))
    return lines


def resolution_lines(coaching: Coaching, lang: Lang) -> list[str]:
    """Keep · Start · Stop, a line each."""
    rows = (
        (tr("Keep doing"), coaching.keep),
        (tr("Start doing"), coaching.start),
        (tr("Stop doing"), coaching.stop),
    )
    return [named(title, phrase.pick(lang) or "–") for title, phrase in rows]


def pair_text(pair: Pair) -> str:
    """Two ways a reception went, one after the other from where they part, and what moved."""
    lines = [tr("The first {n} messages are the same.").format(n=pair.at)]
    for title, review in ((tr("Then"), pair.first), (tr("Now"), pair.second)):
        lines += ["", named(title, f"{review.score.total:.0f}  {review.record.id}")]
        start = max(pair.at - 1, 0)
        for at, turn in enumerate(review.turns[start:], start):
            who = tr("You: {text}") if turn.role == "agent" else tr("Buyer: {text}")
            lines += ["  " + who.format(text=turn.text), *_asides(review, at)]
    lines += ["", tr("What moved")]
    lines += [f"  {move.by:+g}  {move_reason(move)}" for move in pair.moved]
    return clean("\n".join(lines))
