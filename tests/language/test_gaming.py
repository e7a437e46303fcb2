"""When a message that meets much of what a story waits for is a list of phrases, and when it is a full answer."""

from __future__ import annotations

import pytest

from kefu_sim.language.context import read_context
from kefu_sim.language.gaming import Claims, find_gaming
from kefu_sim.rulebook.normaliser import load_normaliser

FULL = (
    "您好，6207的螺丝仓库配好了，7点半揽收，单号8点左右出。我6点下班，接班的小满会在这个窗口发您，"
    "来龙去脉我都写备注了，您不用再说一遍。您桌子哪天要用？"
)
LISTED = (
    "您什么场合穿呀。想要什么效果呀。推荐高腰裙。推荐纱裙。搭皮带显腿长。因为腰线高。您拍吧。放进购物车一起结。发您图。"
)


def reasons(reply, own):
    """Why a reply that meets so many intents earns nothing."""
    normalise = load_normaliser()
    claims = Claims(steps=4, own=[(i, i + 6) for i in range(own)])
    return find_gaming(normalise(reply), read_context([], normalise), [], claims)


@pytest.mark.parametrize(
    ("reply", "own", "listed"), [(FULL, 7, False), (FULL, 10, True), (LISTED, 7, True), (LISTED, 6, False)]
)
def test_a_list_of_phrases_is_told_from_a_full_answer(reply, own, listed):
    assert ("catalogue" in reasons(reply, own)) is listed
