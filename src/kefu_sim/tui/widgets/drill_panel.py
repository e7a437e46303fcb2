"""The figures of a drill while it is typed: a panel beside a wide text, two lines above a narrow one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content
from textual.renderables.digits import Digits

from kefu_sim import drill_words as words
from kefu_sim.drill.align import Tally
from kefu_sim.drill.events import Mode
from kefu_sim.drill.pace import Live, live
from kefu_sim.drill.run import Run
from kefu_sim.i18n import tr
from kefu_sim.tui.render import StyleOf, bar, plain, sides, wrapped

CELLS = 12
"""Of a bar that fills towards a level."""
GAP = Content("")


@dataclass(frozen=True, slots=True)
class Standing:
    """What is shown."""

    now: Live
    tally: Tally
    corrected: int
    target: int
    mode: Mode
    levels: tuple[tuple[str, int], ...]
    """Name and speed of each level."""


def standing(run: Run) -> Standing:
    """Read a run."""
    t = max(run.now, 0.0)
    limit = run.opened.seconds
    levels = run.standards.levels.speeds()
    return Standing(
        live(run.sheet, min(t, limit) if limit and t > limit else t),
        run.sheet.aligner.tally,
        run.sheet.corrected,
        run.opened.target,
        run.opened.mode,
        tuple((words.target_title(speed, run.standards), speed) for speed in levels),
    )


def bar_lines(shown: Standing, width: int, style_of: StyleOf) -> Sequence[Content]:
    """Two lines: speeds above, errors and the grade below."""
    now, muted = shown.now, style_of("muted")
    net = Content.assemble((tr("Net"), muted), " ", (words.speed(now.net), style_of("figure")))
    gross = Content.assemble((tr("Gross"), muted), " ", words.speed(now.gross))
    right = Content.assemble((tr("Right"), muted), " ", words.percent(now.accuracy))
    gap = plain(words.gap_line(now, shown.target), style_of(_gap_style(now)))
    first = sides(Content("  ").join([net, gross, right]), gap, width)
    second = sides(plain(_errors(shown), muted), plain(words.grade_line(shown.mode), muted), width)
    return first, second


def panel_lines(shown: Standing, width: int, style_of: StyleOf) -> Sequence[Content]:
    """A column: the net speed in big figures, the levels, the gap, everything else."""
    now, tally, muted = shown.now, shown.tally, style_of("muted")
    lines = [plain(tr("Net speed, characters a minute"), muted)]
    lines += [Content.styled(row, style_of("figure")) for row in _big(words.speed(now.net).replace("–", "-"))]
    lines += [_level_row(name, speed, shown, width, style_of) for name, speed in shown.levels]
    gap = plain(words.gap_line(now, shown.target), style_of(_gap_style(now)))
    lines += [GAP, *wrapped(gap, width), GAP]
    lines += [
        sides(plain(tr("Gross speed"), muted), plain(words.speed(now.gross)), width),
        sides(plain(tr("Correctness"), muted), plain(words.percent(now.accuracy)), width),
        GAP,
    ]
    for sign, name, count in (
        ("×", tr("wrong"), tally.wrong),
        ("∧", tr("missed"), tally.missed),
        ("+", tr("extra"), tally.extra),
        ("←", tr("corrected"), shown.corrected),
        ("~", tr("other width"), tally.loose),
    ):
        style = style_of("bad" if count and sign in "×∧+" else "muted")
        lines.append(sides(Content.assemble((f"{sign} ", style), (name, muted)), plain(count, style), width))
    return [*lines, GAP, *wrapped(plain(words.grade_line(shown.mode), muted), width)]


@lru_cache(maxsize=256)
def _big(figure: str) -> tuple[str, ...]:
    """A figure three rows high."""
    pieces = (piece for piece in Digits(figure).render(RichStyle(bold=True)) if isinstance(piece, Segment))
    rows = Segment.split_lines(pieces)
    return tuple("".join(segment.text for segment in row) for row in rows)


def _level_row(name: str, speed: int, shown: Standing, width: int, style_of: StyleOf) -> Content:
    net, target = shown.now.net or 0.0, speed == shown.target
    full, empty = bar(net, 0, speed, CELLS)
    reached = net >= speed
    style = style_of("good" if reached else "figure" if target else "muted")
    label = Content.assemble(
        ("▸ " if target else "  ", style_of("accent")), (name, style_of("strong" if target else "muted"))
    )
    filled = Content.assemble((full, style), (empty, style_of("faint")), " ✓" if reached else "  ")
    return sides(label, filled, width)


def _gap_style(now: Live) -> str:
    return "good" if now.ahead >= 0 else "warn"


def _errors(shown: Standing) -> str:
    tally = shown.tally
    line = tr("× wrong {wrong}  ∧ missed {missed}  + extra {extra}  ← back {corrected}").format(
        wrong=tally.wrong, missed=tally.missed, extra=tally.extra, corrected=shown.corrected
    )
    return line + (f"  ~ {tally.loose}" if tally.loose else "")
