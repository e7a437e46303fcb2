"""Reply speed: the first reply, the mean, and no wait that is too long (domain B.5, C.2)."""

from __future__ import annotations

from itertools import pairwise

from kefu_sim.scoring.ledger import Phrase, Place, Row
from kefu_sim.scoring.rubric import Rubric, fill
from kefu_sim.scoring.scene import Scene, Wait


def speed_rows(scene: Scene, rubric: Rubric) -> list[Row]:
    """Rows of the dimension; none when the buyer never waited or times are not known."""
    if not scene.waits or not scene.case.timed:
        return []
    rules = rubric.speed
    shares = [_share(wait, scene, rubric) for wait in scene.waits]
    first = scene.waits[0]
    told = fill(rules.grieved, {"factor": rules.complaint_factor}) if _grieved(scene) else Phrase()
    rows = [
        rubric.row("speed.unanswered", 0, rules.first, at=Place(first.since))
        if first.seconds is None
        else rubric.row(
            "speed.first",
            rules.first * shares[0],
            rules.first,
            at=Place(first.until),
            seconds=round(first.seconds),
            grieved=told,
        )
    ]
    parts = max(len(shares), rules.few)
    worst = min(range(len(shares)), key=lambda i: (shares[i], i))
    slowest = scene.waits[worst]
    answered = [wait.seconds for wait in scene.waits if wait.seconds is not None]
    rows.append(
        rubric.row(
            "speed.mean",
            rules.mean * sum(shares) / parts,
            rules.mean,
            at=Place(slowest.since if slowest.until is None else slowest.until),
            seconds=round(sum(answered) / len(answered)) if answered else 0,
            grieved=told,
            counted=len(shares) if answered else 0,
            parts=parts,
        )
    )
    slow = sum(wait.seconds is not None and rules.slow_s < wait.seconds <= rules.timeout_s for wait in scene.waits)
    lost = sum(wait.seconds is None or wait.seconds > rules.timeout_s for wait in scene.waits) + _dropped(scene, rubric)
    steady = max(0.0, len(shares) - slow / 2 - lost) / parts
    points = rules.steady * steady * _earning(scene)
    rows.append(
        rubric.row(
            "speed.steady",
            points,
            rules.steady,
            count=slow + lost,
            slow=slow,
            lost=lost,
            limit=round(rules.slow_s),
            timeout=round(rules.timeout_s),
            counted=len(shares),
            parts=parts,
        )
    )
    return rows


def _share(wait: Wait, scene: Scene, rubric: Rubric) -> float:
    """Share of the points for one wait, 0 to 1."""
    if wait.seconds is None or wait.until is None:
        return 0.0
    reply = scene.case.turns[wait.until]
    if reply.recognition is not None and reply.recognition.gaming:
        return 0.0
    rules = rubric.speed
    share = rules.curve.at(wait.seconds * (rules.complaint_factor if _grieved(scene) else 1)) / 100
    if "excuse" in rubric.agent_says(reply.text):
        share += (1 - share) * rules.excused
    return share


def _grieved(scene: Scene) -> bool:
    """Whether it is a complaint by its story; a guess from the words alone does not double the clock."""
    return scene.story is not None and scene.complaint


def _dropped(scene: Scene, rubric: Rubric) -> int:
    """Times the agent asked for a moment and let it pass without a word (domain C.3, 漏跟进)."""
    turns = scene.case.turns
    return sum(
        turns[after.turn].t - turns[reply.turn].t > rubric.speed.follow_up_s
        for reply, after in pairwise(scene.replies)
        if "hold" in rubric.agent_says(reply.text)
    )


def _earning(scene: Scene) -> float:
    """Share of the agent's messages that may earn anything."""
    return sum(not reply.worthless for reply in scene.replies) / max(1, len(scene.replies))
