"""Coverage: how often receptions came by each place of a story.

A place has a stable id, the same that events use:

    open            the node                     open/line#2       its third wording of the buyer
    open/reply:3    the node's fourth reply      open/reply:3#0    the first wording of that reply
    open/silence:1  its second silence branch    open/silence:1#0  … and a wording
    open/unclear    not understood there         open/unclear#0    … a wording; open/unclear:goto  … and went on
    always:2        a reply of `always`, at whichever node; always:2#0 a wording
    out:mood        a variable ran out           won/end           the reception ended there

Only what the story itself writes is a place: the temperament's own lines and silence branches are not. A way taken
because a promise was not kept in time is no place, as nobody need break one; it is counted for drawings: missed:gift.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, NonNegativeInt, ValidationError

from kefu_sim.base.errors import BadFileError, Problem
from kefu_sim.engine import events as ev
from kefu_sim.i18n import tr
from kefu_sim.scenario.model import Line, Node, Scenario

Kind = Literal["node", "reply", "silence", "unclear", "out", "ending", "line"]
KINDS: tuple[Kind, ...] = ("node", "reply", "silence", "unclear", "out", "ending", "line")
"""In the order of reports."""


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
    for i, reply in enumerate(story.always):
        found += _spoken(f"always:{i}", "reply", ("always", i), reply.buyer)
    for name, node in story.nodes.items():
        found += _of_node(name, node)
    return tuple(found)


def _of_node(name: str, node: Node) -> Iterator[Place]:
    at = ("nodes", name)
    yield Place(name, "node", at)
    yield from _lines(f"{name}/line", (*at, "buyer"), node.buyer)
    for i, reply in enumerate(node.replies):
        yield from _spoken(f"{name}/reply:{i}", "reply", (*at, "replies", i), reply.buyer)
    if node.unclear:
        yield from _spoken(f"{name}/unclear", "unclear", (*at, "unclear"), node.unclear.buyer)
        if node.unclear.goto:
            yield Place(f"{name}/unclear:goto", "unclear", (*at, "unclear", "goto"))
    for i, branch in enumerate(node.silence):
        yield from _spoken(f"{name}/silence:{i}", "silence", (*at, "silence", i), branch.buyer)
    if node.end:
        yield Place(f"{name}/end", "ending", (*at, "end"))


def _spoken(place: str, kind: Kind, at: tuple[str | int, ...], lines: tuple[Line, ...]) -> Iterator[Place]:
    yield Place(place, kind, at)
    yield from _lines(place, (*at, "buyer"), lines)


def _lines(place: str, at: tuple[str | int, ...], lines: tuple[Line, ...]) -> Iterator[Place]:
    for i in range(len(lines)):
        yield Place(f"{place}#{i}", "line", (*at, i))


def passed(log: Iterable[ev.Event]) -> Counter[str]:
    """Count the places that one reception came by."""
    met: list[str] = []
    node = nudged = ""
    for event in log:
        if nudged and _does(event, nudged):  # a branch whose conditions did not hold was passed over
            met.append(f"{node}/{nudged}")
        nudged = ""
        match event:
            case ev.Entered(node=entered, via=via):
                if via.startswith(("out:", "missed:")):
                    met.append(via)
                elif via == "unclear":
                    met.append(f"{node}/unclear:goto")
                node = entered
                met.append(node)
            case ev.Reacted(choice=choice) if choice != "hold":
                met.append(_short(f"{node}/{choice}"))
            case ev.Nudged(index=index):
                nudged = f"silence:{index}"
            case ev.BuyerSaid(line=line):
                met.append(_short(line))
            case ev.Ended(node=last):
                met.append(f"{last}/end")
            case _:
                pass
    return Counter(met)


def _does(event: ev.Event, branch: str) -> bool:
    match event:
        case ev.BuyerSaid(source=source):
            return source == "silence"
        case ev.Adjusted(why=why) | ev.Entered(via=why):
            return why == branch
        case _:
            return False


def _short(place: str) -> str:
    """Drop the node before a place of `always`."""
    _node, _, rest = place.partition("/")
    return rest if rest.startswith("always:") else place


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
            row = Coverage.model_validate_json(line)
        except ValidationError as error:
            why = error.errors(include_url=False)[0]["msg"]
            what = tr("not a line of a coverage file ({why})").format(why=why)
            fix = tr("make it anew: kefu-sim author soak {id} --coverage {file}").format(id="ID", file=source)
            raise BadFileError([Problem(source, number, 1, "KS302", what, fix)]) from None
        found[row.scenario] = row
    return found
