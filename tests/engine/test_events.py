"""Rows of a log are read back with the care due to a file that anybody may have touched."""

import json
import re

import pytest

from kefu_sim.engine import events as ev
from kefu_sim.engine.state import State, apply
from kefu_sim.i18n import set_language

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


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[1]", "这一行不是用 { } 括起来的内容"),
        pytest.param("[" * 100_000, "嵌套太深", id="bottomless"),
        ('{"kind":"nope","t":1}', '不认识的记录类型 "nope"'),
        ('{"kind":["nope"],"t":1}', "不认识的记录类型 […]"),
        ('{"kind":"agent","t":1}', "`agent` 这类记录少了 `text`"),
        ('{"kind":"entered","node":"open"}', "`entered` 这类记录少了 `t` `via`"),
        ('{"kind":"agent","t":"x","text":"在"}', '`agent` 这类记录的 `t` 不能是 "x"'),
        ('{"kind":"agent","t":1,"text":"在","typed":{"a":1}}', "`agent` 这类记录的 `typed` 不能是 {…}"),
        ('{"kind":"paused","t":1,"why":"x"}', "`paused` 这类记录里没有 `why` 这一项"),
        ('{"kind":"agent","t":"\\ud800\\u202e' + "长" * 99 + '","text":""}', '不能是 "' + "长" * 39 + "…"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_in_the_language_of_the_interface(line, said):
    set_language("zh")
    with pytest.raises(ValueError, match=re.escape(said)):
        ev.from_line(line)


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
