"""`kefu-sim drill` as a user starts it."""

import csv
import io
import json

import pytest


@pytest.fixture
def text(tmp_path):
    (tmp_path / "text.txt").write_text("您好，在的，请问有什么可以帮您？\n欢迎光临本店，今天有活动。\n", "utf-8")
    return "text.txt"


def test_line_by_line_with_result_and_history(kefu, text):
    lines = "您好，在的，请问有什么可以帮您？\n欢迎广临本店，今天有活动。\n"
    done = kefu("drill", "--plain", "--text", text, "--length", "50", given=lines)
    assert done.returncode == 0
    out = done.stdout.decode()
    assert "> 欢迎光临本店，今天有活动。" in out
    assert "wrong 1 · missed 0 · extra 0" in out
    assert "faster than hands type" in out  # a pipe is no typist
    rows = list(csv.DictReader(io.StringIO(kefu("drill", "--export", "csv").stdout.decode())))
    assert (rows[0]["wrong"], rows[0]["record"], rows[0]["title"]) == ("1", "False", "text.txt")
    found = json.loads(kefu("drill", "--export", "json", "--id", rows[0]["id"]).stdout)
    assert [event["kind"] for event in found[0]["events"]] == ["opened", "commit", "commit", "ended"]


def test_english_lines_count_their_blanks(kefu, tmp_path):
    (tmp_path / "en.txt").write_text("Thank you for waiting.\nIt ships today.\n", "utf-8")
    lines = "Thank you for waiting.\nIt ships today.\n"
    out = kefu("drill", "--plain", "--text", "en.txt", "--length", "99", given=lines).stdout.decode()
    assert "wrong 0 · missed 0 · extra 0" in out
    assert "words a minute" in out


def test_nothing_typed_is_nothing_kept(kefu, text):
    assert "nothing is kept" in kefu("drill", "--plain", "--text", text).stdout.decode()
    assert kefu("drill", "--export", "json").stdout.decode() == "[]\n"


def test_a_reply_drill_line_by_line(kefu):
    out = kefu("drill", "--reply", "2", "--plain", "--seed", "1", given="您好，很抱歉让您久等了\n").stdout.decode()
    assert out.count("Buyer:") == 2
    assert "seen: Greet" in out
    assert "Answered in time: 1 of 1" in out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--plain", "--text", "none.txt"], 2, "cannot be read"),
        (["--plain", "--scenario", "none"], 2, "no scenario"),
        (["--plain", "--seconds", "1"], 2, "5 to 3600"),
        (["--plain", "--length", "0"], 2, "1 to"),
        (["--plain", "--reply", "0"], 2, "1 to 100"),
        (["--plain", "--phrases"], 2, "no phrase"),
        (["--export", "json", "--id", "none"], 2, "no drill"),
        (["--target", "70"], 2, "invalid choice"),
        (["--text", "none.txt"], 2, "cannot be read"),
        ([], 3, "drill --plain"),
        (["--ime-test"], 3, "needs a terminal"),
    ],
)
def test_what_cannot_be_done_is_said_with_a_reason(kefu, arguments, code, words):
    done = kefu("drill", *arguments)
    assert done.returncode == code
    assert words in done.stderr.decode()
