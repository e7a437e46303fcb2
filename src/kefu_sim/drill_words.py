"""What the faces say about a drill, in the language of the interface."""

from __future__ import annotations

from kefu_sim.drill.bill import Loss, Reason
from kefu_sim.drill.events import Mode
from kefu_sim.drill.ime import Finding, Task
from kefu_sim.drill.measure import Figures
from kefu_sim.drill.pace import Live
from kefu_sim.drill.standards import LEVELS, Level, Standards
from kefu_sim.i18n import tr, trn

LATIN_WORD = 5
"""Characters of one word in words a minute."""


def level_title(level: Level | None) -> str:
    """Name of a level."""
    if level is None:
        return tr("below the floor")
    return {"floor": tr("floor"), "good": tr("good"), "excellent": tr("excellent")}[level]


def outcome(found: Figures) -> str:
    """The level of a run in a word or two, or that it has none."""
    if found.counts:
        return level_title(found.level)
    return tr("no level") if found.complete else tr("ended early")


def target_title(target: int, standards: Standards) -> str:
    """A target with its name."""
    names = dict(zip(standards.levels.speeds(), LEVELS, strict=True))
    return f"{level_title(names[target])} {target}" if target in names else str(target)


def speed(value: float | None) -> str:
    """A speed, or a dash."""
    return "–" if value is None else f"{value:.0f}"


def percent(value: float | None, digits: int = 1) -> str:
    """A share, or a dash."""
    return "–" if value is None else f"{value:.{digits}f}%"


def gap_line(now: Live, target: int) -> str:
    """How far from the target's ghost, and how fast to go on."""
    where = tr("{target} line {n:+d}").format(target=target, n=now.ahead).replace("-", "−")
    if now.need is None:
        return tr("{where}, out of reach now").format(where=where)
    if now.need <= 0:
        return tr("{where}, reached").format(where=where)
    return tr("{where}, needs {need:.0f}/min").format(where=where, need=now.need)


def grade_line(mode: Mode) -> str:
    """The punctuation grade in force."""
    if mode == "exam":
        return tr("Punctuation: exam, exact")
    return tr("Punctuation: practice, either width")


def error_line(found: Figures) -> str:
    """Errors apart by kind."""
    tally = found.tally
    line = tr("wrong {wrong} · missed {missed} · extra {extra} · corrected {corrected}").format(
        wrong=tally.wrong, missed=tally.missed, extra=tally.extra, corrected=found.corrected
    )
    return line + (tr(" · punctuation of the other width {n}").format(n=tally.loose) if tally.loose else "")


def why_no_level(found: Figures, least: int) -> str:
    """Why the run has no level and is no record, in neutral words; empty when it may be one.

    `least`: characters that a run must have.
    """
    if found.counts:
        return ""
    if found.doubt is not None:
        return tr(
            "Part of the text came faster than hands type (by paste, dictation or a program). "
            "The figures are shown as they are; the run gets no level and is not entered as a record."
        )
    if found.complete:
        return tr("A level and a record take {n} characters at least.").format(n=least)
    return tr("A level and a record take a drill that is typed to its end.")


def verdict(found: Figures, target: int) -> str:
    """Pass, good, excellent, or how much is missing."""
    if not found.complete:
        return tr("ended early: {net:.1f} a minute up to there, no level").format(net=found.net)
    if not found.counts:
        return tr("{net:.1f} a minute, no level").format(net=found.net)
    if found.level is None:
        return tr("{net:.1f} a minute: not yet the floor").format(net=found.net)
    line = tr("{net:.1f} a minute: {level}").format(net=found.net, level=level_title(found.level))
    return (
        line
        if found.net >= target
        else line + tr(", {n:.1f} short of {target}").format(n=target - found.net, target=target)
    )


def reason_title(reason: Reason) -> str:
    """Name of a row of the bill."""
    return {
        "errors": tr("Errors"),
        "corrections": tr("Corrections"),
        "pauses": tr("Pauses over 2 s"),
        "slow": tr("Slow phrases"),
    }[reason]


def loss_line(row: Loss) -> str:
    """What one thing cost."""
    if row.lost < 0.05:
        return tr("nothing lost")
    how = {
        "errors": trn("{n} error", "{n} errors", row.count),
        "corrections": trn("{n} character, {s:.1f} s", "{n} characters, {s:.1f} s", row.count),
        "pauses": trn("{n} pause, {s:.1f} s", "{n} pauses, {s:.1f} s", row.count),
        "slow": trn("{n} phrase, {s:.1f} s", "{n} phrases, {s:.1f} s", row.count),
    }[row.reason].format(n=row.count, s=row.seconds)
    return tr("{how}; {without:.0f} without it").format(how=how, without=row.without)


def best_line(before: float | None, net: float, *, record: bool, counts: bool) -> str:
    """How a run compares with the personal best of its level."""
    if record and before is None:
        return tr("First record of this level: {net:.1f}").format(net=net)
    if record:
        return tr("New personal best: {net:.1f} (before: {before:.1f})").format(net=net, before=before)
    if before is None:
        return tr("No record of this level yet")
    if counts:
        return tr("Personal best of this level: {before:.1f} ({n:+.1f})").format(before=before, n=net - before)
    return tr("Personal best of this level: {before:.1f}").format(before=before)


def words_a_minute(net: float) -> str:
    """A speed of Latin text as is usual there."""
    return tr("{n:.0f} words a minute").format(n=net / LATIN_WORD)


def ime_task(task: Task) -> str:
    """What to do for one task of the input method check."""
    return {
        "one": tr("Commit one character at once:"),
        "four": tr("Commit four characters at once:"),
        "eight": tr("Commit eight characters at once:"),
        "marks": tr("Type these three signs:"),
        "paste": tr("Paste any text of two lines"),
    }[task]


def ime_finding(finding: Finding) -> str:
    """What was found."""
    return {
        "fine": tr("comes as it should"),
        "nothing": tr("nothing came"),
        "garbled": tr("came garbled, with control codes"),
        "lost": tr("characters were lost"),
        "half": tr("came in half width"),
        "split": tr("came in several pieces; fine if you typed it so"),
        "as_paste": tr("comes as a paste; it is counted as typing all the same"),
        "unmarked": tr("a paste comes like keys"),
        "other": tr("something else came"),
    }[finding]


def ime_cure(task: Task, finding: Finding) -> str:
    """What to do about it; empty when there is nothing to do."""
    if task == "paste" and finding == "nothing":
        return tr("Paste with Ctrl+Shift+V, on macOS with Command+V, or with the right or middle mouse button.")
    return {
        "nothing": tr(
            "Switch the input method on (often Shift or Ctrl+Space). In tmux or screen the locale must be UTF-8: "
            "start them with `tmux -u`. Over ssh set LANG=C.UTF-8 or zh_CN.UTF-8 on the far side."
        ),
        "garbled": tr(
            "The terminal sends key codes of the kitty protocol. Set TEXTUAL_DISABLE_KITTY_KEY=1; in kitty, WezTerm, "
            "Ghostty or foot update the terminal; in iTerm2 switch off “Report keys using CSI u”."
        ),
        "lost": tr(
            "On Windows use Windows Terminal in place of the old console; in VS Code update it or use an outside "
            "terminal; in tmux set `escape-time 10` or more."
        ),
        "half": tr(
            "The input method is set to English or half-width punctuation: Ctrl+. (full stop) switches it in most of "
            "them. Practice accepts half width, an exam does not."
        ),
        "unmarked": tr(
            "The terminal does not mark pastes (old Windows consoles, some ssh clients). Nothing to do for drills: "
            "text faster than hands is noticed by its pace."
        ),
        "other": tr("Type exactly what is shown; Backspace takes characters back."),
    }.get(finding, "")
