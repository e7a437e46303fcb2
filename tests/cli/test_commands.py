"""Commands that need no screen."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kefu_sim.base.paths import data_folder


def script(tmp_path, *rows):
    path = tmp_path / "script.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return str(path)


GREETING = ({"wait": 6}, {"say": "您好，在的，很高兴为您服务，请问您想看哪一款呢？"}, {"wait": 12})


def test_list_names_the_three_first_buyers(kefu):
    result = kefu("list", "--json")
    assert result.returncode == 0
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert {"bargainer", "think-it-over", "complainer"} <= {row["id"] for row in rows}
    assert all(row["best"] is None and row["title"] and row["persona"] for row in rows)


def test_run_prints_one_object_with_events_and_score(kefu, tmp_path):
    result = kefu("run", "bargainer", "--script", script(tmp_path, *GREETING), "--seed", "5", "--json")
    assert result.returncode == 0, result.stderr.decode()
    data = json.loads(result.stdout)
    assert data.keys() == {"scenario", "seed", "ending", "events", "score"}
    assert (data["scenario"], data["seed"]) == ("bargainer", 5)
    assert data["events"][0]["kind"] == "opened"
    assert data["events"][-1]["kind"] == "ended"
    score = data["score"]
    assert {"total", "dimensions", "steps", "metrics", "ledger"} <= score.keys()
    assert list(score["dimensions"]) == ["speed", "flow", "politeness", "accuracy", "resolution", "brevity"]
    assert score["steps"]["问好"] == "done"
    assert score["metrics"]["first_reply_s"] == 6.0
    keys = "first_reply_s mean_reply_s max_reply_s rounds rounds_within_30s rounds_within_180s typing_cpm"
    assert set(score["metrics"]) >= set(keys.split())
    assert sum(row["points"] for row in score["ledger"]) == pytest.approx(score["total"], abs=0.01)


def test_run_is_the_same_twice_and_differs_by_seed(kefu, tmp_path):
    path = script(tmp_path, *GREETING)
    first, again, other = (
        kefu("run", "complainer", "--script", path, "--seed", seed, "--json").stdout for seed in ("5", "5", "6")
    )
    assert first == again
    assert first != other


def test_only_what_the_buyer_makes_nothing_of_is_told_as_such(kefu, tmp_path):
    said = ("床前明月光，疑是地上霜", "您好，这款是活动价159，您主要是打游戏还是听歌用呢？", "举头望明月，低头思故乡")
    rows = [row for text in said for row in ({"wait": 4}, {"say": text}, {"wait": 10})]
    seen = json.loads(kefu("run", "bargainer", "--script", script(tmp_path, *rows), "--json").stdout)
    rules = [row["rule"] for row in seen["score"]["ledger"] if row["rule"].startswith("tone.")]
    assert rules.count("tone.lost") == 2
    assert "tone.plain" not in rules


def test_run_saves_nothing(kefu, tmp_path):
    kefu("run", "bargainer", "--script", script(tmp_path, *GREETING))
    assert not (data_folder() / "receptions").exists()


def test_a_bad_script_is_listed_line_by_line(kefu, tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text('{"wait": 1}\n{"sag": "x"}\nnot json\n{"wait": -1}\n', encoding="utf-8")
    result = kefu("run", "bargainer", "--script", str(path))
    assert result.returncode == 2
    lines = result.stderr.decode().splitlines()
    assert all(f"bad.jsonl:{at} KS301" in text for at, text in zip(("2:1", "3:1", "4:2"), lines, strict=True))


def test_a_script_from_a_windows_pipe_with_line_separators_inside_a_message(kefu):
    given = b"\xef\xbb\xbf" + '{"wait": 6}\r\n{"say": "您好\u2028在的\u0085请问您看哪款"}\r\n'.encode()
    result = kefu("run", "bargainer", "--script", "-", "--json", given=given)
    assert result.returncode == 0, result.stderr.decode()
    sent = [event["text"] for event in json.loads(result.stdout)["events"] if event["kind"] == "agent"]
    assert sent == ["您好\n在的\n请问您看哪款"]


@pytest.mark.skipif(sys.platform == "win32", reason="file descriptors are closed by the shell")
@pytest.mark.parametrize(
    ("command", "code"),
    [("judge", 0), ("run bargainer --script - --json", 0), ("score -", 2), ("practice bargainer", 3)],
)
def test_a_closed_input_is_an_empty_one(tmp_path, command, code):
    words = f"'{sys.executable}' -m kefu_sim {command} <&-"
    result = subprocess.run(["sh", "-c", words], cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert result.returncode == code
    assert b"Traceback" not in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
@pytest.mark.parametrize("command", ["list", "run bargainer --script - --json"])
def test_a_full_disk_behind_stdout_is_said_in_one_line(tmp_path, command):
    words = f"'{sys.executable}' -m kefu_sim {command} </dev/null >/dev/full"
    result = subprocess.run(["sh", "-c", words], cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert result.returncode == 4
    assert len(result.stderr.decode().splitlines()) == 1


@pytest.mark.parametrize("last", ["", "/quit\n"])
def test_input_that_ends_in_a_pause_ends_the_reception(kefu, last):
    result = kefu("practice", "bargainer", "--plain", "--seed", "1", given="/pause\n" + last)
    assert result.returncode == 0
    assert "Total:" in result.stdout.decode()


def test_an_unknown_buyer_brings_the_nearest_ids(kefu):
    result = kefu("practice", "bargainr", "--plain")
    assert result.returncode == 2
    assert "bargainer" in result.stderr.decode()
    assert "Traceback" not in result.stderr.decode()


@pytest.mark.parametrize("arguments", [(), ("practice",), ("practice", "complainer"), ("practice", "--exam")])
def test_without_a_terminal_the_plain_form_is_named(kefu, arguments):
    result = kefu(*arguments)
    assert result.returncode == 3
    assert "--plain" in result.stderr.decode()


def test_plain_practice_talks_scores_and_is_saved(kefu):
    typed = "您好，在的，请问有什么可以帮您？\n/card\n/quit\n"
    result = kefu("practice", "bargainer", "--plain", "--seed", "1", given=typed)
    out = result.stdout.decode()
    assert result.returncode == 0, result.stderr.decode()
    assert out.count("Buyer:") >= 2
    assert "(seen: Greet" in out
    assert "Total:" in out
    assert "best " in kefu("list").stdout.decode()
    assert len(list((data_folder() / "receptions" / "finished").glob("*.jsonl"))) == 1


def test_plain_practice_lists_what_counts_and_disputes_a_row_by_its_number(kefu):
    typed = "您好，在的，请问有什么可以帮您？\n／申诉\n/申诉 2z\n/申诉２ａ 我打字很快\n/dispute\n/quit\n"
    out = kefu("practice", "bargainer", "--plain", "--seed", "1", given=typed)
    told, last = out.stdout.decode(), out.stderr.decode()
    assert out.returncode == 0, last
    assert " 2a    +2/2  First reply" in told
    assert "steps understood: greet" in told
    assert "message 2 has rows 2a to 2" in told
    assert "disputed, and in the trainer's inbox: First reply" in told
    assert told.count("! disputed: 我打字很快") == 1
    assert told.index("steps understood") < told.index("Total:")
    assert "我打字很快" in kefu("author", "inbox", "--plain").stdout.decode()
    name = last.partition("kefu-sim review ")[2].split()[0]
    assert "! disputed: 我打字很快" in kefu("review", name, "--plain").stdout.decode()
    assert f"kefu-sim review {name} --dispute 2.1" in last


def test_a_row_of_the_reception_is_never_taken_for_one_of_the_finished_score(kefu):
    typed = "您好，在的亲\n/dispute\n/dispute 2.1 看错了\n/dispute 2 看错了\n/dispute 2b 看错了\n/quit\n"
    out = kefu("practice", "bargainer", "--plain", "--seed", "1", given=typed)
    told, name = out.stdout.decode(), out.stderr.decode().partition("kefu-sim review ")[2].split()[0]
    assert "rows bear numbers after the end only; now they bear letters" in told
    assert "which row of message 2?\n2a  " in told
    assert told.count("disputed, and in the trainer's inbox") == 1
    later = kefu("review", name, "--dispute", "2b")
    assert later.returncode == 2
    assert "rows bear letters during the reception only; now they bear numbers" in later.stderr.decode()


def test_a_disputed_row_keeps_its_letter_while_the_chat_goes_on(kefu):
    typed = "您好，在的\n/dispute\n嗯\n/dispute 2a 看错了\n/dispute 2.A\n/quit\n"
    told = kefu("practice", "bargainer", "--plain", "--seed", "1", given=typed).stdout.decode()
    row = next(line for line in told.splitlines() if line.startswith("    2a "))
    reason = row.split("  ")[-1]
    assert f"disputed, and in the trainer's inbox: {reason}" in told
    assert f"not disputed any more: {reason}" in told


def test_an_exam_tells_no_points_in_the_plain_face_either(kefu):
    typed = "您好，在的亲\n/dispute\n/申诉 2.1\n/help\n/quit\n"
    out = kefu("practice", "bargainer", "--plain", "--exam", "--seed", "1", given=typed)
    before = out.stdout.decode().partition("Total:")[0]
    assert before.count("in an exam rows are disputed after its end") == 2
    assert "First reply" not in before
    assert "/dispute [" not in before
    assert "--dispute 2.1" in out.stderr.decode()


def test_exam_shows_no_steps_before_the_end(kefu):
    result = kefu("practice", "bargainer", "--plain", "--exam", "--seed", "1", given="您好，在的亲\n/quit\n")
    assert "seen:" not in result.stdout.decode()


def test_resume_continues_what_was_killed(kefu, received):
    received("您好，在的，请问有什么可以帮您？")
    (filed,) = (data_folder() / "receptions" / "finished").glob("*.jsonl")
    whole = filed.read_text(encoding="utf-8").splitlines(keepends=True)
    cut = next(i for i, line in enumerate(whole) if '"kind":"agent"' in line)
    log = data_folder() / "receptions" / "20260101T000000-bargainer.jsonl"
    log.write_text("".join(whole[:cut]), encoding="utf-8")
    resumed = kefu("resume", "--plain", given="您好，我在的\n/quit\n")
    assert resumed.returncode == 0, resumed.stderr.decode()
    ended = log.parent / "finished" / log.name
    lines = ended.read_text(encoding="utf-8").splitlines(keepends=True)
    assert lines[:cut] == whole[:cut]
    assert '"kind":"resumed"' in lines[cut]
    assert '"kind":"ended"' in lines[-1]


def test_resume_without_anything_to_resume_says_so(kefu):
    result = kefu("resume", "--plain")
    assert result.returncode == 2
    assert "no unfinished reception" in result.stderr.decode()


def test_an_unwritable_data_folder_is_said_and_played_on(kefu, tmp_path):
    blocker = tmp_path / "file"
    blocker.write_text("", encoding="utf-8")
    env = {"KEFU_SIM_HOME": str(blocker / "home")}
    result = kefu("practice", "bargainer", "--plain", given="您好\n/quit\n", env=env)
    assert result.returncode == 0
    assert "Not saved" in result.stderr.decode()
    assert "Total:" in result.stdout.decode()


def test_a_broken_scenario_is_listed_and_the_others_stay_playable(kefu):
    folder = data_folder() / "scenarios"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text("schema: 1\nid: mine\ntitel: x\n", encoding="utf-8")
    result = kefu("list")
    assert result.returncode == 2
    assert "mine.yaml:3:1 KS021" in result.stderr.decode()
    assert "bargainer" in result.stdout.decode()


@pytest.mark.parametrize(("lang", "word"), [("zh", "接待"), ("en", "receive")])
def test_help_speaks_both_languages(kefu, lang, word):
    assert word in kefu("--lang", lang, "--help").stdout.decode()
    assert word in kefu("--help", "--lang", lang).stdout.decode()


def test_help_imports_neither_textual_nor_pydantic():
    code = (
        "import sys\nfrom kefu_sim.cli import build_parser\nbuild_parser().format_help()\n"
        "print([m for m in ('textual', 'pydantic', 'numpy', 'yaml', 'rich') if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
