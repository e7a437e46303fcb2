"""Variables of quick replies: {昵称} {商品} {尾号}, filled in for the buyer in whose window they are used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kefu_sim.scenario.model import Scenario
from kefu_sim.scenario.wares import goods_of, tail_of

NICKNAME, GOODS, TAIL = "昵称", "商品", "尾号"
VARIABLES = (NICKNAME, GOODS, TAIL)
GAP = re.compile(r"\{([^{}\s]{1,8})\}")
"""A variable, filled or forgotten."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A reply made ready for one buyer."""

    text: str
    gaps: tuple[tuple[int, int], ...]
    """Half-open ranges of code points that nothing was known for: to be filled by hand."""


def filled(text: str, values: Mapping[str, str]) -> Filled:
    """Put in what is known of a buyer; what is not stays in its braces."""
    done = GAP.sub(lambda gap: values.get(gap[1]) or gap[0], text)
    return Filled(done, tuple(match.span() for match in GAP.finditer(done)))


def variables(scenario: Scenario, name: str = "", tail: str = "") -> Mapping[str, str]:
    """What the variables stand for in a buyer's window. `tail`: digits drawn for a buyer whose story names none."""
    return {NICKNAME: name, GOODS: goods_of(scenario), TAIL: tail_of(scenario, tail)}
