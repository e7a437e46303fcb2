"""Strict YAML: what is read, what is refused, and where."""

import pytest

from kefu_sim.base.errors import BadFileError
from kefu_sim.base.yamlfile import MAX_CHARACTERS, read_yaml


def problems(text):
    with pytest.raises(BadFileError) as caught:
        read_yaml(text, "a.yaml")
    return [(p.line, p.column, p.code) for p in caught.value.problems]


def test_plain_values_follow_yaml_1_2():
    file = read_yaml("a: 1\nb: 1.5\nc: true\nd: ~\ne: 'on'\nf: 2026-01-01\ng: 一年\nh: 5e3\n", "a.yaml")
    assert file.data == {
        "a": 1, "b": 1.5, "c": True, "d": None, "e": "on", "f": "2026-01-01", "g": "一年", "h": 5000.0,
    }  # fmt: skip


def test_positions_point_at_keys_and_items():
    file = read_yaml("nodes:\n  open:\n    - {x: 1}\n", "a.yaml")
    assert file.where(("nodes", "open")) == (2, 3)
    assert file.where(("nodes", "open", 0, "x")) == (3, 8)
    assert file.where(("nodes", "open", 0, "missing")) == (3, 7)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on: 1", (1, 1, "KS010")),
        ("a: yes", (1, 4, "KS010")),
        ("a: 1:30", (1, 4, "KS011")),
        ("a: 007", (1, 4, "KS012")),
        ("a: 1\nb: 2\na: 3", (3, 1, "KS008")),
        ("a: &x [1]\nb: *x", (2, 4, "KS006")),
        ("a: &x 1\nb: *x", (2, 4, "KS006")),
        ("<<: {a: 1}", (1, 1, "KS006")),
        ("a: !!python/object:os.system [x]", (1, 4, "KS007")),
        ("? [1]\n: 2", (1, 3, "KS009")),
        ("a: " + "[" * 100_000, (1, 44, "KS005")),
        ("{a: " * 50_000, (1, 165, "KS005")),
        ("a: " + "- " * 90_000, (1, 4, "KS001")),
        ("- " * 90_000 + "a", (1, 83, "KS005")),
        ("", (1, 1, "KS002")),
        ("a: [1, ]]", (1, 9, "KS001")),
        ("a: b: c", (1, 5, "KS001")),
        ("a: 1\n---\nb: 2", (2, 1, "KS001")),
        ("a: *重点*", (1, 4, "KS001")),
        ("a: *star", (1, 4, "KS001")),
        ("a: [x, {on: 1}]\na: [yes]", (2, 5, "KS010")),
        ("x: \u202eabc", (1, 4, "KS004")),
        ("x: 1\ny: \x1b[31m", (2, 4, "KS004")),
        ("[" * 60 + "]" * 60, (1, 42, "KS005")),
    ],
)
def test_traps_are_refused_where_they_stand(text, expected):
    assert expected in problems(text)


def test_an_escape_written_as_text_is_refused_too():
    assert problems('a: "\\e[31m"') == [(1, 4, "KS004")]


def test_all_traps_are_listed_at_once():
    assert [code for _, _, code in problems("on: 1\na: yes\nb: 1:30\nb: 2\n")] == ["KS010", "KS010", "KS011", "KS008"]


def test_an_oversized_file_is_refused():
    assert problems("a" * (MAX_CHARACTERS + 1)) == [(1, 1, "KS003")]


def test_a_bomb_of_aliases_is_refused_quickly():
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    assert {code for _, _, code in problems(bomb)} == {"KS006"}


def test_a_run_of_digits_too_long_for_a_number_is_text():
    assert read_yaml("a: " + "9" * 5000, "a.yaml").data == {"a": "9" * 5000}
