"""Walk-ins: short stories with gaps, filled in with one of the shop's goods for each buyer.

A walk-in is a scenario file with the key `goods:` beside the usual ones. `$(价格)` in any of its texts stands for the
entry 价格 of the goods; a text that is nothing but `$(价格)` becomes that value itself, number or text. Shop and cards
of the goods are the story's own unless it brings others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from kefu_sim.base.errors import BadFileError, Problem
from kefu_sim.base.yamlfile import Path as Spot
from kefu_sim.base.yamlfile import YamlFile, read_yaml
from kefu_sim.i18n import tr
from kefu_sim.scenario.check import Known, check_scenario
from kefu_sim.scenario.expand import expand
from kefu_sim.scenario.library import read_text
from kefu_sim.scenario.load import validate
from kefu_sim.scenario.model import Id, Part, Scenario, Shop
from kefu_sim.scenario.names import did_you_mean

_GAP = re.compile(r"\$\(([^()\s]+)\)")
_HIDDEN = "_"
"""Entries whose names begin so fill gaps and stand on no card."""


class Goods(Part):
    """What a shop sells in a rush: one row of entries for each item."""

    id: Id
    shop: Shop
    cards: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """The same for all items, such as the rules of the sale."""
    items: Annotated[dict[Id, dict[str, Any]], Field(min_length=1)]


@dataclass(frozen=True)
class WalkIn:
    """A short story and the goods it can be about."""

    id: str
    file: YamlFile
    goods: Goods

    @property
    def stories(self) -> tuple[str, ...]:
        """Ids of what it can become, one for each item."""
        return tuple(f"{self.id}-{item}" for item in self.goods.items)

    @property
    def persona(self) -> str:
        """The temperament of its buyers."""
        assert isinstance(self.file.data, dict)
        return str(self.file.data.get("persona", ""))

    def story(self, item: str, known: Known) -> Scenario:
        """The scenario about one item. Raises BadFileError."""
        file = expand(replace(self.file, data=self._filled(item)), known.shelf)
        scenario = validate(file, Scenario)
        if problems := check_scenario(scenario, file, known):
            raise BadFileError(problems)
        return scenario

    def _filled(self, item: str) -> dict[str, Any]:
        goods, entries = self.goods, self.goods.items[item]
        assert isinstance(self.file.data, dict)
        data = fill({key: value for key, value in self.file.data.items() if key != "goods"}, entries)
        assert isinstance(data, dict)
        product = {key: value for key, value in entries.items() if not key.startswith(_HIDDEN)}
        cards = {"product": product, **goods.cards, **(data.get("cards") or {})}
        shop = goods.shop.model_dump(by_alias=True)
        return {"shop": shop, **data, "id": f"{self.id}-{item}", "cards": cards}


def fill(value: Any, entries: Mapping[str, Any]) -> Any:
    """A value with its gaps filled; those that no entry fills stay."""
    if isinstance(value, str):
        whole = _GAP.fullmatch(value)
        if whole and whole[1] in entries:
            return entries[whole[1]]
        return _GAP.sub(lambda gap: str(entries.get(gap[1], gap[0])), value)
    if isinstance(value, dict):
        return {key: fill(inner, entries) for key, inner in value.items()}
    return [fill(inner, entries) for inner in value] if isinstance(value, list) else value


def gaps(value: Any, at: Spot = ()) -> Iterator[tuple[Spot, str]]:
    """Every gap in a value, with its place."""
    if isinstance(value, str):
        yield from ((at, gap) for gap in _GAP.findall(value))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from gaps(inner, (*at, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from gaps(inner, (*at, index))


def read_goods(text: str, source: str) -> Goods:
    """Read one file of goods. Raises BadFileError."""
    return validate(read_yaml(text, source), Goods)


def read_walk_in(text: str, source: str, goods: Mapping[str, Goods], known: Known) -> WalkIn:
    """Read one walk-in and try it with its first item. Raises BadFileError that lists what is wrong."""
    file = read_yaml(text, source)
    if not isinstance(file.data, dict):
        raise BadFileError([Problem(source, 1, 1, "KS020", tr("the file must be a list of `key: value` lines"))])
    name = str(file.data.get("goods", ""))
    if name not in goods:
        what = tr("unknown {kind} `{name}`").format(kind=tr("goods"), name=name)
        raise BadFileError([file.problem(("goods",), "KS430", what, did_you_mean(name, sorted(goods)))])
    walk_in = WalkIn(str(file.data.get("id", "")), file, goods[name])
    problems = list(_unfilled(walk_in))
    if problems:
        raise BadFileError(problems)
    walk_in.story(next(iter(walk_in.goods.items)), known)
    return walk_in


def _unfilled(walk_in: WalkIn) -> Iterator[Problem]:
    for at, gap in gaps(walk_in.file.data):
        lacking = [item for item, entries in walk_in.goods.items.items() if gap not in entries]
        if lacking:
            what = tr("`{gap}` stands for nothing with {items}").format(gap=f"$({gap})", items=", ".join(lacking[:3]))
            entries = sorted({key for rows in walk_in.goods.items.values() for key in rows})
            yield walk_in.file.problem(at, "KS431", what, did_you_mean(gap, entries))


def read_folder(folder: Path, known: Known) -> tuple[dict[str, WalkIn], list[Problem]]:
    """All walk-ins below a folder of shifts, and what is wrong with the others."""
    problems: list[Problem] = []
    goods: dict[str, Goods] = {}
    walk_ins: dict[str, WalkIn] = {}
    for path in _files(folder / "goods"):
        try:
            found = read_goods(read_text(path), str(path))
            goods[found.id] = found
        except BadFileError as error:
            problems += error.problems
    for path in _files(folder / "walk-ins"):
        try:
            walk_in = read_walk_in(read_text(path), str(path), goods, known)
            walk_ins[walk_in.id] = walk_in
        except BadFileError as error:
            problems += error.problems
    return walk_ins, problems


def _files(folder: Path) -> Sequence[Path]:
    return sorted(folder.glob("*.yaml")) if folder.is_dir() else ()
