"""The bots: agents good, middling and bad, who type real text. Same view, same act: all chance comes with the view."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kefu_sim.author.bots_expert import compose
from kefu_sim.author.bots_notes import notes_due
from kefu_sim.author.soak_play import Act, View
from kefu_sim.scenario.model import ModelAnswer


@dataclass(frozen=True, slots=True)
class ScriptedBot:
    """A bot with a name, a pace and a way of finding words."""

    name: str
    says: Callable[[View], Sequence[str] | None]
    """Messages of one turn; None to say nothing any more."""
    pastes: bool = False
    careful: bool = False
    """Writes on the order what belongs there."""

    def act(self, view: View) -> Act | None:
        """Say something after a while, or nothing any more."""
        texts = self.says(view)
        if texts is None:
            return None
        shortest, longest = view.kit.words.waits[self.name]
        wait = shortest + (longest - shortest) * view.draw("bot:wait")
        return Act(tuple(texts), round(wait, 1), self.pastes, notes_due(view.kit, view.state) if self.careful else {})


def _model(view: View) -> Sequence[str]:
    """The excellent model answer of each moment; the second time round the plain one, then words of one's own."""
    model = _answers(view)
    for text in (model.excellent, model.pass_) if model else ():
        if text not in view.state.said:
            return (text,)
    return compose(view)


def _disorder(view: View) -> Sequence[str] | None:
    """The model answers from the last to the first, whatever the buyer says."""
    nodes = [view.kit.story.nodes[name] for name in reversed(view.kit.way)]
    answers = [node.model.excellent for node in nodes if node.model is not None]
    return (answers[view.turn],) if view.turn < len(answers) else None


def _lazy(view: View) -> Sequence[str]:
    """The least that can be typed."""
    return (view.pick(view.kit.words.lazy, "bot:lazy"),)


def _slow(view: View) -> Sequence[str]:
    """Good plain answers, each long after the question."""
    model = _answers(view)
    return (model.pass_,) if model else compose(view)[:1]


def _rude(view: View) -> Sequence[str]:
    """Insults, every other time around an answer that would be right."""
    model, words = _answers(view), view.kit.words
    if view.state.seq % 2 or model is None:
        return (view.pick(words.rude, "bot:rude"),)
    return (view.pick(words.scolding, "bot:scold").format(answer=model.pass_),)


def _echoer(view: View) -> Sequence[str] | None:
    """The buyer's own words."""
    return view.heard[-1:] or None


def _answers(view: View) -> ModelAnswer | None:
    return view.kit.story.nodes[view.state.node].model


def _next(view: View, texts: Sequence[str]) -> Sequence[str]:
    """One text after the other, from one that the seed chooses."""
    return (texts[(view.seed + view.turn) % len(texts)],)


MODEL = ScriptedBot("model", _model, careful=True)
BOTS: Mapping[str, ScriptedBot] = {
    bot.name: bot
    for bot in (
        MODEL,
        ScriptedBot("expert", compose, careful=True),
        ScriptedBot("disorder", _disorder),
        ScriptedBot("lazy", _lazy),
        ScriptedBot("slow", _slow),
        ScriptedBot("silent", lambda _view: None),
        ScriptedBot("rude", _rude),
        ScriptedBot("stuffer", lambda view: _next(view, view.kit.heaps)),
        ScriptedBot("paster", lambda view: _next(view, view.kit.pastes), pastes=True),
        ScriptedBot("echoer", _echoer),
    )
}
"""All of them by name, in the order of reports."""
