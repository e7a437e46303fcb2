"""Values from files against the types a dataclass declares."""

from dataclasses import dataclass
from typing import Literal

import pytest

from kefu_sim.base.fields import misfit


@dataclass
class Row:
    number: float = 0.0
    count: int = 0
    text: str = ""
    truth: bool = False
    maybe: float | None = None
    kind: Literal["a", "b"] = "a"
    words: tuple[str, ...] = ()
    places: tuple[int, ...] = ()


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("number", (1, 1.5, -2), (True, "1", None, float("nan"), float("inf"), ())),
        ("count", (0, 10**30), (True, 1.0, "1", None)),
        ("text", ("",), (None, 1, (), b"")),
        ("truth", (True,), (1, "true", None)),
        ("maybe", (None, 2), ("2", False, ())),
        ("kind", ("a",), ("c", None, ["a"], {})),
        ("words", ((), ("x",)), ("x", (1,), None, ["x"])),
        ("places", ((1, 2),), (("1",), (True,))),
    ],
)
def test_each_type_takes_its_own_values_only(name, good, bad):
    assert [value for value in good if misfit(Row, {name: value})] == []
    assert [value for value in bad if misfit(Row, {name: value}) != name] == []
