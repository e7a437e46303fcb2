import pytest

from kefu_sim.demo.asciicast import cast_lines

from .asciicast import NotACastError, parse


def written(*output, end=9.0):
    return "".join(line + "\n" for line in cast_lines(80, 24, "问好 “x”", output, end))


def test_a_recording_is_what_the_specification_asks_for():
    cast = parse(written((0.0, "\x1b[2J您好"), (1.25, "\r\n👨‍👩‍👧‍👦")))
    assert (cast.width, cast.height, cast.title) == (80, 24, "问好 “x”")
    assert cast.events == [(0.0, "\x1b[2J您好"), (1.25, "\r\n👨‍👩‍👧‍👦"), (9.0, "")]


def test_time_never_runs_backwards():
    assert [t for t, _ in parse(written((2.0, "a"), (1.0, "b"), end=1.5)).events] == [2.0, 2.0]


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "[]\n",
        '{"version": 1, "width": 80, "height": 24}\n',
        '{"version": 2, "width": "80", "height": 24}\n',
        '{"version": 2, "width": 80, "height": 24}\n[1.0, "o"]\n',
        '{"version": 2, "width": 80, "height": 24}\n[2.0, "o", "a"]\n[1.0, "o", "b"]\n',
        '{"version": 2, "width": 80, "height": 24}\n[1.0, "x", "a"]\n',
        '{"version": 2, "width": 80, "height": 24}\n[true, "o", "a"]\n',
        '{"version": 2, "width": 80, "height": 24}\n[1.0, "o", "a"]',
    ],
)
def test_the_parser_of_these_tests_is_strict(bad):
    with pytest.raises(NotACastError):
        parse(bad)
