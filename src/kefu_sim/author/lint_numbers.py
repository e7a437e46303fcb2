"""Variables and conditions: written but never read, read but never written, tested for what they never are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from math import inf

from kefu_sim.author.intervals import Span, span_of
from kefu_sim.author.study import Study
from kefu_sim.base.errors import Problem
from kefu_sim.base.yamlfile import Path
from kefu_sim.i18n import tr
from kefu_sim.language.numbers import NUMBERS
from kefu_sim.scenario.conditions import COMPARISON, comparisons
from kefu_sim.scenario.model import Meter

Values = Span | frozenset[float]
LIMITS = {"floor": "floor", "price": "price", "most_amends": "amends"}
"""Number that conditions may name → key of `limits`."""
SWITCHES = frozenset({"revealed", "opened", "open", "noticed"})
"""First words of numbers that are 0 or 1."""
SHOWN = frozenset({"mood", "patience"})
"""Variables the trainee sees: they are of use even where no condition reads them."""


@dataclass(slots=True)
class _Use:
    """What a story does with one variable."""

    added: list[float] = field(default_factory=list)
    put: set[float] = field(default_factory=set)
    read: bool = False

    @property
    def written(self) -> bool:
        return bool(self.put) or any(self.added)

    def values(self, meter: Meter) -> Span | frozenset[float]:
        """What it can be: so many values, or a range."""
        if not any(self.added):
            return frozenset({meter.init, *self.put})
        known = {meter.init, *self.put}
        low = meter.min if min(self.added) < 0 else min(known)
        return Span(low, meter.max if max(self.added) > 0 else max(known))


def check_numbers(study: Study) -> Iterator[Problem]:
    """Look at `vars`, at every `add`, `set` and `if`, and at `limits`."""
    story, uses = study.story, _uses(study)
    for name, meter in story.vars.items():
        use = uses[name]
        at: Path = ("flags", story.flags.index(name)) if name in story.flags else ("vars", name)
        if not (use.read or meter.out or name in SHOWN):
            what = tr("nothing ever reads the variable `{name}`").format(name=name)
            yield study.say(at, "KS221", what, tr("test it in an `if:`, or delete it"))
        elif use.read and not use.written:
            what = tr("nothing ever changes the variable `{name}`").format(name=name)
            yield study.say(at, "KS222", what, tr("`add` to it or `set` it in a reply"))
    yield from _tested(study, uses)
    for path, reply in study.replies():
        for name, value in reply.set.items():
            given = story.vars.get(name)
            if given and not given.min <= value <= given.max:
                what = tr("`{name}` is set to {value:g}, outside its range {min:g} to {max:g}")
                what = what.format(name=name, value=value, min=given.min, max=given.max)
                yield study.say((*path, "set", name), "KS225", what, tr("keep to the range, or widen it in `vars`"))
    limits = story.limits
    if limits.floor is not None and limits.price is not None and limits.floor > limits.price:
        what = tr("the lowest price {floor:g} is above the list price {price:g}")
        what = what.format(floor=limits.floor, price=limits.price)
        yield study.say(("limits", "floor"), "KS226", what, tr("keep floor ≤ price"))


def _uses(study: Study) -> dict[str, _Use]:
    uses: defaultdict[str, _Use] = defaultdict(_Use)
    for deltas in _changes(study):
        for name, delta in deltas.items():
            uses[name].added.append(delta)
    puts = [reply.set for _, reply in study.replies()] + [level.vars for level in study.story.levels.values()]
    for put in puts:
        for name, value in put.items():
            uses[name].put.add(value)
    for _, name, test in study.conditions():
        rights = (match.group(2) for part in comparisons(test) if (match := COMPARISON.fullmatch(part)))
        for number in (name, *rights):
            uses[number].read = True
    return uses


def _changes(study: Study) -> Iterator[Mapping[str, float]]:
    """Every `add` of the story and of its buyer's temperament."""
    for _, reply in study.replies():
        yield reply.add
    for _, branch in study.branches():
        yield branch.add
    for promise in study.story.promises.values():
        yield promise.missed.add
    if study.persona:
        yield study.persona.unclear.add
        yield from (branch.add for branch in study.persona.silence)
        yield from study.persona.tone.values()


def _tested(study: Study, uses: Mapping[str, _Use]) -> Iterator[Problem]:
    """Conditions that never hold, or always."""
    for path, name, test in study.conditions():
        values = _values(study, name, uses)
        if values is None:
            what = tr("`{name}` has no value: `limits` does not give it").format(name=name)
            yield study.say(path, "KS223", what, tr("add it to `limits`"))
            continue
        spans = [span_of(_in_figures(study, part)) for part in comparisons(test)]
        known = [span for span in spans if span is not None]
        if len(known) < len(spans):
            continue
        if not _some(values, known):
            what = tr("`{name}: '{test}'` is never true: it is only ever {values}")
            what = what.format(name=name, test=test, values=_told(values))
            yield study.say(path, "KS223", what, tr("test a value it can have"))
        elif name not in NUMBERS and all(_every(values, span) for span in known):
            what = tr("`{name}: '{test}'` is always true: it is only ever {values}")
            what = what.format(name=name, test=test, values=_told(values))
            yield study.say(path, "KS224", what, tr("leave it out, or test a value it does not always have"))


def _values(study: Study, name: str, uses: Mapping[str, _Use]) -> Values | None:
    """What a name can stand for; None when it has no value at all."""
    if name in LIMITS:
        return frozenset(_limits(study, name)) or None
    if name.partition(".")[0] in SWITCHES:
        return frozenset({0.0, 1.0})
    meter = study.story.vars.get(name)
    return uses[name].values(meter) if meter else Span(low=0)


def _limits(study: Study, name: str) -> set[float]:
    """Values of a limit, those that notices give it among them."""
    sources = [study.story.limits, *(notice.limits for notice in study.story.notices.values())]
    return {value for limits in sources if (value := getattr(limits, LIMITS[name])) is not None}


def _in_figures(study: Study, test: str) -> str:
    """The comparison with a limit put in as a number, where it has but one."""
    match = COMPARISON.fullmatch(test)
    if match is None or match.group(2) not in LIMITS:
        return test
    values = _limits(study, match.group(2))
    return f"{match.group(1)} {values.pop():g}" if len(values) == 1 else test


def _some(values: Values, spans: Sequence[Span]) -> bool:
    if isinstance(values, Span):
        return reduce(Span.both, spans).meets(values) and all(span.meets(values) for span in spans)
    return any(all(value in span for span in spans) for value in values)


def _every(values: Values, span: Span) -> bool:
    return values.within(span) if isinstance(values, Span) else all(value in span for value in values)


def _told(values: Values) -> str:
    if not isinstance(values, Span):
        return " / ".join(f"{value:g}" for value in sorted(values))
    if values.high == inf:
        return tr("{low:g} or more").format(low=values.low)
    return tr("{low:g} to {high:g}").format(low=values.low, high=values.high)
