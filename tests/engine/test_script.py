"""Scripts: what is read, and what is refused line by line."""

import pytest

from kefu_sim.base.errors import BadFileError
from kefu_sim.engine.script import read_script


@pytest.mark.parametrize(
    "line",
    [
        '{"wait": -1}', '{"wait": NaN}', '{"wait": Infinity}', '{"wait": 86401}', '{"wait": true}', '{"wait": "3"}',
        '{"wait": null}', '{"say": null}', '{"say": 5}', "{}", "[]", "null", "say", "[" * 100_000,
        '{"wait": ' + "9" * 5000 + "}",
    ],
    ids=lambda line: line[:20],
)  # fmt: skip
def test_a_line_that_makes_no_sense_is_named(line):
    with pytest.raises(BadFileError) as caught:
        read_script(['{"say": "您好"}', line], "s.jsonl")
    assert [(p.line, p.code) for p in caught.value.problems] == [(2, "KS301")]


def test_a_wait_may_be_nothing_and_stand_beside_a_message():
    turns = read_script(['{"wait": 0}', "", '{"wait": 0.3, "say": ""}'], "s.jsonl")
    assert [(turn.wait, turn.say) for turn in turns] == [(0, None), (0.3, "")]
