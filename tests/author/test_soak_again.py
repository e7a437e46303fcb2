"""The commands that show a reception again are such as can be typed where the trainer is."""

import shlex

import pytest

from kefu_sim.author.soak_again import command, what_broke
from kefu_sim.author.subjects import look_at
from kefu_sim.base.paths import as_argument
from kefu_sim.house import House

from .conftest import CUP


def again(names, home):
    return list(look_at(House(home), names, lambda subject: command(subject, "lazy", 3), 0.001))


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    (folder / "scenarios").mkdir(parents=True)
    (folder / "scenarios" / "cup.yaml").write_text(CUP, encoding="utf-8")
    (tmp_path / "my shop").mkdir()
    (tmp_path / "my shop" / "杯子.yaml").write_text(CUP, encoding="utf-8")
    (tmp_path / "杯子.yaml").write_text(CUP, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


TAIL = "--bot lazy --seed 3 --runs 1 --transcript"


def test_a_story_named_by_its_id_is_named_so(home):
    assert again(["cup"], home) == [f"kefu-sim author soak cup {TAIL}"]
    assert f"kefu-sim author soak bargainer {TAIL}" in again([], home)


@pytest.mark.parametrize("absolute", [True, False])
def test_a_story_named_by_its_file_is_named_as_it_is_seen_from_here(home, absolute):
    where = str(home.parent / "杯子.yaml") if absolute else "杯子.yaml"
    assert again([where], home) == [f"kefu-sim author soak 杯子.yaml {TAIL}"]


@pytest.mark.parametrize("what", ["my shop/杯子.yaml", "my shop"])
def test_a_file_with_a_blank_in_its_name_stands_in_quotes(home, what):
    (line,) = again([what], home)
    assert shlex.split(line)[3] == "my shop/杯子.yaml"


@pytest.mark.parametrize("name", ["a b.yaml", "a'b.yaml", "$HOME.yaml", "故事（一）.yaml", "a&b"])
def test_what_a_shell_would_take_is_kept_from_it(name):
    assert shlex.split(as_argument(name)) == [name]
    assert as_argument(name) != name


@pytest.mark.parametrize("path", ["/opt/kefu_sim/engine/step.py", r"C:\Users\mei\kefu_sim\engine\step.py"])
def test_what_broke_names_the_file_without_its_folders(path):
    with pytest.raises(ZeroDivisionError) as caught:
        exec(compile("1 / 0", path, "exec"))
    assert what_broke(caught.value) == "ZeroDivisionError: division by zero (<module>, step.py:1)"
