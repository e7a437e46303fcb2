"""The version of the recogniser, by which a record knows whether its score would be the same today."""

import shutil
from importlib.resources import files

import pytest

from kefu_sim.rulebook import recogniser


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """The package's files where they may be changed."""
    shutil.copytree(str(files("kefu_sim")), tmp_path / "kefu_sim", ignore=shutil.ignore_patterns("*.pyc", "*.bin"))
    monkeypatch.setattr(recogniser, "package_file", (tmp_path / "kefu_sim").joinpath)
    return tmp_path / "kefu_sim"


@pytest.mark.parametrize(
    "name", ["rules/steps.yaml", "language/gaming.py", "language/moment.py", "scenario/answers.py"]
)
def test_the_version_changes_with_whatever_decides_how_a_reply_is_read(copied, name):
    version = recogniser.load_tables.__wrapped__
    before = version().version
    assert version().version == before
    with (copied / name).open("a", encoding="utf-8") as file:
        file.write("\n# another line\n")
    assert version().version != before


def test_the_version_stays_when_what_only_shows_changes(copied):
    version = recogniser.load_tables.__wrapped__
    before = version().version
    with (copied / "words.py").open("a", encoding="utf-8") as file:
        file.write("\n# another line\n")
    assert version().version == before
