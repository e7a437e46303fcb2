"""`kefu-sim score`: one chat or many."""

import json

import pytest

from kefu_sim.base.errors import KefuError
from kefu_sim.cli.score import read_chat

CHAT = (
    {"role": "buyer", "t": 0, "text": "在吗，这个包能便宜吗"},
    {"role": "agent", "t": 8, "text": "您好，在的～请问您平时是通勤背还是旅行背呢？"},
    {"role": "buyer", "t": 20, "text": "通勤"},
    {"role": "agent", "t": 31, "text": "明白了，通勤的话推荐18升这款，轻一些，您领满减券再拍更划算"},
    {"role": "buyer", "t": 45, "text": "好的拍了，谢谢"},
)


def lines(*rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def test_one_chat_gives_one_score(kefu, tmp_path):
    (tmp_path / "chat.jsonl").write_text(lines(*CHAT), encoding="utf-8")
    result = kefu("score", "chat.jsonl")
    assert result.returncode == 0, result.stderr.decode()
    score = json.loads(result.stdout)
    assert list(score) == ["total", "dimensions", "steps", "metrics", "ledger"]
    assert score["metrics"]["first_reply_s"] == 8
    assert score["dimensions"]["accuracy"] == {"points": 0, "max": 0}
    assert set(score["steps"].values()) <= {"done", "late", "missing", "not_judged"}


def test_spans_lie_on_the_messages_as_they_came(kefu):
    said = "  \x1b\u202e您好，在的～请问您平时是通勤背还是旅行背呢？"
    rows = [CHAT[0], {**CHAT[1], "text": said}, *CHAT[2:]]
    plain = json.loads(kefu("score", "-", given=lines(*CHAT)).stdout)["ledger"]
    messy = json.loads(kefu("score", "-", given=lines(*rows)).stdout)["ledger"]
    spans = [(row["span"], other["span"]) for row, other in zip(plain, messy, strict=True) if row["turn"] == 2]
    assert [CHAT[1]["text"][slice(*a)] for a, _ in spans if a] == [said[slice(*b)] for _, b in spans if b]
    assert any(a for a, _ in spans)


def test_every_bad_line_is_named_and_nothing_is_printed(kefu, tmp_path):
    bad = [{"role": "robot", "t": 0, "text": "x"}, {"role": "agent", "t": "soon", "text": "x"}, CHAT[0]]
    (tmp_path / "chat.jsonl").write_text(lines(*bad) + "{not json\n", encoding="utf-8")
    result = kefu("score", "chat.jsonl")
    assert result.returncode == 2
    assert result.stdout == b""
    errors = result.stderr.decode().splitlines()
    assert [line.split(" ")[0] for line in errors] == ["chat.jsonl:1:1", "chat.jsonl:2:1", "chat.jsonl:4:1"]


def test_the_log_of_a_reception_is_told_from_a_chat_at_once():
    log = [b'{"kind":"opened","format":1}', b'{"kind":"buyer","t":0,"text":"x"}']
    with pytest.raises(KefuError) as told:
        read_chat(log, "finished/20260102T080000-bargainer.jsonl")
    assert "kefu-sim review 20260102T080000-bargainer" in told.value.hint


def test_time_that_runs_backwards_is_refused(kefu):
    result = kefu("score", "-", given=lines(CHAT[1], CHAT[0]))
    assert result.returncode == 2
    assert "-:2:1" in result.stderr.decode()


def test_an_empty_file_and_a_missing_file_are_refused(kefu, tmp_path):
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    assert kefu("score", "empty.jsonl").returncode == 2
    assert kefu("score", "nowhere.jsonl").returncode == 2
    assert kefu("score").returncode == 2


def test_a_batch_answers_line_by_line_and_goes_on_after_a_bad_one(kefu):
    given = lines({"id": "a", "turns": CHAT}) + "nonsense\n" + lines({"id": "b"}, {"id": "c", "turns": CHAT[:2]})
    result = kefu("score", "--batch", "-", given=given)
    assert result.returncode == 1
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["id"] for row in rows] == ["a", None, "b", "c"]
    assert ["score" in row for row in rows] == [True, False, False, True]
    errors = [row.get("error") for row in rows]
    assert errors == [None, "not valid JSON (a value is missing)", "`turns` must be a list of messages", None]


def test_the_bad_turn_of_a_batch_is_named(kefu):
    result = kefu("score", "--batch", "-", given=lines({"id": 7, "turns": [CHAT[0], {"role": "agent", "t": 3}]}))
    assert json.loads(result.stdout)["error"].startswith("turn 2: ")


def test_reasons_follow_the_language(kefu, tmp_path):
    (tmp_path / "chat.jsonl").write_text(lines(*CHAT), encoding="utf-8")
    zh, en = (json.loads(kefu("--lang", lang, "score", "chat.jsonl").stdout) for lang in ("zh", "en"))
    assert zh["total"] == en["total"]
    assert zh["ledger"][0]["reason"] != en["ledger"][0]["reason"]


def test_hostile_text_is_scored_like_any_other(kefu):
    texts = ["[/]", "{seconds}", "\x1b[31m红", "\u202e倒", "👨‍👩‍👧", "好" * 100_000, ""]
    turns = [{"role": role, "t": i, "text": text} for i, text in enumerate(texts) for role in ("buyer", "agent")]
    result = kefu("score", "--batch", "-", given=lines({"id": 1, "turns": turns}))
    assert result.returncode == 0, result.stderr.decode()
    assert 0 <= json.loads(result.stdout)["score"]["total"] <= 100


PASTED = """tb1234567 2024-05-03 10:12:33
在吗，这个包能便宜吗
山声旗舰店:小林 2024-05-03 10:12:41
您好，在的～请问您平时是通勤背还是旅行背呢？
tb1234567 2024-05-03 10:12:53
通勤
山声旗舰店:小林 2024-05-03 10:13:04
明白了，通勤的话推荐18升这款，轻一些，您领满减券再拍更划算
tb1234567 2024-05-03 10:13:18
好的拍了，谢谢
"""


def test_a_pasted_chat_gives_the_score_of_the_same_chat_in_json_lines(kefu, tmp_path):
    (tmp_path / "chat.jsonl").write_text(lines(*CHAT), encoding="utf-8")
    (tmp_path / "chat.txt").write_text(PASTED, encoding="gb18030")
    pasted = kefu("score", "chat.txt")
    assert pasted.returncode == 0, pasted.stderr.decode()
    assert json.loads(pasted.stdout) == json.loads(kefu("score", "chat.jsonl").stdout)
    told = pasted.stderr.decode()
    assert "agent: 山声旗舰店:小林; buyer: tb1234567" in told
    assert "not judged: Accuracy" in told


def test_without_times_speed_is_not_judged_and_the_rest_is_scaled(kefu):
    result = kefu("score", "-", given="买家：在吗\n客服：您好，在的～请问您平时是通勤背还是旅行背呢？\n")
    score = json.loads(result.stdout)
    assert score["dimensions"]["speed"] == {"points": 0, "max": 0}
    assert score["metrics"]["rounds"] == 1
    assert score["metrics"]["mean_reply_s"] is None
    assert score["total"] > 0
    assert "reply speed is not judged" in result.stderr.decode()


def test_a_pasted_chat_can_be_read_with_its_ledger(kefu):
    result = kefu("score", "-", "--text", given=PASTED)
    out = result.stdout.decode()
    assert "1  00:00 Buyer: 在吗，这个包能便宜吗" in out
    assert "Total: " in out
    assert "Every point, and why:" in out


def test_a_text_that_is_no_chat_is_refused_with_the_known_forms(kefu):
    result = kefu("score", "-", given="一篇文章\n没有人说话\n")
    assert result.returncode == 2
    assert "-:1:1 KS313 no message could be found" in result.stderr.decode()
    assert "买家：…" in result.stderr.decode()
    unclear = "张三 10:00\n在\n李四 10:01\n在\n王五 10:02\n在\n"
    result = kefu("score", "-", given=unclear)
    assert "张三、李四、王五" in result.stderr.decode()
    assert "--agent" in result.stderr.decode()
    assert kefu("score", "-", given=b"\xff\xff\x00\x81").returncode == 2


def test_what_was_left_out_is_told_in_the_language_of_the_reader(kefu, tmp_path):
    chat = tmp_path / "chat.txt"
    chat.write_text(
        "小美 (2026-11-20 10:00:05):\n您好，在的\n买家 (2026-11-20 10:00:01):\n在吗\n买家 (2026-11-20 10:00:09):\n"
        "[图片]\n小美 (2026-11-20 10:00:20):\n亲，活动价了哦\n",
        "utf-8",
    )
    told = kefu("--lang", "zh", "score", str(chat), "--agent", "小美").stderr.decode()
    assert "1 条的时间比上一条还早" in told
    assert "1 条消息带图片或卡片" in told
    rows = tmp_path / "chat.jsonl"
    rows.write_text('{"role":"buyer","t":0,"text":"在吗"}\n{"role":"agent","t":5,"text":"您好，在的"}\n', "utf-8")
    assert "没有评：" in kefu("--lang", "zh", "score", str(rows)).stderr.decode()
