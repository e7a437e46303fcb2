"""Labels every scenario may test without defining them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

STEPS_IN_ORDER = ("问好", "提问", "分析", "推荐", "谈判", "帮助", "核实", "告别")
STEP_NAMES = frozenset(STEPS_IN_ORDER)
TONES = frozenset({"rude", "curt", "polite", "warm"})
ISSUES = frozenset({"dismissive", "blame", "abuse", "overpromise", "offplatform"})
ANY = "any"
"""Carried by every message."""
BUILT_IN = STEP_NAMES | TONES | ISSUES | {ANY}

HOLD = "hold"
"""The shared intent by which the agent asks for a moment (请稍等)."""


NOTED = "noted."
"""Begins the labels that only an order note can carry."""
PROMISED = ("made", "kept", "late")
"""Begin the labels of a message that makes a promise, keeps it in time, or after its time."""


def in_order(names: Iterable[str], own: Collection[str] = ()) -> list[str]:
    """Names as an author looks for them: the steps, then those of the story (`own`), then all others."""
    steps = {name: i for i, name in enumerate(STEPS_IN_ORDER)}
    return sorted(names, key=lambda name: (steps.get(name, len(steps)), name not in own, name))


def fact_label(name: str, *, right: bool, notice: str = "") -> str:
    """Label of a reply that answers a fact rightly or wrongly; with a notice, as the notice changes the fact."""
    label = f"fact.{name}.{'right' if right else 'wrong'}"
    return f"{label}@{notice}" if notice else label


def note_label(kind: str, name: str) -> str:
    """Label of words in an order note: of a promise (`promise`), of a note that is due (`note`), or out of place."""
    return f"{NOTED}{kind}.{name}"


def promise_label(what: str, name: str) -> str:
    """Label of what a message does about a promise, one of PROMISED."""
    return f"{what}.{name}"
