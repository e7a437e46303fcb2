"""The campaign of a house, and how the trainee stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kefu_sim.base.errors import BadFileError, Problem
from kefu_sim.base.paths import package_file
from kefu_sim.base.yamlfile import YamlFile, read_yaml
from kefu_sim.history.intake import take_in
from kefu_sim.house import House
from kefu_sim.i18n import tr
from kefu_sim.progress.campaign import Campaign, Standing, standings
from kefu_sim.progress.record import Wanted
from kefu_sim.scenario.library import read_text
from kefu_sim.scenario.load import validate
from kefu_sim.scenario.names import did_you_mean

FILE = "campaign.yaml"


def campaign_of(house: House) -> Campaign:
    """The shop's own campaign, else that of the package. Raises BadFileError that lists every problem."""
    own = house.folder / FILE
    path = own if own.is_file() else Path(str(package_file("rules", FILE)))
    return load_campaign(read_text(path), str(path), list(house.library.entries))


def load_campaign(text: str, source: str, buyers: list[str]) -> Campaign:
    """Read a campaign. `buyers`: ids of the stories there are. Raises BadFileError that lists every problem."""
    file = read_yaml(text, source)
    campaign = validate(file, Campaign)
    if problems := list(_problems(campaign, file, buyers)):
        raise BadFileError(problems)
    return campaign


def _problems(campaign: Campaign, file: YamlFile, known: list[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for n, stage in enumerate(campaign.stages):
        for i, buyer in enumerate(stage.buyers):
            at = ("stages", n, "buyers", i)
            if buyer not in known:
                what = tr("there is no scenario `{id}`").format(id=buyer)
                yield file.problem(at, "KS501", what, did_you_mean(buyer, sorted(known)))
            if buyer in seen:
                what = tr("`{id}` is in the campaign twice").format(id=buyer)
                yield file.problem(at, "KS502", what, tr("take one of them out"))
            seen.add(buyer)
        if stage.unlock > len(stage.buyers):
            what = tr("the stage has {n} buyers, so {unlock} of them can never be passed")
            fix = tr("write a number from 1 to {n}").format(n=len(stage.buyers))
            message = what.format(n=len(stage.buyers), unlock=stage.unlock)
            yield file.problem(("stages", n, "unlock"), "KS503", message, fix)


def standings_of(house: House) -> tuple[Standing, ...]:
    """How the trainee stands. Raises BadFileError, KefuError when the database cannot be used."""
    campaign = campaign_of(house)
    take_in(house)
    best: dict[str, float] = {}
    for record in house.records.rows(Wanted(house.desk.trainee, "reception", whole=True)):
        if record.total is not None and record.mode != "guided":
            best[record.scenario] = max(record.total, best.get(record.scenario, 0.0))
    return standings(campaign, best)
