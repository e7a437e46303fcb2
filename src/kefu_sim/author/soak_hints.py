"""What would bring a reception to a place nobody came by."""

from __future__ import annotations

from kefu_sim.author.coverage import ANYWHERE, Place
from kefu_sim.author.samples import reply_at
from kefu_sim.author.soak_kit import Kit
from kefu_sim.i18n import tr
from kefu_sim.scenario.conditions import alternatives
from kefu_sim.scenario.labels import ANY
from kefu_sim.scenario.model import Reply, Scenario


def hint(kit: Kit, place: Place) -> str:
    """One line: the words, the node and the conditions, or what stands in the way."""
    base, _, index = place.id.partition("#")
    node, _, rest = base.rpartition("/")
    if rest.startswith(("reply", "always")):
        reply = reply_at(kit.story, base)
        return _line(reply.buyer[int(index)].if_, _reply(kit, node, reply)) if index else _reply(kit, node, reply)
    if rest.startswith("silence"):
        return _silent(kit.story, node, int(rest.partition(":")[2]))
    if rest.startswith("unclear"):
        return _unclear(kit.story, node)
    if rest.startswith("missed:"):
        return _missed(kit.story, rest.partition(":")[2])
    if place.kind == "notice":
        return _notice(kit.story, rest.partition(":")[2])
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


def _silent(story: Scenario, node: str, index: int) -> str:
    shared = node == ANYWHERE
    if shared and all(each.silence or each.end for each in story.nodes.values()):
        return tr("every node has a `silence:` of its own: delete that of the story")
    branch = (story if shared else story.nodes[node]).silence[index]
    what = tr("be silent for {seconds:g} s at `{node}`{when}; whatever ends it before that, soften it")
    if shared:
        what = tr(
            "be silent for {seconds:g} s at a node without its own{when}; whatever ends it before that, soften it"
        )
    return what.format(seconds=branch.after, node=node, when=_conditions(branch.if_))


def _unclear(story: Scenario, name: str) -> str:
    if name == ANYWHERE:
        if all(each.unclear or each.end for each in story.nodes.values()):
            return tr("every node has an `unclear:` of its own: delete that of the story")
        return tr("say something nobody understands at a node without its own `unclear:`, more than once")
    for i, reply in enumerate(story.nodes[name].replies):
        if reply.when == (ANY,) and not reply.if_ and not reply.once:
            return tr("reply:{n} takes whatever is said: delete `unclear:`, or narrow that reply").format(n=i)
    return tr("say something nobody understands at `{node}`, more than once").format(node=name)


def _missed(story: Scenario, name: str) -> str:
    promise = story.promises[name]
    if promise.due is None:
        return tr("`{name}` never falls due: give it `due:`, or delete `missed:`").format(name=name)
    labels = " + ".join(promise.made)
    return tr("promise it ({labels}) and let its time pass: nobody could, so set `due:` before the chat ends").format(
        labels=labels
    )


def _notice(story: Scenario, name: str) -> str:
    notice = story.notices[name]
    if notice.node is not None:
        return tr("it comes at `{node}`, which nobody entered").format(node=notice.node)
    return tr("every chat is over before {seconds:g} s: let it come sooner, or at a node").format(seconds=notice.at)


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
