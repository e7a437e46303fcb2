"""Who comes when: the same for everybody, whatever the story library."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from kefu_sim.rush.model import Shift
from kefu_sim.rush.traffic import Cast, visits

NAMES = tuple(f"买家{chr(0x4E00 + i)}" for i in range(120))
CAST = Cast(
    {"tea": ("tea-green", "tea-black", "tea-white"), "cup": ("cup",), "any": ("cup", "lamp")},
    {"tea-green": "calm", "tea-black": "calm", "tea-white": "calm", "cup": "calm", "lamp": "calm"},
    NAMES,
)


def shift(**changes):
    return Shift.model_validate({"schema": 1, "id": "x", "title": "x", "minutes": 10, "at_once": 9, **changes})


MIXED = shift(
    arrivals=[{"from": 0, "to": 300, "count": 24, "shape": "surge"}],
    mix=[{"scenario": "tea", "weight": 3, "personas": ["calm", "hasty"]}, {"scenario": "cup"}],
)


@given(st.integers(0, 999_999))
def test_the_same_seed_brings_the_same_buyers(seed):
    assert visits(MIXED, CAST, seed) == visits(MIXED, CAST, seed)


@given(st.integers(0, 999_999))
def test_the_mix_is_kept_to_within_one_whatever_the_seed(seed):
    kinds = Counter(visit.scenario.partition("-")[0] for visit in visits(MIXED, CAST, seed))
    assert abs(kinds["tea"] - 18) <= 1
    assert kinds.total() == 24


@given(st.integers(0, 999_999))
def test_goods_and_temperaments_take_turns(seed):
    teas = [visit for visit in visits(MIXED, CAST, seed) if visit.scenario.startswith("tea")]
    goods = Counter(visit.scenario for visit in teas)
    tempers = Counter(visit.persona for visit in teas)
    assert max(goods.values()) - min(goods.values()) <= 1
    assert max(tempers.values()) - min(tempers.values()) <= 1


@given(st.integers(0, 999_999))
def test_names_and_tails_are_nobody_elses_and_buyers_are_numbered_as_they_come(seed):
    found = visits(MIXED, CAST, seed)
    assert len({visit.name for visit in found}) == len({visit.tail for visit in found}) == 24
    assert [visit.buyer for visit in found] == [f"b{n}" for n in range(1, 25)]
    assert [visit.at for visit in found] == sorted(visit.at for visit in found)


def test_other_seeds_bring_others():
    assert visits(MIXED, CAST, 1) != visits(MIXED, CAST, 2)


def test_a_surge_comes_early_and_a_swell_late():
    span = {"from": 0, "to": 100, "count": 40}
    middle = {
        shape: sorted(v.at for v in visits(shift(arrivals=[{**span, "shape": shape, "scenario": "cup"}]), CAST, 1))[20]
        for shape in ("surge", "even", "swell")
    }
    assert middle["surge"] < 35 < middle["even"] < 65 < middle["swell"]


def test_a_given_arrival_keeps_what_it_names():
    named = {"at": 5, "scenario": "cup", "persona": "hasty", "name": "小鹿", "tail": "0012"}
    (visit,) = visits(shift(arrivals=[named]), CAST, 7)
    assert (visit.at, visit.scenario, visit.persona, visit.name, visit.tail) == (5, "cup", "hasty", "小鹿", "0012")


def test_any_draws_on_the_whole_library():
    found = visits(shift(arrivals=[{"from": 0, "to": 9, "count": 4, "scenario": "any"}]), CAST, 1)
    assert Counter(visit.scenario for visit in found) == {"cup": 2, "lamp": 2}
