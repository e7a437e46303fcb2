"""What scorers call by name: rules and cues, which every rubric must have words for, and topics of rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kefu_sim.scoring.ledger import NO_WORDS, Dimension, Phrase


def _rules(dimension: Dimension | None, *names: str) -> dict[str, Dimension | None]:
    return dict.fromkeys(names, dimension)


RULES: dict[str, Dimension | None] = {
    **_rules("speed", "speed.first", "speed.mean", "speed.steady", "speed.unanswered"),
    **_rules("flow", "step.done", "step.late", "step.thin", "step.announced", "step.missing"),
    **_rules("flow", "flow.answer", "flow.broken", "flow.repeat", "flow.floor"),
    **_rules("politeness", "tone.abusive", "tone.curt", "tone.plain", "tone.polite", "tone.warm", "tone.hollow"),
    **_rules(
        "politeness",
        "tone.nothing",
        "tone.lost",
        "tone.missing",
        "form.address",
        "form.request",
        "form.thanks",
        "form.care",
        "form.clean",
    ),
    **_rules("politeness", "politeness.floor"),
    **_rules("accuracy", "fact.right", "fact.wrong", "fact.unanswered", "promise.kept", "promise.open"),
    **_rules("accuracy", "promise.late", "promise.missed", "promise.elsewhere"),
    **_rules("accuracy", "note.done", "note.missing", "note.elsewhere"),
    **_rules(None, "promise.broken", "note.never", "note.fault"),
    **_rules("resolution", "need.found", "need.missed", "consent.yes", "consent.no", "outcome"),
    **_rules("brevity", "brevity"),
    **_rules(None, "fault.void", "fault.cap", "fault.attitude", "fault.minor", "rude.cap", "lost.cap"),
    **_rules(None, "limit", "limit.amends"),
    **_rules(None, "quick.gap"),
    **_rules(None, "help", "bonus.close", "bonus.kindness", "scale", "clip"),
}
"""Every rule the scorer can name, and the dimension it belongs to; None for those over the whole score."""
TOPICS = ("step", "category", "about", "need")
"""Values of a row that tell rows of one rule apart."""
BUYER_CUES = frozenset(
    ("ack", "asks", "report", "objection", "task", "order", "choice", "complaint", "repeat", "again", "good", "bad")
)
"""What is looked for in lines of the buyer …"""
AGENT_CUES = frozenset(("excuse", "hold", "request", "thanks", "care", "own", "kindness", "corrects", "filler"))
"""… and in replies of the agent."""


def topic_of(values: Mapping[str, Any]) -> Phrase:
    """What a row with these values is about; no words where it is about nothing in particular."""
    for name in TOPICS:
        if name in values:
            topic = values[name]
            return topic if isinstance(topic, Phrase) else Phrase(str(topic), str(topic))
    return NO_WORDS
