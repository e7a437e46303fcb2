"""Words about demos that both faces use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kefu_sim.i18n import language, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kefu_sim.demo.lane import Role
    from kefu_sim.demo.model import Demo, Item
    from kefu_sim.demo.shares import Source

ROLE_SIGNS: dict[Role, str] = {"bad": "✗", "good": "✓", "class": "☞", "replay": "▷"}


def role_title(role: Role) -> str:
    """Whose reception is shown."""
    return {
        "bad": tr("A poor answer"),
        "good": tr("A good answer"),
        "class": tr("The class answers"),
        "replay": tr("A stored reception"),
    }[role]


def share_words(shares: Mapping[Source, float]) -> list[str]:
    """What the points of a reply come from, each in two words."""
    names: dict[Source, str] = {
        "speed": tr("speed"),
        "politeness": tr("courtesy"),
        "flow": tr("steps"),
        "content": tr("content"),
    }
    above, below = tr("bonus"), tr("deducted")
    return [f"{names.get(source, above if points > 0 else below)} {points:+.1f}" for source, points in shares.items()]


def item_title(item: Item, demos: Mapping[str, Demo]) -> str:
    """Title of an entry of a lesson."""
    if item.demo is not None:
        return demos[item.demo].name.pick(language())
    return item.talk_en if language() == "en" and item.talk_en else item.talk


def minutes(count: float) -> str:
    """A planned time."""
    return tr("{n:g} min").format(n=count)
