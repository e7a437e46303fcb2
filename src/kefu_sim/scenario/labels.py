"""Labels every scenario may test without defining them."""

from __future__ import annotations

STEP_NAMES = frozenset({"问好", "提问", "分析", "推荐", "谈判", "帮助", "核实", "告别"})
TONES = frozenset({"rude", "curt", "polite", "warm"})
ISSUES = frozenset({"dismissive", "blame", "abuse", "overpromise", "offplatform"})
ANY = "any"
"""Carried by every message."""
BUILT_IN = STEP_NAMES | TONES | ISSUES | {ANY}

HOLD = "hold"
"""The shared intent by which the agent asks for a moment (请稍等)."""


def fact_label(name: str, *, right: bool) -> str:
    """Label of a reply that answers a fact of the story rightly or wrongly."""
    return f"fact.{name}.{'right' if right else 'wrong'}"
