"""Cross-reference rules of a scenario: everything a schema cannot see. One code a rule, KS1xx."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kefu_sim.base.errors import Problem
from kefu_sim.base.yamlfile import YamlFile
from kefu_sim.i18n import tr
from kefu_sim.language.intents import as_matched
from kefu_sim.language.numbers import NUMBERS
from kefu_sim.language.patterns import BadPatternError, check_pattern
from kefu_sim.scenario.agreements import Promise
from kefu_sim.scenario.conditions import COMPARISON, alternatives, comparisons
from kefu_sim.scenario.fragments import Shelf
from kefu_sim.scenario.labels import BUILT_IN, STEP_NAMES, in_order
from kefu_sim.scenario.model import STAY, Line, Node, PatternItem, Reply, Scenario, Silence, Unclear
from kefu_sim.scenario.names import did_you_mean
from kefu_sim.scenario.slips import comparison_meant, slip_of_name

Path = tuple[str | int, ...]
FIXED = ("floor", "price", "most_amends", "burst", "waited", "messages", "here", "deal")
"""Numbers of every story, beside those a reply names."""
NAMED = {
    "nodes": "KS103", "intents": "KS104", "hidden": "KS105", "facts": "KS106", "vars": "KS108", "cards": "KS119",
    "orders": "KS128", "promises": "KS129", "notices": "KS130",
}  # fmt: skip
"""Top-level key → code of a name that ought to stand below it and does not."""
_MARKS = re.compile(r"[，、；+＋&和]| and ")
"""What people write between names that must all be there."""
_ALL_OF = re.compile(rf"\s*(?:{_MARKS.pattern}|[;,])\s*|\s+")
_ONE_OF = re.compile(r"\s*(?:或者|或|/|\||or|OR|Or)\s*")
"""What people write between names of which one is enough."""


@dataclass(frozen=True, slots=True)
class Known:
    """What stories may refer to beyond themselves, by id."""

    personas: frozenset[str]
    flows: frozenset[str]
    intents: frozenset[str]
    """Shared intents."""
    shelf: Shelf | None = None
    """Shared fragments."""
    lost: frozenset[str] = frozenset()
    """Names that may be defined in a part of the file that could not be read; they are never called unknown."""
    unnamed: frozenset[str] = frozenset()
    """Codes of names of which one is defined under a word that cannot be a name: none of them is called unknown."""

    def may_define(self, code: str, name: str) -> bool:
        """Whether a name that is looked for in vain may be defined in what could not be read."""
        return code in self.unnamed or not self.lost.isdisjoint(
            (name, *name.split("."))
        )  # `fact.ship.right` with `ship`


def check_scenario(scenario: Scenario, file: YamlFile, known: Known) -> list[Problem]:
    """List what does not fit together in a scenario that matches the schema."""
    # a misspelt target would look like an orphan too
    return check_references(scenario, file, known) or check_reachable(scenario, file, known)


def check_references(scenario: Scenario, file: YamlFile, known: Known) -> list[Problem]:
    """List names nothing stands behind, and values that contradict each other."""
    return list(_Check(scenario, file, known).references())


def asked_in_vain(scenario: Scenario, file: YamlFile, known: Known) -> Mapping[str, frozenset[str]]:
    """Names that the story asks for and does not define, by the code of their kind."""
    check = _Check(scenario, file, known)
    for _ in check.references():
        pass
    return {code: frozenset(names) for code, names in check.vain.items()}


def check_reachable(scenario: Scenario, file: YamlFile, known: Known) -> list[Problem]:
    """List nodes nobody gets to, and stories that never end."""
    return list(_Check(scenario, file, known).reachable())


@dataclass
class _Check:
    scenario: Scenario
    file: YamlFile
    beyond: Known
    told: set[str] = field(default_factory=set)
    """Names that a fragment leaves out: told once, whatever asks for them."""
    vain: dict[str, set[str]] = field(default_factory=dict)
    """Code → names that are unknown."""

    @cached_property
    def own_labels(self) -> frozenset[str]:
        return frozenset(self.scenario.labels())

    @cached_property
    def known_labels(self) -> frozenset[str]:
        return frozenset({*BUILT_IN, *self.beyond.intents, *self.own_labels})

    def references(self) -> Iterator[Problem]:
        story = self.scenario
        yield from self.known(story.persona, self.beyond.personas, ("persona",), "KS101", tr("persona"))
        yield from self.known(story.flow, self.beyond.flows, ("flow",), "KS102", tr("flow"))
        yield from self.known(story.start, story.nodes, ("start",), "KS103", tr("node"))
        for i, step in enumerate(story.not_judged):
            yield from self.known(step, STEP_NAMES, ("not_judged", i), "KS107", tr("step"))
        for name, meter in story.vars.items():
            if meter.out:
                yield from self.known(meter.out, story.nodes, ("vars", name, "out"), "KS103", tr("node"))
            if not meter.min <= meter.init <= meter.max:
                yield self.say(
                    ("vars", name),
                    "KS109",
                    tr("`{name}` starts outside its range").format(name=name),
                    tr("keep min ≤ init ≤ max"),
                )
        for number, level in story.levels.items():
            yield from self.each(
                tuple(level.vars), story.vars, ("levels", str(number), "vars"), "KS108", tr("variable")
            )
        yield from self.words()
        for i, reply in enumerate(story.always):
            at: Path = ("always", i)
            yield from self.reply(reply, at)
            yield from self.each(reply.at, story.nodes, (*at, "at"), "KS103", tr("node"))
            yield from self.each(reply.not_at, story.nodes, (*at, "not_at"), "KS103", tr("node"))
        yield from self.waiting(story.unclear, story.silence, ())
        for name, node in story.nodes.items():
            yield from self.node(node, ("nodes", name))
        yield from self.tests()

    def tests(self) -> Iterator[Problem]:
        """Tests that show a row of the syllabus handled badly, beside one that handles it well."""
        story = self.scenario
        names = [case.name for case in story.tests]
        for i, case in enumerate(story.tests):
            if case.rows and not story.covers:
                what = tr("`rows` names rows of the syllabus, and the story has no `covers`")
                fix = tr("write `covers: [{rows}]` at the outermost level first").format(rows=", ".join(case.rows))
                yield self.say(("tests", i, "rows"), "KS138", what, fix)
            else:
                yield from self.each(case.rows, story.covers, ("tests", i, "rows"), "KS138", tr("row under `covers`"))
            if case.rows and not case.worse_than:
                what = tr("`rows` says what this test handles badly, and no `worse_than` what to compare it with")
                fix = tr("write `worse_than:` and the name of the test that handles it well")
                yield self.say(("tests", i, "rows"), "KS139", what, fix)
            elif case.worse_than:
                yield from self.known(case.worse_than, names, ("tests", i, "worse_than"), "KS139", tr("test"))

    def words(self) -> Iterator[Problem]:
        """Intents, facts and promises."""
        story = self.scenario
        for name, intent in story.intents.items():
            yield from self.patterns((("any", intent.any), ("unless", intent.unless)), ("intents", name))
        for name, fact in story.facts.items():
            yield from self.patterns((("right", fact.right), ("wrong", fact.wrong)), ("facts", name))
        for i, breach in enumerate(story.breaches):
            for key, labels in (("when", breach.when), ("unless", breach.unless)):
                yield from self.labels(labels, ("breaches", i, key))
            yield from self.each(breach.at, story.nodes, ("breaches", i, "at"), "KS103", tr("node"))
        for name, promise in story.promises.items():
            yield from self.promise(promise, ("promises", name))
        for name, note in story.notes.items():
            at: Path = ("notes", name)
            yield from self.patterns((("note", note.note), ("never", note.never)), at)
            yield from self.each(note.since, story.nodes, (*at, "since"), "KS103", tr("node"))
            yield from self.order(note.order, at)
        for name, notice in story.notices.items():
            at = ("notices", name)
            yield from self.target(notice.node, (*at, "node"))
            for fact_name, fact in notice.facts.items():
                here = (*at, "facts", fact_name)
                yield from self.known(fact_name, story.facts, here, "KS106", tr("fact"))
                yield from self.patterns((("right", fact.right), ("wrong", fact.wrong)), here)

    def promise(self, promise: Promise, at: Path) -> Iterator[Problem]:
        for key, labels in (("made", promise.made), ("unless", promise.unless), ("kept", promise.kept)):
            yield from self.labels(labels, (*at, key))
        yield from self.patterns((("note", promise.note),), at)
        yield from self.order(promise.order, at)
        if promise.due is not None:
            yield from self.target(promise.due.node, (*at, "due", "node"))
        yield from self.target(promise.missed.goto, (*at, "missed", "goto"))
        yield from self.meters(promise.missed.add, (*at, "missed", "add"))
        yield from self.lines(promise.missed.buyer, (*at, "missed", "buyer"))

    def order(self, order: str, at: Path) -> Iterator[Problem]:
        if order:
            yield from self.known(order, self.scenario.orders, (*at, "order"), "KS128", tr("order"))

    def node(self, node: Node, at: Path) -> Iterator[Problem]:
        for i, step in enumerate(node.steps):
            yield from self.known(step, STEP_NAMES, (*at, "steps", i), "KS107", tr("step"))
        yield from self.each(node.asks, self.scenario.facts, (*at, "asks"), "KS106", tr("fact"))
        yield from self.each(node.reveal, self.scenario.hidden, (*at, "reveal"), "KS105", tr("hidden fact"))
        if node.end and node.replies:
            yield self.say(
                (*at, "replies"), "KS110", tr("a node with `end` takes no replies"), tr("remove one of them")
            )
        if not node.end and not node.replies:
            yield self.say(
                at, "KS111", tr("the story stops here: no replies and no end"), tr("add `replies:` or `end: …`")
            )
        yield from self.lines(node.buyer, (*at, "buyer"))
        for i, reply in enumerate(node.replies):
            yield from self.reply(reply, (*at, "replies", i))
            if reply.at or reply.not_at:
                what = tr("`at` and `not_at` belong to rows of `always`")
                yield self.say((*at, "replies", i), "KS118", what, tr("remove it here"))
        yield from self.waiting(node.unclear, node.silence, at)

    def waiting(self, unclear: Unclear | None, ladder: Sequence[Silence], at: Path) -> Iterator[Problem]:
        """What happens when the buyer does not understand or is kept waiting."""
        if unclear:
            yield from self.target(unclear.goto, (*at, "unclear", "goto"))
            yield from self.meters(unclear.add, (*at, "unclear"))
        last = 0.0
        for i, silence in enumerate(ladder):
            here = (*at, "silence", i)
            yield from self.target(silence.goto, (*here, "goto"))
            yield from self.meters(silence.add, here)
            yield from self.conditions(silence.if_, (*here, "if"))
            yield from self.lines(silence.buyer, (*here, "buyer"))
            if silence.after < last or (silence.after == last and not silence.if_):
                yield self.say(
                    (*here, "after"), "KS112", tr("silence branches must come in order of `after`"), tr("sort them")
                )
            last = silence.after

    def reply(self, reply: Reply, at: Path) -> Iterator[Problem]:
        yield from self.labels(reply.when, (*at, "when"))
        yield from self.labels(reply.unless, (*at, "unless"))
        yield from self.target(reply.goto, (*at, "goto"))
        yield from self.meters((*reply.add, *reply.set), at)
        yield from self.each(reply.reveal, self.scenario.hidden, (*at, "reveal"), "KS105", tr("hidden fact"))
        yield from self.each(reply.since, self.scenario.nodes, (*at, "since"), "KS103", tr("node"))
        yield from self.each(reply.until, self.scenario.nodes, (*at, "until"), "KS103", tr("node"))
        yield from self.conditions(reply.if_, (*at, "if"))
        yield from self.lines(reply.buyer, (*at, "buyer"))

    def lines(self, lines: Sequence[Line], at: Path) -> Iterator[Problem]:
        for i, line in enumerate(lines):
            yield from self.conditions(line.if_, (*at, i, "if"))

    def conditions(self, conditions: Mapping[str, str], at: Path) -> Iterator[Problem]:
        for name, test in conditions.items():
            yield from self.condition(name, test, (*at, name))

    def patterns(self, groups: Iterable[tuple[str, Sequence[str | PatternItem]]], at: Path) -> Iterator[Problem]:
        for key, items in groups:
            for i, item in enumerate(items):
                if isinstance(item, PatternItem):
                    try:
                        check_pattern(as_matched(item.re))
                    except BadPatternError as error:
                        spot = (*at, key, i, "re")
                        yield self.say(
                            spot, "KS117", tr("the pattern `{re}` cannot be used").format(re=item.re), str(error)
                        )

    def labels(self, labels: Sequence[str], at: Path) -> Iterator[Problem]:
        for i, label in enumerate(labels):
            spot = (*at, i) if len(labels) > 1 else at
            for name in alternatives(label):
                if joined := _joined(name, self.known_labels):
                    yield self.say(spot, "KS104", tr("`{name}` is no single name").format(name=name), joined)
                else:
                    yield from self.known(name, self.known_labels, spot, "KS104", tr("step, intent or tone"))

    def target(self, name: str | None, at: Path) -> Iterator[Problem]:
        if name and name != STAY:
            yield from self.known(name, self.scenario.nodes, at, "KS103", tr("node"))

    def meters(self, names: Iterable[str], at: Path) -> Iterator[Problem]:
        yield from self.each(tuple(names), self.scenario.vars, at, "KS108", tr("variable"))

    def condition(self, name: str, tests: str, at: Path) -> Iterator[Problem]:
        for test in comparisons(tests):
            yield from self.comparison(name, test, at)

    def comparison(self, name: str, test: str, at: Path) -> Iterator[Problem]:
        match = COMPARISON.fullmatch(test)
        if match is None:
            yield self.say(
                at,
                "KS113",
                tr("`{test}` is no comparison").format(test=test),
                how_to_compare(test, tr("write for example '< 20' or '>= floor'")),
            )
            return
        right = match.group(2)
        for number in (name, right) if right[0].isalpha() else (name,):
            place, _, rest = number.partition(".")
            if place == "visits":
                yield from self.known(rest, self.scenario.nodes, at, "KS103", tr("node"))
            elif place == "revealed":
                yield from self.known(rest, self.scenario.hidden, at, "KS105", tr("hidden fact"))
            elif place == "opened":
                yield from self.known(rest, self.scenario.cards, at, "KS119", tr("card"))
            elif place == "open":
                yield from self.known(rest, self.scenario.promises, at, "KS129", tr("promise"))
            elif place == "noticed":
                yield from self.known(rest, self.scenario.notices, at, "KS130", tr("notice"))
            else:
                yield from self.known(number, {*self.scenario.vars, *FIXED, *NUMBERS}, at, "KS108", tr("variable"))

    def reachable(self) -> Iterator[Problem]:
        """Nodes nobody gets to, and stories that never end."""
        nodes = self.scenario.nodes
        everywhere = [reply.goto for reply in self.scenario.always if reply.goto != STAY]
        everywhere += _waits(self.scenario.unclear, self.scenario.silence)
        everywhere += [p.missed.goto for p in self.scenario.promises.values() if p.missed.goto]
        todo = [self.scenario.start, *everywhere, *(m.out for m in self.scenario.vars.values() if m.out)]
        seen: set[str] = set()
        while todo:
            name = todo.pop()
            if name in seen or name not in nodes:
                continue
            seen.add(name)
            todo.extend(exits(nodes[name]))
        for name in nodes.keys() - seen:
            yield self.say(
                ("nodes", name),
                "KS114",
                tr("no way leads to the node `{name}`").format(name=name),
                tr("add a `goto:` or delete it"),
            )
        if seen and not any(nodes[name].end for name in seen):
            yield self.say(
                ("nodes",), "KS115", tr("the story never ends"), tr("give a node `end: sold` or another outcome")
            )

    def each(self, names: Sequence[str], known: Iterable[str], at: Path, code: str, kind: str) -> Iterator[Problem]:
        for name in names:
            yield from self.known(name, known, at, code, kind)

    def known(self, name: str, known: Iterable[str], at: Path, code: str, kind: str) -> Iterator[Problem]:
        if name in (known := frozenset(known)):
            return
        if code == "KS104" and name.startswith("fact.") and "KS106" in self.beyond.unnamed:
            code, name = "KS106", name.split(".")[1]
        if not self.beyond.lost.isdisjoint(name.split(".")):
            return
        self.vain.setdefault(code, set()).add(name)
        if self.beyond.may_define(code, name):
            return
        parts = (name, *name.split("."))
        what = tr("unknown {kind} `{name}`").format(kind=kind, name=name)
        left_out = next((self.file.left_out[part] for part in parts if part in self.file.left_out), None)
        if left_out is None:
            if listed := _listed(name, known):
                what, fix = tr("`{name}` is no single name").format(name=name), listed
            else:
                fix = (slip_of_name(name) or ("", did_you_mean(name, in_order(known, self.own_labels))))[1]
            yield self.say(at, code, what, fix)
        elif name not in self.told:
            self.told.add(name)
            yield left_out.problem(code, what, "{}:{}:{}".format(self.file.source, *self.file.where(at)))

    def say(self, at: Path, code: str, message: str, fix: str) -> Problem:
        return self.file.problem(at, code, message, fix)


def _joined(name: str, known: Collection[str]) -> str:
    """How labels are to be joined that stand as one; empty for a single label."""
    parts = [part for part in _ONE_OF.split(name) if part]
    if "或" in name or _known_all(parts, known):
        return tr("where one of them is enough, write ` or ` between them: `{names}`").format(names=" or ".join(parts))
    parts = [part for part in _ALL_OF.split(name) if part]
    if _MARKS.search(name) or _known_all(parts, known):
        return tr("write several in brackets with `,` between them: `{names}`").format(names=_bracketed(parts))
    return ""


def _listed(name: str, known: Collection[str]) -> str:
    """How names are to be listed that stand as one; empty for a single name."""
    for between in (_ALL_OF, _ONE_OF):
        parts = [part for part in between.split(name) if part]
        if _known_all(parts, known):
            return tr("write several in brackets with `,` between them: `{names}`").format(names=_bracketed(parts))
    return ""


def _known_all(parts: Sequence[str], known: Collection[str]) -> bool:
    return len(parts) > 1 and all(part in known for part in parts)


def _bracketed(names: Sequence[str]) -> str:
    return f"[{', '.join(names)}]"


def how_to_compare(test: str, otherwise: str) -> str:
    """The mend of what is no comparison: what was meant, where that is clear."""
    meant = comparison_meant(test)
    return tr("write '{test}'").format(test=meant) if meant else otherwise


def exits(node: Node) -> Iterator[str]:
    """Names of the nodes that can follow."""
    for reply in node.replies:
        if reply.goto != STAY:
            yield reply.goto
    yield from _waits(node.unclear, node.silence)


def _waits(unclear: Unclear | None, silence: Sequence[Silence]) -> list[str]:
    branches = (*silence, *((unclear,) if unclear else ()))
    return [branch.goto for branch in branches if branch.goto and branch.goto != STAY]
