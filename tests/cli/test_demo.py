import importlib.util
import json
from pathlib import Path

import pytest

from kefu_sim.base.paths import data_folder
from kefu_sim.language.verdict import STEPS

SPEC = importlib.util.spec_from_file_location("asciicast", Path(__file__).parents[1] / "demo" / "asciicast.py")
asciicast = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(asciicast)

MINE = """\
schema: 1
id: mine
title: 我的演示
scenario: bargainer
good:
  - {wait: 6, say: 您好，在的～请问您打游戏用还是听歌用呢？}
"""


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    (folder / "demos").mkdir(parents=True)
    return folder


def text(done):
    return done.stdout.decode()


def test_list_shows_lessons_with_their_agenda_and_demos(kefu):
    done = kefu("demo", "--list")
    assert done.returncode == 0
    assert "Lesson first-lesson" in text(done)
    assert "negotiate" in text(done)
    rows = [json.loads(line) for line in text(kefu("demo", "--list", "--json")).splitlines()]
    assert {"lesson", "title", "minutes"} <= set(rows[0])
    assert {row["step"] for row in rows if row.get("step")} == set(STEPS)


def test_plain_prints_both_receptions_with_notes_and_points(kefu):
    done = kefu("demo", "谈判", "--plain")
    assert done.returncode == 0
    shown = text(done)
    bad, good = shown.split("== ✓ A good answer")
    assert "不行就是不行" in bad
    assert "? Stop: what would you answer?" in bad
    assert "(seen: Negotiate" in good
    assert "Note: " in good
    assert shown.count("Points: ") == 2
    assert "Points: " in text(kefu("demo", "negotiate", "--good", "--plain"))
    assert "不行就是不行" not in text(kefu("demo", "negotiate", "--good", "--plain"))


def test_plain_prints_a_whole_lesson_to_teach_from(kefu):
    shown = text(kefu("demo", "first-lesson", "--plain"))
    assert shown.startswith("# Lesson one")
    assert "## 6. Three lines to take home (2 min)" in shown
    assert shown.count("== ✗ A poor answer") == 4


def test_a_demo_of_ones_own_is_shown_and_a_broken_one_is_told(kefu, home):
    (home / "demos" / "mine.yaml").write_text(MINE, "utf-8")
    (home / "demos" / "bad.yaml").write_text(MINE.replace("id: mine", "id: other\nstep: 侃价"), "utf-8")
    done = kefu("demo", "mine", "--plain", env={"KEFU_SIM_HOME": str(home)})
    assert done.returncode == 0
    assert "我的演示" in text(done)
    assert "bad.yaml:3:1 KS402 unknown step `侃价`" in done.stderr.decode()
    assert kefu("demo", "--list", env={"KEFU_SIM_HOME": str(home)}).returncode == 2
    refused = kefu("demo", "mine", "--bad", "--plain", env={"KEFU_SIM_HOME": str(home)})
    assert refused.returncode == 2
    assert "it can be shown as: good" in refused.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["demo", "negotiat"], "nearest: negotiate"),
        (["demo", "greet", "--speed", "fast"], "a number from 0.1 to 20"),
        (["demo", "greet", "--speed", "nan"], "a number from 0.1 to 20"),
        (["demo", "first-lesson", "--record", "x.cast"], "only a single demo can be recorded"),
        (["replay"], "no reception has been finished yet"),
        (["replay", "nobody"], "no finished reception has the id `nobody`"),
    ],
)
def test_a_mistake_is_answered_in_one_sentence(kefu, arguments, said):
    done = kefu(*arguments)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_without_a_terminal_the_plain_form_is_named(kefu):
    done = kefu("demo", "greet")
    assert done.returncode == 3
    assert "kefu-sim demo greet --plain" in done.stderr.decode()


def test_a_recording_is_an_asciicast_of_the_whole_demo(kefu, tmp_path):
    done = kefu("demo", "farewell", "--bad", "--record", "farewell.cast", "--speed", "4", "--theme", "light")
    assert done.returncode == 0, done.stderr.decode()
    cast = asciicast.parse((tmp_path / "farewell.cast").read_text("utf-8"))
    assert (cast.width, cast.height) == (80, 24)
    assert cast.title.startswith("Farewell")
    output = "".join(data for _, data in cast.events)
    assert "都聊半天" in output
    assert "38;2;31;43;55" in output  # ink of the light theme
    assert "\x1b]" not in output
    assert 5 < cast.events[-1][0] < 30
    again = kefu("demo", "farewell", "--record", "farewell.cast")
    assert again.returncode == 2
    assert "is there already" in again.stderr.decode()
    assert list(tmp_path.glob("*.tmp")) == []


def test_a_recording_that_cannot_be_written_leaves_nothing_behind(kefu, tmp_path):
    (tmp_path / "file").touch()
    done = kefu("demo", "greet", "--record", "file/x.cast")
    assert done.returncode == 4
    assert "cannot be written" in done.stderr.decode()


def test_a_stored_reception_replays_with_and_without_names(kefu, received):
    received("您好，我是客服小舟，请问您打游戏用还是听歌用？", seed=3)
    assert "客服小舟" in text(kefu("replay", "--plain"))
    reception = next((data_folder() / "receptions").rglob("*.jsonl")).stem
    hidden = text(kefu("replay", reception, "--plain", "--anonymous"))
    assert "客服小某" in hidden
    assert "小舟" not in hidden
