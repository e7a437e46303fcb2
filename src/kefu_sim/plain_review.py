"""A review line by line: for pipes, dumb terminals and screen readers."""

from __future__ import annotations

from kefu_sim.base.text import clean
from kefu_sim.history.branch import Pair
from kefu_sim.history.review import Review
from kefu_sim.i18n import Lang, language, tr
from kefu_sim.scoring.coaching import Coaching
from kefu_sim.words import clock, mode_title, outcome_title


def review_text(review: Review) -> str:
    """The chat, under each reply what could be better and why, then Keep · Start · Stop."""
    lang, record = language(), review.record
    how = [f"{review.score.total:.0f}", mode_title(record.mode), outcome_title(record.outcome), record.started[:16]]
    lines = [f"{record.id}  {record.title}", " · ".join(how), ""]
    for at, turn in enumerate(review.turns):
        who = tr("You: {text}") if turn.role == "agent" else tr("Buyer: {text}")
        lines.append(f"{at + 1:>3}  {clock(turn.t)} " + who.format(text=turn.text))
        lines += [f"       {line}" for line in _about(review, at, lang)]
    return clean("\n".join([*lines, "", *resolution_lines(review.coaching, lang)]))


def _about(review: Review, at: int, lang: Lang) -> list[str]:
    """What a turn cost, and how to say it better."""
    advice = review.advice_at(at)
    lines = [
        f"{row.points:+g}{f'/{row.of:g}' if row.of else ''}  {row.reason.pick(lang)}" for row in review.rows_at(at)
    ]
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
    return [f"{title}: {phrase.pick(lang) or '–'}" for title, phrase in rows]


def pair_text(pair: Pair) -> str:
    """Two ways a reception went, one after the other from where they part, and what moved."""
    lang = language()
    lines = [tr("The first {n} messages are the same.").format(n=pair.at)]
    for title, review in ((tr("Then"), pair.first), (tr("Now"), pair.second)):
        lines += ["", f"{title}: {review.score.total:.0f}  {review.record.id}"]
        for turn in review.turns[max(pair.at - 1, 0) :]:
            who = tr("You: {text}") if turn.role == "agent" else tr("Buyer: {text}")
            lines.append("  " + who.format(text=turn.text))
    lines += ["", tr("What moved")]
    lines += [f"  {move.by:+g}  {move.row.reason.pick(lang)}" for move in pair.moved]
    return clean("\n".join(lines))
