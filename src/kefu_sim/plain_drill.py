"""The drill line by line: for pipes, dumb terminals and screen readers. The same measure, with lines for commits."""

from __future__ import annotations

import math
import sys
import time
from itertools import pairwise

from kefu_sim import drill_words as words
from kefu_sim.base.errors import Exit
from kefu_sim.base.text import clean
from kefu_sim.drill.pace import live
from kefu_sim.drill.reply import answers, reply_figures
from kefu_sim.drill.texts import cuts
from kefu_sim.drills import DrillPlay, DrillRoom, ReplyPlay, Report, Settings
from kefu_sim.history.intake import try_to_take_in
from kefu_sim.i18n import tr
from kefu_sim.reply_questions import Judged
from kefu_sim.words import listed, named, politeness_title, step_list

LINE = 64
"""Cells of a line at most: longer ones cannot be kept in mind."""
LISTED = 5
"""Slow and wrong phrases that are told."""


def copy(room: DrillRoom, settings: Settings) -> int:
    """Type a text line by line, each line timed from its being shown."""
    play = room.begin(settings)
    run, opened = play.run, play.run.opened
    limit = (
        tr("{s:.0f} s").format(s=opened.seconds) if opened.seconds else tr("{n} characters").format(n=len(opened.text))
    )
    target = words.target_title(opened.target, room.standards)
    print(tr("{title} · target {target} · {limit}").format(title=clean(opened.title), target=target, limit=limit))
    if play.remark:
        print(play.remark)
    print(words.grade_line(opened.mode))
    print(tr("Type each line as it is shown and press Enter. An empty line or the end of input ends the drill."))
    _count_down(play)
    for line in _lines(opened.text, opened.starts):
        if run.over:
            break
        print(f"\n> {line}", flush=True)
        given = sys.stdin.readline()
        if not given.strip():
            break
        run.line(given.strip("\r\n").strip())
        print(_after(play))
    run.finish()
    if not run.sheet.typed:
        print(tr("Nothing was typed, nothing is kept."))
        return Exit.OK
    print()
    print(result(room.report(play), room.standards.record_least))
    if play.keeper.unsaved:
        print(tr("Not saved: {why}").format(why=play.keeper.unsaved), file=sys.stderr)
    return Exit.OK


def answer(room: DrillRoom, settings: Settings, count: int) -> int:
    """Answer buyer lines, each within its time."""
    return answer_all(room, room.begin_reply(count, settings.mode, settings.seed))


def answer_all(room: DrillRoom, play: ReplyPlay) -> int:
    """Go through a reply drill."""
    run, story = play.run, ""
    print(tr("Answer each buyer line in your own words within {s:.0f} s.").format(s=room.standards.reply_s))
    while not run.over:
        run.ask()
        if run.over or run.question is None:
            break
        print()
        if run.question.scenario != story:
            story = run.question.scenario
            print(clean(room.brief(run.question)))
        print(tr("Buyer: {text}").format(text=clean(run.question.buyer)), flush=True)
        given = sys.stdin.readline()
        if not given:
            run.leave()
            break
        text = given.strip()
        run.answer(text, len(text), 0.0, 0)  # when typing began cannot be seen here
        if run.left is not None:
            run.skip()
        print(_judged(room.judged(play)[-1]))
    found = reply_figures(answers(run.log))
    print()
    print(tr("Answered in time: {n} of {of}").format(n=found.answered, of=found.asked))
    if found.answered:
        well = sum(judged.good for judged in room.judged(play))
        print(tr("Answered well: {n} of {of}").format(n=well, of=found.asked))
    if found.mean_s is not None:
        print(tr("Mean time to the answer: {n:.1f} s").format(n=found.mean_s))
    if why := play.keeper.unsaved or try_to_take_in(room.house):
        print(tr("Not in the records yet: {why}").format(why=why), file=sys.stderr)
    return Exit.OK


def _judged(judged: Judged) -> str:
    """What an answer was understood as, whether it moves the buyer on, and an excellent one."""
    if judged.answer.text:
        facts = tr("{s:.1f} s · seen: {steps} · tone: {tone}").format(
            s=judged.answer.seconds, steps=step_list(judged.done), tone=politeness_title(judged.seen.politeness)
        )
        heard = tr("understood, and goes on") if judged.understood else tr("did not find an answer in it")
        lines = [facts, tr("The buyer: {heard}").format(heard=heard)]
    else:
        lines = [tr("no answer in time")]
    if judged.model:
        lines.append(tr("Excellent: {text}").format(text=clean(judged.model)))
    return "\n".join(f"  {line}" for line in lines)


def _count_down(play: DrillPlay) -> None:
    """Until the start signal."""
    told = 0
    while (left := -play.run.now) > 0:
        if told != math.ceil(left):
            told = math.ceil(left)
            print(f"{told}…", end=" ", flush=True)
        time.sleep(min(left, 0.05))
    print()


def _lines(text: str, starts: tuple[int, ...]) -> list[str]:
    """The text in pieces short enough to keep in mind."""
    rows = [text[a:b].strip() for a, b in pairwise([*starts, len(text)])]
    pieces = (row[a:b].strip() for row in rows for a, b in pairwise([0, *cuts(row, LINE), len(row)]))
    return [piece for piece in pieces if piece]


def _after(play: DrillPlay) -> str:
    sheet = play.run.sheet
    now = live(sheet, sheet.last_t)
    return "  " + tr("net {net} · gross {gross} · {gap}").format(
        net=words.speed(now.net), gross=words.speed(now.gross), gap=words.gap_line(now, sheet.opened.target)
    )


def result(report: Report, least: int) -> str:
    """A finished drill as lines of text; `least`: characters that a run must have for a level."""
    found = report.figures
    rows = [
        words.verdict(found, report.opened.target),
        tr("Net speed {net:.1f}, gross speed {gross:.1f} characters a minute").format(net=found.net, gross=found.gross),
        tr("Correctness {a} · consistency {c}").format(
            a=words.percent(found.accuracy), c=words.percent(found.consistency)
        ),
        words.error_line(found),
        words.best_line(report.before, found.net, record=report.record, counts=found.counts),
    ]
    if report.latin:
        rows.append(words.words_a_minute(found.net))
    if why := words.why_no_level(found, least):
        rows.append(why)
    rows.append(tr("Speed bill:"))
    rows += ["  " + named(words.reason_title(row.reason), words.loss_line(row)) for row in report.bill]
    for title, phrases in ((tr("Slow phrases: {list}"), report.slow), (tr("Wrong phrases: {list}"), report.wrong)):
        if phrases:
            told = listed([f"{phrase.text} {phrase.ms:.0f} ms" for phrase in phrases[:LISTED]])
            rows.append(title.format(list=told))
    if report.next:
        rows.append(tr("Next, `kefu-sim drill --phrases`: {list}").format(list=listed([p.text for p in report.next])))
    return "\n".join(rows)
