"""`kefu-sim judge` and `kefu-sim explain`: streams, order, errors a line."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from kefu_sim.cli import main
from kefu_sim.cli.jsonl import to_line
from kefu_sim.cli.judge import read_line, verdict_on
from kefu_sim.rulebook.recogniser import load_recogniser

COMMAND = [sys.executable, "-m", "kefu_sim", "judge"]


@pytest.fixture(scope="module")
def recogniser():
    return load_recogniser()


def judge(data):
    done = subprocess.run(COMMAND, input=data, stdout=subprocess.PIPE, check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_answers_keep_order_and_form():
    rows = [{"id": str(n), "context": ["买家：在吗"], "reply": "您好，在的", "extra": 1} for n in range(20)]
    code, answers = judge("\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode())
    assert code == 0
    assert [answer["id"] for answer in answers] == [row["id"] for row in rows]
    assert answers[0]["steps"] == ["问好"]
    assert answers[0]["politeness"] in (0, 1)
    assert answers[0]["issues"] == []
    assert {"label": "问好", "start": 0, "end": 2} in answers[0]["evidence"]


def test_bad_lines_are_answered_and_the_rest_goes_on():
    lines = [
        b"not json",
        b"[1]",
        b'{"id": 7}',
        b'{"id": 8, "reply": 5}',
        b'{"id": 9, "reply": "x", "context": "no list"}',
        b'{"id": 10, "reply": "\xff\xfe\xe5"}',
        b'{"id": 11, "reply": ""}',
        b'{"id": 12, "reply": "\\ud800 \\u0000"}',
        b'{"id": "\\ud800", "reply": "x"}',
        b'{"id": 13, "reply": null}',
        b"[" * 100_000,
        b'{"id": 14, "reply": "' + "好".encode() * 300_000 + b'"}',
        '{"id": 15, "reply": "您好"}'.encode(),
    ]
    code, answers = judge(b"\n".join(lines))
    assert code == 1
    assert len(answers) == len(lines)
    assert [("error" in answer) for answer in answers] == [
        True, True, True, True, True, False, False, False, False, True, True, False, False
    ]  # fmt: skip
    assert answers[3]["id"] == 8
    assert answers[-1]["steps"] == ["问好"]


def test_windows_line_ends_marks_and_blank_lines_do_no_harm():
    data = b"\xef\xbb\xbf" + '{"id": 1, "reply": "您好"}\r\n\r\n  \n{"id": 2, "reply": "您好"}'.encode()
    code, answers = judge(data)
    assert code == 0
    assert [(answer["id"], answer["steps"]) for answer in answers] == [(1, ["问好"]), (2, ["问好"])]


@pytest.mark.parametrize("name", ["NaN", "Infinity", "-Infinity", "1e999", "[" * 20_000 + "]" * 20_000, "9" * 5_000])
def test_what_is_no_json_is_never_written_back(name, recogniser):
    answer = verdict_on(read_line(f'{{"id": {name}, "reply": "您好"}}'.encode()), recogniser)
    assert answer["id"] is None
    assert answer["error"]


@pytest.mark.parametrize("name", ['"a"', "7", "1.5", "null", "true", '{"a": [1]}', '"\\ud800"'])
def test_any_json_value_can_be_an_id(name, recogniser):
    line = to_line(verdict_on(read_line(f'{{"id": {name}, "reply": "您好", "context": null}}'.encode()), recogniser))
    answer = json.loads(line)
    assert list(answer) == ["id", "steps", "politeness", "issues", "evidence", "gaming"]
    assert answer["id"] == json.loads(name)


def test_an_answer_too_deep_to_write_becomes_an_error():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    assert b"error" in to_line({"id": deep})


def test_evidence_counts_code_points_of_the_reply_as_sent(recogniser):
    for before in ("😊", "👨‍👩‍👧‍👦", "❤️", "🇨🇳", "①", "\u202e", "\ud83d", "ﬃ", "㍿", "　\n", "﷽"):
        reply = f"{before}您好，请问您想看哪款{before}"
        for found in verdict_on(read_line(json.dumps({"reply": reply}).encode()), recogniser)["evidence"]:
            assert 0 <= found["start"] < found["end"] <= len(reply)
            if found["label"] == "问好":
                assert reply[found["start"] : found["end"]] in {"您好", f"{before}您好"}


def verdict(recogniser, reply, *context):
    row = json.dumps({"id": 1, "context": context, "reply": reply}, ensure_ascii=False)
    return verdict_on(read_line(row.encode()), recogniser)


def test_a_repeat_in_the_context_is_named_and_keeps_its_steps(recogniser):
    reply, asked = "您好，这款159包邮的哦", "买家：多少钱"
    first = verdict(recogniser, reply, asked)
    assert first["gaming"] == []
    for said in (reply, "您好亲，这款159包邮的哦"):
        again = verdict(recogniser, reply, asked, f"客服：{said}", asked)
        assert again["gaming"] == ["repeat"]
        assert again["steps"] == recogniser_steps(recogniser, reply, asked, f"客服：{said}", asked)
    assert verdict(recogniser, reply, f"买家：{reply}")["gaming"] == ["echo"]
    assert verdict(recogniser, reply, asked, "客服：您好，请问是听歌还是打游戏用呢", asked)["gaming"] == []


def recogniser_steps(recogniser, reply, *context):
    return [str(step) for step in recogniser.recognise(reply, context).steps]


def test_a_message_that_says_everything_twice_is_a_repeat_once(recogniser):
    assert verdict(recogniser, "这款包邮的哦" * 2, "客服：" + "这款包邮的哦" * 2)["gaming"] == ["repeat"]


def test_explain_counts_the_agents_lines_before_as_said(capfdbinary):
    said = "您好，给您159包邮，您可以拍的哦"
    assert (
        main(["explain", said, "--after", "买家：在吗", "--after", f"客服：{said}", "--after", "买家：贵", "--json"])
        == 0
    )
    shown = json.loads(capfdbinary.readouterr().out.decode())
    assert shown["gaming"] == ["repeat"]
    assert {row["decision"] for row in shown["steps"]} == {"miss"}
    assert main(["explain", said, "--after", f"买家：{said[:6]}", "--json"]) == 0
    assert json.loads(capfdbinary.readouterr().out.decode())["gaming"] == []


def test_explain_reads_a_reply_at_a_moment_of_a_story(capfdbinary):
    assert main(["explain", "不用的亲", "--at", "invoice-questions/fee", "--json"]) == 0
    shown = json.loads(capfdbinary.readouterr().out.decode())
    assert (shown["bare_answer"], shown["intents"]) == ("no", ["fact.surcharge.right"])
    assert main(["explain", "角都压扁了，一层泡泡纸护不住", "--at", "broken-cup/cause", "--json"]) == 0
    assert json.loads(capfdbinary.readouterr().out.decode())["awaited"] == ["分析"]
    assert main(["explain", "不用的亲", "--json"]) == 0
    assert not json.loads(capfdbinary.readouterr().out.decode())["intents"]


@pytest.mark.parametrize("place", ["invoice-questions/fees", "invoice-question/fee", "invoice-questions"])
def test_explain_names_moments_where_there_is_no_such_one(place, capfdbinary):
    assert main(["explain", "不用的亲", "--at", place]) == 2
    assert "invoice-questions" in capfdbinary.readouterr().err.decode()


def test_explain_names_ngrams_and_what_was_set_aside(capfdbinary):
    assert main(["explain", "最近卖得好，一定帮您跟进", "--after", "买家：这个怎么样", "--json"]) == 0
    shown = json.loads(capfdbinary.readouterr().out.decode())
    steps = [row["step"] for row in shown["steps"] if row["decision"] != "miss"]
    assert set(steps) <= {row["label"] for row in shown["ngrams"]}
    assert all(row["weight"] > 0 and row["words"] in shown["reply"] for row in shown["ngrams"])
    [row] = [row for row in shown["excluded"] if row["id"] == "like.promise"]
    assert (row["why"], row["words"], row["by"], row["label"]) == ("innocent", "一定", "一定帮您跟进", "过度承诺")


def test_an_answer_comes_before_the_next_question():
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for n in range(3):
            process.stdin.write(json.dumps({"id": n, "reply": "您好"}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == n
        process.stdin.close()
        assert process.wait(20) == 0


def test_nothing_in_nothing_out():
    assert judge(b"") == (0, [])


def test_explain_shows_rule_words_and_runner_up(capfdbinary):
    assert main(["explain", "您好亲，这款已经是活动价了哦", "--after", "买家：便宜点", "--json"]) == 0
    shown = json.loads(capfdbinary.readouterr().out.decode())
    assert {"label": "问好", "words": "您好", "start": 0, "end": 2, "source": "greet.hello"} in shown["evidence"]
    assert shown["runner_up"]
    assert {row["step"]: row["decision"] for row in shown["steps"]}["谈判"] == "accept"


def test_explain_speaks_for_people(capfdbinary):
    assert main(["explain", "加我微信，给您159包邮"]) == 0
    text = capfdbinary.readouterr().out.decode()
    assert "leads off the platform" in text
    assert "159" in text


def test_explain_has_nothing_to_say_about_nothing(capfdbinary):
    assert main(["explain", "😊"]) == 0
    assert "no words" in capfdbinary.readouterr().out.decode()
