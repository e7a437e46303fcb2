"""The author tools as a trainer starts them."""

import json
import re
import shlex
from pathlib import Path

import pytest

from kefu_sim.author.fairness import Fairness
from kefu_sim.base.paths import data_folder
from kefu_sim.cli import author_fairness
from kefu_sim.scenario.library import shipped_folder

BROKEN = "schema: 1\nid: mine\ntitel: 杯子\nnodes：\n  open: {buyer: 在吗}\n"


@pytest.fixture
def mine():
    folder = data_folder() / "scenarios"
    folder.mkdir(parents=True)
    path = folder / "mine.yaml"
    path.write_text(BROKEN, encoding="utf-8")
    return path


def test_the_shipped_stories_have_nothing_that_must_be_mended(kefu):
    done = kefu("author", "check")
    assert done.returncode == 0
    assert "errors 0, warnings 0" in done.stderr.decode()
    assert done.stdout == b""


def test_suggestions_for_shipped_stories_are_made_to_who_asks_for_them(kefu, mine):
    unheeded = SOUND.replace("id: sound", "id: mine").replace("    silence: [{after: 60, goto: bye}]\n", "")
    mine.write_text(unheeded, encoding="utf-8")
    own = kefu("author", "lint").stdout.decode().splitlines()
    assert own
    assert all(line.startswith("home/scenarios/mine.yaml:") for line in own)
    assert " note " in kefu("author", "lint", str(shipped_folder())).stdout.decode()


def test_a_broken_story_of_the_users_own_is_found_by_its_id_and_told_whole(kefu, mine):
    done = kefu("author", "lint", mine.stem)
    assert done.returncode == 2
    lines = done.stdout.decode().splitlines()
    assert "home/scenarios/mine.yaml:3:1 KS021 error unknown key `titel` → did you mean `title`?" in lines
    assert "home/scenarios/mine.yaml:4:1 KS001 error a Chinese colon ： after `nodes` → write `nodes: …`" in lines
    assert any("KS022 error `start` is missing" in line for line in lines)


SOUND = """\
schema: 1
id: sound
title: 打个招呼就走
brief: 一位买家
persona: hesitant
not_judged: [提问, 分析, 推荐, 谈判, 帮助, 核实, 告别]
shop: {name: 暖禾生活}
start: hello
nodes:
  hello:
    title: 打招呼
    buyer: [在吗, 有人没]
    steps: 问好
    model: {pass: 您好，在的。, excellent: 您好，在的，很高兴为您服务。}
    replies: [{when: any, goto: bye}]
    silence: [{after: 60, goto: bye}]
  bye: {title: 道别, buyer: [我再看看, 先逛逛], end: later}
tests: [{name: 打招呼, turns: [{say: 您好，在的}], expect: {path: [hello, bye]}}]
"""


def test_warnings_alone_have_an_exit_code_of_their_own(kefu, tmp_path):
    (tmp_path / "sound.yaml").write_text(SOUND.replace("brief: 一位买家\n", ""), encoding="utf-8")
    done = kefu("author", "lint", "sound.yaml")
    assert (done.returncode, done.stdout.decode().split()[1:3]) == (1, ["KS212", "warning"])


def test_json_sarif_and_github_say_the_same(kefu, mine):
    rows = json.loads(kefu("author", "lint", "mine", "--format", "json").stdout)
    assert rows[0].keys() == {"file", "line", "column", "code", "severity", "message", "fix"}
    sarif = json.loads(kefu("author", "lint", "mine", "--format", "sarif").stdout)
    (run,) = sarif["runs"]
    assert [result["ruleId"] for result in run["results"]] == [row["code"] for row in rows]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {row["code"] for row in rows}
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": rows[0]["line"], "startColumn": rows[0]["column"]}
    notes = kefu("author", "lint", "mine", "--format", "github").stdout.decode().splitlines()
    assert len(notes) == len(rows)
    assert notes[0].startswith("::error file=home/scenarios/mine.yaml,line=")


@pytest.mark.parametrize("name", ["nobody", "nobody.yaml"])
def test_a_name_nobody_has_is_said_so(kefu, name):
    done = kefu("author", "lint", name)
    assert done.returncode == 2
    assert "nobody" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_codes_are_explained_in_both_languages(kefu):
    assert "Why" not in kefu("author", "lint", "--explain", "ks011").stdout.decode()
    assert "六十进制" in kefu("--lang", "zh", "author", "lint", "--explain", "KS011").stdout.decode()
    listed = kefu("author", "lint", "--explain").stdout.decode().splitlines()
    assert listed[0].split()[:2] == ["KS001", "error"]
    assert any(line.startswith("HIJACK") for line in listed)
    assert "抢走一半以上算错误" in kefu("--lang", "zh", "author", "lint", "--explain", "hijack").stdout.decode()
    assert "did you mean" in kefu("author", "lint", "--explain", "KS998").stderr.decode()
    assert "a file of another kind" in kefu("author", "lint", "--explain", "KS302").stderr.decode()


def test_a_graph_goes_to_stdout_or_a_file(kefu, tmp_path):
    assert "open 开口砍价" in kefu("author", "graph", "bargainer").stdout.decode()
    done = kefu("author", "graph", "bargainer", "--format", "mermaid", "--out", "g.mmd")
    assert (done.returncode, done.stdout) == (0, b"")
    assert "flowchart TD" in (tmp_path / "g.mmd").read_text(encoding="utf-8")
    kefu("author", "graph", "bargainer", "-o", "named.mmd")
    assert (tmp_path / "named.mmd").read_bytes() == (tmp_path / "g.mmd").read_bytes()
    done = kefu("author", "graph", "bargainer", "-o", "g.jpg")
    assert done.returncode == 2
    assert "end its name in one of .txt, .svg" in done.stderr.decode()
    assert not (tmp_path / "g.jpg").exists()
    done = kefu("author", "graph", "bargainer", "--output", "nowhere/g.txt")
    assert done.returncode == 4
    assert "Traceback" not in done.stderr.decode()


def test_coverage_of_another_story_is_refused_and_of_an_older_one_remarked(kefu, tmp_path):
    row = {"scenario": "bargainer", "fingerprint": "old", "receptions": 1, "counts": {"open": 1}}
    (tmp_path / "c.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    done = kefu("author", "graph", "bargainer", "--coverage", "c.jsonl")
    assert done.returncode == 0
    assert "changed" in done.stderr.decode()
    assert "never ✗" in done.stdout.decode()
    done = kefu("author", "graph", "complainer", "--coverage", "c.jsonl")
    assert done.returncode == 2
    assert "no coverage of `complainer`" in done.stderr.decode()


def test_five_answers_make_a_scenario_that_plays(kefu):
    done = kefu("author", "new", given="1\n送妈妈的按摩仪\n山声数码\n颈椎按摩仪\n159\n")
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().strip().endswith("song-ma-ma-de-an-mo-yi.yaml")
    assert "kefu-sim practice song-ma-ma-de-an-mo-yi" in done.stderr.decode()
    assert kefu("author", "lint").returncode == 0
    assert "送妈妈的按摩仪" in kefu("list").stdout.decode()
    again = kefu("author", "new", given="1\n送妈妈的按摩仪\n山声数码\n颈椎按摩仪\n159\n")
    assert again.returncode == 2
    assert "taken" in again.stderr.decode()


def test_what_options_tell_is_not_asked_and_a_missing_answer_is_told(kefu, tmp_path):
    wish = ("--kind", "complaint", "--title", "坏的", "--shop", "小店", "--product", "杯子", "--folder", str(tmp_path))
    done = kefu("author", "new", "cup", *wish, "--price", "20")
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "cup.yaml").is_file()
    done = kefu("author", "new", "dish", *wish)
    assert done.returncode == 2
    assert "--price" in done.stderr.decode()
    assert not (tmp_path / "dish.yaml").exists()
    done = kefu("author", "new", "dish", *wish, given="dear\n")
    assert done.returncode == 2
    assert "no price" in done.stderr.decode()


def test_the_commands_that_go_on_can_be_typed_whatever_the_folder_is_called(kefu):
    wish = ("--kind", "complaint", "--title", "坏的", "--shop", "小店", "--product", "杯子", "--price", "20")
    done = kefu("author", "new", "cup", *wish, "--folder", "my stories")
    told = [line.split("kefu-sim ")[1] for line in done.stderr.decode().splitlines() if "kefu-sim" in line]
    assert [shlex.split(line)[-1] for line in told] == ["my stories/cup.yaml"] * 4
    assert kefu(*shlex.split(told[3])).returncode == 0  # author graph


def test_an_id_that_cannot_be_one_is_told_before_anything_is_asked(kefu):
    done = kefu("author", "new", "tea_shop", given="")
    assert done.returncode == 2
    assert "a-z, digits and -," in done.stderr.decode()
    assert "no answer" not in done.stderr.decode()


def test_full_width_digits_are_digits(kefu):
    done = kefu("author", "new", "cup", given="２\n坏杯子\n小店\n杯子\n１２８\n")
    assert done.returncode == 0, done.stderr.decode()
    assert "price: 128" in Path(done.stdout.decode().strip()).read_text(encoding="utf-8")


def test_a_trial_of_a_file_line_by_line(kefu, tmp_path):
    (tmp_path / "sound.yaml").write_text(SOUND, encoding="utf-8")
    done = kefu("practice", "sound.yaml", "--at", "hello", "--plain", "--seed", "1", given="您好\n")
    assert done.returncode == 0, done.stderr.decode()
    assert "Total:" in done.stdout.decode()
    assert not (data_folder() / "receptions").exists()
    assert "sound.yaml: nothing is saved, nothing counts" in done.stderr.decode()
    assert f"put the file into {data_folder() / 'scenarios'}, then kefu-sim practice sound" in done.stderr.decode()
    own = kefu("practice", "bargainer", "--at", "haggle", "--plain", given="")
    assert "In earnest: kefu-sim practice bargainer\n" in own.stderr.decode()
    done = kefu("practice", "bargainer", "--at", "hagle", "--plain", given="")
    assert done.returncode == 2
    assert "did you mean `haggle`" in done.stderr.decode()


def test_the_schema_is_json(kefu):
    schema = json.loads(kefu("author", "schema").stdout)
    assert schema["properties"]["persona"]["enum"]


def test_lint_and_verify_in_one_go(kefu, tmp_path):
    broken = (
        SOUND.replace("brief: 一位买家\n", "") + "intents:\n  rain: {any: [下雨], say: [今天天气真好], not: [好的]}\n"
    )
    (tmp_path / "sound.yaml").write_text(broken, encoding="utf-8")
    done = kefu("author", "check", "sound.yaml")
    assert done.returncode == 2
    codes = [line.split()[1] for line in done.stdout.decode().splitlines()]
    assert codes[0] == "KS212"
    assert "PATTERN" in codes
    assert "2 samples tried" in done.stderr.decode()
    assert "--explain CODE" in done.stderr.decode()
    assert "--explain CODE" in kefu("author", "verify", "sound.yaml").stderr.decode()


def test_a_soak_of_a_file_tells_a_transcript_that_goes_elsewhere(kefu, tmp_path):
    text = SOUND.replace("expect: {path: [hello, bye]}", "expect: {path: [bye]}")
    (tmp_path / "sound.yaml").write_text(text, encoding="utf-8")
    done = kefu("author", "soak", "sound.yaml", "--bot", "silent", "--runs", "1")
    assert done.returncode == 2
    line = text.splitlines().index(next(row for row in text.splitlines() if row.startswith("tests:"))) + 1
    assert "--explain CODE" in done.stderr.decode()
    assert f"sound.yaml:{line}:" in done.stdout.decode()
    assert " TEST error test “打招呼”: should go bye, but goes hello → bye" in done.stdout.decode()


def test_the_coverage_of_a_file_is_made_by_its_name(kefu, tmp_path):
    (tmp_path / "my story.yaml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "c.jsonl").write_text("", encoding="utf-8")
    done = kefu("author", "graph", "my story.yaml", "--coverage", "c.jsonl")
    assert done.returncode == 2
    assert "kefu-sim author soak 'my story.yaml' --coverage c.jsonl" in done.stderr.decode()


def test_a_soak_with_a_search_cut_short_claims_no_success(kefu, tmp_path):
    (tmp_path / "sound.yaml").write_text(SOUND, encoding="utf-8")
    asked = ("author", "soak", "sound.yaml", "--bot", "silent", "--runs", "1", "--exhaustive")
    done = kefu(*asked)
    assert done.returncode == 0
    assert "Nothing to complain about." in done.stderr.decode()
    done = kefu(*asked, "2")
    assert done.returncode == 1
    assert " CAPPED warning the search was cut short after 2 moves" in done.stdout.decode()
    assert "kefu-sim author soak sound.yaml --exhaustive 10" in done.stdout.decode()


@pytest.mark.parametrize("command", [("watch",), ("graph",), ("check",), ("soak", "--runs", "1")])
def test_a_folder_without_a_story_is_said_to_hold_none(kefu, tmp_path, command):
    (tmp_path / "my stories").mkdir()
    done = kefu("author", command[0], "my stories", *command[1:])
    told = done.stderr.decode()
    assert done.returncode == 2
    assert "the folder my stories holds no .yaml file" in told
    assert "kefu-sim author new --folder 'my stories'" in told


@pytest.mark.parametrize("command", [("author", "watch"), ("author", "graph"), ("practice",), ("practice", "--trial")])
def test_what_takes_one_story_takes_no_folder_of_several(kefu, tmp_path, command):
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(SOUND, encoding="utf-8")
    done = kefu(*command, str(tmp_path))
    told = done.stderr.decode()
    assert done.returncode == 2
    assert "holds 2 scenarios, and this takes one" in told
    assert "such as a.yaml" in told


@pytest.mark.parametrize("command", [("author", "check"), ("practice", "--plain")])
def test_a_file_that_is_not_called_like_a_story_or_not_there_is_told_alike(kefu, tmp_path, command):
    (tmp_path / "story.txt").write_text(SOUND, encoding="utf-8")
    (tmp_path / "my story.yaml").write_text(SOUND, encoding="utf-8")
    for name, why in {
        "story.txt": "rename it to story.yaml", "./my": "put it in quotes, as in 'my …'",
        "my storey.yaml": "did you mean `'my story.yaml'`?", "nowhere/a.yaml": "the folder nowhere is not there either",
        "q.yaml": f"the name of the file: {tmp_path}",
    }.items():  # fmt: skip
        done = kefu(*command, name)
        assert done.returncode == 2
        assert why in done.stderr.decode(), name


def test_a_transcript_of_a_soak_comes_with_every_point_of_the_reception(kefu, tmp_path):
    (tmp_path / "sound.yaml").write_text(SOUND, encoding="utf-8")
    done = kefu("author", "soak", "sound.yaml", "--bot", "model", "--runs", "1", "--transcript")
    told = done.stdout.decode()
    assert "model, seed 0: " in told
    assert "Every point, and why:" in told
    assert "[message 2: “您好，在的" in told


def test_the_spellings_that_were_not_told_are_listed_with_their_number(kefu, tmp_path):
    some = SOUND + "intents:\n  rain: {any: [{re: ^下雨了$}], say: [下雨了], not: [好的]}\n"
    (tmp_path / "sound.yaml").write_text(some, encoding="utf-8")
    told = kefu("author", "check", "sound.yaml").stderr.decode()
    assert "5 of 6 other spellings told; not told: “下雨了噢”\n" in told


def test_chinese_headings_and_prompts_end_in_chinese_colons(kefu):
    for asked in (("author", "new", "--help"), ("explain", "您好"), ("author", "new")):
        done = kefu("--lang", "zh", *asked, given="1\n")
        assert not re.search(r"[\u4e00-\u9fff\]]:(\s|$)", (done.stdout + done.stderr).decode(), re.MULTILINE), asked
    assert "\n参数：\n" in kefu("--lang", "zh", "author", "new", "--help").stdout.decode()
    assert "options:" in kefu("author", "new", "--help").stdout.decode()


def test_a_step_that_costs_points_bears_the_sign_of_what_it_brings():
    found = Fairness("cup")
    found.asked["STEP"], found.worst["STEP"] = 3, 1.57
    assert "(-1.57)" in author_fairness.report(found, {})
