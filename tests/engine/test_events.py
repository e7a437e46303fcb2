"""Rows of a log are read back with the care due to a file that anybody may have touched."""

import json

import pytest

from kefu_sim.engine import events as ev
from kefu_sim.engine.state import State, apply

ROWS = (
    ev.Opened(0.0, "cup", "f00d", 7, "practice", "r1", "c1"),
    ev.Entered(0.0, "open", "start"),
    ev.BuyerSaid(0.0, "在吗", "open", "node", "open/line#0"),
    ev.AgentSent(3.25, "您好", 2, 1.5, 0),
    ev.Understood(3.25, ("any",), 9.5, 5.0),
    ev.Reacted(5.0, "reply:0"),
    ev.Adjusted(5.0, "mood", 40.0, "reply:0"),
    ev.HelpShown(6.0, "hint", "open"),
    ev.Ended(9.0, "sold", "deal"),
)
STRANGE = (True, [], {}, [1], {"a": 1}, float("nan"), float("inf"))
"""Values that no field of an event may have."""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.kind)
def test_a_value_of_another_type_is_refused_in_every_field(row):
    data = ev.to_data(row)
    for name in data.keys() - {"kind"}:
        for value in STRANGE:
            allowed = (("labels", []), ("trial", True), ("numbers", {}), ("numbers", {"a": 1}))
            if (name, value) in allowed:
                continue
            with pytest.raises(ValueError, match=r"event"):
                ev.from_line(json.dumps({**data, name: value}))


def test_whole_numbers_stand_for_times_and_an_offer_may_be_missing():
    row = {**ev.to_data(ROWS[4]), "t": 3, "offer": None, "due": 5}
    assert ev.from_line(json.dumps(row)) == ev.Understood(3, ("any",), None, 5)


def test_bottomless_nesting_is_refused_like_any_other_nonsense():
    with pytest.raises(ValueError, match="deep"):
        ev.from_line("[" * 100_000)


def test_rows_of_the_first_format_are_read_by_this_program():
    opened = (
        '{"kind":"opened","t":0.0,"scenario":"cup","fingerprint":"f","seed":7,"mode":"practice","rubric":"1.0",'
        '"recogniser":"r","started":"","format":1}'
    )
    understood = '{"kind":"understood","t":3.0,"labels":["any"],"offer":149.0,"due":5.0}'
    assert ev.from_line(opened).level == 0
    assert ev.from_line(understood).numbers == {}
    assert apply(State(), ev.from_line(understood)).numbers == {"offer": 149.0}


def test_a_program_of_the_first_format_says_plainly_that_a_log_is_newer():
    assert ev.to_data(ROWS[0])["format"] > 1
