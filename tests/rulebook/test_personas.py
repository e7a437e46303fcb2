"""The temperaments: every one complete, in words of its own."""

import pytest

from kefu_sim.rulebook.personas import load_personas, persona_ids

ALL = load_personas()


def test_a_file_is_named_after_its_temperament():
    assert persona_ids() == set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_every_temperament_is_complete(name):
    persona = ALL[name]
    assert persona.title
    assert persona.title_en
    assert 0 < persona.delay[0] < persona.delay[1]
    assert set(persona.tone) >= {"rude", "curt"}
    assert len(persona.unclear.buyer) >= 2
    assert all(len(branch.buyer) != 1 for branch in persona.silence)
    assert [branch.after for branch in persona.silence] == sorted(branch.after for branch in persona.silence)
    assert persona.silence[-1].add["patience"] == -100, "whoever is kept waiting for ever goes"


def test_no_two_share_a_wording():
    said = [line.text for p in ALL.values() for part in (p.unclear, *p.silence) for line in part.buyer]
    twice = {text for text in said if said.count(text) > 1}
    assert len(twice) <= 4, twice
