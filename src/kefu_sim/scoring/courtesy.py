"""Politeness: the tone of each reply, and the five parts of domain D.2 (address, request, thanks, care, clean)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kefu_sim.language.verdict import Step
from kefu_sim.scoring.ledger import Place, Row
from kefu_sim.scoring.rubric import Rubric
from kefu_sim.scoring.scene import Reply, Scene

_ENDS = {Step.GREET, Step.FAREWELL}
_MIDDLE = {Step.RECOMMEND, Step.ASSIST, Step.VERIFY}
_YOU = re.compile(r"您|你(?!好)|亲(?=[,，~～!！。:：… \n]|亲|$)")
_UNKIND = ("dismissive", "blame", "abuse")
"""Issues of tone."""
_GRAVEST = "FSM"
_SHOUT = re.compile(r"[！!❗❕]{2,}|[？?❓❔]{2,}|[。.]{3,}|[‼⁉⁇]")


def courtesy_rows(scene: Scene, rubric: Rubric) -> list[Row]:
    """Rows of the dimension."""
    rows = _tone_rows(scene, rubric) + _form_rows(scene, rubric)
    below = sum(row.points for row in rows)
    if below < 0:
        rows.append(rubric.row("politeness.floor", -below))
    return rows


def _tone_rows(scene: Scene, rubric: Rubric) -> list[Row]:
    """Each reply's share of the points for tone; unanswered waits and a chat of few words earn nothing."""
    rules = rubric.courtesy
    unanswered = sum(wait.until is None for wait in scene.waits)
    parts = max(len(scene.replies) + unanswered, rules.few)
    rows, before = [], 0.0
    for count, reply in enumerate(scene.replies, 1):
        so_far = round(rules.tone * count / parts, 2)
        most, before = so_far - before, so_far
        if reply.worthless:
            rows.append(rubric.row("tone.nothing", 0, most, at=Place(reply.turn, (0, len(reply.text)))))
            continue
        rule, value = _valued(reply, scene, rubric)
        earned = most * value * (reply.read if value > 0 else 1)
        rows.append(rubric.row(rule, earned, most, at=Place(reply.turn, _tone_span(reply))))
    if parts > len(scene.replies):
        said = len(scene.replies)
        most = rules.tone - before
        rows.append(rubric.row("tone.missing", 0, most, count=unanswered, counted=said, parts=min(rules.few, parts)))
    return rows


def _valued(reply: Reply, scene: Scene, rubric: Rubric) -> tuple[str, float]:
    """Rule and value of a reply's tone; courtesy after which the buyer has to ask again is hollow.

    What the buyer makes nothing of, and holds nothing, is not plain speech.
    """
    rules = rubric.courtesy
    value = rules.value[reply.tone]
    if value > 0 and reply.lost:
        return "tone.lost", 0.0
    if value > rules.hollow and scene.missed(reply):
        return "tone.hollow", rules.hollow
    return f"tone.{reply.tone}", value


def _tone_span(reply: Reply) -> tuple[int, int]:
    """The words that make a reply unkind, the gravest fault before what was felt of it; else the whole reply."""
    if reply.found.politeness < 0:
        faults = [fault for fault in reply.found.faults if fault.issue in _UNKIND]
        if faults:
            worst = min(faults, key=lambda fault: _GRAVEST.index(fault.severity))
            return worst.start, worst.end
        if words := next((e for e in reply.found.evidence if e.label in _UNKIND), None):
            return words.start, words.end
    return 0, len(reply.text)


def _form_rows(scene: Scene, rubric: Rubric) -> list[Row]:
    rules = rubric.courtesy
    replies = [reply for reply in scene.replies if not reply.worthless]
    parts = max(len(scene.replies), rules.few)
    you = [word for reply in replies for word in _YOU.findall(reply.said)]
    polite = sum(word != "你" for word in you)
    address = min(1.0, len(replies) / rules.few) * polite / len(you) if you else 0.0
    rows = [
        rubric.row(
            "form.address",
            rules.address * address,
            rules.address,
            count=len(you),
            polite=polite,
            blunt=len(you) - polite,
            counted=len(replies),
            parts=rules.few if you else 0,
        )
    ]
    for name, most in (("request", rules.request), ("thanks", rules.thanks)):
        count = _warm(replies, name, rubric)
        share = min(1.0, count / rules.enough)
        rows.append(rubric.row(f"form.{name}", most * share, most, count=f"{count:g}" if count else 0))
    clean = rules.clean
    if scene.complaint:
        rows.append(_care_row(replies, rubric))
    else:
        clean += rules.care
    dirty = [reply for reply in replies if not _is_clean(reply, rubric)]
    share = (len(replies) - len(dirty)) / parts
    where = dirty[0].turn if dirty else None
    at, count = Place(where), len(dirty)
    rows.append(rubric.row("form.clean", clean * share, clean, at=at, count=count, counted=len(replies), parts=parts))
    return rows


def _warm(replies: Iterable[Reply], cue: str, rubric: Rubric) -> float:
    """Uses of a polite form, weighted by phase: warm at both ends, matter-of-fact in the middle (domain D.2)."""
    count = 0.0
    for reply in replies:
        if cue in rubric.agent_says(reply.said):
            steps = set(reply.found.steps)
            count += rubric.courtesy.ends if steps & _ENDS else rubric.courtesy.middle if steps & _MIDDLE else 1.0
    return count


def _care_row(replies: Iterable[Reply], rubric: Rubric) -> Row:
    """Empathy three parts, taking responsibility two (domain D.1): asked for only when there is a grievance."""
    felt = next((r for r in replies if "care" in rubric.agent_says(r.said)), None)
    owned = next((r for r in replies if "own" in rubric.agent_says(r.said)), None)
    most = rubric.courtesy.care
    points = most * (0.6 * (felt is not None) + 0.4 * (owned is not None))
    first = felt or owned
    return rubric.row("form.care", points, most, at=Place(first.turn if first else None))


def _is_clean(reply: Reply, rubric: Rubric) -> bool:
    """Neither curt nor blaming, no shouting marks, not opening with a bare 你.

    你 further on is a matter of address, a wrong sum one of care.
    """
    blunt = reply.said.startswith("你") and not reply.said.startswith("你好")
    faulty = any(fault.category not in rubric.redlines.habits and not fault.right for fault in reply.found.faults)
    return reply.found.politeness >= 0 and not faulty and not blunt and not _SHOUT.search(reply.text)
