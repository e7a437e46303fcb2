"""Where one would be at the speeds of the trade: the ghosts on the text, and how far they are ahead.

A ghost runs by the clock alone; errors never make it jump.
"""

from __future__ import annotations

from dataclasses import dataclass

from kefu_sim.drill.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Live:
    """The figures while typing. Speeds in characters a minute; None before the first character."""

    net: float | None
    gross: float | None
    accuracy: float | None
    """Percent of right characters."""
    left: float | None
    """Seconds to the bell; None without one."""
    ahead: int
    """Characters (after penalties) before the target's ghost; negative behind it."""
    need: float | None
    """Characters a minute for the rest of the drill to reach the target; None when it is out of reach."""


def ghost(speed: float, t: float, length: int) -> int:
    """Characters typed after t seconds at a speed, at most the text's length."""
    return min(int(speed * max(t, 0.0) / 60 + 1e-9), length)


def reckoned(sheet: Sheet, t: float) -> float:
    """The time that a live speed is divided by.

    Characters come in commits. Between two of them the time since the last one is not counted as long as it is no
    pause, so that an even typist sees an even speed.
    """
    return max(sheet.last_t, t - sheet.standards.pause_s)


def live(sheet: Sheet, t: float) -> Live:
    """The figures at t seconds."""
    opened, tally = sheet.opened, sheet.aligner.tally
    now, net = reckoned(sheet, t), sheet.net_chars()
    limit, target = opened.seconds, opened.target
    speeds = _speeds(sheet, now)
    return Live(
        net=speeds[0],
        gross=speeds[1],
        accuracy=accuracy(tally.right, tally.errors),
        left=max(limit - t, 0.0) if limit else None,
        ahead=net - int(target * now / 60 + 1e-9),
        need=_need(sheet, now, net),
    )


def accuracy(right: int, errors: int) -> float | None:
    """Percent of right characters among right, wrong, missed and extra ones; None when there are none."""
    return 100 * right / (right + errors) if right + errors else None


def per_minute(chars: float, seconds: float) -> float:
    """A speed; what took less than a second is taken to have lasted one."""
    return chars * 60 / max(seconds, 1.0)


def _speeds(sheet: Sheet, now: float) -> tuple[float | None, float | None]:
    if not sheet.committed:
        return None, None
    return per_minute(sheet.net_chars(), now), per_minute(len(sheet.typed), now)


def _need(sheet: Sheet, now: float, net: int) -> float | None:
    """Characters a minute from now on. With a bell: to have enough by then. Without: to finish the text in time."""
    opened, target = sheet.opened, sheet.opened.target
    if opened.seconds:
        seconds, chars = opened.seconds - now, opened.seconds * target / 60 - net
    else:
        length = len(opened.text)
        lost = sheet.standards.penalty * sheet.aligner.tally.errors
        seconds = max(length - lost, 0) * 60 / target - now
        chars = length - sheet.aligner.reached
    if chars <= 0:
        return 0.0
    return chars * 60 / seconds if seconds > 0 else None
