"""A small sound story, and faults planted in it."""

from pathlib import Path

import pytest

from kefu_sim.author.subjects import subject_of

CUP = (Path(__file__).parent / "cup.yaml").read_text("utf-8")

ROUND = (
    ("buyer: [有杯刷也行, 送东西好呀], goto: pay}", "buyer: [有杯刷也行, 送东西好呀], goto: doubt}"),
    ("buyer: [行吧, 好吧 那就这样], goto: pay}", "buyer: [行吧, 好吧 那就这样], goto: doubt}"),
    ("max: 2, goto: later}", "max: 2, goto: pay}"),
)
"""Changes after which the model answers go round in a circle."""


def planted(*changes):
    """The text of the story with each (old, new) put in its place."""
    text = CUP
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.fixture
def cup():
    """`cup((old, new), …)` — the story with these changes, ready to look at."""

    def make(*changes):
        return subject_of(planted(*changes), "cup.yaml")

    return make


@pytest.fixture(scope="module")
def sound():
    """The story as it is."""
    return subject_of(CUP, "cup.yaml")
