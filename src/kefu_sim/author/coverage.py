"""Coverage: how often receptions came by each place of a story.

A place has a stable id, the same that events use:

    open            the node                     open/line#2       its third wording of the buyer
    open/reply:3    the node's fourth reply      open/reply:3#0    the first wording of that reply
    open/silence:1  its second silence branch    open/silence:1#0  … and a wording
    open/unclear    not understood there         open/unclear#0    … a wording; open/unclear:goto  … and went on
    always:2        a reply of `always`, at whichever node; always:2#0 a wording
    */silence:1     a branch of the story's own `silence`, at whichever node has none; */silence:1#0 a wording
    */unclear       the story's own `unclear` likewise; */unclear#0, */unclear:goto
    missed:gift     the time of a promise passed; missed:gift#0 what the buyer says of it
    notice:queue    a notice came
    out:mood        a variable ran out           won/end           the reception ended there

Only what the story itself writes is a place: the temperament's own lines and silence branches are not, nor is the time
of a promise of which the story says nothing under `missed`. Branches of the whole story are counted by node as well.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, NonNegativeInt, ValidationError

from kefu_sim.base.errors import BadFileError, Problem
from kefu_sim.base.refusals import no_json
from kefu_sim.engine import events as ev
from kefu_sim.i18n import tr
from kefu_sim.scenario.agreements import Missed
from kefu_sim.scenario.model import Line, Node, Scenario, Silence, Unclear
from kefu_sim.scenario.violations import why

Kind = Literal["node", "reply", "silence", "unclear", "missed", "notice", "out", "ending", "line"]
KINDS: tuple[Kind, ...] = ("node", "reply", "silence", "unclear", "missed", "notice", "out", "ending", "line")
"""In the order of reports."""
ANYWHERE = "*"
"""In the place of a node: whichever has nothing of its own."""


@dataclass(frozen=True, slots=True)
class Place:
    """Something in a story that a reception can come by."""

    id: str
    kind: Kind
    path: tuple[str | int, ...]
    """Where it stands in the YAML file."""


def places(story: Scenario) -> tuple[Place, ...]:
    """Every place of a story, in the order of the file."""
    found = [Place(f"out:{name}", "out", ("vars", name, "out")) for name, meter in story.vars.items() if meter.out]
    for name, promise in story.promises.items():
        if promise.missed != Missed():
            found += _spoken(f"missed:{name}", "missed", ("promises", name, "missed"), promise.missed.buyer)
    found += [Place(f"notice:{name}", "notice", ("notices", name)) for name in story.notices]
    for i, reply in enumerate(story.always):
        found += _spoken(f"always:{i}", "reply", ("always", i), reply.buyer)
    found += _of_ladders(ANYWHERE, (), story.unclear, story.silence)
    for name, node in story.nodes.items():
        found += _of_node(name, node)
    return tuple(found)


def _of_node(name: str, node: Node) -> Iterator[Place]:
    at = ("nodes", name)
    yield Place(name, "node", at)
    yield from _lines(f"{name}/line", (*at, "buyer"), node.buyer)
    for i, reply in enumerate(node.replies):
        yield from _spoken(f"{name}/reply:{i}", "reply", (*at, "replies", i), reply.buyer)
    yield from _of_ladders(name, at, node.unclear, node.silence)
    if node.end:
        yield Place(f"{name}/end", "ending", (*at, "end"))


def _of_ladders(
    name: str, at: tuple[str | int, ...], unclear: Unclear | None, silence: Sequence[Silence]
) -> Iterator[Place]:
    if unclear:
        yield from _spoken(f"{name}/unclear", "unclear", (*at, "unclear"), unclear.buyer)
        if unclear.goto:
            yield Place(f"{name}/unclear:goto", "unclear", (*at, "unclear", "goto"))
    for i, branch in enumerate(silence):
        yield from _spoken(f"{name}/silence:{i}", "silence", (*at, "silence", i), branch.buyer)


def silences_at(story: Scenario, node: str) -> list[str]:
    """Places of the silence branches that hold at a node; none where those of the temperament do."""
    own = story.nodes[node].silence
    return [f"{node if own else ANYWHERE}/silence:{i}" for i in range(len(own or story.silence))]


def unclear_at(story: Scenario, node: str) -> str:
    """Place of not being understood at a node; empty where the temperament has its way."""
    if story.nodes[node].unclear:
        return f"{node}/unclear"
    return f"{ANYWHERE}/unclear" if story.unclear else ""


def _spoken(place: str, kind: Kind, at: tuple[str | int, ...], lines: tuple[Line, ...]) -> Iterator[Place]:
    yield Place(place, kind, at)
    yield from _lines(place, (*at, "buyer"), lines)


def _lines(place: str, at: tuple[str | int, ...], lines: tuple[Line, ...]) -> Iterator[Place]:
    for i in range(len(lines)):
        yield Place(f"{place}#{i}", "line", (*at, i))


def passed(log: Iterable[ev.Event], story: Scenario) -> Counter[str]:
    """Count the places of a story that one reception of it came by."""
    met: list[str] = []
    node = nudged = ""
    for event in log:
        if nudged and _does(event, nudged):  # a branch whose conditions did not hold was passed over
            met.append(f"{node}/{nudged}")
        nudged = ""
        match event:
            case ev.Entered(node=entered, via=via):
                met += [*_way_on(node, via), entered]
                node = entered
            case ev.Reacted(choice=choice) if choice != "hold":
                met.append(_short(f"{node}/{choice}"))
            case ev.Nudged(index=index):
                nudged = f"silence:{index}"
            case ev.BuyerSaid(line=line):
                met.append(_short(line))
            case ev.Missed(name=name):
                met.append(f"missed:{name}")
            case ev.Noticed(name=name):
                met.append(f"notice:{name}")
            case ev.Ended(node=last):
                met.append(f"{last}/end")
            case _:
                pass
    return Counter([*met, *filter(None, (_of_the_story(place, story) for place in met))])


def _way_on(node: str, via: str) -> Iterator[str]:
    """The place of the way by which a node was left, where no other event tells of it."""
    if via.startswith("out:"):
        yield via
    elif via == "unclear":
        yield f"{node}/unclear:goto"


def _does(event: ev.Event, branch: str) -> bool:
    match event:
        case ev.BuyerSaid(source=source):
            return source == "silence"
        case ev.Adjusted(why=why) | ev.Entered(via=why):
            return why == branch
        case _:
            return False


def _short(place: str) -> str:
    """Drop the node before what belongs to none."""
    _node, _, rest = place.partition("/")
    return rest if rest.startswith(("always:", "missed:")) else place


def _of_the_story(place: str, story: Scenario) -> str:
    """The story's own branch that a place of a node stands for; empty where it is the node's or the temperament's."""
    node, _, rest = place.partition("/")
    if rest.startswith("silence:"):
        shared = bool(story.silence) and not story.nodes[node].silence
    elif rest.startswith("unclear#"):  # a branch without wordings takes those of the next
        own = story.nodes[node].unclear
        shared = bool(story.unclear and story.unclear.buyer) and not (own and own.buyer)
    else:
        shared = rest.startswith("unclear") and bool(story.unclear) and not story.nodes[node].unclear
    return f"{ANYWHERE}/{rest}" if shared else ""


def chief(unmet: Sequence[Place]) -> list[Place]:
    """Without what follows from something else that is missing: wordings of a reply, parts of a node nobody entered."""
    ids = {place.id for place in unmet}
    return [
        place
        for place in unmet
        if not (place.kind == "line" and {place.id.partition("#")[0], place.id.partition("/")[0]} & ids)
        and (place.kind == "ending" or "/" not in place.id or place.id.partition("/")[0] not in ids)
        and not (place.kind == "node" and f"{place.id}/end" in ids)
    ]


class Coverage(BaseModel):
    """Counts of one story, over so many receptions."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scenario: str
    fingerprint: str
    """Scenario.fingerprint of the story that was played."""
    receptions: NonNegativeInt = 0
    counts: Mapping[str, NonNegativeInt] = {}
    """Place id → times. A place that is not here was never met."""

    def unmet(self, story: Scenario) -> tuple[Place, ...]:
        """Places of the story that no reception came by, in the order of the file."""
        return tuple(place for place in places(story) if not self.counts.get(place.id))

    def shares(self, story: Scenario) -> dict[Kind, tuple[int, int]]:
        """Kind → (places met, places there are), in the order of KINDS; kinds the story has none of are left out."""
        there = Counter(place.kind for place in places(story))
        missed = Counter(place.kind for place in self.unmet(story))
        return {kind: (there[kind] - missed[kind], there[kind]) for kind in KINDS if there[kind]}

    def to_line(self) -> str:
        """Write one line of a coverage file."""
        return self.model_dump_json() + "\n"


def read_coverage(text: str, source: str) -> dict[str, Coverage]:
    """Read a coverage file, one story a line: scenario id → coverage. Raises BadFileError."""
    found: dict[str, Coverage] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = _row(line)
        except ValueError as error:
            what = tr("not a line of a coverage file ({why})").format(why=error)
            fix = tr("make it anew: kefu-sim author soak {id} --coverage {file}").format(id="ID", file=source)
            raise BadFileError([Problem(source, number, 1, "KS302", what, fix)]) from None
        found[row.scenario] = row
    return found


def _row(line: str) -> Coverage:
    """Raise ValueError that says what is wrong with a line."""
    try:
        return Coverage.model_validate(json.loads(line))
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(no_json(error)) from None
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        key = ".".join(map(str, detail["loc"]))
        raise ValueError(f"`{key}`: {why(detail)}" if key else why(detail)) from None
