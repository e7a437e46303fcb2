"""Reply speed: the first reply, the mean, and no wait that is too long (domain B.3, C.1)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kefu_sim.scoring.ledger import Phrase, Place, Row
from kefu_sim.scoring.rubric import Rubric, fill
from kefu_sim.scoring.scene import Scene, Wait


def speed_rows(scene: Scene, rubric: Rubric) -> list[Row]:
    """Rows of the dimension; none when the buyer never waited or times are not known."""
    if not scene.waits or not scene.case.timed:
        return []
    shares = [_share(wait, scene, rubric) for wait in scene.waits]
    rules = rubric.speed
    told = fill(rules.grieved, {"factor": rules.complaint_factor}) if _grieved(scene) else Phrase()
    return [
        _first_row(scene, rubric, shares[0], told),
        _mean_row(scene, rubric, shares, told),
        _steady_row(scene, rubric),
    ]


def _first_row(scene: Scene, rubric: Rubric, share: float, told: Phrase) -> Row:
    most, first = rubric.speed.first, scene.waits[0]
    if first.seconds is None:
        return rubric.row("speed.unanswered", 0, most, at=Place(first.since))
    seconds = round(first.seconds)
    return rubric.row("speed.first", most * share, most, at=Place(first.until), seconds=seconds, grieved=told)


def _mean_row(scene: Scene, rubric: Rubric, shares: Sequence[float], told: Phrase) -> Row:
    """The row points to the slowest reply."""
    most, parts = rubric.speed.mean, _parts(scene, rubric)
    slowest = scene.waits[min(range(len(shares)), key=lambda i: (shares[i], i))]
    answered = [wait.seconds for wait in scene.waits if wait.seconds is not None]
    return rubric.row(
        "speed.mean",
        most * sum(shares) / parts,
        most,
        at=Place(slowest.since if slowest.until is None else slowest.until),
        seconds=round(sum(answered) / len(answered)) if answered else 0,
        grieved=told,
        counted=len(shares) if answered else 0,
        parts=parts,
    )


def _steady_row(scene: Scene, rubric: Rubric) -> Row:
    rules, waits, parts = rubric.speed, scene.waits, _parts(scene, rubric)
    slow = sum(wait.seconds is not None and rules.slow_s < wait.seconds <= rules.timeout_s for wait in waits)
    lost = sum(wait.seconds is None or wait.seconds > rules.timeout_s for wait in waits) + _dropped(scene, rubric)
    steady = max(0.0, len(waits) - slow / 2 - lost) / parts
    return rubric.row(
        "speed.steady",
        rules.steady * steady * _earning(scene),
        rules.steady,
        count=slow + lost,
        slow=slow,
        lost=lost,
        limit=round(rules.slow_s),
        timeout=round(rules.timeout_s),
        counted=len(waits),
        parts=parts,
    )


def _parts(scene: Scene, rubric: Rubric) -> int:
    """Rounds that the points are shared out over: few rounds do not earn all of them."""
    return max(len(scene.waits), rubric.speed.few)


def _share(wait: Wait, scene: Scene, rubric: Rubric) -> float:
    """Share of the points for one wait, 0 to 1."""
    if wait.seconds is None or wait.until is None:
        return 0.0
    reply = scene.case.turns[wait.until]
    if reply.recognition is not None and reply.recognition.gaming:
        return 0.0
    rules = rubric.speed
    share = rules.curve.at(wait.seconds * (rules.complaint_factor if _grieved(scene) else 1)) / 100
    said = reply.text if reply.recognition is None else reply.recognition.said(reply.text)
    if "excuse" in rubric.agent_says(said):
        share += (1 - share) * rules.excused
    return share


def _grieved(scene: Scene) -> bool:
    """Whether it is a complaint by its story; a guess from the words alone does not double the clock."""
    return scene.story is not None and scene.complaint


def _dropped(scene: Scene, rubric: Rubric) -> int:
    """Times the agent asked for a moment and let it pass without a word (domain C.2, 漏跟进)."""
    turns = scene.case.turns
    return sum(
        turns[after.turn].t - turns[reply.turn].t > rubric.speed.follow_up_s
        for reply, after in pairwise(scene.replies)
        if "hold" in rubric.agent_says(reply.said)
    )


def _earning(scene: Scene) -> float:
    """Share of the agent's messages that may earn anything."""
    return sum(not reply.worthless for reply in scene.replies) / max(1, len(scene.replies))
