"""What both faces say about progress, in the language of the interface."""

from __future__ import annotations

from collections.abc import Mapping

from kefu_sim.i18n import language, spelt, tr, trn
from kefu_sim.progress.advice import Advice
from kefu_sim.progress.campaign import Stage, Standing
from kefu_sim.progress.days import Streak
from kefu_sim.progress.moved import Move
from kefu_sim.progress.record import Cause, Record
from kefu_sim.progress.steps import StepBar
from kefu_sim.words import kind_title, outcome_title, rule_title, step_title


def cause_title(cause: Cause) -> str:
    """What points were lost by."""
    return rule_title(cause.rule, cause.topic_zh if language() == "zh" else cause.topic_en)


def advice_title(advice: Advice, titles: Mapping[str, str]) -> str:
    """What to practise. `titles`: scenario id → how it is called."""
    who = titles.get(advice.scenario, advice.scenario)
    match advice.what:
        case "turns":
            return tr("Answer the turns again that went wrong")
        case "typing":
            return tr("Typing drill at {level:.0f} characters a minute").format(level=advice.of)
        case "replies":
            return tr("Answer first, look things up then: a reply drill")
        case "step" if advice.step is not None and not who:
            return tr("Practise the step “{step}”").format(step=step_title(advice.step))
        case _:
            return tr("Receive “{who}”").format(who=who)


def advice_reason(advice: Advice) -> str:
    """Why, in figures."""
    match advice.what:
        case "turns":
            n = round(advice.figure)
            return trn("{n} turn is due today", "{n} turns are due today", n).format(n=n)
        case "first":
            return tr("the easiest buyer to begin with")
        case "step" if advice.step is not None:
            why = tr("“{step}” was done in {n:.0f} of the last {of:.0f} receptions that called for it")
            return why.format(step=step_title(advice.step), n=advice.figure, of=advice.of)
        case "typing":
            return tr("you type {n:.0f} a minute, the next level is {of:.0f}").format(n=advice.figure, of=advice.of)
        case "replies":
            why = tr("buyers wait {n:.0f} s on average, more than {of:.0f}")
            return why.format(n=advice.figure, of=advice.of)
        case "new":
            return tr("not played yet")
        case _:
            return tr("your lowest best score: {n:.0f}; mastered from {of:.0f}").format(n=advice.figure, of=advice.of)


def advice_command(advice: Advice) -> str:
    """The command that does it."""
    match advice.what:
        case "turns":
            return "kefu-sim review --due"
        case "typing":
            return f"kefu-sim drill --target {advice.of:.0f}"
        case "replies":
            return "kefu-sim drill --reply"
        case _:
            return f"kefu-sim practice {advice.scenario}".rstrip()


def streak_line(streak: Streak) -> str:
    """Days in a row."""
    if not streak.days:
        return tr("nothing finished yet")
    line = trn("{n} day in a row", "{n} days in a row", streak.now).format(n=streak.now)
    line += " · " + tr("longest {n}").format(n=streak.longest)
    return line if streak.today or not streak.now else line + " · " + tr("practise today to keep it")


def step_figures(bar: StepBar) -> str:
    """How often a step was called for and done."""
    if not bar.judged:
        return tr("not called for yet")
    line = tr("{done} of {all}").format(done=bar.done, all=bar.judged)
    return line + (" · " + tr("{n} late").format(n=bar.late) if bar.late else "")


def result_of(record: Record) -> str:
    """What a record came to, in a few words."""
    if record.kind == "drill":
        return tr("{n:.0f} a minute").format(n=record.pace) if record.pace is not None else "–"
    return f"{record.total:.0f}" if record.total is not None else "–"


def record_title(record: Record, titles: Mapping[str, str]) -> str:
    """What was practised. `titles`: scenario id, or `shift_key` of a shift, → how it is called."""
    name = shift_key(record.scenario) if record.kind == "shift" else record.scenario
    return titles.get(name) or record.title or kind_title(record.kind)


def shift_key(shift: str) -> str:
    """What the title of a shift is found by, beside scenarios of the same id."""
    return f"shift/{shift}"


def ending_of(record: Record) -> str:
    """How it ended; empty for drills done to the end."""
    if record.kind == "reception":
        return outcome_title(record.outcome)
    return tr("ended early") if record.outcome == "left" else ""


def move_reason(move: Move) -> str:
    """What moved points between two ways of a reception; said of what is not there any more."""
    return _moved(move, tr("not this time: {reason}"))


def rule_reason(move: Move) -> str:
    """What moved points under other rules, the words being the same."""
    return _moved(move, tr("no longer counted: {reason}"))


def _moved(move: Move, gone: str) -> str:
    reason = move.row.reason.pick(language())
    return reason if move.new is not None else gone.format(reason=reason)


def stage_title(stage: Stage) -> str:
    """Name of a stage of the campaign."""
    return spelt(stage.title, stage.title_en)


def stage_about(stage: Stage) -> str:
    """What a stage of the campaign is about."""
    return spelt(stage.about, stage.about_en)


def stage_line(standing: Standing) -> str:
    """How a stage of the campaign stands, in a few words."""
    counted = tr("passed {n} of {all}").format(n=standing.passed, all=len(standing.buyers))
    if not standing.open:
        return tr("locked")
    if standing.done:
        return tr("all {n} passed").format(n=standing.passed)
    if not standing.lacking:
        return counted
    more = trn("{n} more opens the next stage", "{n} more open the next stage", standing.lacking)
    return f"{counted} · {more.format(n=standing.lacking)}"
