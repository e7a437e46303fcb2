"""The page of the syllabus: every row has a place, and the place is true."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
TOOL = ROOT / "tools" / "syllabus_table.py"
IDS = [f"A{number:03}" for number in range(1, 193)]


def load_tool():
    spec = importlib.util.spec_from_file_location("syllabus_table", TOOL)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


table = load_tool()
SOURCE = table.read(table.SOURCE)
STORIES = sorted(table.STORIES.glob("*.yaml"))


def cells(page):
    """Row → its cells."""
    lines = re.findall(r"^\| (A\d{3}) \| (.*) \|$", page, re.MULTILINE)
    return {row: [cell.strip() for cell in rest.split("|")] for row, rest in lines}


def story(folder, name, rows):
    case = {"name": "差的", "rows": rows, "worse_than": "好的"}
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump({"id": name, "tests": [{"name": "好的"}, case]}), "utf-8")
    return path


def test_every_row_of_the_syllabus_has_a_place():
    found = cells(table.page(SOURCE, table.shown(STORIES)))
    assert list(found) == IDS
    for row, (content, stories, features) in found.items():
        zh, en = content.split("<br>")
        assert zh, row
        assert en.isascii() or "“" in en, row
        assert stories or features, row


def test_titles_tell_rows_apart():
    titles = [told[lang] for told in SOURCE["rows"].values() for lang in ("zh", "en")]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_stories_claim_rows_that_exist(path):
    assert set(table.read(path).get("covers", ())) <= set(IDS)


def test_a_story_that_arrives_is_picked_up(tmp_path):
    before = cells(table.page(SOURCE, {}))
    after = cells(table.page(SOURCE, table.shown([story(tmp_path, "newcomer", ["A100", "A015"])])))
    assert before["A100"][1] == table.NOTHING
    assert after["A100"][1] == after["A015"][1] == "[newcomer](../scenarios/newcomer.yaml)"
    assert after["A008"] == before["A008"]


def test_one_row_may_be_written_without_a_list(tmp_path):
    assert table.shown([story(tmp_path, "newcomer", "A100")]) == {"A100": ["newcomer"]}


def test_a_feature_whose_command_is_missing_is_not_claimed():
    told = {"zh": "做梦", "en": "dreaming", "where": "kefu-sim dream", "module": "dream"}
    row = {"A150": {"zh": "打字", "en": "Typing", "by": ["dream"]}}
    found = cells(table.page({"rows": row, "features": {"dream": told}}, {}))
    assert found["A150"][1:] == [table.NOTHING, ""]


def test_every_feature_named_is_told():
    named = {key for told in SOURCE["rows"].values() for key in told.get("by", ())}
    assert named == set(SOURCE["features"])


def test_a_row_that_no_syllabus_has_is_refused(tmp_path):
    with pytest.raises(KeyError, match="A999"):
        table.page(SOURCE, table.shown([story(tmp_path, "newcomer", ["A999"])]))


def test_check_passes_on_the_page_just_written(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(table, "PAGE", tmp_path / "syllabus.md")
    monkeypatch.setattr(sys, "argv", ["syllabus_table.py", "--check"])
    assert table.main() == 1
    assert "run python tools/syllabus_table.py" in capsys.readouterr().out
    monkeypatch.setattr(sys, "argv", ["syllabus_table.py"])
    assert table.main() == 0
    monkeypatch.setattr(sys, "argv", ["syllabus_table.py", "--check"])
    assert table.main() == 0


def test_the_tool_runs_by_itself():
    done = subprocess.run([sys.executable, str(TOOL), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}
    assert not done.stderr
