"""Variables and conditions: written but never read, read but never written, tested for what they never are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kefu_sim.author.intervals import Span, span_of
from kefu_sim.author.study import Study
from kefu_sim.base.errors import Problem
from kefu_sim.i18n import tr
from kefu_sim.scenario.conditions import COMPARISON
from kefu_sim.scenario.model import Meter

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
    uses = _uses(study)
    for name, meter in study.story.vars.items():
        use, at = uses[name], ("vars", name)
        if not (use.read or meter.out or name in SHOWN):
            what = tr("nothing ever reads the variable `{name}`").format(name=name)
            yield study.say(at, "KS221", what, tr("test it in an `if:`, or delete it"))
        elif use.read and not use.written:
            what = tr("nothing ever changes the variable `{name}`").format(name=name)
            yield study.say(at, "KS222", what, tr("`add` to it or `set` it in a reply"))
    yield from _tested(study, uses)
    for path, reply in study.replies():
        for name, value in reply.set.items():
            given = study.story.vars.get(name)
            if given and not given.min <= value <= given.max:
                what = tr("`{name}` is set to {value:g}, outside its range {min:g} to {max:g}")
                what = what.format(name=name, value=value, min=given.min, max=given.max)
                yield study.say((*path, "set", name), "KS225", what, tr("keep to the range, or widen it in `vars`"))
    limits = study.story.limits
    if limits.floor is not None and limits.price is not None and limits.floor > limits.price:
        what = tr("the lowest price {floor:g} is above the list price {price:g}")
        what = what.format(floor=limits.floor, price=limits.price)
        yield study.say(("limits", "floor"), "KS226", what, tr("keep floor ≤ price"))


def _uses(study: Study) -> dict[str, _Use]:
    uses = {name: _Use() for name in study.story.vars}
    for deltas in _changes(study):
        for name, delta in deltas.items():
            if name in uses:
                uses[name].added.append(delta)
    for _, reply in study.replies():
        for name, value in reply.set.items():
            if name in uses:
                uses[name].put.add(value)
    for _, name, test in study.conditions():
        match = COMPARISON.fullmatch(test)
        for number in (name, match.group(2) if match else ""):
            if number in uses:
                uses[number].read = True
    return uses


def _changes(study: Study) -> Iterator[Mapping[str, float]]:
    """Every `add` of the story and of its buyer's temperament."""
    for _, reply in study.replies():
        yield reply.add
    for node in study.story.nodes.values():
        yield from (branch.add for branch in node.silence)
        if node.unclear:
            yield node.unclear.add
    if study.persona:
        yield from (branch.add for branch in study.persona.silence)
        yield from study.persona.tone.values()


def _tested(study: Study, uses: dict[str, _Use]) -> Iterator[Problem]:
    """Conditions that never hold, or always."""
    for path, name, test in study.conditions():
        values, span = _values(study, name, uses), span_of(_in_figures(study, test))
        if values is None:
            what = tr("`{name}` has no value: `limits` does not give it").format(name=name)
            yield study.say(path, "KS223", what, tr("add it to `limits`"))
        elif span is None:
            continue
        elif not _some(values, span):
            what = tr("`{name}: '{test}'` is never true: it is only ever {values}")
            what = what.format(name=name, test=test, values=_told(values))
            yield study.say(path, "KS223", what, tr("test a value it can have"))
        elif _all(values, span) and name != "offer":
            what = tr("`{name}: '{test}'` is always true: it is only ever {values}")
            what = what.format(name=name, test=test, values=_told(values))
            yield study.say(path, "KS224", what, tr("leave it out, or test a value it does not always have"))


def _values(study: Study, name: str, uses: dict[str, _Use]) -> Span | frozenset[float] | None:
    """What a name can stand for; None when it has no value at all."""
    limits = study.story.limits
    place, _, _rest = name.partition(".")
    if place in {"visits", "offer"}:
        return Span(low=0)
    if place == "revealed":
        return frozenset({0.0, 1.0})
    if name in {"floor", "price"}:
        fixed = limits.floor if name == "floor" else limits.price
        return None if fixed is None else frozenset({fixed})
    meter = study.story.vars.get(name)
    return uses[name].values(meter) if meter else Span()


def _in_figures(study: Study, test: str) -> str:
    """The comparison with floor or price put in as numbers."""
    match = COMPARISON.fullmatch(test)
    if match is None or match.group(2) not in {"floor", "price"}:
        return test
    limits = study.story.limits
    value = limits.floor if match.group(2) == "floor" else limits.price
    return test if value is None else f"{match.group(1)} {value:g}"


def _some(values: Span | frozenset[float], span: Span) -> bool:
    return values.meets(span) if isinstance(values, Span) else any(value in span for value in values)


def _all(values: Span | frozenset[float], span: Span) -> bool:
    return values.within(span) if isinstance(values, Span) else all(value in span for value in values)


def _told(values: Span | frozenset[float]) -> str:
    if isinstance(values, Span):
        return tr("{low:g} to {high:g}").format(low=values.low, high=values.high)
    return " / ".join(f"{value:g}" for value in sorted(values))
