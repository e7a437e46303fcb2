"""Faults, caps, help and bonus: what adds to or takes from the sum of the dimensions (domain C.1, C.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kefu_sim.engine.choose import lowest_price
from kefu_sim.engine.program import labels_of
from kefu_sim.language.numbers import numbers_of
from kefu_sim.language.verdict import Amount, Fault, Step
from kefu_sim.quick.fill import GAP
from kefu_sim.scenario.conditions import alternatives, carried
from kefu_sim.scenario.model import Limits
from kefu_sim.scoring.conduct import conduct_faults
from kefu_sim.scoring.ledger import Phrase, Place, Row
from kefu_sim.scoring.rubric import Rubric, fill
from kefu_sim.scoring.scene import Reply, Scene

MOST_WORDS = 30
"""Longer words of a fault are cut in the reason; the whole is marked where it stands."""
Faults = Sequence[tuple[Reply, Fault]]
"""As `faults_of` gives them."""


def fault_rows(faults: Faults, rubric: Rubric) -> list[Row]:
    """Faults of attitude and minor faults, each kind up to its limit; one row for each category in a reply.

    Of a category that is a habit the first row stands for all.
    """
    rules = rubric.redlines
    rows = []
    habits: set[str] = set()
    left = {"fault.attitude": rules.attitude_most, "fault.minor": rules.minor_most}
    for reply, fault in faults:
        if fault.severity == "F" or (fault.severity == "S" and fault.category not in rules.attitude):
            continue
        if fault.category in habits:
            continue
        habits |= rules.habits & {fault.category}
        rule = "fault.attitude" if fault.severity == "S" else "fault.minor"
        points = min(left[rule], rules.attitude_points if fault.severity == "S" else rules.minor_points)
        left[rule] -= points
        rows.append(_row(rule, -points, reply, fault, rubric))
    return rows


def faults_of(scene: Scene) -> Faults:
    """Each category once a reply: what the wording alone gives away, the rules of the story it breaks, and conduct."""
    conduct = {(reply.turn, fault.category): fault for reply, fault in conduct_faults(scene)}
    found = []
    for reply in scene.replies:
        own = (fault for (turn, _), fault in conduct.items() if turn == reply.turn)
        by_category = {
            fault.category: fault for fault in reversed((*reply.found.faults, *_breaches(scene, reply), *own))
        }
        found += [(reply, fault) for fault in by_category.values()]
    return found


def _breaches(scene: Scene, reply: Reply) -> Iterator[Fault]:
    """Rules of the story that a reply breaks, each where the words stand that say so."""
    if scene.story is None or not scene.story.scenario.breaches:
        return
    labels, node = labels_of(reply.found), scene.story.node_at[reply.turn]
    for breach in scene.story.scenario.breaches:
        if (
            (breach.at and node not in breach.at)
            or not carried(breach.when, labels)
            or not labels.isdisjoint(breach.unless)
        ):
            continue
        named = [name for wanted in breach.when for name in alternatives(wanted)]
        spans = [(seen.start, seen.end) for seen in reply.found.evidence if seen.label in named]
        start, end = min(spans, default=(0, len(reply.text)))
        yield Fault(breach.fault, breach.severity, start, end)


def _row(rule: str, points: float, reply: Reply, fault: Fault, rubric: Rubric, **values: float) -> Row:
    better = rubric.redlines.better.get(fault.category)
    if better is not None and fault.right:
        better = fill(better, {"right": fault.right})
    words = reply.text[fault.start : fault.end] or fault.category
    if len(words) > MOST_WORDS:
        words = words[: MOST_WORDS - 1] + "…"
    return rubric.row(
        rule,
        points,
        at=Place(reply.turn, (fault.start, fault.end)),
        better=better,
        category=rubric.redlines.named(fault.category),
        words=Phrase(words, words),
        **values,
    )


def gap_rows(scene: Scene, rubric: Rubric) -> list[Row]:
    """Variables of quick replies that went out unfilled, one row a reply."""
    found = ((reply, GAP.search(reply.text)) for reply in scene.replies)
    return [
        rubric.row(
            "quick.gap", -rubric.redlines.gap_points, at=Place(reply.turn, gap.span()), words=Phrase(gap[0], gap[0])
        )
        for reply, gap in found
        if gap is not None
    ]


def cap_rows(scene: Scene, faults: Faults, rubric: Rubric, total: float) -> tuple[list[Row], tuple[str, ...]]:
    """What holds the total down: a limit broken, rudeness, a compliance fault, one that voids everything, a buyer lost.

    One that finds the total low enough already takes nothing and is told all the same; that the buyer was lost is told
    by the outcome then.
    """
    rows: list[Row] = []
    caps: list[str] = []
    for rule, highest, reply, fault in _ceilings(scene, faults, rubric):
        over = max(total - highest, 0.0)
        total -= over
        if reply is None and not over:
            continue
        if over:
            caps.append(rule.rpartition(".")[2] if rule.startswith("fault") else "cap")
        if fault is None:
            place = Place(reply.turn, (0, len(reply.text))) if reply else Place()
            row = rubric.row(rule, 0.0 - over, at=place, most=round(highest), count=over)
            better = rubric.rules[rule].better
        else:
            assert reply is not None
            row = _row(rule, 0.0 - over, reply, fault, rubric, count=over)
            better = rubric.redlines.better.get(fault.category, row.better)
        rows.append(replace(row, better=better))
    return rows, tuple(dict.fromkeys(caps))


def _ceilings(scene: Scene, faults: Faults, rubric: Rubric) -> list[tuple[str, float, Reply | None, Fault | None]]:
    """(rule, highest total, reply, fault), the hardest first; without a reply where all of them led there."""
    rules = rubric.redlines
    found: list[tuple[str, float, Reply | None, Fault | None]] = []
    if scene.story is not None and scene.story.outcome == "lost":
        found.append(("lost.cap", rules.lost_cap, None, None))
    for reply, fault in faults:
        if fault.severity == "F":
            found.append(("fault.void", 0.0, reply, fault))
        elif fault.severity == "S" and fault.category not in rules.attitude:
            found.append(("fault.cap", rules.cap, reply, fault))
    for reply in scene.replies:
        if reply.found.politeness <= -2:
            found.append(("rude.cap", rules.rude_cap, reply, None))
        limits = scene.story.limits(reply.turn) if scene.story else _NO_LIMITS
        if _below_floor(limits, reply):
            found.append(("limit", rules.cap, reply, None))
        if _beyond_amends(limits, reply):
            found.append(("limit.amends", rules.cap, reply, None))
    return sorted(found, key=lambda item: item[1])


_NO_LIMITS = Limits()
_NOT_OFFERED = re.compile(
    "(?:[不没別别]|无法|很难|[您你](?:说|要|想)|[两二三第满滿][^,，。!！?？]{0,3}[件双套个条支瓶盒]|满|会员|全场|别家|他家)[^,，。!！?？]{0,6}$"
)
"""Before a discount or a cut that is refused, asked for, given for more than one piece, or not the agent's to give."""
_OWN_WORD = ("便宜", "少", "让", "讓", "降", "抹")


def _below_floor(limits: Limits, reply: Reply) -> bool:
    """Whether the reply offers the goods for less than the lowest the shop allows: a price, a discount or a cut."""
    if limits.floor is None:
        return False
    offer = lowest_price(reply.found.amounts)
    offers = [] if offer is None else [offer]
    if limits.price is not None:
        meant = [amount for amount in reply.found.amounts if not _NOT_OFFERED.search(reply.text[: amount.start])]
        offers += [limits.price * amount.value for amount in meant if amount.kind == "discount"]
        offers += [limits.price - amount.value for amount in meant if _is_cut(amount, reply.text)]
    return min(offers, default=limits.floor) < limits.floor


def _is_cut(amount: Amount, text: str) -> bool:
    """Whether a sum comes off the price by the agent's own word: no coupon and no refund."""
    return amount.kind == "off" and text.startswith(_OWN_WORD, amount.start, amount.end)


def _beyond_amends(limits: Limits, reply: Reply) -> bool:
    """Whether the reply offers more to make up for a fault than the shop allows."""
    if limits.amends is None:
        return False
    offered = numbers_of(reply.found).get("amends")
    return offered is not None and offered > limits.amends


def help_rows(scene: Scene, rubric: Rubric) -> list[Row]:
    """What model answers looked at cost (guided mode)."""
    shown = scene.story.models_shown if scene.story else 0
    return [rubric.row("help", -shown * rubric.redlines.help_points, count=shown)] if shown else []


def bonus_rows(scene: Scene, faults: Faults, rubric: Rubric, total: float) -> list[Row]:
    """Extra points, only where nothing serious went wrong; they make up for a share of what is lost, never for all.

    `total` is the sum without them.
    """
    if any(fault.severity in "FS" for _, fault in faults) or not scene.regular:
        return []
    rules, rows = rubric.bonus, []
    left = min(rules.most, rules.share * max(0.0, rubric.scale - total))
    last = scene.replies[-1] if scene.replies else None
    warm = last and Step.FAREWELL in last.found.steps and last.found.politeness >= 2 and not last.worthless
    if last and warm and not scene.missed(last) and round(left, 2) > 0:
        rows.append(rubric.row("bonus.close", min(left, rules.close), at=Place(last.turn, (0, len(last.text)))))
        left -= rows[-1].points
    for reply in scene.replies:
        if round(left, 2) <= 0 or reply.found.politeness <= 0 or reply.worthless:
            continue
        if match := rubric.agent_cues["kindness"].search(reply.said):
            points, words = min(left, rules.kindness), reply.found.place(*match.span())
            rows.append(rubric.row("bonus.kindness", points, at=Place(reply.turn, words)))
            break
    return rows
