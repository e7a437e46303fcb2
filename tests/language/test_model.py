"""The statistical half: reading weights, determinism, linear time, invariance, spans."""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise

import numpy as np
import pytest

from kefu_sim.language import features
from kefu_sim.language.model import ISSUES, OUTPUTS, RuleView, StatModel, Surroundings, to_bytes
from kefu_sim.language.verdict import STEPS

ALONE, NO_RULES = Surroundings(), RuleView()


@pytest.fixture(scope="module")
def data() -> bytes:
    return (files("kefu_sim") / "data" / "recogniser.bin").read_bytes()


@pytest.fixture(scope="module")
def model(data):
    return StatModel.from_bytes(data)


def read(model, text, around=ALONE, rules=NO_RULES):
    """What the model makes of one reply."""
    return model.predict_all([(text, around, rules)])[0]


def test_weights_are_compact(data):
    assert len(data) <= 5_000_000


def test_a_foreign_file_is_refused():
    with pytest.raises(ValueError, match="not a weights file"):
        StatModel.from_bytes(b"PK\x03\x04")


def test_a_file_cut_short_is_refused(data):
    with pytest.raises(ValueError, match="cut off"):
        StatModel.from_bytes(data[:-100])


def test_shapes_and_ranges(model):
    seen = read(model, "您好,在的,有什么可以帮您")
    assert seen.steps.shape == (len(STEPS),)
    assert seen.issues.shape == (len(ISSUES),)
    assert seen.politeness.sum() == pytest.approx(1, abs=1e-5)
    assert ((seen.steps >= 0) & (seen.steps <= 1)).all()
    assert -2 <= seen.expected_politeness <= 2


@pytest.mark.parametrize("text", ["", " ", "~~~", "hello", "?", "\ud800", "𠮷野家", "[", "0" * 50, "\0"])
def test_odd_input_is_judged(model, text):
    seen = read(model, text)
    assert np.isfinite(seen.steps).all()
    assert np.isfinite(model.shares([(seen, output, (0, 2, 9)) for output in OUTPUTS])).all()


def test_same_input_same_answer(model):
    around = Surroundings(buyer="能便宜点吗", agent="亲,在的")
    first, second = (read(model, "这款已经是活动价了哦", around) for _ in range(2))
    assert (first.steps == second.steps).all()
    assert (first.politeness == second.politeness).all()


def test_tone_marks_never_touch_steps(model):
    text = "这款已经是活动价了哦"
    plain = read(model, text)
    marked = read(model, text, Surroundings(faces=3, exclamations=2, ellipses=1))
    assert (plain.steps == marked.steps).all()


def test_a_reply_is_judged_alike_among_others(model):
    texts = ["念,沐川,就是四川那个沐川", "您好,在的", "这款是纯棉的?"]
    together = model.predict_all([(text, ALONE, NO_RULES) for text in texts])
    for text, seen in zip(texts, together, strict=True):
        assert np.allclose(seen.steps, read(model, text).steps, atol=1e-5)


def test_rules_and_network_meet(model):
    text = "嗯嗯那就这样"
    alone = read(model, text)
    told = read(model, text, ALONE, RuleView(steps=(0.0,) * 7 + (0.9,)))
    assert told.steps[7] > alone.steps[7]


def test_clauses_share_in_what_is_said(model):
    text = "这款是纯棉的,感谢您的光临,祝您生活愉快"
    seen = read(model, text)
    [[cotton, thanks, wish], [whole]] = model.shares([(seen, "告别", (0, 7, 15)), (seen, "告别", (0,))])
    assert thanks > cotton
    assert wish > cotton
    assert whole == pytest.approx(cotton + thanks + wish, abs=1e-4)


def test_folding_keeps_the_way_back():
    text = "您的订单[订单x],付款159.5元 ,见https://a.b/c 。"
    folded = features.fold_back(text)
    assert folded.text == features.fold(text)
    assert text[folded.starts[4] : folded.starts[5]] == "[订单x]"
    assert "159.5" in [text[a:b] for a, b in pairwise(folded.starts)]


def test_ngrams_of_a_text_do_not_depend_on_its_neighbours():
    parts = features.gram_parts(np.arange(1 << 16, dtype=np.uint32))
    alone = features.gram_keys(features.codes("便宜"), parts)[:, features.places("便宜")[0]]
    place = features.places("您好", "便宜", "在")[1]
    among = features.gram_keys(features.codes("您好", "便宜", "在"), parts)[:, place]
    assert (alone == among).all()


def test_weights_survive_a_round_trip(data):
    arrays = {"b": np.arange(5, dtype=np.int8), "a": np.ones((2, 3), np.float16)}
    assert to_bytes(arrays, {"x": 1}) == to_bytes(dict(reversed(arrays.items())), {"x": 1})
    assert data.startswith(to_bytes(arrays, {})[:6])
