"""Faults that only several messages together show (domain/forbidden.json): 机械重复 and 答非所问."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kefu_sim.language.gaming import same_message
from kefu_sim.language.verdict import Fault, Step
from kefu_sim.scenario.labels import HOLD

if TYPE_CHECKING:
    from kefu_sim.scoring.scene import Reply, Scene

AGAIN, PAST = "机械重复", "答非所问"
PATIENCE = 2
"""So many messages in a row, each after a word of the buyer, may not pass over one question."""
_ON_THE_WAY = frozenset({Step.ASK, Step.ANALYSE, Step.VERIFY, HOLD})
"""Steps and intents that lead to an answer: asking back, looking into it, asking for a moment."""


def conduct_faults(scene: Scene) -> Iterator[tuple[Reply, Fault]]:
    """Each with the reply it shows in, over all of its words."""
    for reply, category in (*_mechanical(scene), *_past_the_question(scene)):
        yield reply, Fault(category, "S", 0, len(reply.text))


def _mechanical(scene: Scene) -> Iterator[tuple[Reply, str]]:
    """Messages that say again what was said before, though the buyer did not ask to hear it again."""
    for at, reply in enumerate(scene.replies):
        if "repeat" not in reply.found.gaming:
            continue
        asked = any("again" in cues for cues in scene.heard[_since(scene, at) : reply.turn])
        if not asked and any(same_message(reply.said, other.said) for other in scene.replies[:at]):
            yield reply, AGAIN


def _past_the_question(scene: Scene) -> Iterator[tuple[Reply, str]]:
    """The second message that passes over a question of fact the buyer asks at a node, once for each node.

    A message passes over it when the buyer could make nothing of it, or it was mere courtesy; whoever asks back, looks
    into it or asks for a moment is on the way to an answer.
    """
    story = scene.story
    node, passed, told = "", 0, set[str]()
    for at, reply in enumerate(scene.replies):
        if story is None or reply.turn >= len(story.node_at):
            return
        if story.node_at[reply.turn] != node:
            node, passed = story.node_at[reply.turn], 0
        if all(turn.role == "agent" for turn in scene.case.turns[_since(scene, at) : reply.turn]):
            continue
        passed = passed + 1 if _passes_over(scene, reply) else 0
        if passed == PATIENCE and node not in told:
            told.add(node)
            yield reply, PAST


def _passes_over(scene: Scene, reply: Reply) -> bool:
    if not scene.open_questions(reply) or not _ON_THE_WAY.isdisjoint({*reply.found.steps, *reply.found.intents}):
        return False
    turn = scene.case.turns[reply.turn]
    nearly = not turn.again and any(verdict.decision == "ask" for verdict in reply.found.verdicts)
    return scene.evaded(reply) or (turn.unclear and not nearly)


def _since(scene: Scene, at: int) -> int:
    """The turn after the agent's last message before a reply."""
    return scene.replies[at - 1].turn + 1 if at else 0
