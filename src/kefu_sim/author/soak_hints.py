"""What would bring a reception to a place nobody came by."""

from __future__ import annotations

from kefu_sim.author.coverage import Place
from kefu_sim.author.samples import reply_at
from kefu_sim.author.soak_kit import Kit
from kefu_sim.i18n import tr
from kefu_sim.scenario.conditions import alternatives
from kefu_sim.scenario.labels import ANY
from kefu_sim.scenario.model import Node, Reply


def hint(kit: Kit, place: Place) -> str:
    """One line: the words, the node and the conditions, or what stands in the way."""
    base, _, index = place.id.partition("#")
    node, _, rest = base.rpartition("/")
    if rest.startswith(("reply", "always")):
        reply = reply_at(kit.story, base)
        return _line(reply.buyer[int(index)].if_, _reply(kit, node, reply)) if index else _reply(kit, node, reply)
    if rest.startswith("silence"):
        branch = kit.story.nodes[node].silence[int(rest.partition(":")[2])]
        when = _conditions(branch.if_)
        return tr("be silent for {seconds:g} s at `{node}`{when}; whatever ends it before that, soften it").format(
            seconds=branch.after, node=node, when=when
        )
    if rest.startswith("unclear"):
        return _unclear(kit.story.nodes[node], node)
    if place.kind == "out":
        return tr("let `{meter}` run out: nothing takes enough of it away").format(meter=rest.partition(":")[2])
    return _entry(kit, node or base)


def _reply(kit: Kit, node: str, reply: Reply) -> str:
    """What to say, and when."""
    said = [next((text for label in alternatives(part) for text in kit.texts(label)), "") for part in reply.when]
    without = next((part for part, text in zip(reply.when, said, strict=True) if not text), "")
    if without:
        what = tr("nothing is written that says `{label}`: give it samples under `say:`")
        if without.startswith("fact."):
            what = tr("nothing is written that says `{label}`: write one such answer as plain text")
        return what.format(label=without)
    words = " + ".join(f"“{text}”" for text in dict.fromkeys(said))
    at = tr(" at `{node}`").format(node=node) if node else ""
    return tr("say {words}{at}{when}; what comes before it may take that first").format(
        words=words, at=at, when=_conditions(reply.if_)
    )


def _conditions(conditions: dict[str, str]) -> str:
    joined = ", ".join(f"{name} {test}" for name, test in conditions.items())
    return tr(" while {conditions}").format(conditions=joined) if joined else ""


def _line(conditions: dict[str, str], otherwise: str) -> str:
    if not conditions:
        return otherwise
    return tr("said only{when}: no way leads there with these numbers").format(when=_conditions(conditions))


def _unclear(node: Node, name: str) -> str:
    for i, reply in enumerate(node.replies):
        if reply.when == (ANY,) and not reply.if_ and not reply.once:
            return tr("reply:{n} takes whatever is said: delete `unclear:`, or narrow that reply").format(n=i)
    return tr("say something nobody understands at `{node}`, more than once").format(node=name)


def _entry(kit: Kit, name: str) -> str:
    """Where a `goto` leads to a node."""
    sources = [
        f"{node}/{place}"
        for node in kit.story.nodes
        for place, reply in kit.program.offers.at(node)
        if reply.goto == name and not place.startswith("always")
    ]
    if not sources:
        return tr("no reply leads to `{node}`").format(node=name)
    return tr("it is entered from {places}").format(places=", ".join(sources[:4]))
