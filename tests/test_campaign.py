"""The campaign: stages open one after the other, by buyers passed without guidance."""

import pytest

from kefu_sim.base.errors import BadFileError
from kefu_sim.base.paths import package_file
from kefu_sim.history.campaign import campaign_of, load_campaign
from kefu_sim.house import House
from kefu_sim.progress.campaign import Campaign, next_buyer, standings

TEXT = """
schema: 1
passed: 75
stages:
  - {id: one, title: 一, unlock: 2, buyers: [a, b, c]}
  - {id: two, title: 二, unlock: 1, buyers: [d]}
  - {id: three, title: 三, unlock: 1, buyers: [e]}
"""
BUYERS = list("abcde")


@pytest.fixture
def campaign() -> Campaign:
    return load_campaign(TEXT, "campaign.yaml", BUYERS)


def test_only_the_first_stage_is_open_before_anything_is_passed(campaign):
    stages = standings(campaign, {"a": 74.9})
    assert [stage.open for stage in stages] == [True, False, False]
    assert stages[0].lacking == 2
    assert next_buyer(stages) == "a"


def test_a_stage_opens_when_enough_of_the_one_before_are_passed(campaign):
    stages = standings(campaign, {"a": 75, "c": 90})
    assert [stage.open for stage in stages] == [True, True, False]
    assert next_buyer(stages) == "d"


def test_what_was_passed_in_a_locked_stage_counts_once_it_is_reached(campaign):
    assert [stage.open for stage in standings(campaign, {"d": 99, "e": 99})] == [True, False, False]
    stages = standings(campaign, {"a": 80, "b": 80, "d": 99, "e": 99})
    assert [stage.open for stage in stages] == [True, True, True]
    assert next_buyer(stages) == "c"


def test_when_all_are_passed_nobody_is_next(campaign):
    stages = standings(campaign, dict.fromkeys(BUYERS, 80.0))
    assert all(stage.done for stage in stages)
    assert next_buyer(stages) is None


def test_every_mistake_of_a_campaign_is_told_with_its_place():
    text = TEXT.replace("[a, b, c]", "[a, bb, a]").replace("unlock: 1, buyers: [d]", "unlock: 3, buyers: [d]")
    with pytest.raises(BadFileError) as error:
        load_campaign(text, "campaign.yaml", BUYERS)
    assert [(p.line, p.code) for p in error.value.problems] == [(5, "KS501"), (5, "KS502"), (6, "KS503")]


def test_the_shipped_campaign_meets_every_shipped_buyer_once(tmp_path):
    house = House(tmp_path)
    met = [buyer for stage in campaign_of(house).stages for buyer in stage.buyers]
    assert sorted(met) == sorted(house.library.entries)


def test_a_shop_has_a_campaign_of_its_own(tmp_path):
    text = package_file("rules", "campaign.yaml").read_text("utf-8")
    assert "bargainer" in text
    own = "schema: 1\npassed: 60\nstages:\n  - {id: mine, title: 我们店, unlock: 1, buyers: [bargainer]}\n"
    (tmp_path / "campaign.yaml").write_text(own, "utf-8")
    assert [stage.id for stage in campaign_of(House(tmp_path)).stages] == ["mine"]
